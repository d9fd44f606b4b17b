import '../reading/without-eval.ts'
import { readPage } from '../read-page.ts'
import { button, element } from '../reading/elements.ts'
import { createConsoleCalls } from '../reading/gateway.ts'
import { listenForKeys } from '../reading/keys-form.ts'
import type { ReaderLabels } from '../reading/labels.ts'
import { type Keys, type ReadDelivery, readDelivery } from '../reading/read-delivery.ts'
import { showReading } from '../reading/show-delivery.ts'
import { showPair, subjectOf } from '../reading/show-pair.ts'
import { READER_WORDS } from '../reading/words.ts'

/** Pairs that may be one person, for somebody who may open deliveries: both sides are opened here, next to each other. */

const reader = document.getElementById('reader')
const language = document.documentElement.lang === 'en' ? 'en' : 'nl'
const words = READER_WORDS[language]
const calls = createConsoleCalls(words)
const read = new Map<string, ReadDelivery>()
let keys: Keys | undefined

if (reader) listenForPairs(reader)

function listenForPairs({ dataset }: HTMLElement): void {
  const speech = { language, words, labels: JSON.parse(dataset.labels ?? '{}') as ReaderLabels } as const
  const openers = [...document.querySelectorAll<HTMLElement>('.match')].map((card) => createCard(card))
  listenForKeys(words, (chosen) => {
    keys = chosen
    for (const opener of openers) opener.disabled = !chosen
  })

  /** Gives a pair its button. @returns the button, disabled */
  function createCard(card: HTMLElement): HTMLButtonElement {
    const sides = JSON.parse(card.dataset.sides ?? '[]') as readonly { deliveryId: string; dataSubject: number }[]
    const place = card.querySelector('.opened') as HTMLElement
    const opener = button(words.pair.open, () => void open())
    opener.disabled = true
    opener.setAttribute('aria-describedby', card.getAttribute('aria-labelledby') ?? '')
    const shown = element('div', { tabindex: '-1' })
    place.append(element('p', { class: 'actions no-print' }, opener), shown)
    if (sides.length < 2) opener.hidden = true
    listenForAnswer(card)
    return opener

    async function open(): Promise<void> {
      if (!keys) return
      opener.disabled = true
      shown.replaceChildren(element('p', { role: 'status' }, words.opening))
      const opened = []
      for (const side of sides) opened.push(await openSide(side, keys))
      const subjects = opened.flatMap((side) => (side instanceof HTMLElement ? [] : [side]))
      const isWhole = subjects.length === 2
      shown.replaceChildren(
        ...(isWhole
          ? [
              element('p', { class: 'released' }, `✓ ${words.pair.proven}`),
              showPair(subjects[0]!, subjects[1]!, speech),
            ]
          : opened.filter((side) => side instanceof HTMLElement)),
      )
      if (isWhole) opener.parentElement?.remove()
      else opener.disabled = false
      shown.focus()
    }
  }

  /** The person of one side, or what to say about why it stays closed. */
  async function openSide({ deliveryId, dataSubject }: { deliveryId: string; dataSubject: number }, chosen: Keys) {
    const known = read.get(deliveryId)
    const warning = (text: string) => element('p', { class: 'notice warn', role: 'alert' }, text)
    if (!known) {
      const fetched = await calls.fetchDelivery(deliveryId)
      if (!fetched.ok) return warning(fetched.text)
      const reading = await readDelivery(fetched.value, dataset.party ?? '', chosen)
      if (!reading.ok) return showReading(reading, speech)
      read.set(deliveryId, reading)
    }
    return subjectOf(read.get(deliveryId)!, dataSubject) ?? warning(words.closedWhy['unknown-form'])
  }
}

/**
 * Sends an answer without leaving the page, once keys were chosen: another page would forget them. What it changed takes the place of
 * what was there.
 */
function listenForAnswer(card: HTMLElement): void {
  let isUnderWay = false
  card.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event
    if (!keys || !(form instanceof HTMLFormElement)) return
    event.preventDefault()
    if (isUnderWay) return
    isUnderWay = true
    const entries = [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)])
    const fields = new URLSearchParams(entries)
    fields.set('back', 'here')
    const said = await send(form.action, fields)
    delete form.dataset.sent
    isUnderWay = false
    said.tabIndex = -1
    card.querySelector('#said')?.remove()
    card.append(said)
    said.focus()
  })

  async function send(address: string, form: URLSearchParams): Promise<HTMLElement> {
    const warning = (text: string) => element('p', { class: 'notice warn', id: 'said', role: 'alert' }, text)
    try {
      const { status, page } = await readPage({ address, form }, new AbortController().signal)
      const [said, judgement] = ['#said', '.judgement'].map((selector) => page.querySelector<HTMLElement>(selector))
      if (!said || !judgement) return warning(status === 401 ? words.signInAgain : words.notDone)
      card.querySelector('.judgement')?.replaceWith(document.adoptNode(judgement))
      return document.adoptNode(said)
    } catch {
      return warning(words.noConnection)
    }
  }
}
