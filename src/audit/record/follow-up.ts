import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * The recipient of an exchange reported back to its sender. The feedback is an exchange with its own decision and record; this
 * additional record says which exchange it answers, so that overdue feedback can be counted.
 */
export type FeedbackRecord = Envelope & {
  readonly type: 'feedback'
  /** The exchange that the feedback is about. */
  readonly exchangeId: string
  /** The exchange that contains the feedback. */
  readonly feedbackId: string
  /** The party that gave feedback, and the party that received it. */
  readonly sender: string
  readonly recipient: string
}

/** Why a sender recalls an exchange: the data was wrong, should not have been shared, or relied on a withdrawn consent. */
export const RECALL_GROUNDS = ['onjuist', 'ten-onrechte-verstrekt', 'toestemming-ingetrokken'] as const
export type RecallGround = (typeof RECALL_GROUNDS)[number]

/**
 * The sender recalled an exchange (Wpg art. 4 lid 4, AVG art. 19). Written for the recall itself (with `by`), and for the notice
 * to the recipient (with `deliveryId` and `sealed`).
 */
export type RecallRecord = Envelope & {
  readonly type: 'recalled'
  readonly exchangeId: string
  readonly sender: string
  readonly recipient: string
  readonly ground: RecallGround
  /** Client id of the party or role that recalled, never a name. */
  readonly by?: string
  /** Of the notice. */
  readonly deliveryId?: string
  /** SHA-256 of the sealed bytes of the notice. */
  readonly sealed?: string
}

/** The record of feedback on an exchange. @throws RangeError when the nonce has the wrong length */
export function formatFeedbackRecord(draft: Draft<FeedbackRecord>): string {
  const { type, at, exchangeId, feedbackId, sender, recipient, nonce } = draft
  return formatRecord({ type, at, exchangeId, feedbackId, sender, recipient, nonce })
}

/** The record of a recall, or of the notice of one. @throws RangeError when the nonce has the wrong length */
export function formatRecallRecord(draft: Draft<RecallRecord>): string {
  const { type, at, exchangeId, sender, recipient, ground, by, deliveryId, sealed, nonce } = draft
  return formatRecord({
    type,
    at,
    exchangeId,
    sender,
    recipient,
    ground,
    ...(by !== undefined && { by }),
    ...(deliveryId !== undefined && { deliveryId }),
    ...(sealed !== undefined && { sealed }),
    nonce,
  })
}
