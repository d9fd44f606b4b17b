import type { Json } from './json.ts'

/**
 * JSON Canonicalization Scheme: one byte sequence for one value, so that it can be hashed and signed.
 * Keys are sorted by UTF-16 code units; numbers and strings are written as ECMAScript writes them.
 *
 * @throws RangeError for a number that is not finite or a string with a lone surrogate; neither exists in I-JSON
 * @see RFC 8785 §3.2
 */
export function formatCanonicalJson(value: Json): string {
  if (typeof value === 'string') return formatString(value)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a number in canonical JSON is finite')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(formatCanonicalJson).join(',')}]`
  // Array.prototype.sort compares UTF-16 code units by default, which is the order RFC 8785 §3.2.3 asks for.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${formatString(key)}:${formatCanonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

function formatString(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('text in canonical JSON has no lone surrogate')
  return JSON.stringify(text)
}

// Array.isArray does not narrow a readonly array out of a union.
const isArray = (value: object): value is readonly Json[] => Array.isArray(value)
