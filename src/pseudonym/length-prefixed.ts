import { formatUtf8 } from '../encoding/bytes.ts'

/**
 * An unambiguous encoding of a list of texts, so that two lists never have the same bytes in a hash: the number of texts, then
 * each text as UTF-8, prefixed with its length in bytes. Numbers are four bytes, big-endian.
 */
export function formatLengthPrefixed(texts: readonly string[]): Uint8Array {
  const encoded = texts.map(formatUtf8)
  const bytes = new Uint8Array(4 + encoded.reduce((total, text) => total + 4 + text.length, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, encoded.length)
  let offset = 4
  for (const text of encoded) {
    view.setUint32(offset, text.length)
    bytes.set(text, offset + 4)
    offset += 4 + text.length
  }
  return bytes
}
