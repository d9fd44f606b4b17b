import type { FieldType } from '../../model/vocabulary.ts'
import type { Address, FieldValue } from '../../report/field-form.ts'

/** Inputs of a date, in the order in which people write one. */
export const DATE_PARTS = ['day', 'month', 'year'] as const
export const ADDRESS_PARTS = [
  'straat',
  'huisnummer',
  'postcode',
  'plaats',
  'gemeente',
  'land',
] as const satisfies readonly (keyof Address)[]

/** Parts of the inputs of a field; one without a name for a field with one input. */
export const partsOf = (type: FieldType): readonly string[] =>
  type === 'datum' ? DATE_PARTS : type === 'adres' ? ADDRESS_PARTS : ['']

/**
 * The value that was typed for a field, as a report has it; undefined when nothing was.
 * @param typedAt what was typed in a part of the field
 */
export function readTyped(type: FieldType, typedAt: (part: string) => string | undefined): FieldValue | undefined {
  const texts = partsOf(type).map((part) => [part, typedAt(part)?.trim() ?? ''] as const)
  if (texts.every(([, text]) => text === '')) return undefined
  if (type === 'datum') return formatTypedDate(typedAt)
  if (type === 'adres') return Object.fromEntries(texts.filter(([, text]) => text !== ''))
  const text = texts[0]![1]
  return type === 'namen'
    ? text
        .split('\n')
        .map((name) => name.trim())
        .filter((name) => name !== '')
    : text
}

/** `YYYY-MM-DD` with zeros for what was left empty. What is no number stays as it is, so that its check fails. */
function formatTypedDate(typedAt: (part: string) => string | undefined): string {
  const pad = (part: string, length: number) => (typedAt(part)?.trim() ?? '').padStart(length, '0')
  return `${pad('year', 4)}-${pad('month', 2)}-${pad('day', 2)}`
}
