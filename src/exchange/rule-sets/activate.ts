import { formatPolicyRecord } from '../../audit/record/policy.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { Store } from '../../ports/store.ts'
import type { StoredProposal } from '../../ports/stored.ts'
import type { Gateway } from '../gateway.ts'
import { formatArchive, loadArchive } from './archived.ts'

/** Development puts the rule files in force as they are; production only a set that two officers approved. */
export type Mode = 'development' | 'production'

/** The rule set that a gateway starts with. */
export interface StartingSet {
  readonly policySet: PolicySet
  /** The approved proposal that it comes from; absent when it comes from the files. */
  readonly proposal?: StoredProposal
  /**
   * Hash of rule files that are neither the approved texts nor approved for later, or `unreadable` for files with faults; absent
   * when the files are as approved.
   */
  readonly differingFiles?: string
}

/**
 * Chooses the set that a gateway starts with. In production that is the one that was approved and activated last, from the
 * archive. The rule files count for nothing there: officers approve over the API while the files stay as they are, so files that
 * differ are reported and do not stop the start. Writes nothing.
 *
 * @param policySetOfFiles absent when the files have faults
 * @throws Error that says how to fix it: no set was approved yet, or in development the files have faults
 */
export async function choosePolicySet(
  store: Pick<Store, 'findApprovedPolicy' | 'listScheduledProposals'>,
  policySetOfFiles: PolicySet | undefined,
  mode: Mode,
): Promise<StartingSet> {
  if (mode === 'development') {
    if (policySetOfFiles) return { policySet: policySetOfFiles }
    throw new Error('rule set: the rule files have faults; run `sluis policy check` and fix them')
  }
  const approved = await store.findApprovedPolicy()
  if (!approved) {
    throw new Error(
      'rule set: none was approved yet; start in development, let two officers propose and approve one, and start again',
    )
  }
  const known = [approved, ...(await store.listScheduledProposals())].map(({ sourceHash }) => sourceHash)
  const starting = { policySet: loadArchive(approved.content), proposal: approved }
  const hashOfFiles = policySetOfFiles?.sourceHash ?? 'unreadable'
  return known.includes(hashOfFiles) ? starting : { ...starting, differingFiles: hashOfFiles }
}

/**
 * Puts the gateway's rule set in force: archives its full text under its hashes and records the change, in one commit.
 * Does nothing when the same texts were in force already, so that it can run at every start.
 *
 * @param proposal the approved proposal that it comes from; absent when it comes from the files
 * @returns false when the proposal was withdrawn in the meantime
 * @throws SluisError `log-unavailable`
 */
export async function activatePolicySet(gateway: Gateway, proposal?: StoredProposal): Promise<boolean> {
  const { policyHash, sourceHash, texts } = gateway.policySet
  const previous = await gateway.store.findActivePolicy()
  const isInForce = previous?.policyHash === policyHash && previous.sourceHash === sourceHash
  const isNew = proposal?.activatedAt === undefined
  if (isInForce && !(proposal && isNew)) return true
  const at = gateway.clock().toISOString()
  const { id, proposedBy, approvedBy } = proposal ?? {}
  const result = await gateway.queue.commit({
    record: formatPolicyRecord({
      type: 'policy',
      at,
      policyHash,
      sourceHash,
      ...(previous !== undefined && { previous: previous.policyHash }),
      ...(proposal && { step: 'activated' as const }),
      ...(proposedBy !== undefined && { proposedBy }),
      ...(approvedBy !== undefined && { approvedBy }),
      nonce: gateway.random(16),
    }),
    policyArchive: { policyHash, sourceHash, content: formatArchive(texts), at },
    ...(id !== undefined && isNew && { proposal: { step: 'activate' as const, id, at } }),
  })
  return result.status === 'committed'
}
