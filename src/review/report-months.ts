import type { PlacedRecord } from '../audit/export/read-log.ts'
import type { FilterBounds } from '../audit/export/record-filter.ts'
import { parseRecord } from '../audit/record/parse.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import { createHeartbeatCheck } from '../audit/verify/heartbeats.ts'
import type { LoadSet } from '../exchange/rule-sets/archived.ts'
import { classifyAttempts } from './attempts/attempts.ts'
import { DEFAULT_TERMS, type FollowUpTerms, type FollowUpWords, watchFollowUp } from './follow-up-watch.ts'
import { createMonthCounts, type MonthCounts } from './month-counts.ts'
import type { MonthlyReport } from './monthly-report.ts'
import type { Month } from './months.ts'
import { rederiveRecord } from './rederive.ts'
import { EVERYTHING, type ReportFilter, selectExchanges } from './select-exchanges.ts'
import { followRecord, NO_SET_IN_FORCE } from './sets-in-force.ts'

/** Options of the monthly report. */
export interface ReportOptions {
  /** The months to report on. */
  readonly months: readonly Month[]
  /**
   * The moment at which the log was read: a month that has not ended ends here, and a heartbeat is due by then. Absent for an export
   * of unknown date, which ends with its newest record.
   */
  readonly now?: Date
  readonly terms?: FollowUpTerms
  /**
   * Loads rule sets, to re-derive decisions and to know which reports are owed feedback. Without it nothing is re-derived, and
   * feedback is owed only where a duty of the decision says so.
   */
  readonly loadSet?: LoadSet
  /** Narrows the report to exchanges and checks that match. */
  readonly only?: { readonly filter: ReportFilter; readonly bounds: FilterBounds }
}

/**
 * Makes the monthly reports of a log from all its records, in order and in one pass. The log must be given from its start, because
 * what is overdue depends on older records. The month of a record follows from its moment, the order of records from their index.
 */
export async function reportMonths(
  records: AsyncIterable<PlacedRecord>,
  { months, now, terms = DEFAULT_TERMS, loadSet, only }: ReportOptions,
): Promise<readonly MonthlyReport[]> {
  const ordered = months.toSorted((one, other) => one.start - other.start)
  const counts = ordered.map(createMonthCounts)
  const watch = watchFollowUp(
    ordered.map(({ end }) => end),
    terms,
  )
  const heartbeats = createHeartbeatCheck()
  const selection = only ? selectExchanges(only.filter, only.bounds) : EVERYTHING
  let sets = NO_SET_IN_FORCE
  let time = Number.NEGATIVE_INFINITY
  let newest = Number.NEGATIVE_INFINITY
  for await (const placed of classifyAttempts(records)) {
    const { leafIndex, record: text, attempt } = placed
    const record = read(text)
    // A record that cannot be read counts for the month of the one before it.
    time = record === undefined ? time : Date.parse(record.at)
    newest = Math.max(newest, time)
    const own = counts[ordered.findIndex(({ start, end }) => start <= time && time < end)]
    heartbeats.add({ leafIndex, record: record ?? { type: typeOf(text), at: '' } })
    if (record === undefined) {
      own?.addUnreadable(leafIndex)
      continue
    }
    const isSelected = await selection.takes(placed, record)
    if (isSelected) own?.add(leafIndex, record, watch, attempt)
    if (own && isSelected && loadSet && (record.type === 'exchange' || record.type === 'check')) {
      own.addRederived(leafIndex, (await rederiveRecord(record, loadSet, sets)).status)
    }
    // The watch takes the groups of parties from records that no filter selects, and ignores steps of an exchange that it never saw.
    if (isSelected || record.type !== 'exchange')
      watch.add(record, time, record.type === 'exchange' ? await findFollowUp(record.policyHash, loadSet) : undefined)
    sets = followRecord(sets, leafIndex, record)
  }
  const until = now?.getTime() ?? newest
  const overdue = watch.finish(until)
  const { findings } = heartbeats.finish(now?.toISOString())
  return counts.map((own, index) => ({
    ...formMonth(own.finish(findings), loadSet !== undefined, only?.filter),
    from: new Date(ordered[index]!.start).toISOString(),
    until: new Date(ordered[index]!.end).toISOString(),
    isOver: ordered[index]!.end <= until,
    acknowledgements: overdue[index]!.acknowledgements.cells(),
    feedback: overdue[index]!.feedback.cells(),
    terms,
  }))
}

/** The words of the set that decided; undefined when that set is not available. */
async function findFollowUp(policyHash: string, loadSet: LoadSet | undefined): Promise<FollowUpWords | undefined> {
  const loaded = await loadSet?.(policyHash)
  return loaded && 'set' in loaded ? loaded.set.vocabulary.gatewayWords?.followUp : undefined
}

function read(text: string): AuditRecord | undefined {
  try {
    return parseRecord(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A type of a newer version still counts for the heartbeats. */
function typeOf(text: string): AuditRecord['type'] {
  try {
    return (JSON.parse(text) as AuditRecord).type
  } catch {
    return 'unreadable' as AuditRecord['type']
  }
}

function formMonth(
  { counts: { rederivation, ...counts }, events }: MonthCounts,
  isRederived: boolean,
  filter: ReportFilter | undefined,
) {
  return { ...counts, ...(isRederived && rederivation && { rederivation }), ...(filter ? { filter } : events) }
}
