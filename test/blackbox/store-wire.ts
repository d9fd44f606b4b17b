import { formatBase64, parseBase64 } from '../../src/encoding.ts'
import type { ErrorCode } from '../../src/errors.ts'

/** How the tests call a store that lives in another process: JSON in which bytes are `{"$bytes": base64}`. */

export interface StoreCall {
  /** Name of a method of `Store`, or of its log as `log.…`. */
  readonly method: string
  readonly parameters: readonly unknown[]
}

export type StoreAnswer = { readonly value: unknown } | { readonly code: ErrorCode }

export const formatValue = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (item instanceof Uint8Array ? { $bytes: formatBase64(item) } : item))

export const parseValue = (text: string): unknown =>
  JSON.parse(text, (_, item) => (typeof item?.$bytes === 'string' ? parseBase64(item.$bytes) : item))
