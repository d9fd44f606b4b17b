import { formatBase64, formatUtf8, parseBase64 } from '../../encoding/bytes.ts'
import type { Receipt } from '../../ports/stored.ts'
import { type CheckpointVerification, verifyCheckpointOfAny } from '../checkpoint/checkpoint.ts'
import { verifyCosignedCheckpoint, type WitnessCosignature } from '../checkpoint/cosigned-checkpoint.ts'
import { parseVerifierKey } from '../checkpoint/signed-note.ts'
import type { WitnessPolicy } from '../checkpoint/witness-policy.ts'
import { verifyInclusion } from '../tree/proofs.ts'
import { type Hash, leafHash } from '../tree/tree.ts'

/** Proof that one record is in the log, in a form that needs nothing else. @see C2SP tlog-proof */

const HEADER = 'c2sp.org/tlog-proof@v1'
// The longest path in a tree of 2^63 leaves.
const MAX_PROOF_HASHES = 63

export interface TlogProof {
  readonly leafIndex: number
  /** Inclusion proof, sibling first. */
  readonly hashes: readonly Hash[]
  /** The signed note that covers the record, with all its signature lines. */
  readonly checkpoint: string
  /** Unsigned bytes. Read when present, never trusted. */
  readonly extra?: Uint8Array
}

export type ReceiptVerification =
  | {
      readonly ok: true
      readonly treeSize: number
      /** Which witnesses cosigned the checkpoint; only when a witness policy was given. */
      readonly cosignatures?: readonly WitnessCosignature[]
    }
  | { readonly ok: false; readonly reason: string }

/** Proof as text, `tlog-proof@v1`. */
export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === undefined ? '' : `extra ${formatBase64(proof.extra)}\n`
  const hashes = proof.hashes.map((hash) => `${formatBase64(hash)}\n`).join('')
  return `${HEADER}\n${extra}index ${proof.leafIndex}\n${hashes}\n${proof.checkpoint}`
}

/**
 * Proofs as text of consecutive leaves from `leafIndex`, under one checkpoint. Such proofs share most of their hashes, and each
 * hash is encoded in base64 once.
 */
export function formatTlogProofs(
  leafIndex: number,
  proofs: readonly (readonly Hash[])[],
  checkpoint: string,
): readonly string[] {
  const lines = new Map<Hash, string>()
  const lineOf = (hash: Hash): string => {
    const known = lines.get(hash)
    if (known !== undefined) return known
    const line = `${formatBase64(hash)}\n`
    lines.set(hash, line)
    return line
  }
  return proofs.map(
    (hashes, offset) => `${HEADER}\nindex ${leafIndex + offset}\n${hashes.map(lineOf).join('')}\n${checkpoint}`,
  )
}

/**
 * Reads a proof. Verifies nothing.
 *
 * @throws SyntaxError when it is not a `tlog-proof@v1`
 */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, split).split('\n')
  if (split === -1 || header !== HEADER) {
    throw new SyntaxError(`proof: is not \`${HEADER}\`; ask the log for its receipt`)
  }
  const extra = lines[0]?.startsWith('extra ') ? parseBase64(lines.shift()!.slice('extra '.length)) : undefined
  const [, index] = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '') ?? []
  const leafIndex = Number(index)
  if (!Number.isSafeInteger(leafIndex)) throw new SyntaxError('proof: has no index; ask the log for its receipt')
  if (lines.length > MAX_PROOF_HASHES) {
    throw new SyntaxError(`proof: has more than ${MAX_PROOF_HASHES} hashes; no log is that large`)
  }
  const hashes = lines.map(parseBase64)
  if (hashes.some((hash) => hash.length !== 32)) {
    throw new SyntaxError('proof: a hash is not 32 bytes; ask the log for its receipt')
  }
  return { leafIndex, hashes, checkpoint: text.slice(split + 2), ...(extra === undefined ? {} : { extra }) }
}

/**
 * Verifies that the record, byte for byte, is at its index in a tree of `treeSize` leaves signed with one of these verifier keys.
 * A log that continued under another origin has a key for each. Does not interpret the record.
 *
 * @param policy when given, a quorum of its witnesses must have cosigned the checkpoint too
 */
export async function verifyReceipt(
  receipt: Receipt,
  verifierKeys: string | readonly string[],
  policy?: WitnessPolicy,
): Promise<ReceiptVerification> {
  try {
    const keys = [verifierKeys].flat().map((line) => parseVerifierKey(line))
    const proof = parseTlogProof(receipt.proof)
    if (proof.leafIndex !== receipt.leafIndex) return refuse('the proof is for another index than the receipt')
    const verification: CheckpointVerification & { readonly cosignatures?: readonly WitnessCosignature[] } = policy
      ? await verifyCosignedCheckpoint(proof.checkpoint, keys, policy)
      : await verifyCheckpointOfAny(proof.checkpoint, keys)
    if (!verification.ok) return verification
    const { treeSize, rootHash } = verification.checkpoint
    const leaf = leafHash(formatUtf8(receipt.record))
    const isIncluded = verifyInclusion({
      leafIndex: proof.leafIndex,
      treeSize,
      leafHash: leaf,
      rootHash,
      proof: proof.hashes,
    })
    if (!isIncluded) return refuse('the record is not in the tree that the log signed')
    const { cosignatures } = verification
    return { ok: true, treeSize, ...(cosignatures && { cosignatures }) }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
}

const refuse = (what: string): ReceiptVerification => ({
  ok: false,
  reason: `receipt: ${what}; ask the log for it again`,
})
