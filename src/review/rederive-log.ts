import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { cursorUnknown } from '../exchange/inbox/inbox-page.ts'
import { loaderOf } from '../exchange/rule-sets/archived.ts'
import { formatLogCursor, parseLogCursor } from './log-cursor.ts'
import { recordLogUse } from './log-use.ts'
import { type RederivationCount, type RederivationFinding, rederive } from './rederive.ts'
import { NO_SET_IN_FORCE, type SetsInForce } from './sets-in-force.ts'

/** Greatest number of records that one call reads. */
export const REDERIVE_READS = 5000
/** Number of findings after which a call ends. */
export const REDERIVE_FINDINGS = 100

/** Where a call continues: the rule sets in force there, which cannot be known without it. */
export interface RederivationPlace {
  /** In the form of `LOG_CURSOR_FORM`. */
  readonly cursor: string
  readonly sets: SetsInForce
}

/** The result for a part of the log. */
export interface RederivedPart {
  /** Records `[start, end)` that were read. */
  readonly read: { readonly start: number; readonly end: number }
  readonly count: RederivationCount
  readonly findings: readonly RederivationFinding[]
  readonly next: RederivationPlace
  readonly hasMore: boolean
  /** Size of the log that is read. */
  readonly treeSize: number
}

/**
 * Re-derives the decisions in the next part of the log. Reads a bounded number of records, from the start of the log or from
 * `place`; when `hasMore` is true, another call with the returned `next` continues. The use of the log is recorded before the
 * answer leaves.
 *
 * @param by client id
 * @throws SluisError `cursor-unknown` for a place in another log or of before a restore, `log-unavailable`
 */
export async function rederiveLog(gateway: Gateway, by: string, place?: RederivationPlace): Promise<RederivedPart> {
  const { log } = gateway.store
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  const bound = { verifierKey: gateway.verifierKey, hashes: log.hashes }
  const sets = place?.sets ?? NO_SET_IN_FORCE
  const start = sets.at
  if (place && (await parseLogCursor(bound, treeSize, place.cursor)) !== start) throw cursorUnknown('/cursor')
  const end = Math.min(start + REDERIVE_READS, treeSize)
  const findings: RederivationFinding[] = []
  async function* untilEnough(): AsyncGenerator<PlacedRecord> {
    for await (const placed of readRecords(log, start, end)) {
      if (findings.length >= REDERIVE_FINDINGS) return
      yield placed
    }
  }
  const report = (finding: RederivationFinding) => void findings.push(finding)
  const rederived = await rederive(untilEnough(), loaderOf(gateway), report, { ...sets, at: start })
  const read = { start, end: start + rederived.count.records }
  await recordLogUse(gateway, { by, use: 'rederive', ...read, found: rederived.count.records })
  return {
    read,
    count: rederived.count,
    findings,
    next: { cursor: await formatLogCursor(bound, rederived.sets.at), sets: rederived.sets },
    hasMore: read.end < treeSize,
    treeSize,
  }
}
