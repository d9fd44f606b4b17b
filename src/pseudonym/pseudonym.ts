import { formatBase64Url } from '../encoding/bytes.ts'
import type { Pseudonym } from '../model/identifier.ts'
import type { Keyring, RandomBytes } from '../ports/keys.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'

/** 160 bits: exactly 32 base32 characters, and no realistic chance of a collision. */
const PSEUDONYM_BYTES = 20

/**
 * Form of a pseudonym: four groups of eight. It has no prefix and no reference to the domain, so that the pseudonyms of two
 * recipients share only this form.
 */
export const PSEUDONYM_PATTERN = /^[a-z2-7]{8}(?:-[a-z2-7]{8}){3}$/

/**
 * The pseudonym of a person for one recipient: HMAC-SHA-256 of the person id under the pseudonym key of the domain and epoch,
 * truncated to 160 bits, in lower-case base32. It uses no identifier, so a new epoch can replace every pseudonym without one.
 *
 * @throws RangeError for an epoch that is not in the keyring or was retired from pseudonyms
 * @see RFC 2104, RFC 4648 §6
 */
export async function derivePseudonym(
  keyring: Keyring,
  domain: string,
  epoch: number,
  personId: string,
): Promise<Pseudonym> {
  const [pseudonym] = await derivePseudonyms(keyring, domain, epoch, [personId])
  return pseudonym!
}

/** The pseudonyms of many persons at once, in order; the same as {@link derivePseudonym} for each. */
export async function derivePseudonyms(
  keyring: Keyring,
  domain: string,
  epoch: number,
  personIds: readonly string[],
): Promise<readonly Pseudonym[]> {
  const codes = await keyring.mac(
    { use: 'pseudonym', domain, family: '', epoch },
    personIds.map((personId) => formatLengthPrefixed([personId])),
  )
  return codes.map(formatPseudonym)
}

/** A person id of 128 fresh random bits; it never leaves the gateway. */
export function newPersonId(random: RandomBytes): string {
  return formatBase64Url(random(16))
}

const formatPseudonym = (code: Uint8Array): Pseudonym =>
  formatBase32(code.subarray(0, PSEUDONYM_BYTES)).replace(/(.{8})(?=.)/g, '$1-') as Pseudonym

const BASE32_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 §6 in lower case, for a whole number of 40-bit groups, which need no padding. */
function formatBase32(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32_ALPHABET[(buffer >> bits) & 31]
    }
  }
  return text
}
