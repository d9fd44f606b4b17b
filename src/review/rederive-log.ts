import { type PlacedRecord, readRecords } from '../audit/export/read-log.ts'
import type { Gateway } from '../exchange/gateway.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { Store } from '../ports/store.ts'
import { recordLogUse } from './log-use.ts'
import { type RederivationCount, type RederivationFinding, rederive } from './rederive.ts'
import { createSetLoader, type LoadSet } from './rule-sets.ts'
import { NO_SET_IN_FORCE, type SetsInForce } from './sets-in-force.ts'

/** Records that one call reads at most. */
export const REDERIVE_READS = 5000
/** Records that do not agree after which a call ends. */
export const REDERIVE_FINDINGS = 100

/** A part of the log, decided again. */
export interface RederivedPart {
  /** Records `[start, end)` that were decided again. */
  readonly read: { readonly start: number; readonly end: number }
  readonly count: RederivationCount
  readonly findings: readonly RederivationFinding[]
  /** Where the next call goes on; which sets were in force cannot be known without it. */
  readonly sets: SetsInForce
  readonly hasMore: boolean
  /** Size of the log that is read. */
  readonly treeSize: number
}

/**
 * Decides the next part of the log again. Reads a bounded number of records from the start of the log on; with `hasMore` the same
 * call with `sets` goes on. That somebody did is in the log before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `log-unavailable`
 */
export async function rederiveLog(
  gateway: Gateway,
  by: string,
  sets: SetsInForce = NO_SET_IN_FORCE,
): Promise<RederivedPart> {
  const { log } = gateway.store
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  const start = Math.min(sets.at, treeSize)
  const end = Math.min(start + REDERIVE_READS, treeSize)
  const findings: RederivationFinding[] = []
  async function* untilEnough(): AsyncGenerator<PlacedRecord> {
    for await (const placed of readRecords(log, start, end)) {
      if (findings.length >= REDERIVE_FINDINGS) return
      yield placed
    }
  }
  const tell = (finding: RederivationFinding) => void findings.push(finding)
  const rederived = await rederive(untilEnough(), loaderOf(gateway), tell, { ...sets, at: start })
  const read = { start, end: start + rederived.count.records }
  await recordLogUse(gateway, { by, use: 'rederive', ...read, found: rederived.count.records })
  return {
    read,
    count: rederived.count,
    findings,
    sets: rederived.sets,
    hasMore: read.end < treeSize,
    treeSize,
  }
}

const loadedSets = new WeakMap<Store, Map<string, PolicySet>>()

/** Gives the rule sets that a gateway archived, each loaded once in the life of its store. */
export function loaderOf({ policySet, store }: Pick<Gateway, 'policySet' | 'store'>): LoadSet {
  const known = loadedSets.get(store) ?? new Map<string, PolicySet>()
  loadedSets.set(store, known)
  known.set(policySet.policyHash, policySet)
  const load = createSetLoader(async (policyHash) => (await store.findPolicyArchive(policyHash))?.content)
  return async (policyHash) => {
    const set = known.get(policyHash)
    if (set) return { set }
    const loaded = await load(policyHash)
    if ('set' in loaded) known.set(policyHash, loaded.set)
    return loaded
  }
}
