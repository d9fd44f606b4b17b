import type { RandomBytes } from '../ports/keys.ts'
import { formatHex } from './bytes.ts'

/** A UUID of any version, in lower case (RFC 9562 §4). */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * A UUID version 7: 48 bits of milliseconds, then 74 fresh random bits. Rises in time, so that a table keyed by it grows at
 * its end. Reveals when it was made and nothing else.
 * @see RFC 9562 §5.7
 */
export function newId(at: Date, random: RandomBytes): string {
  const bytes = random(16)
  const milliseconds = at.getTime()
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(milliseconds / 256 ** (5 - i)) % 256
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = formatHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
