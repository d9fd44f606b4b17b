import { formatCosignature, formatCosignedMessage } from '../../audit/checkpoint/cosignature.ts'
import { formatVerifierKey, noteSignatureLine } from '../../audit/checkpoint/signed-note.ts'
import type { Cosigner, RandomBytes } from '../../ports/keys.ts'
import { generateNoteKey, parseNoteKey } from './note-key.ts'

/**
 * Makes the key of a new witness.
 *
 * @param name URL of the witness without scheme and without trailing slash
 * @throws RangeError when the name is empty or has white space or a `+`
 */
export const generateWitnessKey = (name: string, random: RandomBytes): { privateKey: string; verifierKey: string } =>
  generateNoteKey(name, 'cosignature/v1', random)

/** The cosigner of one witness. @throws SyntaxError when `privateKey` is not the key of a witness; the key itself is not shown */
export function createCosigner(privateKey: string): Cosigner {
  const { verifierKey, sign } = parseNoteKey(privateKey, 'cosignature/v1')
  return {
    verifierKey: formatVerifierKey(verifierKey),
    cosign(time, checkpointText) {
      const signature = formatCosignature({ time, signature: sign(formatCosignedMessage(time, checkpointText)) })
      return noteSignatureLine({ ...verifierKey, signature })
    },
  }
}
