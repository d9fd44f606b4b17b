import { type Draft, type Envelope, formatRecord } from './envelope.ts'

export const MATCH_STEPS = ['proposed', 'confirmed', 'rejected'] as const
export const MATCH_EFFECTS = ['none', 'merged', 'split'] as const

/**
 * A step of a match between two mentions in one pseudonym domain, and its effect on persons. Written for the recipient's answer
 * (with `by`), and for each notice of a step to the recipient (with `deliveryId` and `sealed`). Never contains the evidence for the
 * match. `proposed` occurs in logs from before 2026-12-01 only: a match is now announced inside the exchange that shows it.
 */
export type MatchRecord = Envelope & {
  readonly type: 'match'
  readonly step: (typeof MATCH_STEPS)[number]
  readonly effect: (typeof MATCH_EFFECTS)[number]
  readonly matchId: string
  readonly domain: string
  readonly recipient: string
  /** Client id of the party or role that answered, never a name. */
  readonly by?: string
  /** Of the notice. */
  readonly deliveryId?: string
  /** SHA-256 of the sealed bytes of the notice. */
  readonly sealed?: string
}

/** The record of a step of a match. @throws RangeError when the nonce has the wrong length */
export function formatMatchRecord(draft: Draft<MatchRecord>): string {
  const { type, at, step, effect, matchId, domain, recipient, by, deliveryId, sealed, nonce } = draft
  return formatRecord({
    type,
    at,
    step,
    effect,
    matchId,
    domain,
    recipient,
    ...(by !== undefined && { by }),
    ...(deliveryId !== undefined && { deliveryId }),
    ...(sealed !== undefined && { sealed }),
    nonce,
  })
}
