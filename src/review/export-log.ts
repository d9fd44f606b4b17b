import { parseVerifierKey } from '../audit/checkpoint/signed-note.ts'
import { formatCsvHead, formatCsvRows, ID_TABLE, type TableForm } from '../audit/export/csv.ts'
import { type ExportedRecord, formatLogExport, isWholeLog, type LogExportHead } from '../audit/export/log-export.ts'
import { formatLogboekLine, formLogboekLines } from '../audit/export/logboek.ts'
import { type PlacedRecord, proveRecords } from '../audit/export/read-log.ts'
import type { FilterBounds, RecordFilter } from '../audit/export/record-filter.ts'
import type { LogUse } from '../audit/record/access.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { sluisError } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { LogReader } from '../ports/store.ts'
import { boundsOf, checkFilter, presentFilter } from './check-filter.ts'
import { recordLogUse } from './log-use.ts'
import { openWordsOf, vocabulariesIn } from './search-records.ts'
import { readSelected } from './select-records.ts'

export const EXPORT_FORMATS = ['ndjson', 'csv', 'logboek'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** The purposes of an export; the record of the export names one. */
export const EXPORT_USES = ['export', 'verify', 'rederive', 'report'] as const satisfies readonly LogUse[]
export type ExportUse = (typeof EXPORT_USES)[number]

export interface ExportRequest {
  readonly filter: RecordFilter
  /** Records `[start, end)`; the whole log when both are absent. */
  readonly start?: number
  readonly end?: number
  readonly format: ExportFormat
  readonly use: ExportUse
}

/**
 * Exports records as a stream of text. With a filter they are read twice: once to count them for the record of this use, which is
 * durable before the first byte leaves, and once to send them.
 *
 * @param by client id
 * @throws SluisError `word-unknown`, `value-invalid` for a range that is not in the log, `log-unavailable`
 */
export async function exportLog(gateway: Gateway, by: string, request: ExportRequest): Promise<AsyncIterable<string>> {
  const { log } = gateway.store
  checkFilter(request.filter, await openWordsOf(gateway))
  const bounds = boundsOf(request.filter, vocabulariesIn(gateway))
  const checkpoint = await log.checkpoint()
  if (!checkpoint) throw new Error('a gateway that answers has put its rules in force, and that is recorded')
  refuseRange(request, checkpoint.treeSize)
  const head = formHead(gateway.verifierKey, checkpoint, request)
  const { start, end } = head
  await recordLogUse(gateway, {
    by,
    use: request.use,
    start,
    end,
    filter: request.filter,
    found: head.filter === undefined ? end - start : await countRecords(log, head, request.filter, bounds),
  })
  return formatExport(log, head, request, bounds)
}

/** An end beyond the log is its end; a beginning beyond it is of another log, or of before a restore. */
function refuseRange({ start = 0, end }: Pick<ExportRequest, 'start' | 'end'>, treeSize: number): void {
  if (start > treeSize) {
    const nl = 'het logboek is korter; geef een index van vóór het einde, of laat `start` weg'
    const en = 'the log is shorter; give an index before its end, or leave `start` out'
    throw sluisError('value-invalid', { nl, en }, { pointer: '/start' })
  }
  if (end !== undefined && end < start) {
    const nl = '`end` ligt vóór `start`; geef een index vanaf `start`, of laat `end` weg'
    const en = '`end` is before `start`; give an index from `start` on, or leave `end` out'
    throw sluisError('value-invalid', { nl, en }, { pointer: '/end' })
  }
}

/** The head of an export of a part of the log that a checkpoint covers. */
export function formHead(
  verifierKey: string,
  checkpoint: { readonly treeSize: number; readonly note: string },
  { filter, start, end }: Pick<ExportRequest, 'filter' | 'start' | 'end'>,
): LogExportHead {
  const { treeSize, note } = checkpoint
  const last = Math.min(end ?? treeSize, treeSize)
  const asked = presentFilter(filter)
  return {
    origin: parseVerifierKey(verifierKey).name,
    verifierKey,
    treeSize,
    checkpoint: note,
    start: Math.min(start ?? 0, last),
    end: last,
    ...(asked && { filter: asked }),
  }
}

/** The text of an export, in pieces. Reads the log as the pieces are consumed. */
function formatExport(
  log: Pick<LogReader, 'records' | 'hashes'>,
  head: LogExportHead,
  { filter, format }: Pick<ExportRequest, 'filter' | 'format'>,
  bounds: FilterBounds,
): AsyncIterable<string> {
  const records = readSelected(log, head, filter, bounds)
  if (format !== 'ndjson') return formatRecords(format, head.origin, records)
  const exported: AsyncIterable<ExportedRecord> = isWholeLog(head) ? records : proveRecords(log, head.treeSize, records)
  return formatLogExport(head, exported)
}

/**
 * Records as a table or as lines of the Logboek, for people and other systems. They prove nothing.
 * @param table how a table is written
 */
export async function* formatRecords(
  format: Exclude<ExportFormat, 'ndjson'>,
  origin: string,
  records: AsyncIterable<PlacedRecord>,
  table: TableForm = ID_TABLE,
): AsyncGenerator<string> {
  if (format === 'csv') yield formatCsvHead(table)
  for await (const { leafIndex, record: text } of records) {
    const record = parseRecord(text)
    if (format === 'csv') yield formatCsvRows(leafIndex, record, table)
    else for (const line of formLogboekLines(origin, text, record)) yield formatLogboekLine(line)
  }
}

async function countRecords(
  log: LogReader,
  head: LogExportHead,
  filter: RecordFilter,
  bounds: FilterBounds,
): Promise<number> {
  let count = 0
  for await (const _ of readSelected(log, head, filter, bounds)) count += 1
  return count
}
