import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** A second person approved a held exchange; with `remaining` 0 its delivery entered the inbox in the same commit. */
export type ApprovalRecord = Envelope & {
  readonly type: 'approved'
  readonly exchangeId: string
  /** Client id of a person: a role, never a name. */
  readonly by: string
  /** How many approvals are still needed after this one. */
  readonly remaining: number
}

/** A held exchange ended without delivery, because a person refused it or it expired. Its content is erased. */
export type DiscardRecord = Envelope & {
  readonly type: 'refused' | 'expired'
  readonly exchangeId: string
  /** Client id of the person who refused. */
  readonly by?: string
}

/** The record of an approval. @throws RangeError when the nonce has the wrong length */
export function formatApprovalRecord(draft: Draft<ApprovalRecord>): string {
  const { type, at, exchangeId, by, remaining, nonce } = draft
  return formatRecord({ type, at, exchangeId, by, remaining, nonce })
}

/** The record that a held exchange ended without delivery. @throws RangeError when the nonce has the wrong length */
export function formatDiscardRecord(draft: Draft<DiscardRecord>): string {
  const { type, at, exchangeId, by, nonce } = draft
  return formatRecord({ type, at, exchangeId, ...(by !== undefined && { by }), nonce })
}
