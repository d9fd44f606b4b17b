import { RECORDS_PER_TURN, takeTurns } from '../audit/export/read-log.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { createGapTally, type LegalGap, SMALL_CELL } from '../policy/analysis/gaps.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { LogReader } from '../ports/store.ts'
import { recordLogUse } from './log-use.ts'
import { readLoggedQuestions, refusalsOf } from './logged-questions.ts'

/** The gap report: exchanges for which the law gave no basis, from the records of the log. Words and counts only. */
export interface GapReport {
  readonly gaps: readonly LegalGap[]
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
export async function showGapReport(
  gateway: Pick<Gateway, 'store' | 'policySet' | 'queue' | 'clock' | 'random'>,
  by: string,
): Promise<GapReport> {
  const report = await reportGaps(gateway.store.log, gateway.policySet)
  await recordLogUse(gateway, { by, use: 'gaps', start: 0, end: report.records, found: report.gaps.length })
  return report
}

/**
 * Counts the refusals for want of a legal basis in the whole log.
 * @param set for the groups of senders; a party that was removed is in no group
 */
export async function reportGaps(log: LogReader, set: PolicySet): Promise<GapReport> {
  const records = (await log.checkpoint())?.treeSize ?? 0
  const tally = createGapTally(set)
  for await (const logged of readLoggedQuestions(readPages(log, records))) {
    for (const refusal of refusalsOf(logged)) tally.add(refusal)
  }
  return { gaps: tally.gaps(), smallCell: SMALL_CELL, records }
}

async function* readPages(log: LogReader, end: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < end; start += RECORDS_PER_TURN) {
    yield* await log.records(start, Math.min(start + RECORDS_PER_TURN, end))
    await takeTurns()
  }
}
