import { isUnknownValue } from '../encoding/unknown-value.ts'
import type { FieldDecision, SubjectDecision } from '../model/decision.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import type { Field, Vocabulary } from '../model/vocabulary.ts'
import { isNames } from './field-form.ts'
import { createRedact, type Redact } from './free-text.ts'
import { generalise } from './generalise.ts'
import type { FieldValue, SubmittedSubject } from './submission.ts'

type Data = Readonly<Record<string, FieldValue>>

/** Removes what has the form of an identifier, and no known values. */
const redactForms = createRedact([])

/**
 * The part of one data subject's data that may be delivered. A field remains only when the decision lists it as `verstrekken`, or
 * as `generaliseren` with a level that leaves a value; everything else is dropped, unknown fields included. Identifiers are removed
 * from free text (type `tekst`) that remains, and counted. A text that is an identifier itself, such as a place of birth, is not free
 * text: a town may be called as a person is, and only what has the form of a number or an e-mail address is removed from it.
 *
 * @param redact for the identifying values of every data subject of the report: one person's free text may name another
 * @see AVG art. 5 lid 1 onder c
 */
export function minimise(
  vocabulary: Vocabulary,
  decision: SubjectDecision,
  data: Data,
  redact: Redact,
): { readonly data: Data; readonly redactions: number } {
  const kept: Record<string, FieldValue> = {}
  let redactions = 0
  for (const fieldDecision of decision.fields) {
    const field = vocabulary.fields.get(fieldDecision.field)
    const value = findValue(data, fieldDecision.field)
    if (field === undefined || value === undefined) continue
    const released = releaseValue(field, fieldDecision, value)
    if (released === undefined) continue
    if (field.type === 'tekst' && typeof released === 'string') {
      const redacted = (field.identifier === undefined ? redact : redactForms)(released)
      kept[field.id] = redacted.text
      redactions += redacted.redactions
    } else {
      kept[field.id] = released
    }
  }
  return { data: kept, redactions }
}

/**
 * The values that identify the data subjects of a report, to search for in its free text: names, aliases
 * and their parts, dates of birth, numbers, telephone numbers, e-mail addresses, street and postcode of an identifying address. As they
 * were sent, and dates and numbers in canonical form too. A value that stands for an unknown one identifies nobody.
 *
 * @param canonicalOf the canonical form of a text, if it has one
 */
export function identifyingValues(
  vocabulary: Vocabulary,
  dataSubjects: readonly Pick<SubmittedSubject, 'data'>[],
  canonicalOf: (kind: IdentifierKind, text: string) => string | undefined = () => undefined,
): string[] {
  const values = new Set<string>()
  for (const { data } of dataSubjects) {
    for (const field of vocabulary.fields.values()) {
      const value = findValue(data, field.id)
      if (value === undefined || !isIdentifying(field)) continue
      for (const found of splitIdentifyingValue(field, value)) if (!isUnknownValue(found)) values.add(found)
      const { type, identifier } = field
      if (typeof value !== 'string' || identifier === undefined || !WRITTEN_IN_FORMS.has(type)) continue
      const canonical = canonicalOf(identifier, value)
      // A spreadsheet loses the zeros in front.
      if (canonical !== undefined) values.add(canonical).add(canonical.replace(/^0+/, ''))
    }
  }
  return [...values]
}

/** Types of fields whose values people write in several forms that mean the same. */
const WRITTEN_IN_FORMS: ReadonlySet<Field['type']> = new Set(['nummer', 'telefoon', 'email', 'datum'])

const findValue = (data: Data, field: string) => (Object.hasOwn(data, field) ? data[field] : undefined)

function releaseValue(field: Field, { release, level }: FieldDecision, value: FieldValue): FieldValue | undefined {
  if (release === 'verstrekken') return value
  return release === 'generaliseren' && level !== undefined ? generalise(field, level, value) : undefined
}

/**
 * Identifying kinds that occur in any text: particles of names ("van der"), which would remove half of the words of a Dutch text,
 * and values that many people share.
 */
const ORDINARY_KINDS: ReadonlySet<IdentifierKind> = new Set([
  'tussenvoegsel',
  'geboorteplaats',
  'nationaliteit',
  'geslacht',
])

const isIdentifying = ({ identifier, class: fieldClass }: Field) =>
  identifier === undefined ? fieldClass === 'identificerend' || fieldClass === 'bsn' : !ORDINARY_KINDS.has(identifier)

function splitIdentifyingValue({ type }: Field, value: FieldValue): string[] {
  if (isNames(value)) return value.flatMap((name) => [name, ...splitName(name)])
  if (typeof value === 'object') {
    const { straat, huisnummer, postcode } = value
    const street = straat !== undefined && huisnummer !== undefined ? `${straat} ${huisnummer}` : undefined
    return [street, straat, postcode].filter((part) => part !== undefined)
  }
  if (type === 'naam') return [value, ...splitName(value)]
  // Codes and words of a closed list occur in any text, and a whole free text is not a value to search for.
  return type === 'land' || type === 'woord' || type === 'tekst' ? [] : [value]
}

const PARTICLES: ReadonlySet<string> = new Set(
  'van von vom der den het ten ter del della dos das des las los bin ben ibn bint abu umm zur the'.split(' '),
)

/** The parts of a longer name that a person may be called by. */
const splitName = (name: string) =>
  name.split(/[\s-]+/).filter((part) => part.length >= 3 && !PARTICLES.has(part.toLowerCase()))
