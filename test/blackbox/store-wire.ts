import { formatBase64, parseBase64 } from '../../src/encoding/bytes.ts'
import type { ErrorCode } from '../../src/errors.ts'

/**
 * How the tests call a store that lives in another process: JSON in which bytes are `{"$bytes": base64}` and what is undefined,
 * which JSON would turn into null in a list of parameters, is `{"$undefined": true}`.
 */

export interface StoreCall {
  /** Name of a method of `Store`, or of its log as `log.…`. */
  readonly method: string
  readonly parameters: readonly unknown[]
}

export type StoreAnswer = { readonly value: unknown } | { readonly code: ErrorCode }

export const formatValue = (value: unknown): string =>
  JSON.stringify(value, (_, item) => {
    if (item instanceof Uint8Array) return { $bytes: formatBase64(item) }
    return item === undefined ? { $undefined: true } : item
  })

export const parseValue = (text: string): unknown =>
  JSON.parse(text, (_, item) => {
    if (typeof item?.$bytes === 'string') return parseBase64(item.$bytes)
    return item?.$undefined === true ? undefined : item
  })
