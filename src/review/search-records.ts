import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import { createRecordTest, type FilterBounds, type RecordFilter } from '../audit/export/record-filter.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { cursorUnknown } from '../exchange/inbox/inbox-page.ts'
import { type ArchiveReader, loaderOf } from '../exchange/rule-sets/archived.ts'
import type { LogReader } from '../ports/store.ts'
import { readAttempted } from './attempts/attempts.ts'
import { boundsOf, checkFilter, listOpenWords } from './check-filter.ts'
import { type FindVocabulary, vocabulariesOf } from './class-fields.ts'
import { formatLogCursor, parseLogCursor } from './log-cursor.ts'
import { recordLogUse } from './log-use.ts'
import { selectRecords } from './select-records.ts'

export const SEARCH_ORDERS = ['newest-first', 'oldest-first'] as const
export type SearchOrder = (typeof SEARCH_ORDERS)[number]

export const DEFAULT_SEARCH_LIMIT = 50
export const MAX_SEARCH_LIMIT = 200
/** Greatest number of records that one search reads, so that its cost has a bound whatever it finds. */
export const SEARCH_READS = 10_000

/** One page of a search. */
export interface RecordSearch<Cursor = string> {
  readonly filter: RecordFilter
  readonly order: SearchOrder
  /**
   * Where the search continues, absent for the first page. As an index: the first to be read when the oldest come first, and one above
   * the first to be read when the newest do. As text: in the form of `LOG_CURSOR_FORM`.
   */
  readonly cursor?: Cursor
  readonly limit: number
}

export interface RecordPage<Cursor = string> {
  /** In the requested order; can be fewer than `limit`, or none, although there is more. */
  readonly records: readonly PlacedRecord[]
  /** For the next page. */
  readonly cursor: Cursor
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
 * @throws SluisError `word-unknown`, `cursor-unknown` for one of another log or of before a restore, `log-unavailable`
 */
export async function searchRecords(gateway: Gateway, by: string, search: RecordSearch): Promise<RecordPage> {
  const { log } = gateway.store
  const { cursor, ...rest } = search
  checkFilter(rest.filter, await openWordsOf(gateway))
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  const bound = { verifierKey: gateway.verifierKey, hashes: log.hashes }
  const from = cursor === undefined ? undefined : await parseLogCursor(bound, treeSize, cursor)
  if (cursor !== undefined && from === undefined) throw cursorUnknown('/cursor')
  const bounds = boundsOf(rest.filter, vocabulariesIn(gateway))
  const page = await findPage(log, treeSize, { ...rest, ...(from !== undefined && { cursor: from }) }, bounds)
  await recordLogUse(gateway, {
    by,
    use: 'search',
    ...page.read,
    filter: search.filter,
    found: page.records.length,
  })
  return { ...page, cursor: await formatLogCursor(bound, page.cursor) }
}

/** The vocabularies of the gateway's archive; that of the rules in force for a set that this version cannot read. */
export const vocabulariesIn = (gateway: ArchiveReader): FindVocabulary =>
  vocabulariesOf(loaderOf(gateway), () => gateway.policySet.vocabulary)

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
  { filter, order, cursor, limit }: RecordSearch<number>,
  bounds: FilterBounds = boundsOf(filter),
): Promise<RecordPage<number>> {
  const test = createRecordTest(filter, bounds)
  if (filter.attempt !== undefined)
    return findAttempted(log, treeSize, { filter, order, limit, ...(cursor !== undefined && { cursor }) }, bounds)
  const found: PlacedRecord[] = []
  if (order === 'oldest-first') {
    const start = Math.min(cursor ?? 0, treeSize)
    const end = Math.min(start + SEARCH_READS, treeSize)
    let reached = start
    for await (const placed of readRecords(log, start, end)) {
      reached = placed.leafIndex + 1
      if ((await test(placed.record)) !== undefined) found.push(placed)
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
      if ((await test(placed.record)) !== undefined) found.push(placed)
      if (found.length >= limit) break
    }
    // The log is shorter than asked.
    if (page.length === 0) reached = start
  }
  return { records: found, cursor: reached, hasMore: reached > 0, treeSize, read: { start: reached, end } }
}

/** As `findPage`, for what depends on later and earlier records: these are read in order, whatever the order of the answer. */
async function findAttempted(
  log: Pick<LogReader, 'records'>,
  treeSize: number,
  { filter, order, cursor, limit }: RecordSearch<number>,
  bounds: FilterBounds,
): Promise<RecordPage<number>> {
  const isOldestFirst = order === 'oldest-first'
  const from = Math.min(cursor ?? (isOldestFirst ? 0 : treeSize), treeSize)
  const start = isOldestFirst ? from : Math.max(from - SEARCH_READS, 0)
  const end = isOldestFirst ? Math.min(from + SEARCH_READS, treeSize) : from
  const all: PlacedRecord[] = []
  for await (const placed of selectRecords(readAttempted(log, start, end, treeSize), filter, bounds)) {
    all.push(placed)
    if (isOldestFirst ? all.length >= limit : all.length > limit + 1) {
      if (isOldestFirst) break
      all.shift()
    }
  }
  const records = isOldestFirst ? all : all.reverse().slice(0, limit)
  const last = records.length >= limit ? records.at(-1)!.leafIndex : undefined
  if (isOldestFirst) {
    const reached = last === undefined ? end : last + 1
    return { records, cursor: reached, hasMore: reached < treeSize, treeSize, read: { start, end: reached } }
  }
  const reached = last ?? start
  return { records, cursor: reached, hasMore: reached > 0, treeSize, read: { start: reached, end } }
}

const BACKWARD_PAGE = 256
