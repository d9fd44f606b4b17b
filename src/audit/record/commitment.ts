import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { formatUtf8 } from '../../encoding/bytes.ts'

/** Length of a salt in bytes: with a shorter one, a value with few possibilities could be guessed from its commitment. */
export const SALT_BYTES = 32
// Domain separation from every other use of SHA-256 in the log.
const TAG = formatUtf8('sluis commitment v1\n')

/**
 * Commitment (32 bytes) to a value: hides it while the salt is secret, proves it when the salt is revealed, and proves nothing
 * once the salt is destroyed. SHA-256(tag ‖ length of label, 32 bits ‖ label ‖ salt ‖ value).
 *
 * @param label what the value is, so that a commitment to one thing never opens as another
 * @param salt 32 fresh random bytes, kept beside the erasable value and used once
 * @throws RangeError when the salt is not 32 bytes
 */
export function commit(label: string, salt: Uint8Array, value: Uint8Array): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`salt: has the wrong length; give ${SALT_BYTES} random bytes`)
  const labelBytes = formatUtf8(label)
  const labelLength = new Uint8Array(4)
  new DataView(labelLength.buffer).setUint32(0, labelBytes.length)
  return sha256(concatBytes(TAG, labelLength, labelBytes, salt, value))
}
