import { formatBase64, parseBase64 } from '../../encoding/bytes.ts'
import type { Hash } from '../tree/tree.ts'
import { type VerifierKey, verifyNote } from './signed-note.ts'

/** The state that a log signs: the root over all its records so far. @see C2SP tlog-checkpoint */
export interface Checkpoint {
  /** The log's name: its URL without scheme and without trailing slash. */
  readonly origin: string
  readonly treeSize: number
  readonly rootHash: Hash
}

export type CheckpointVerification =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly reason: string }

/** The text that is signed: origin, size and root, a line each; no extension lines and no time. */
export function formatCheckpointBody(origin: string, treeSize: number, rootHash: Hash): string {
  return `${origin}\n${treeSize}\n${formatBase64(rootHash)}\n`
}

/**
 * Reads the signed text of a checkpoint. Verifies nothing.
 *
 * @throws SyntaxError when it is not origin, size and root in canonical form
 */
export function parseCheckpointBody(body: string): Checkpoint {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n$/.exec(body) ?? []
  if (origin === undefined || size === undefined || root === undefined) {
    throw new SyntaxError('checkpoint: is not origin, size and root on three lines; fetch it again, byte for byte')
  }
  const treeSize = Number(size)
  if (!Number.isSafeInteger(treeSize)) {
    throw new SyntaxError('checkpoint: the size is above 2^53 - 1; no such log exists')
  }
  const rootHash = parseBase64(root)
  if (rootHash.length !== 32) {
    throw new SyntaxError('checkpoint: the root is not 32 bytes; fetch it again, byte for byte')
  }
  return { origin, treeSize, rootHash }
}

/** Verifies that a signed note is a checkpoint of the log that the key belongs to: signed by it, and with its name as origin. */
export const verifyCheckpoint = (note: string, verifierKey: VerifierKey): Promise<CheckpointVerification> =>
  verifyCheckpointOfAny(note, [verifierKey])

/**
 * Verifies that a signed note is a checkpoint of one of these logs: signed by a key, and with the name of that key as origin.
 * A log that continued under another origin has a key for each of them.
 */
export async function verifyCheckpointOfAny(
  note: string,
  verifierKeys: readonly VerifierKey[],
): Promise<CheckpointVerification> {
  const verification = await verifyNote(note, verifierKeys)
  if (!verification.ok) return verification
  try {
    const checkpoint = parseCheckpointBody(verification.text)
    if (verification.signatures.some(({ key }) => key.name === checkpoint.origin)) return { ok: true, checkpoint }
    return { ok: false, reason: 'checkpoint: the origin is not the name of the key; it belongs to another log' }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
}
