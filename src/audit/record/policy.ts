import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * A step of a rule set towards force. Without `step` it was put in force from the files, and nobody approved it
 * (development). People are client ids: roles, never names.
 */
export type PolicyRecord = Envelope & {
  readonly type: 'policy'
  readonly step?: 'proposed' | 'approved' | 'withdrawn' | 'activated'
  readonly policyHash: string
  readonly sourceHash: string
  /** The set that was in force before; in the record that puts one in force. */
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
    policyHash,
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
