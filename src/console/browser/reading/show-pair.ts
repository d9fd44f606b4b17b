import type { ShownContent, ShownSubject } from '../../../delivery/content-form.ts'
import { type Child, element, written } from './elements.ts'
import { fieldLabel, formatValue, freeTextFields, inOrder } from './labels.ts'
import { isSameValue } from './persons.ts'
import type { ReadDelivery } from './read-delivery.ts'
import type { Speech } from './show-delivery.ts'

/** The data subject at a position of a delivery; undefined for a notice or a position that its content lacks. */
export function subjectOf({ shown }: ReadDelivery, dataSubject: number): ShownSubject | undefined {
  return shown.kind === 'exchange' ? (shown.content satisfies ShownContent).dataSubjects[dataSubject] : undefined
}

/** What two reports gave about a person, next to each other: fields of both first, each with a mark when both say the same or differ. */
export function showPair(earlier: ShownSubject, later: ShownSubject, speech: Speech): HTMLElement {
  const { pair } = speech.words
  const given = new Set([...Object.keys(earlier.data), ...Object.keys(later.data)])
  const fields = inOrder(speech.labels, [...given])
  if (fields.length === 0) return element('p', {}, pair.nothing)
  const isBoth = (field: string) => Object.hasOwn(earlier.data, field) && Object.hasOwn(later.data, field)
  const head = (text: string) => element('th', { scope: 'col', role: 'columnheader' }, text)
  return element(
    'table',
    { class: 'stacks', role: 'table' },
    element('caption', {}, pair.caption),
    element(
      'thead',
      { role: 'rowgroup' },
      element('tr', { role: 'row' }, head(pair.field), ...pair.sides.map((side) => head(side))),
    ),
    element(
      'tbody',
      { role: 'rowgroup' },
      ...[...fields.filter(isBoth), ...fields.filter((field) => !isBoth(field))].map((field) =>
        showRow(field, earlier, later, speech),
      ),
    ),
  )
}

function showRow(field: string, earlier: ShownSubject, later: ShownSubject, speech: Speech): HTMLElement {
  const { words, labels } = speech
  return element(
    'tr',
    { role: 'row' },
    element(
      'th',
      { scope: 'row', role: 'rowheader' },
      written(fieldLabel(labels, field)),
      ...showMark(field, earlier, later, speech),
    ),
    ...[earlier, later].map((subject, side) =>
      element(
        'td',
        { role: 'cell' },
        // On a narrow screen the cells are below each other, without the head of their column.
        element('span', { class: 'narrow quiet', 'aria-hidden': 'true' }, `${words.pair.sides[side]}: `),
        ...showValue(subject, field, speech),
      ),
    ),
  )
}

/** Free text and values of another precision differ without contradicting each other. */
function showMark(field: string, earlier: ShownSubject, later: ShownSubject, { words, labels }: Speech): Child[] {
  const [one, other] = [earlier.data[field], later.data[field]]
  const isPrecise = earlier.generalised[field] === later.generalised[field]
  if (one === undefined || other === undefined || !isPrecise || freeTextFields(labels).has(field)) return []
  const mark = isSameValue(one, other)
    ? element('span', { class: 'tag released' }, `= ${words.pair.same}`)
    : element('span', { class: 'tag coarser' }, `≠ ${words.pair.differs}`)
  return [' ', mark]
}

function showValue({ data, generalised }: ShownSubject, field: string, { words, labels, language }: Speech): Child[] {
  const value = data[field]
  if (value === undefined) return [element('span', { class: 'quiet' }, words.pair.notGiven)]
  const level = generalised[field]
  return [
    written(formatValue(labels, field, value, language)),
    ...(level === undefined ? [] : [' ', element('span', { class: 'quiet' }, '(', written(level), ')')]),
  ]
}
