import type { Field, FieldType } from '../types.ts'
import type { Address, FieldValue } from './field-value.ts'

/**
 * The levels the gateway can generalise to, finest first. A ladder of the vocabulary names levels of its field's type;
 * a level that is not here keeps nothing.
 *
 * | type  | level                  | `1985-12-01` / Damstraat 12, 1012 AB Amsterdam, NL |
 * |-------|------------------------|----------------------------------------------------|
 * | datum | `maand`                | `1985-12`                                          |
 * | datum | `jaar`, `geboortejaar` | `1985`                                             |
 * | adres | `postcode4`            | 1012, Amsterdam, gemeente Amsterdam, NL            |
 * | adres | `plaats`               | Amsterdam, gemeente Amsterdam, NL                  |
 * | adres | `gemeente`             | gemeente Amsterdam, NL                             |
 * | adres | `land`                 | NL                                                 |
 */
export const GENERALISATION_LEVELS = {
  datum: ['maand', 'jaar', 'geboortejaar'],
  adres: ['postcode4', 'plaats', 'gemeente', 'land'],
} as const satisfies Partial<Record<FieldType, readonly string[]>>

const ADDRESS_LEVELS: readonly string[] = GENERALISATION_LEVELS.adres

/**
 * The value at a coarser level: nothing finer than that level is left. Idempotent.
 * @returns undefined when nothing is left, for a level the type does not have and for a value that does not fit the type;
 *   then the field is withheld
 */
export function generalise(field: Field, level: string, value: FieldValue): FieldValue | undefined {
  if (field.type === 'datum' && typeof value === 'string') return generaliseDate(level, value)
  if (field.type === 'adres' && typeof value === 'object') return generaliseAddress(level, value)
  return undefined
}

function generaliseDate(level: string, value: string): string | undefined {
  const [, year, month = '00'] = /^(\d{4})(?:-(\d{2})(?:-\d{2})?)?$/.exec(value) ?? []
  if (year === undefined || year === '0000') return undefined
  if (level === 'maand') return month === '00' ? year : `${year}-${month}`
  return level === 'jaar' || level === 'geboortejaar' ? year : undefined
}

function generaliseAddress(level: string, address: Address): Address | undefined {
  const depth = ADDRESS_LEVELS.indexOf(level)
  if (depth < 0) return undefined
  const postcode = depth <= 0 ? formatPostcode4(address) : undefined
  const plaats = depth <= 1 ? keepName(address.plaats) : undefined
  const gemeente = depth <= 2 ? keepName(address.gemeente) : undefined
  const land = address.land
  const kept: Address = {
    ...(postcode !== undefined && { postcode }),
    ...(plaats !== undefined && { plaats }),
    ...(gemeente !== undefined && { gemeente }),
    ...(land !== undefined && { land }),
  }
  return Object.keys(kept).length > 0 ? kept : undefined
}

/** The four digits of a Dutch postcode. What four digits say in another country is unknown, so there they go. */
function formatPostcode4({ postcode, land = 'NL' }: Address): string | undefined {
  if (land !== 'NL' || postcode === undefined) return undefined
  return /^\s*([1-9]\d{3})\s*(?:[A-Za-z]{2})?\s*$/.exec(postcode)?.[1]
}

// A name of a town or municipality has no digits; one that does has a house number or postcode typed along.
const keepName = (name: string | undefined) => (name === undefined || /\p{N}/u.test(name) ? undefined : name)
