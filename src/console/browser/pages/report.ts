import type { IdentifierKind } from '../../../model/identifier.ts'
import type { FieldType } from '../../../model/vocabulary.ts'
import { readTyped } from '../../report/read-typed.ts'
import { type LivePage, showNewest } from '../live-page.ts'

/** For the form of a report: shows at once how a value will be read. Nothing of it leaves the page. */
const language = document.documentElement.lang === 'en' ? 'en' : 'nl'

/** Forms of names in every script make up most of it, so it is fetched when somebody starts to type. */
const loadReader = () => import('../../report/read-value.ts')

for (const field of document.querySelectorAll<HTMLElement>('.field.value')) {
  field.addEventListener('focusin', loadReader, { once: true })
  field.addEventListener('focusout', ({ relatedTarget }) => {
    // Between the day and the month of one date nothing is wrong yet.
    if (!(relatedTarget instanceof Node && field.contains(relatedTarget))) showReading(field)
  })
  field.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement) showReading(field)
  })
}

async function showReading(field: HTMLElement): Promise<void> {
  const line = field.querySelector('.reading')
  const type = field.dataset.type as FieldType | undefined
  if (!line || type === undefined) return
  const identifier = (field.dataset.identifier || undefined) as IdentifierKind | undefined
  const value = readTyped(type, (part) => inputOf(field, part)?.value)
  const { readValue } = await loadReader()
  const reading = value === undefined ? undefined : readValue({ type, ...(identifier && { identifier }) }, value)
  line.textContent = reading?.text[language] ?? ''
  line.classList.toggle('fault', reading?.isFault === true)
}

const inputOf = (field: HTMLElement, part: string) => field.querySelector<HTMLInputElement>(`[data-part="${part}"]`)

/** The step with the questions: what may be shared follows each answer. The form goes where its button would send it. */
const LIVE: LivePage = {
  mark: 'form.report #questions',
  busy: '#passing',
  within: 'form.report',
  next: ['#so-far'],
}
const LIVE_PARTS = ['facts-notice', 'questions', 'passing']

const update = document.getElementById('update')
if (update) {
  update.remove()
  document.querySelector('form.report')?.addEventListener('change', () => void follow(update))
}

async function follow(update: HTMLElement): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('form.report')!
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)])
  const request = { address: form.action, form: new URLSearchParams([...entries, ['go', 'facts']]) }
  const followed = await showNewest(request, LIVE_PARTS, LIVE)
  if (followed !== 'offline' && followed !== 'elsewhere') return update.remove()
  document.getElementById('passing')?.before(update)
  // Signed out meanwhile, or an error of another kind: the browser shows that page itself.
  if (followed === 'elsewhere') form.requestSubmit(update.querySelector('button'))
}
