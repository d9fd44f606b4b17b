import { parseHex, parseUtf8 } from '../encoding/bytes.ts'
import type { Parameter } from './route.ts'

/** Version, trace id, parent id and flags; a later version may put more behind another dash. */
const TRACEPARENT = /^(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}(?<more>-.*)?$/

/**
 * Trace id and parent id of a request, as `<32 hex>-<16 hex>`, from its `traceparent` header. Undefined when there is none or it
 * is not valid: a header that was mangled on its way is no reason to refuse a report, and is not taken over either. The caller
 * chooses these bytes; they are hexadecimal digits of a fixed number, and neither a number nor a text that was filled up.
 *
 * @see https://www.w3.org/TR/trace-context-1/#traceparent-header-field-values (§3.2), and §4 on what invalidates it
 */
export function readTrace(request: Request): string | undefined {
  const { version, trace, parent, more } = TRACEPARENT.exec(request.headers.get('traceparent') ?? '')?.groups ?? {}
  if (version === undefined || trace === undefined || parent === undefined) return undefined
  // Version ff is forbidden, and in version 00 nothing follows the flags.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (isMeaningful(trace) || isMeaningful(parent)) return undefined
  return isZero(trace) || isZero(parent) ? undefined : `${trace}-${parent}`
}

/**
 * Whether digits that ought to be random are a number or a text after all, filled up with zeros: then somebody made the id from a
 * value of a case, and in the log it would stay for ever. Of random ids this takes one in some tens of thousands, which then lack
 * their trace; who means to hide a value in an id can always do so.
 */
function isMeaningful(digits: string): boolean {
  const number = digits.replace(/^0+|0+$/g, '')
  if (number.length <= digits.length - FILLED && /^[0-9]+$/.test(number)) return true
  try {
    return TEXT.test(parseUtf8(parseHex(digits)).replace(/^\0+|\0+$/g, ''))
  } catch {
    return false
  }
}

/** By so many zeros a number is shorter than an id; random digits begin or end with that many once in tens of thousands of times. */
const FILLED = 4
const TEXT = /^[\p{L}\p{M}\p{N} @.,:;+'’/_-]+$/u

/** What means that somebody has no id. */
const isZero = (digits: string): boolean => /^0+$/.test(digits)

export const traceparentParameter: Parameter = {
  name: 'traceparent',
  in: 'header',
  description:
    'W3C Trace Context: trace and parent id go into the record, so that your log of processing and this one can be joined. Never put a value of a person in it. One that is not valid is left aside.',
  required: false,
  schema: { type: 'string' },
  example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
}
