import type { AdvisedDecision } from '../model/advice.ts'

/** What the store returns. */

/** Proof that a record is in the log. */
export interface Receipt {
  readonly leafIndex: number
  /** The record, byte for byte as it was hashed (canonical JSON, RFC 8785). */
  readonly record: string
  /** `tlog-proof@v1`: index, inclusion proof and the signed checkpoint that covers the record. */
  readonly proof: string
}

export interface StoredExchange {
  readonly id: string
  readonly sender: string
  readonly recipient: string
  readonly outcome: string
  /** RFC 3339, UTC. */
  readonly at: string
  readonly decision: AdvisedDecision
  readonly receipt: Receipt
}

/** State of a held exchange. */
export type HoldStatus = 'waiting' | 'approved' | 'refused' | 'expired'

/** An exchange that more than one person must approve before its delivery enters the inbox. */
export interface StoredHold {
  readonly exchange: StoredExchange
  /** Client id of the submitter. */
  readonly submittedBy: string
  readonly status: HoldStatus
  /** Client ids of the people who approved it so far, oldest first. */
  readonly approvals: readonly { readonly by: string; readonly at: string }[]
  readonly approvalsNeeded: number
  /** From this moment on it cannot be approved, and its content is erased. */
  readonly expiresAt: string
}

/** A rule set that a privacy officer proposed. */
export interface StoredProposal {
  readonly id: string
  readonly policyHash: string
  readonly sourceHash: string
  /** Canonical JSON of path to text, as in the archive. */
  readonly content: string
  /** Client ids of people. */
  readonly proposedBy: string
  readonly proposedAt: string
  readonly approvedBy?: string
  readonly approvedAt?: string
  /** The set is in force from this moment on. */
  readonly activeFrom?: string
  readonly activatedAt?: string
  readonly withdrawnBy?: string
  readonly withdrawnAt?: string
}

/** What happened to the delivery of an exchange, each with its moment: RFC 3339, UTC. */
export interface DeliveryMoments {
  /** When it was handed over for the first time. */
  readonly fetchedAt?: string
  readonly acknowledgedAt?: string
  /** When the first answer of the recipient reached the inbox of the sender. */
  readonly answeredAt?: string
  readonly erasedAt?: string
  readonly recalledAt?: string
}

/** An exchange with what happened to it since. */
export interface ListedExchange {
  readonly exchange: StoredExchange
  readonly hold?: StoredHold
  /** Of its delivery, also while that is held; absent when it has none. */
  readonly moments?: DeliveryMoments
}

export interface StoredDelivery extends DeliveryMoments {
  readonly id: string
  /** The exchange it belongs to; absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  /** A `notice` is from the gateway itself and has a record and receipt of its own. */
  readonly kind: 'exchange' | 'notice'
  readonly recipient: string
  /** `sluis` for a notice. */
  readonly sender: string
  readonly at: string
  /** JWE; empty once it was erased. */
  readonly sealed: string
  /** Receipt of the record that commits to the sealed bytes. */
  readonly receipt: Receipt
}

/** A delivery without its content and proofs, for a list. */
export interface InboxEntry
  extends DeliveryMoments,
    Pick<StoredDelivery, 'id' | 'exchangeId' | 'kind' | 'sender' | 'at'> {
  /** When it entered the inbox: after `at` when people had to approve it first. */
  readonly placedAt: string
}

/** The rule set of one `policyHash`, complete. */
export interface ArchivedRuleSet {
  readonly policyHash: string
  /** SHA-256 over the raw files. */
  readonly sourceHash: string
  /** Canonical JSON of path to text. */
  readonly content: string
  /** When it was archived: RFC 3339, UTC. */
  readonly at: string
}
