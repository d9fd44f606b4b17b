import { type LivePage, showNewest } from '../live-page.ts'

/**
 * "Mag ik dit delen?" without loading the page again. The address follows, so that reloading, linking and going back show the same
 * question.
 */
const LIVE: LivePage = {
  mark: 'form#share',
  busy: '#answer',
  within: '.share',
  next: ['#questions .question h3', '#answer-title'],
}

/** Changed by a choice of who, with whom, what for or about whom. */
const FORM_PARTS = ['choices', 'fields']
/** Changed by every choice. */
const ANSWER_PARTS = ['faults', 'questions', 'answer']
const CHOICES = ['from', 'to', 'purpose', 'about']
/** Longest time between two letters of one word. */
const TYPING_MS = 400

let waiting: ReturnType<typeof setTimeout> | undefined

document.addEventListener('change', ({ target }) => {
  const form = findForm()
  if (!form || !(target instanceof HTMLElement) || !form.contains(target)) return
  const isChoice = CHOICES.includes(target.getAttribute('name') ?? '')
  clearTimeout(waiting)
  // Somebody who types the name of a choice changes the list with every letter; replacing it would forget the letters so far.
  waiting = setTimeout(
    () => void show(formAddress(form), isChoice),
    target instanceof HTMLSelectElement ? TYPING_MS : 0,
  )
})

document.addEventListener('submit', (event) => {
  const form = findForm()
  if (!form || event.target !== form) return
  event.preventDefault()
  const button = event.submitter
  void show(formAddress(form, button instanceof HTMLButtonElement ? button : undefined), true)
})

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-live]') : null
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  void show(link.href, true)
})

const findForm = () => document.querySelector<HTMLFormElement>('form#share')

/** What a browser would ask for when this form is sent. */
function formAddress(form: HTMLFormElement, button?: HTMLButtonElement): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form, button)) {
    // A button answers a question again, or chooses another legal basis.
    if (button?.name === name) query.delete(name)
    if (value !== '') query.append(name, String(value))
  }
  const address = new URL(form.action)
  address.search = query.toString()
  return address.href
}

async function show(address: string, isFormToo: boolean): Promise<void> {
  const followed = await showNewest({ address }, isFormToo ? [...FORM_PARTS, ...ANSWER_PARTS] : ANSWER_PARTS, LIVE)
  // Signed out meanwhile, or an error of another kind: the browser shows that page itself.
  if (followed === 'elsewhere') location.assign(address)
  if (typeof followed === 'string') return
  history.replaceState(null, '', followed.address)
  const query = new URL(followed.address).search
  for (const field of document.querySelectorAll<HTMLInputElement>('header input[name=to]'))
    field.value = location.pathname + query
}
