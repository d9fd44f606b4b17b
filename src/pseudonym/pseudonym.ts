import { formatBase64Url } from '../encoding/bytes.ts'
import type { Pseudonym } from '../model/identifier.ts'
import type { Keyring, RandomBytes } from '../ports/keys.ts'
import { formatLengthPrefixed } from './length-prefixed.ts'

/** 160 bits: 32 base32 characters without a remainder, and far from any chance of two persons meeting. */
const PSEUDONYM_BYTES = 20

/**
 * What a pseudonym looks like: four groups of eight. It carries no prefix and nothing of the domain, so that two
 * recipients' pseudonyms have nothing in common but this shape.
 */
export const PSEUDONYM_PATTERN = /^[a-z2-7]{8}(?:-[a-z2-7]{8}){3}$/

/**
 * The name by which one recipient knows a person: HMAC-SHA-256 of the person id under the pseudonym key of the domain and
 * epoch, cut to 160 bits, in lower-case base32. It is made from no identifier, so a new epoch renames everybody without one.
 *
 * @throws RangeError for an epoch the keyring does not hold, or that was retired from pseudonyms
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

/** The pseudonyms of many persons at once, in their order; what {@link derivePseudonym} gives for each. */
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

/** A person id of 128 fresh random bits; it tells nothing and never leaves the gateway. */
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
