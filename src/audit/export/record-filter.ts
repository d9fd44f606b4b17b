import { OUTCOMES, REASONS } from '../../model/decision.ts'
import { DUTY_KINDS } from '../../model/rule.ts'
import { CLASS_GROUPS, FIELD_CLASSES } from '../../model/vocabulary.ts'
import { parseFieldOutcomes, type RecordedSubject } from '../record/decision-summary.ts'
import { parseRecord } from '../record/parse.ts'
import { type AuditRecord, RECORD_TYPES } from '../record/record.ts'

/** Criteria that records can be filtered by. */
export const FILTER_MEMBERS = [
  'party',
  'sender',
  'recipient',
  'purpose',
  'legalBasis',
  'field',
  'fieldClass',
  'treatment',
  'file',
  'rule',
  'outcome',
  'reason',
  'attempt',
  'duty',
  'recordType',
  'since',
  'until',
  'exchangeId',
] as const
export type FilterMember = (typeof FILTER_MEMBERS)[number]

/** What was decided on a field: it goes to the recipient (also coarser), it links inside the gateway, or it does not go. */
export const TREATMENTS = ['shared', 'linked', 'withheld'] as const
type Treatment = (typeof TREATMENTS)[number]

/**
 * What became of an exchange or check (`review/attempts/attempts.ts`). `check`: asked beforehand, nothing was sent. `stayed`: refused, and no
 * next try of the same report within the hour. `retried`: refused, and refused again within the hour. `repaired`: refused, and
 * passed within the hour. `repair`: passed, within the hour after a refusal.
 */
export const ATTEMPTS = ['check', 'stayed', 'retried', 'repaired', 'repair'] as const
export type Attempt = (typeof ATTEMPTS)[number]

/** A class of fields, or the classes under one article of the AVG together. */
export const CLASS_WORDS = [...FIELD_CLASSES, ...(Object.keys(CLASS_GROUPS) as (keyof typeof CLASS_GROUPS)[])] as const
export type ClassWord = (typeof CLASS_WORDS)[number]

/** Members of a filter with a fixed list of words, independent of the rule files. */
export const CLOSED_WORDS = {
  fieldClass: CLASS_WORDS,
  treatment: TREATMENTS,
  outcome: OUTCOMES,
  reason: REASONS,
  attempt: ATTEMPTS,
  duty: DUTY_KINDS,
  recordType: RECORD_TYPES,
} as const satisfies Partial<Record<FilterMember, readonly string[]>>

/**
 * Selects records that match every member; a filter without members matches all.
 *
 * `party` is a party or one of its people (a client id) in any capacity: sender, recipient or actor. `sender` and `recipient` are
 * those of the exchange, check or step. `field`, `fieldClass` and `treatment` match together: a field of that name and class with
 * that treatment, of at least one person; without `treatment` it is enough that the field was asked for. `rule` is `file/rule`, of
 * a permit, a prohibition or a safeguard, and `file` any of the rules of a file. `outcome` and `reason` are those of the whole exchange or check, or of one person in
 * it. `attempt` depends on other records, so the reader of the records tests it. `since` is inclusive, `until` exclusive. `exchangeId` matches every record that names the exchange, answers to it included.
 */
export type RecordFilter = { readonly [Member in FilterMember]?: string }

/** What the words of a filter stand for. */
export interface FilterBounds {
  /** In milliseconds since 1970, `[since, until)`. */
  readonly since: number
  readonly until: number
  /** The fields of `fieldClass` under the rule set of this hash; present when the filter has it. */
  readonly classFieldsOf?: (policyHash: string) => Promise<ReadonlySet<string>>
}

/**
 * Makes the test of a filter, which returns the record when it matches and undefined otherwise.
 *
 * @param bounds with the instants of `since` and `until`; the caller converts days, which are days in Amsterdam
 * @throws SyntaxError from the test, for a record that may match and that this version cannot read
 */
export function createRecordTest(
  filter: RecordFilter,
  bounds: FilterBounds,
): (text: string) => Promise<AuditRecord | undefined> {
  const needles = NEEDLES.flatMap(([member, form]) => (filter[member] === undefined ? [] : [form(filter[member])]))
  return async (text) => {
    // Words are never escaped in a record, so a record without all of them need not be parsed.
    if (needles.some((needle) => !text.includes(needle))) return undefined
    const record = parseRecord(text)
    if (!isWithin(record.at, bounds)) return undefined
    const isDecided = record.type === 'exchange' || record.type === 'check'
    const classFields = isDecided ? await bounds.classFieldsOf?.(record.policyHash) : undefined
    return isMatch(record, filter, classFields) ? record : undefined
  }
}

const quoted = (word: string) => `"${word}"`
const NEEDLES: readonly [FilterMember, (word: string) => string][] = [
  ['party', (word) => `"${word}`],
  ['sender', quoted],
  ['recipient', quoted],
  ['field', quoted],
  ['file', (word) => `"${word}/`],
  ['purpose', quoted],
  ['legalBasis', quoted],
  ['rule', quoted],
  ['outcome', quoted],
  ['reason', quoted],
  ['duty', quoted],
  ['recordType', quoted],
  ['exchangeId', quoted],
]

function isMatch(record: AuditRecord, filter: RecordFilter, classFields: ReadonlySet<string> | undefined): boolean {
  const { party, sender, recipient, recordType, exchangeId } = filter
  if (recordType !== undefined && record.type !== recordType) return false
  if (party !== undefined && !clientsOf(record).some((client) => client === party || client.startsWith(`${party}.`)))
    return false
  if (exchangeId !== undefined && !exchangeIdsOf(record).includes(exchangeId)) return false
  if (sender !== undefined && !textsOf(record, ['sender']).includes(sender)) return false
  if (recipient !== undefined && !textsOf(record, ['recipient']).includes(recipient)) return false
  return isDecidedMatch(record, filter, classFields)
}

/** Matches the members that only decisions have. */
function isDecidedMatch(
  record: AuditRecord,
  filter: RecordFilter,
  classFields: ReadonlySet<string> | undefined,
): boolean {
  const { purpose, legalBasis, field, fieldClass, treatment, file, rule, outcome, reason, duty } = filter
  const asked = [purpose, legalBasis, field, fieldClass, treatment, file, rule, outcome, reason, duty]
  if (asked.every((word) => word === undefined)) return true
  if (record.type !== 'exchange' && record.type !== 'check') return false
  const persons = record.subjects
  const isFieldAsked = field !== undefined || fieldClass !== undefined || treatment !== undefined
  return (
    (purpose === undefined || record.purpose === purpose) &&
    (legalBasis === undefined || record.legalBasis === legalBasis) &&
    (!isFieldAsked || persons.some((one) => hasField(one, field, classFields, treatment as Treatment | undefined))) &&
    (file === undefined ||
      persons.some((one) => [...one.rules, ...one.prohibitions].some((own) => own.startsWith(`${file}/`)))) &&
    (rule === undefined || persons.some((one) => one.rules.includes(rule) || one.prohibitions.includes(rule))) &&
    (outcome === undefined || [record, ...persons].some((one) => one.outcome === outcome)) &&
    (reason === undefined || [record, ...persons].some((one) => one.reason === reason)) &&
    (duty === undefined || record.duties.some(({ kind }) => kind === duty))
  )
}

const hasField = (
  person: RecordedSubject,
  name: string | undefined,
  classFields: ReadonlySet<string> | undefined,
  treatment: Treatment | undefined,
): boolean =>
  parseFieldOutcomes(person).some(({ field, release, link }) => {
    if (name !== undefined && field !== name) return false
    if (classFields !== undefined && !classFields.has(field)) return false
    const isShared = release === 'verstrekken' || release === 'generaliseren'
    return treatment === undefined || { shared: isShared, linked: link, withheld: !isShared }[treatment]
  })

const CLIENT_MEMBERS = [
  'sender',
  'recipient',
  'by',
  'submittedBy',
  'party',
  'proposedBy',
  'approvedBy',
  'withdrawnBy',
] as const

/** Every party and client id that a record names. */
export const clientsOf = (record: AuditRecord): readonly string[] => textsOf(record, CLIENT_MEMBERS)

/** The exchanges that a record is about: its own, the one it is a step of, and the one it answers. */
export const exchangeIdsOf = (record: AuditRecord): readonly string[] =>
  textsOf(record, ['id', 'exchangeId', 'feedbackId', 'inReplyTo'])

function textsOf(record: AuditRecord, members: readonly string[]): readonly string[] {
  return members.flatMap((member) => {
    const value: unknown = Reflect.get(record, member)
    return typeof value === 'string' ? [value] : []
  })
}

function isWithin(at: string, { since, until }: FilterBounds): boolean {
  const time = Date.parse(at)
  return time >= since && time < until
}
