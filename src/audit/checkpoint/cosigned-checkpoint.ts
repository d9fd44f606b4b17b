import { type Checkpoint, parseCheckpointBody } from './checkpoint.ts'
import { formatVerifierKey, type VerifierKey, verifyNote } from './signed-note.ts'
import { isSatisfied, type WitnessPolicy } from './witness-policy.ts'

/** A cosignature by a witness of the policy. */
export interface WitnessCosignature {
  /** Name of the witness in the policy. */
  readonly witness: string
  /** POSIX seconds. */
  readonly time: number
}

export type CosignedCheckpointVerification =
  | {
      readonly ok: true
      readonly checkpoint: Checkpoint
      /** One for each witness of the policy that cosigned, also beyond the quorum. */
      readonly cosignatures: readonly WitnessCosignature[]
    }
  | { readonly ok: false; readonly reason: string }

/**
 * Verifies that a signed note is a checkpoint that the policy accepts: signed by a log, cosigned by a quorum, and without a
 * signature by a known key that fails.
 *
 * @param logKeys keys of the log. When the policy lists logs too, the log must be one of them. Without a key, every log that the
 *   policy lists is accepted
 */
export async function verifyCosignedCheckpoint(
  note: string,
  logKeys: readonly VerifierKey[],
  policy: WitnessPolicy,
): Promise<CosignedCheckpointVerification> {
  const listed = policy.logs.map(({ key }) => key)
  const accepted = logKeys.length === 0 ? listed : listed.length === 0 ? logKeys : intersect(logKeys, listed)
  if (accepted.length === 0) {
    return refuse(
      logKeys.length === 0
        ? 'no log is given, and the witness policy lists none; give the verifier key of the log'
        : 'the witness policy lists other logs than this one; add a line for this log, or give the policy that belongs to it',
    )
  }
  const verification = await verifyNote(note, [...accepted, ...policy.witnesses.map(({ key }) => key)])
  if (!verification.ok) return verification
  const { text, signatures } = verification
  let checkpoint: Checkpoint
  try {
    checkpoint = parseCheckpointBody(text)
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
  if (!signatures.some(({ key }) => key.type === 'ed25519' && key.name === checkpoint.origin)) {
    return refuse('no log of that origin signed it; it belongs to another log, or only witnesses signed')
  }
  const cosigners = signatures.filter(({ key }) => key.type === 'cosignature/v1')
  if (
    !isSatisfied(
      policy,
      cosigners.map(({ key }) => key),
    )
  ) {
    return refuse(
      `cosigned by ${cosigners.length} of ${policy.witnesses.length} witnesses, which is not the quorum; fetch it again later`,
    )
  }
  const times = new Map(cosigners.map(({ key, time = 0 }) => [formatVerifierKey(key), time]))
  const cosignatures = policy.witnesses.flatMap(({ name, key }) => {
    const time = times.get(formatVerifierKey(key))
    return time === undefined ? [] : [{ witness: name, time }]
  })
  return { ok: true, checkpoint, cosignatures }
}

function intersect(keys: readonly VerifierKey[], others: readonly VerifierKey[]): readonly VerifierKey[] {
  const known = new Set(others.map(formatVerifierKey))
  return keys.filter((key) => known.has(formatVerifierKey(key)))
}

const refuse = (what: string): CosignedCheckpointVerification => ({ ok: false, reason: `checkpoint: ${what}` })
