import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Text and byte encodings (RFC 4648, UTF-8). `format` cannot fail, `parse` can. */

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const formatUtf8 = (text: string): Uint8Array => encoder.encode(text)

/** @throws TypeError when the bytes are not UTF-8 */
export const parseUtf8 = (bytes: Uint8Array): string => strictDecoder.decode(bytes)

export const formatHex = bytesToHex

/** @throws Error when the text is not an even number of hexadecimal digits */
export const parseHex = hexToBytes

/** RFC 4648 §4, with padding. */
export function formatBase64(bytes: Uint8Array): string {
  let binary = ''
  // One argument a byte: stay below the engines' limit on arguments. Spreading them would walk an iterator, five times as slow.
  for (let start = 0; start < bytes.length; start += 8192)
    binary += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(start, start + 8192))
  return btoa(binary)
}

/**
 * RFC 4648 §4, strict: padding is required, white space and non-zero trailing bits are refused, so that one value has one spelling.
 * @throws SyntaxError
 */
export function parseBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new SyntaxError('not base64 (RFC 4648 §4)')
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  if (formatBase64(bytes) !== text) throw new SyntaxError('not canonical base64 (RFC 4648 §3.5)')
  return bytes
}

/** RFC 4648 §5, without padding. */
export const formatBase64Url = (bytes: Uint8Array): string =>
  formatBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** @throws SyntaxError */
export function parseBase64Url(text: string): Uint8Array {
  if (/[+/=]/.test(text)) throw new SyntaxError('not base64url (RFC 4648 §5)')
  const padded = text.replaceAll('-', '+').replaceAll('_', '/')
  return parseBase64(padded + '='.repeat((4 - (padded.length % 4)) % 4))
}
