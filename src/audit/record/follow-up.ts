import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * The recipient of an exchange told its sender what came of it. Telling is an exchange of its own, with its own decision and
 * record; this record stands beside that one and says which exchange it answers, so that what waits too long can be counted.
 */
export type FeedbackRecord = Envelope & {
  readonly type: 'feedback'
  /** The exchange that was fed back on. */
  readonly exchangeId: string
  /** The exchange that holds the feedback. */
  readonly feedbackId: string
  /** The party that fed back, and the party that it told. */
  readonly sender: string
  readonly recipient: string
}

/** Why a sender takes an exchange back: what it told was wrong, should not have gone, or rested on a consent that ended. */
export const RECALL_GROUNDS = ['onjuist', 'ten-onrechte-verstrekt', 'toestemming-ingetrokken'] as const
export type RecallGround = (typeof RECALL_GROUNDS)[number]

/**
 * The sender took an exchange back (Wpg art. 4 lid 4, AVG art. 19). It is written for the step itself (then it has `by`), and
 * for the notice that tells the recipient (then it has `deliveryId` and `sealed`).
 */
export type RecallRecord = Envelope & {
  readonly type: 'recalled'
  readonly exchangeId: string
  readonly sender: string
  readonly recipient: string
  readonly ground: RecallGround
  /** Client id of whoever recalled: a party or a role at one, never a name. */
  readonly by?: string
  /** Of the notice. */
  readonly deliveryId?: string
  /** SHA-256 of the sealed bytes of the notice. */
  readonly sealed?: string
}

/** The record that an exchange was fed back on. @throws RangeError when the nonce has the wrong length */
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
