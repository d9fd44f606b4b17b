import { readPage } from '../read-page.ts'

/**
 * "Mag ik dit delen?" without loading the page again: after each choice the same page is fetched, and its parts take the place of those
 * that are here. The address follows, so that reloading, linking and going back show the same question.
 */

/** Changed by a choice of who, with whom, what for or about whom. */
const FORM_PARTS = ['choices', 'fields']
/** Changed by every choice. */
const ANSWER_PARTS = ['faults', 'questions', 'answer']
const CHOICES = ['from', 'to', 'purpose', 'about']

let underWay: AbortController | undefined

document.addEventListener('change', ({ target }) => {
  const form = findForm()
  if (!form || !(target instanceof HTMLElement) || !form.contains(target)) return
  const isChoice = CHOICES.includes(target.getAttribute('name') ?? '')
  void show(formAddress(form), isChoice)
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

/** Shows the page of an address, and in it the place where the reader was. */
async function show(address: string, isFormToo: boolean): Promise<void> {
  underWay?.abort()
  underWay = new AbortController()
  const { signal } = underWay
  const announcement = document.querySelector<HTMLElement>('#announcement')
  const answer = document.querySelector('#answer')
  answer?.setAttribute('aria-busy', 'true')
  try {
    const read = await readPage(address, signal)
    if (signal.aborted) return
    // Signed out meanwhile, or an error of another kind: the browser shows that page itself.
    if (!read.page.querySelector('form#share')) return location.assign(address)
    const place = rememberPlace()
    for (const id of isFormToo ? [...FORM_PARTS, ...ANSWER_PARTS] : ANSWER_PARTS) replacePart(id, read.page)
    history.replaceState(null, '', read.address)
    const query = new URL(read.address).search
    for (const field of document.querySelectorAll<HTMLInputElement>('header input[name=to]'))
      field.value = location.pathname + query
    place.restore()
    if (announcement) announcement.textContent = document.querySelector('#verdict')?.textContent ?? ''
  } catch (error) {
    if (signal.aborted) return
    if (announcement) announcement.textContent = announcement.dataset.offline ?? ''
    announcement?.classList.remove('hidden')
    answer?.removeAttribute('aria-busy')
    if (!(error instanceof TypeError)) throw error
    return
  }
  announcement?.classList.add('hidden')
}

function replacePart(id: string, page: Document): void {
  const old = document.getElementById(id)
  const part = page.getElementById(id)
  if (!old || !part) return
  // What the reader opened stays open.
  for (const details of part.querySelectorAll('details[id]')) copyOpen(details)
  if (part instanceof HTMLDetailsElement) copyOpen(part)
  old.replaceWith(document.adoptNode(part))
}

function copyOpen(details: Element): void {
  const old = document.getElementById(details.id)
  if (old instanceof HTMLDetailsElement) details.toggleAttribute('open', old.open)
}

/** The place of the focus: the same control afterwards, or else the next question, or else the answer. */
function rememberPlace(): { restore(): void } {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || !active.closest('.share')) return { restore: () => undefined }
  const { id } = active
  const name = active.getAttribute('name')
  const isReply = active instanceof HTMLButtonElement && name !== null
  const value = active instanceof HTMLInputElement ? active.value : undefined
  return {
    restore() {
      if (active.isConnected) return
      const same = id
        ? document.getElementById(id)
        : name === null || isReply
          ? null
          : [...document.getElementsByName(name)].find(
              (field) => field instanceof HTMLInputElement && field.value === value,
            )
      const next =
        same ??
        document.querySelector<HTMLElement>('#questions .question h3') ??
        document.querySelector<HTMLElement>('#answer-title')
      next?.focus()
    },
  }
}
