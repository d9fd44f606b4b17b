import { element, written } from './elements.ts'
import { fieldLabel, formatValue, freeTextFields, inOrder, labelOf, shortName, showMoment } from './labels.ts'
import { formPersons, type Person, type Source } from './persons.ts'
import type { ReadDelivery } from './read-delivery.ts'
import type { Speech } from './show-delivery.ts'

/**
 * Every person in the deliveries that were read, with what each source gave.
 * @param linksOn links about a person in one source; none where nothing can be asked
 */
export function showPersons(
  read: readonly ReadDelivery[],
  speech: Speech,
  linksOn: (source: Source) => readonly HTMLElement[] = () => [],
): readonly HTMLElement[] {
  const persons = formPersons(read, freeTextFields(speech.labels))
  if (persons.length === 0) return [element('p', { class: 'quiet' }, speech.words.noPersons)]
  return [
    element('p', { class: 'quiet no-print' }, speech.words.personsLead),
    ...persons.map((person) => showPerson(person, speech, linksOn)),
  ]
}

function showPerson(
  { pseudonym, isLinkable, sources, fields }: Person,
  speech: Speech,
  linksOn: (source: Source) => readonly HTMLElement[],
): HTMLElement {
  const { words, labels } = speech
  const roles = new Set(sources.map(({ subject }) => labelOf(labels.roles, subject.role)))
  const senders = new Set(sources.map(({ sender }) => labelOf(labels.parties, sender)))
  const links = sources.flatMap(linksOn)
  return element(
    'article',
    { class: 'card person' },
    element('h3', {}, words.person(shortName(pseudonym))),
    element(
      'p',
      {},
      written([...roles].join(', ')),
      `. ${words.personSources(sources.length)}: `,
      written([...senders].join(', ')),
      '.',
    ),
    ...(isLinkable ? [] : [element('p', { class: 'quiet' }, words.apart)]),
    ...(fields.length === 0 ? [element('p', {}, words.nothing)] : [showFields(fields, speech)]),
    ...(links.length === 0 ? [] : [element('div', { class: 'actions no-print' }, ...links)]),
  )
}

function showFields(fields: Person['fields'], { words, labels, language }: Speech): HTMLElement {
  const head = (text: string) => element('th', { scope: 'col' }, text)
  const order = inOrder(
    labels,
    fields.map(({ field }) => field),
  )
  return element(
    'table',
    { class: 'stacks utrecht-table' },
    element('caption', { class: 'hidden' }, words.given),
    element('thead', {}, element('tr', {}, head(words.field), head(words.given), head(words.from), head(words.at))),
    ...fields
      .toSorted((one, other) => order.indexOf(one.field) - order.indexOf(other.field))
      .map(({ field, given, isConflict }) =>
        element(
          'tbody',
          {},
          ...given.map(({ value, level, source }, index) =>
            element(
              'tr',
              {},
              ...(index > 0
                ? []
                : [
                    element(
                      'th',
                      { scope: 'rowgroup', rowspan: String(given.length) },
                      written(fieldLabel(labels, field)),
                      ...(isConflict ? [' ', element('span', { class: 'tag coarser' }, `≠ ${words.differs}`)] : []),
                    ),
                  ]),
              element(
                'td',
                {},
                written(formatValue(labels, field, value, language)),
                ...(level === undefined ? [] : [' ', element('span', { class: 'quiet' }, '(', written(level), ')')]),
              ),
              element('td', {}, written(labelOf(labels.parties, source.sender))),
              element('td', {}, showMoment(source.at, language)),
            ),
          ),
        ),
      ),
  )
}
