import { parseHex, parseUtf8 } from '../encoding/bytes.ts'
import type { Parameter } from './route.ts'

/** Version, trace id, parent id and flags; later versions may add more after another dash. */
const TRACEPARENT = /^(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}(?<more>-.*)?$/

/** Of a later version, whose length is not known. */
const MAX_LENGTH = 512

/**
 * Trace id and parent id of a request, as `<32 hex>-<16 hex>`, from its `traceparent` header. Undefined when the header is absent
 * or invalid: a header that was damaged on its way is no reason to refuse a report, and is not recorded either. The caller
 * chooses these digits, so ids that spell a padded number or text are left out as well.
 *
 * @see https://www.w3.org/TR/trace-context-1/#traceparent-header-field-values (§3.2), and §4 on what invalidates it
 */
export function readTrace(request: Request): string | undefined {
  const header = request.headers.get('traceparent') ?? ''
  if (header.length > MAX_LENGTH) return undefined
  const { version, trace, parent, more } = TRACEPARENT.exec(header)?.groups ?? {}
  if (version === undefined || trace === undefined || parent === undefined) return undefined
  // Version ff is forbidden, and in version 00 nothing follows the flags.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (isMeaningful(trace) || isMeaningful(parent)) return undefined
  return isZero(trace) || isZero(parent) ? undefined : `${trace}-${parent}`
}

/**
 * Whether digits that should be random are in fact a number or a text, padded with zeros: such an id was made from a value of a
 * case, and it would stay in the log for ever. About one random id in tens of thousands is mistaken for one and loses its trace.
 * This stops accidents only: a value can always be hidden in an id on purpose.
 */
function isMeaningful(digits: string): boolean {
  const number = digits.replace(/^0+|0+$/g, '')
  if (number.length <= digits.length - PADDING && /^[0-9]+$/.test(number)) return true
  try {
    return TEXT.test(parseUtf8(parseHex(digits)).replace(/^\0+|\0+$/g, ''))
  } catch {
    return false
  }
}

/** Least number of padding zeros; random digits begin or end with that many once in tens of thousands of ids. */
const PADDING = 4
const TEXT = /^[\p{L}\p{M}\p{N} @.,:;+'’/_-]+$/u

/** The value that stands for no id. */
const isZero = (digits: string): boolean => /^0+$/.test(digits)

export const traceparentParameter: Parameter = {
  name: 'traceparent',
  in: 'header',
  description:
    'W3C Trace Context: trace and parent id are recorded, so that your own log of processing can be joined with this one. Never put a value of a person in it. An invalid header is ignored.',
  required: false,
  schema: { type: 'string', maxLength: MAX_LENGTH },
  example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
}
