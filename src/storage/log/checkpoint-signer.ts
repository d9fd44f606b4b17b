import { formatCheckpointBody } from '../../audit/checkpoint/checkpoint.ts'
import { formatSignedNote, formatVerifierKey } from '../../audit/checkpoint/signed-note.ts'
import { formatUtf8 } from '../../encoding/bytes.ts'
import type { CheckpointSigner, RandomBytes } from '../../ports/keys.ts'
import { generateNoteKey, parseNoteKey } from './note-key.ts'

/**
 * Makes the key of a new log.
 *
 * @param origin URL of the log without scheme and without trailing slash
 * @throws RangeError when the origin is empty or has white space or a `+`
 */
export const generateLogKey = (origin: string, random: RandomBytes): { privateKey: string; verifierKey: string } =>
  generateNoteKey(origin, 'ed25519', random)

/**
 * The signer of one log. Deterministic: the same size and root give the same note.
 *
 * @param options.origin when given, the key must be the one of this origin; the origin is part of the key
 * @throws SyntaxError when `privateKey` is not a key line or is the key of another origin; the key itself is not shown
 */
export function createCheckpointSigner(options: { privateKey: string; origin?: string }): CheckpointSigner {
  const { verifierKey, sign } = parseNoteKey(options.privateKey, 'ed25519')
  const origin = verifierKey.name
  if (options.origin !== undefined && options.origin !== origin) {
    throw new SyntaxError('log key: is the key of another origin; give the key that was made for this origin')
  }
  return {
    origin,
    verifierKey: formatVerifierKey(verifierKey),
    sign(treeSize, rootHash) {
      const body = formatCheckpointBody(origin, treeSize, rootHash)
      return formatSignedNote(body, verifierKey, sign(formatUtf8(body)))
    },
  }
}
