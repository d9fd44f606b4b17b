import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * A step in the life of a rule set. Without `step` it was put in force from the files without approval
 * (development). People are client ids: roles, never names.
 */
export type PolicyRecord = Envelope & {
  readonly type: 'policy'
  readonly step?: 'proposed' | 'refused' | 'approved' | 'withdrawn' | 'activated'
  /** Absent for a refused proposal whose files do not make a set. */
  readonly policyHash?: string
  readonly sourceHash: string
  /** The set that was in force before; only in the record that puts a set in force. */
  readonly previous?: string
  readonly proposedBy?: string
  readonly approvedBy?: string
  readonly withdrawnBy?: string
  readonly activeFrom?: string
}

/** The record of a step of a rule set. @throws RangeError when the nonce has the wrong length */
export function formatPolicyRecord(draft: Draft<PolicyRecord>): string {
  const { type, at, policyHash, sourceHash, nonce } = draft
  const { step, previous, proposedBy, approvedBy, withdrawnBy, activeFrom } = draft
  return formatRecord({
    type,
    at,
    ...(policyHash !== undefined && { policyHash }),
    sourceHash,
    nonce,
    ...(step !== undefined && { step }),
    ...(previous !== undefined && { previous }),
    ...(proposedBy !== undefined && { proposedBy }),
    ...(approvedBy !== undefined && { approvedBy }),
    ...(withdrawnBy !== undefined && { withdrawnBy }),
    ...(activeFrom !== undefined && { activeFrom }),
  })
}
