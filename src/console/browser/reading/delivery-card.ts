import type { PulledDelivery } from '../../../delivery/pulled.ts'
import { button, element, saveAs } from './elements.ts'
import { type Keys, type ReadDelivery, type Reading, readDelivery } from './read-delivery.ts'
import { type Speech, showReading } from './show-delivery.ts'

/** What a card can do beside showing its delivery. */
export interface CardActions {
  /** Called with what was read, once. */
  onRead(read: ReadDelivery): void
  /** Further buttons for a delivery that was read. */
  buttons(read: ReadDelivery, say: (text: string) => void): readonly HTMLElement[]
}

/**
 * Opens a delivery in its place on the page: shows its content, or why it stays closed, and moves the focus there.
 * @param place the empty part of the card, below its heading
 */
export async function openInPlace(
  place: HTMLElement,
  delivery: PulledDelivery,
  recipient: string,
  keys: Keys,
  speech: Speech,
  actions: CardActions,
): Promise<Reading> {
  const reading = await readDelivery(delivery, recipient, keys)
  place.replaceChildren(showReading(reading, speech))
  if (!reading.ok) return reading
  const said = element('p', { role: 'status' })
  const say = (text: string) => {
    said.textContent = text
  }
  place.append(
    element(
      'div',
      { class: 'actions no-print' },
      ...actions.buttons(reading, say),
      button(speech.words.saveSealed, () =>
        saveAs(`${delivery.id}.json`, JSON.stringify(delivery, null, 2), 'application/json'),
      ),
      button(speech.words.save, () => {
        saveAs(`${delivery.id}.txt`, place.querySelector('.read')?.textContent ? readableText(place) : '', 'text/plain')
        say(speech.words.saveHint)
      }),
    ),
    said,
  )
  actions.onRead(reading)
  return reading
}

/** The text of a card, one line for each part. */
function readableText(place: HTMLElement): string {
  const parts = place.querySelectorAll('.read > p, .read h4, .read dt, .read li, .read section > p')
  return [...parts]
    .map((node) => {
      const value = node.tagName === 'DT' ? `: ${node.nextElementSibling?.textContent ?? ''}` : ''
      return `${node.textContent ?? ''}${value}\n`
    })
    .join('')
}
