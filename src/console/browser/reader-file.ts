import './reading/without-eval.ts'
import { parseDelivery } from '../../delivery/pulled.ts'
import { INBOX_WORDS } from '../inbox/words.ts'
import { openInPlace } from './reading/delivery-card.ts'
import { button, element, part, written } from './reading/elements.ts'
import { listenForKeys } from './reading/keys-form.ts'
import { labelOf, type ReaderLabels } from './reading/labels.ts'
import type { Keys, ReadDelivery } from './reading/read-delivery.ts'
import type { Speech } from './reading/show-delivery.ts'
import { showPersons } from './reading/show-persons.ts'
import { READER_WORDS, type ReaderLanguage } from './reading/words.ts'

/** The reader that is one file: opens deliveries from disk, without any connection. Nothing in it can send anything. */

/** More files than anybody reads at once; each is held in memory. */
const MAX_FILES = 200

const main = part('content', HTMLElement)
const labels = JSON.parse(part('labels', HTMLScriptElement).textContent) as Record<ReaderLanguage, ReaderLabels>
start(navigator.language.startsWith('en') ? 'en' : 'nl')

/** Begins again in a language, without keys and deliveries. */
function start(language: ReaderLanguage): void {
  const words = READER_WORDS[language]
  const inbox = INBOX_WORDS[language]
  const speech: Speech = { language, words, labels: labels[language] }
  const read = new Map<string, ReadDelivery>()
  let keys: Keys | undefined
  document.documentElement.lang = language
  document.title = `${words.file.title} - Sluis`

  const files = element('input', {
    type: 'file',
    id: 'delivery-files',
    multiple: '',
    accept: '.json,application/json',
    'aria-describedby': 'delivery-files-fault',
  })
  files.disabled = true
  const fault = element('p', { class: 'fault', id: 'delivery-files-fault', role: 'alert' })
  const list = element('ol', { class: 'deliveries' })
  const persons = element('div', {}, element('p', { class: 'quiet' }, words.noPersons))
  const other = language === 'nl' ? 'en' : 'nl'
  const change = button(language === 'nl' ? 'English' : 'Nederlands', () => start(other), 'plain')
  change.lang = other
  main.replaceChildren(
    element('p', { class: 'no-print' }, change),
    element('h1', {}, words.file.title),
    element('p', { class: 'lead' }, words.file.lead),
    element('p', { id: 'needs-script' }),
    element(
      'section',
      { id: 'keys', class: 'card no-print' },
      element('h2', {}, inbox.keys),
      field('key-file', inbox.keyFile, inbox.keyHint),
      field('log-file', inbox.logFile, inbox.logHint),
      element('p', { id: 'keys-state', class: 'released', role: 'status' }),
    ),
    element(
      'section',
      {},
      element('h2', {}, inbox.deliveries),
      element(
        'div',
        { class: 'field no-print' },
        element('label', { for: 'delivery-files' }, words.file.choose),
        element('p', { class: 'hint' }, words.file.chooseHint),
        files,
        fault,
      ),
      list,
    ),
    element('section', {}, element('h2', {}, words.persons), persons),
    element(
      'div',
      { class: 'actions no-print' },
      button(words.print, () => print()),
    ),
  )
  listenForKeys(words, (chosen) => {
    keys = chosen
    files.disabled = !chosen
  })
  files.addEventListener('change', async () => {
    const chosen = [...(files.files ?? [])]
    fault.textContent = chosen.length > MAX_FILES ? words.tooMany(MAX_FILES) : ''
    if (fault.textContent === '') for (const file of chosen) await openFile(file)
    files.value = ''
  })

  async function openFile(file: File): Promise<void> {
    const delivery = parseDelivery(new Uint8Array(await file.arrayBuffer()))
    const place = element('div')
    if ('reason' in delivery) {
      const what = element('p', { role: 'alert' }, words.notDelivery)
      list.append(element('li', { class: 'card' }, element('h3', {}, written(file.name)), what))
      return
    }
    if (!keys || read.has(delivery.id)) return
    const title =
      delivery.kind === 'notice' ? inbox.notice : inbox.sent(labelOf(speech.labels.parties, delivery.sender))
    const recipient = recipientOf(delivery.receipt.record)
    const to = element('p', {}, `${words.file.to} `, written(labelOf(speech.labels.parties, recipient)))
    list.append(element('li', { class: 'card' }, element('h3', {}, written(title)), to, place))
    await openInPlace(place, delivery, recipient, keys, speech, {
      buttons: () => [],
      onRead(opened) {
        read.set(delivery.id, opened)
        persons.replaceChildren(...showPersons([...read.values()], speech))
      },
    })
  }
}

function field(id: string, label: string, hint: string): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, label),
    element('p', { class: 'hint', id: `${id}-hint` }, hint),
    element('input', { type: 'file', id, 'aria-describedby': `${id}-hint ${id}-fault` }),
    element('p', { class: 'fault', id: `${id}-fault`, role: 'alert' }),
  )
}

/** The party that the record names. The proof of the record and the key that opens the content show whether it is true. */
function recipientOf(record: string): string {
  try {
    const { recipient } = Object(JSON.parse(record)) as { recipient?: unknown }
    return typeof recipient === 'string' ? recipient : ''
  } catch {
    return ''
  }
}
