import type { LogExportHead } from '../audit/export/log-export.ts'
import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import { createRecordTest, type FilterBounds, type RecordFilter } from '../audit/export/record-filter.ts'
import type { LogReader } from '../ports/store.ts'
import { type AttemptedRecord, readAttempted } from './attempts/attempts.ts'
import { presentFilter } from './check-filter.ts'

/**
 * The records that match a filter.
 * @param records as `readAttempted` gives them when the filter asks for an attempt
 */
export async function* selectRecords(
  records: AsyncIterable<PlacedRecord | AttemptedRecord>,
  filter: RecordFilter,
  bounds: FilterBounds,
): AsyncGenerator<PlacedRecord> {
  const isEverything = presentFilter(filter) === undefined
  const test = createRecordTest(filter, bounds)
  for await (const placed of records) {
    if (filter.attempt !== undefined && !('attempt' in placed && placed.attempt === filter.attempt)) continue
    if (isEverything || (await test(placed.record)) !== undefined)
      yield { leafIndex: placed.leafIndex, record: placed.record }
  }
}

/** The records of a range that match a filter. */
export const readSelected = (
  log: Pick<LogReader, 'records'>,
  { start, end, treeSize }: Pick<LogExportHead, 'start' | 'end' | 'treeSize'>,
  filter: RecordFilter,
  bounds: FilterBounds,
): AsyncGenerator<PlacedRecord> =>
  selectRecords(
    filter.attempt === undefined ? readRecords(log, start, end) : readAttempted(log, start, end, treeSize),
    filter,
    bounds,
  )
