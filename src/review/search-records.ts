import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import { createRecordTest, type RecordFilter } from '../audit/export/record-filter.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { cursorUnknown } from '../exchange/inbox-page.ts'
import type { LogReader } from '../ports/store.ts'
import { checkFilter, listOpenWords, periodOf } from './check-filter.ts'
import { recordLogUse } from './log-use.ts'

export const SEARCH_ORDERS = ['newest-first', 'oldest-first'] as const
export type SearchOrder = (typeof SEARCH_ORDERS)[number]

export const DEFAULT_SEARCH_LIMIT = 50
export const MAX_SEARCH_LIMIT = 200
/** Greatest number of records that one search reads, so that its cost has a bound whatever it finds. */
export const SEARCH_READS = 10_000

/** One page of a search. */
export interface RecordSearch {
  readonly filter: RecordFilter
  readonly order: SearchOrder
  /**
   * Leaf index where the search continues: the first to be read when the oldest come first, and one above the first to be read when
   * the newest do. Absent for the first page.
   */
  readonly cursor?: number
  readonly limit: number
}

export interface RecordPage {
  /** In the requested order; can be fewer than `limit`, or none, although there is more. */
  readonly records: readonly PlacedRecord[]
  /** For the next page. */
  readonly cursor: number
  readonly hasMore: boolean
  /** Size of the log that was searched. */
  readonly treeSize: number
  /** Records `[start, end)` that were read for this page. */
  readonly read: { readonly start: number; readonly end: number }
}

/**
 * Searches the records, one page at a time. Reads at most {@link SEARCH_READS} records, so a page can be empty although there is
 * more. The search is recorded before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `word-unknown`, `cursor-unknown` for one beyond the log, `log-unavailable`
 */
export async function searchRecords(gateway: Gateway, by: string, search: RecordSearch): Promise<RecordPage> {
  const { store } = gateway
  checkFilter(search.filter, await openWordsOf(gateway))
  const treeSize = (await store.log.checkpoint())?.treeSize ?? 0
  if ((search.cursor ?? 0) > treeSize) throw cursorUnknown('/cursor')
  const page = await findPage(store.log, treeSize, search)
  await recordLogUse(gateway, {
    by,
    use: 'search',
    ...page.read,
    filter: search.filter,
    found: page.records.length,
  })
  return page
}

/** The words of the rules in force, and every party that was ever recorded. */
export async function openWordsOf({ policySet, store }: Pick<Gateway, 'policySet' | 'store'>) {
  return listOpenWords(
    policySet,
    (await store.listPartyStates()).map(({ party }) => party),
  )
}

/** Searches the first `treeSize` records of a log and records nothing: for a copy that the reader already has. */
export async function findPage(
  log: Pick<LogReader, 'records'>,
  treeSize: number,
  { filter, order, cursor, limit }: RecordSearch,
): Promise<RecordPage> {
  const test = createRecordTest(filter, periodOf(filter))
  const found: PlacedRecord[] = []
  if (order === 'oldest-first') {
    const start = Math.min(cursor ?? 0, treeSize)
    const end = Math.min(start + SEARCH_READS, treeSize)
    let reached = start
    for await (const placed of readRecords(log, start, end)) {
      reached = placed.leafIndex + 1
      if (test(placed.record) !== undefined) found.push(placed)
      if (found.length >= limit) break
    }
    return { records: found, cursor: reached, hasMore: reached < treeSize, treeSize, read: { start, end: reached } }
  }
  const end = Math.min(cursor ?? treeSize, treeSize)
  const floor = Math.max(end - SEARCH_READS, 0)
  let reached = end
  while (reached > floor && found.length < limit) {
    const start = Math.max(reached - BACKWARD_PAGE, floor)
    const page: PlacedRecord[] = []
    for await (const placed of readRecords(log, start, reached)) page.push(placed)
    for (const placed of page.reverse()) {
      reached = placed.leafIndex
      if (test(placed.record) !== undefined) found.push(placed)
      if (found.length >= limit) break
    }
    // The log is shorter than asked.
    if (page.length === 0) reached = start
  }
  return { records: found, cursor: reached, hasMore: reached > 0, treeSize, read: { start: reached, end } }
}

const BACKWARD_PAGE = 256
