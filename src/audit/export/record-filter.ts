import { OUTCOMES, REASONS } from '../../model/decision.ts'
import { DUTY_KINDS } from '../../model/rule.ts'
import { parseRecord } from '../record/parse.ts'
import { type AuditRecord, RECORD_TYPES } from '../record/record.ts'

/** Criteria that records can be filtered by. */
export const FILTER_MEMBERS = [
  'party',
  'purpose',
  'legalBasis',
  'rule',
  'outcome',
  'reason',
  'duty',
  'recordType',
  'since',
  'until',
  'exchangeId',
] as const
export type FilterMember = (typeof FILTER_MEMBERS)[number]

/** Members of a filter with a fixed list of words, independent of the rule files. */
export const CLOSED_WORDS = {
  outcome: OUTCOMES,
  reason: REASONS,
  duty: DUTY_KINDS,
  recordType: RECORD_TYPES,
} as const satisfies Partial<Record<FilterMember, readonly string[]>>

/**
 * Selects records that match every member; a filter without members matches all.
 *
 * `party` is a party or one of its people (a client id) in any capacity: sender, recipient or actor. `rule` is `file/rule`, of
 * a permit, a prohibition or a safeguard. `outcome` and `reason` are those of the whole exchange or check, or of one person in
 * it. `since` is inclusive, `until` exclusive. `exchangeId` matches every record that names the exchange, answers to it included.
 */
export type RecordFilter = { readonly [Member in FilterMember]?: string }

/** A period in milliseconds since 1970, `[since, until)`. */
export interface Period {
  readonly since: number
  readonly until: number
}

/**
 * Makes the test of a filter, which returns the record when it matches and undefined otherwise.
 *
 * @param period the instants of `since` and `until`; the caller converts days, which are days in Amsterdam
 * @throws SyntaxError from the test, for a record that may match and that this version cannot read
 */
export function createRecordTest(filter: RecordFilter, period: Period): (text: string) => AuditRecord | undefined {
  const needles = NEEDLES.flatMap(([member, form]) => (filter[member] === undefined ? [] : [form(filter[member])]))
  return (text) => {
    // Words are never escaped in a record, so a record without all of them need not be parsed.
    if (needles.some((needle) => !text.includes(needle))) return undefined
    const record = parseRecord(text)
    return isMatch(record, filter) && isWithin(record.at, period) ? record : undefined
  }
}

const quoted = (word: string) => `"${word}"`
const NEEDLES: readonly [FilterMember, (word: string) => string][] = [
  ['party', (word) => `"${word}`],
  ['purpose', quoted],
  ['legalBasis', quoted],
  ['rule', quoted],
  ['outcome', quoted],
  ['reason', quoted],
  ['duty', quoted],
  ['recordType', quoted],
  ['exchangeId', quoted],
]

function isMatch(record: AuditRecord, filter: RecordFilter): boolean {
  const { party, recordType, exchangeId } = filter
  if (recordType !== undefined && record.type !== recordType) return false
  if (party !== undefined && !clientsOf(record).some((client) => client === party || client.startsWith(`${party}.`)))
    return false
  if (exchangeId !== undefined && !exchangeIdsOf(record).includes(exchangeId)) return false
  return isDecidedMatch(record, filter)
}

/** Matches the members that only decisions have. */
function isDecidedMatch(record: AuditRecord, filter: RecordFilter): boolean {
  const { purpose, legalBasis, rule, outcome, reason, duty } = filter
  if ([purpose, legalBasis, rule, outcome, reason, duty].every((word) => word === undefined)) return true
  if (record.type !== 'exchange' && record.type !== 'check') return false
  const persons = record.subjects
  return (
    (purpose === undefined || record.purpose === purpose) &&
    (legalBasis === undefined || record.legalBasis === legalBasis) &&
    (rule === undefined || persons.some((one) => one.rules.includes(rule) || one.prohibitions.includes(rule))) &&
    (outcome === undefined || [record, ...persons].some((one) => one.outcome === outcome)) &&
    (reason === undefined || [record, ...persons].some((one) => one.reason === reason)) &&
    (duty === undefined || record.duties.some(({ kind }) => kind === duty))
  )
}

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

function isWithin(at: string, { since, until }: Period): boolean {
  const time = Date.parse(at)
  return time >= since && time < until
}
