import { button, element, written } from './elements.ts'
import type { ConsoleCalls, MatchOnWire } from './gateway.ts'
import { fieldLabel, formatValue, inOrder, labelOf, shortName, showMoment } from './labels.ts'
import type { ReadDelivery } from './read-delivery.ts'
import type { Speech } from './show-delivery.ts'

/** Shows pairs that may be one person, both sides next to each other, and takes answers. */
export function showMatches(
  place: HTMLElement,
  matches: readonly MatchOnWire[],
  read: () => readonly ReadDelivery[],
  calls: ConsoleCalls,
  speech: Speech,
): void {
  const { words } = speech
  const shown = matches.map((match) => showMatch(match, read, calls, speech))
  place.replaceChildren(
    ...(shown.length === 0
      ? [element('p', { class: 'quiet' }, words.matches.none)]
      : [element('p', { class: 'notice' }, words.matches.effect), ...shown]),
  )
}

function showMatch(
  match: MatchOnWire,
  read: () => readonly ReadDelivery[],
  calls: ConsoleCalls,
  speech: Speech,
): HTMLElement {
  const words = speech.words.matches
  const said = element('p', { role: 'status' })
  const status = element('span', { class: 'tag waiting' }, words.statuses[match.status] ?? match.status)
  const answer = async (word: 'confirm' | 'reject') => {
    const answered = await calls.answerMatch(match.id, word)
    if (answered.ok) status.textContent = words.statuses[answered.value.status] ?? answered.value.status
    said.textContent = answered.ok ? (words.effects[answered.value.effect] ?? '') : answered.text
  }
  return element(
    'article',
    { class: 'card match' },
    element('h3', {}, words.title),
    element('p', {}, status),
    element(
      'div',
      { class: 'sides' },
      showSide(words.first, 0, match, read(), speech),
      showSide(words.second, 1, match, read(), speech),
    ),
    element(
      'div',
      { class: 'actions no-print' },
      button(words.same, () => void answer('confirm')),
      button(words.different, () => void answer('reject')),
      button(words.unknown, () => {
        said.textContent = words.unknownDone
      }),
    ),
    said,
  )
}

function showSide(
  title: string,
  side: 0 | 1,
  match: MatchOnWire,
  read: readonly ReadDelivery[],
  { words, labels, language }: Speech,
): HTMLElement {
  const heading = element('h4', {}, `${title} `, element('code', {}, shortName(match.pseudonyms[side])))
  const mention = match.mentions[side]
  const found = read.find(({ delivery }) => delivery.kind === 'exchange' && delivery.exchangeId === mention?.exchangeId)
  const content = found?.shown.kind === 'exchange' ? found.shown.content : undefined
  const subject = content?.dataSubjects[mention?.dataSubject ?? -1]
  if (!content || !subject) return element('section', {}, heading, element('p', {}, words.matches.notOpened))
  return element(
    'section',
    {},
    heading,
    element('p', {}, written(labelOf(labels.parties, content.sender)), `, ${showMoment(content.at, language)}`),
    element(
      'dl',
      {},
      ...inOrder(labels, Object.keys(subject.data)).flatMap((field) => [
        element('dt', {}, written(fieldLabel(labels, field, subject.generalised[field]))),
        element('dd', {}, written(formatValue(labels, field, subject.data[field]!, language))),
      ]),
    ),
  )
}
