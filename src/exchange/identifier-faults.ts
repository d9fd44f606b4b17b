import type { Fault } from '../errors.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import { canonicalise } from '../pseudonym/canonicalise/canonicalise.ts'
import { type FieldValue, isNames } from '../report/field-value.ts'

/** What is wrong with the value of an identifying field; it is named by its place, never shown. */
export function findIdentifierFaults(kind: IdentifierKind, value: FieldValue, pointer: string): Fault[] {
  const items = isNames(value)
    ? value.map((item, position) => ({ item, pointer: `${pointer}/${position}` }))
    : [{ item: value, pointer }]
  return items.flatMap(({ item, pointer }): Fault[] => {
    const result = canonicalise(kind, item)
    return result.ok ? [] : [{ code: 'identifier-invalid', pointer, detail: result.detail }]
  })
}
