import { formatUtf8 } from '../encoding/bytes.ts'
import type { Keyring } from '../ports/keys.ts'
import { checkPath } from './keyring.ts'

/** 128 bits: a second keyring with the same value cannot be found, and people can compare it by eye. */
const CHECK_BYTES = 16

/**
 * A value that identifies an epoch of a keyring without its secret; it may be published. HMAC under a key that is used for
 * nothing else, so it reveals nothing about the other keys.
 *
 * @throws RangeError for an epoch that is not in the keyring
 */
export async function deriveKeyCheck(keyring: Keyring, epoch: number): Promise<Uint8Array> {
  const [code] = await keyring.mac(checkPath(epoch), [formatUtf8('key check value')])
  return code!.subarray(0, CHECK_BYTES)
}

/** Whether two key check values are the same, in constant time. */
export function isSameKeyCheck(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (const [index, byte] of one.entries()) difference |= byte ^ other[index]!
  return difference === 0
}
