import { countGaps, type LegalGap, type Refusal, SMALL_CELL } from '../policy/analysis/gaps.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { LogReader } from '../ports/store.ts'
import { readLoggedQuestions, refusalsOf } from './logged-questions.ts'

/** Where the law gave no ground, from the records of the log. Words and counts only. */
export interface GapReport {
  readonly gaps: readonly LegalGap[]
  /** Below this a count is marked: with other knowledge it may point at somebody. */
  readonly smallCell: number
  /** How many records were read. */
  readonly records: number
}

const PAGE = 256

/**
 * Counts the refusals for want of a legal basis in the whole log.
 * @param set to know the groups of senders by; a party that is gone is in no group
 */
export async function reportGaps(log: LogReader, set: PolicySet): Promise<GapReport> {
  const records = (await log.checkpoint())?.treeSize ?? 0
  const refusals: Refusal[] = []
  for await (const logged of readLoggedQuestions(readPages(log, records))) refusals.push(...refusalsOf(logged))
  return { gaps: countGaps(set, refusals), smallCell: SMALL_CELL, records }
}

async function* readPages(log: LogReader, end: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < end; start += PAGE) yield* await log.records(start, Math.min(start + PAGE, end))
}
