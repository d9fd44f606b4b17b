import '../reading/without-eval.ts'
import { DELIVERY_TAGS } from '../../inbox/delivery-states.ts'
import { openInPlace } from '../reading/delivery-card.ts'
import { button, type Child, element, focusOn, part, written } from '../reading/elements.ts'
import { createConsoleCalls } from '../reading/gateway.ts'
import { listenForKeys } from '../reading/keys-form.ts'
import { labelOf, type ReaderLabels, shortName, showMoment } from '../reading/labels.ts'
import type { Source } from '../reading/persons.ts'
import type { Keys, ReadDelivery } from '../reading/read-delivery.ts'
import { showPersons } from '../reading/show-persons.ts'
import { READER_WORDS } from '../reading/words.ts'

/** The inbox: deliveries are fetched sealed, and verified and opened here. */

const reader = part('reader', HTMLElement)
const language = document.documentElement.lang === 'en' ? 'en' : 'nl'
const words = READER_WORDS[language]
const speech = { language, words, labels: JSON.parse(reader.dataset.labels ?? '{}') as ReaderLabels } as const
const recipient = reader.dataset.party ?? ''
const calls = createConsoleCalls(words)
const read = new Map<string, ReadDelivery>()
const said = part('inbox-state', HTMLElement)
let keys: Keys | undefined

const cards = [...document.querySelectorAll<HTMLElement>('[data-delivery]')].map((card) => createCard(card))

const openAll = button(
  words.openAll,
  async () => {
    // One after the other: the gateway records each before it hands it over.
    for (const card of cards) await card.open()
    said.textContent = words.opened(read.size)
    openAll.disabled = read.size === cards.length
    focusOn(said)
  },
  'primary',
)
const printAll = button(words.print, () => print())
part('inbox-actions', HTMLElement).append(openAll, printAll)
printAll.disabled = true

const persons = part('persons', HTMLElement)
persons.append(element('p', { class: 'quiet' }, words.noPersons))

listenForKeys(words, (chosen) => {
  keys = chosen
  openAll.disabled = !chosen
  said.textContent = chosen || cards.length === 0 ? '' : words.chooseFirst
  for (const card of cards) card.opener.disabled = !chosen
})
openAll.disabled = true
if (cards.length > 0) said.textContent = words.chooseFirst

/** Gives a card of the list its button, and opens its delivery in place. */
function createCard(card: HTMLElement) {
  const id = card.dataset.delivery!
  const place = element('div')
  const mark = card.querySelector('.state')
  const opener = button(words.open, () => open(true))
  opener.setAttribute('aria-describedby', `title-${id}`)
  opener.disabled = true
  card.append(element('div', { class: 'actions no-print' }, opener), place)

  function become(state: keyof typeof DELIVERY_TAGS): void {
    card.dataset.state = state
    if (!mark) return
    mark.className = `tag state ${DELIVERY_TAGS[state]}`
    mark.textContent = words.states[state]
  }

  async function open(moveFocus = false): Promise<void> {
    if (!keys || read.has(id)) return
    place.replaceChildren(element('p', { role: 'status' }, words.opening))
    const fetched = await calls.fetchDelivery(id)
    if (!fetched.ok) {
      place.replaceChildren(element('p', { class: 'notice warn', role: 'alert' }, fetched.text))
      return
    }
    const reading = await openInPlace(place, fetched.value, recipient, keys, speech, {
      buttons: (opened, say) => [...acknowledgeButton(say), ...linksOn(opened)],
      onRead(opened) {
        read.set(id, opened)
        persons.replaceChildren(...showPersons([...read.values()], speech, askAbout))
        printAll.disabled = false
      },
    })
    if (reading.ok) opener.parentElement?.remove()
    // The gateway has recorded that it was handed over, whatever came of it here.
    if (card.dataset.state === 'new') become('unread')
    if (moveFocus) focusOn(place)
  }

  function acknowledgeButton(say: (text: string) => void): readonly HTMLElement[] {
    if (card.dataset.state === 'acknowledged') return []
    const acknowledge = button(
      words.acknowledge,
      async () => {
        const answered = await calls.acknowledge(id)
        say(answered.ok ? words.acknowledged : answered.text)
        if (!answered.ok) return
        become('acknowledged')
        acknowledge.remove()
        focusOn(place)
      },
      'primary',
    )
    return [acknowledge]
  }

  /** Pages that start with this delivery: an answer to it, and the question who each person in it is. */
  function linksOn({ shown }: ReadDelivery): readonly HTMLElement[] {
    if (shown.kind !== 'exchange') return []
    const { exchangeId, dataSubjects } = shown.content
    const { feedback } = reader.dataset
    const query = new URLSearchParams({ to: card.dataset.sender ?? '', inReplyTo: exchangeId })
    return [
      ...(feedback === undefined ? [] : [link(`${feedback}&${query}`, words.feedback)]),
      ...dataSubjects.flatMap(({ pseudonym }, dataSubject) =>
        askLink({ exchangeId, dataSubject }, ...(dataSubjects.length === 1 ? [] : [': ', shortName(pseudonym)])),
      ),
    ]
  }

  return { open, opener }
}

/** The question who this person is, to one of the sources. */
function askAbout(source: Source): readonly HTMLElement[] {
  const sender = written(labelOf(speech.labels.parties, source.sender))
  return askLink(source, ': ', sender, `, ${showMoment(source.at, language)}`)
}

/** Leads to the question who a person in an exchange is, for people who may ask it. */
function askLink(
  { exchangeId, dataSubject }: Pick<Source, 'exchangeId' | 'dataSubject'>,
  ...about: readonly Child[]
): readonly HTMLElement[] {
  if (reader.dataset.asks === undefined) return []
  return [link(`/exchanges/${encodeURIComponent(exchangeId)}/ask?person=${dataSubject + 1}`, words.ask, ...about)]
}

function link(address: string, ...text: readonly Child[]): HTMLElement {
  return element('a', { class: 'utrecht-link', href: address }, ...text)
}
