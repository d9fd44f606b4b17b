import { readPlain } from '../../encoding/plain-text.ts'
import type { Field, ValueCondition } from '../../model/vocabulary.ts'

/** Whether a circumstance is true by a word or country that was sent; undefined when that says nothing. */
export function settledByWord(
  { trueAt, falseAt }: Extract<ValueCondition, { trueAt: unknown }>,
  field: Field | undefined,
  value: unknown,
): boolean | undefined {
  if (field === undefined || typeof value !== 'string') return undefined
  const word = field.type === 'land' ? readPlain(value).toUpperCase() : value
  if (trueAt.includes(word)) return true
  return falseAt.includes(word) ? false : undefined
}
