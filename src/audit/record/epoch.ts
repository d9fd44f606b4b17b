import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** Why a log was not continued under its origin; `moved`: the gateway has another public address. */
export const EPOCH_REASONS = ['rolled-back', 'forked', 'anchor-lost', 'key-lost', 'moved'] as const
export type EpochReason = (typeof EPOCH_REASONS)[number]

/**
 * The log continues under another origin and key, because under the old one it could have signed a second tree for a size, or because
 * the gateway has another public address. This is
 * the first record of the new origin; the records before it are inherited, and the new origin signs them as they are.
 */
export type EpochRecord = Envelope & {
  readonly type: 'epoch'
  readonly reason: EpochReason
  /** The new origin. */
  readonly origin: string
  readonly previous: {
    readonly origin: string
    /** Verifier key (C2SP signed-note), to check what the old origin signed. */
    readonly verifierKey: string
    /**
     * The last known checkpoint of the old origin, from the anchor, a witness or the log itself; root in base64. When two
     * trees were signed (`forked`), the one that this log does not start with.
     */
    readonly treeSize: number
    readonly rootHash: string
  }
  /** Number of inherited records, and the index of this one; when lower than `previous.treeSize`, the rest is lost. */
  readonly inherited: number
}

/** The record of a new origin. @throws RangeError when the nonce has the wrong length */
export function formatEpochRecord(draft: Draft<EpochRecord>): string {
  const { type, at, reason, origin, inherited, nonce } = draft
  const { origin: previousOrigin, verifierKey, treeSize, rootHash } = draft.previous
  return formatRecord({
    type,
    at,
    reason,
    origin,
    previous: { origin: previousOrigin, verifierKey, treeSize, rootHash },
    inherited,
    nonce,
  })
}
