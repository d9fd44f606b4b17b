import { readRecords } from '../../audit/export/read-log.ts'
import type { Gateway } from '../../exchange/gateway.ts'
import { type ArchiveReader, loaderOf } from '../../exchange/rule-sets/archived.ts'
import { SMALL_CELL } from '../../policy/analysis/gaps.ts'
import type { LogReader } from '../../ports/store.ts'
import { classifyAttempts } from '../attempts/attempts.ts'
import { recordLogUse } from '../log-use.ts'
import { createGapCounter, type GapCount } from './gap-count.ts'

/** The gap report: reports that no law let through, from the records of the log. Words and counts only. */
export interface GapReport extends GapCount {
  /** Counts below this are marked: combined with other knowledge they may identify somebody. */
  readonly smallCell: number
  /** Number of records that were read. */
  readonly records: number
}

/**
 * The gap report for somebody who asks, recorded before it leaves.
 * @param by client id of the caller
 * @throws SluisError `log-unavailable`; then nothing may be answered
 */
export async function showGapReport(gateway: Gateway, by: string): Promise<GapReport> {
  const report = await reportGaps(gateway.store.log, gateway)
  await recordLogUse(gateway, { by, use: 'gaps', start: 0, end: report.records, found: report.gaps.length })
  return report
}

/** Counts the gaps in the law that the whole log shows ({@link createGapCounter}). */
export async function reportGaps(log: LogReader, archive: ArchiveReader): Promise<GapReport> {
  const records = (await log.checkpoint())?.treeSize ?? 0
  const counter = createGapCounter(archive.policySet, loaderOf(archive))
  for await (const record of classifyAttempts(readRecords(log, 0, records))) await counter.add(record)
  return { ...counter.finish(), smallCell: SMALL_CELL, records }
}
