import countries from 'i18n-iso-countries'
import { readPlain } from '../encoding/plain-text.ts'
import type { Field, FieldType } from '../model/vocabulary.ts'
import { type Address, type FieldValue, isAddress } from './field-form.ts'

/**
 * The levels the gateway can generalise to, finest first. A ladder of the vocabulary names levels of its field's type;
 * a level that is not listed here keeps nothing.
 *
 * | type  | level                  | `1985-12-01` / Damstraat 12, 1012 AB Amsterdam, NL |
 * |-------|------------------------|----------------------------------------------------|
 * | datum | `maand`                | `1985-12`                                          |
 * | datum | `jaar`, `geboortejaar` | `1985`                                             |
 * | adres | `postcode4`            | 1012, Amsterdam, gemeente Amsterdam, NL            |
 * | adres | `plaats`               | Amsterdam, gemeente Amsterdam, NL                  |
 * | adres | `gemeente`             | gemeente Amsterdam, NL                             |
 * | adres | `land`                 | NL                                                 |
 * | land  | `eu-of-daarbuiten`     | NL becomes `EU`, MA becomes `buiten-EU`            |
 * | telefoon | `landnummer`        | +31612345678 becomes +31                           |
 */
export const GENERALISATION_LEVELS = {
  datum: ['maand', 'jaar', 'geboortejaar'],
  adres: ['postcode4', 'plaats', 'gemeente', 'land'],
  land: ['eu-of-daarbuiten'],
  telefoon: ['landnummer'],
} as const satisfies Partial<Record<FieldType, readonly string[]>>

const ADDRESS_LEVELS: readonly string[] = GENERALISATION_LEVELS.adres

/**
 * The value at a coarser level, without anything finer. Idempotent.
 * @returns undefined when nothing is left, for a level the type does not have and for a value that does not fit the type;
 *   then the field is withheld
 */
export function generalise(field: Field, level: string, value: FieldValue): FieldValue | undefined {
  if (field.type === 'datum' && typeof value === 'string') return generaliseDate(level, value)
  if (field.type === 'adres' && isAddress(value)) return generaliseAddress(level, value)
  if (field.type === 'land' && typeof value === 'string') return generaliseCountry(level, value)
  if (field.type === 'telefoon' && typeof value === 'string') return generaliseTelephone(level, value)
  return undefined
}

function generaliseDate(level: string, value: string): string | undefined {
  const [, year, month = '00'] = /^(\d{4})(?:-(\d{2})(?:-\d{2})?)?$/.exec(readPlain(value)) ?? []
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

/** The four digits of a Dutch postcode; dropped for other countries, where their precision is unknown. */
function formatPostcode4({ postcode, land = 'NL' }: Address): string | undefined {
  if (readPlain(land).toUpperCase() !== 'NL' || postcode === undefined) return undefined
  return /^([1-9]\d{3})\s*(?:[A-Za-z]{2})?$/.exec(readPlain(postcode).trim())?.[1]
}

// The name of a town or municipality has no digits; with digits it includes a house number or postcode.
const keepName = (name: string | undefined) => (name === undefined || /\p{N}/u.test(name) ? undefined : name)

/** The 27 member states of the European Union since 1 February 2020 (VEU art. 52), as ISO 3166-1 alpha-2 codes. */
const EU_MEMBERS: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)
// Neither can be taken for a country: ISO 3166-1 reserves EU, and no code has more than two letters.
const INSIDE_EU = 'EU'
const OUTSIDE_EU = 'buiten-EU'

function generaliseCountry(level: string, value: string): string | undefined {
  if (level !== 'eu-of-daarbuiten') return undefined
  if (value === INSIDE_EU || value === OUTSIDE_EU) return value
  const code = readPlain(value).toUpperCase()
  if (EU_MEMBERS.has(code)) return INSIDE_EU
  return countries.isValid(code) && code.length === 2 ? OUTSIDE_EU : undefined
}

/** Country codes of two digits (ITU-T E.164 annex); +1 and +7 have one digit, all others three. */
const TWO_DIGIT_COUNTRY_CODES: ReadonlySet<string> = new Set(
  (
    '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 ' +
    '81 82 84 86 90 91 92 93 94 95 98'
  ).split(' '),
)

/** The country code of a number in international form. A number in national form has none. */
export function generaliseTelephone(level: string, value: string): string | undefined {
  if (level !== 'landnummer') return undefined
  const digits = /^\(?(?:\+|00)([1-9][0-9]*)$/.exec(readPlain(value).replace(/(?!^)[ ()./_·•-]/g, ''))?.[1]
  if (digits === undefined) return undefined
  if (digits.startsWith('1') || digits.startsWith('7')) return `+${digits[0]}`
  if (TWO_DIGIT_COUNTRY_CODES.has(digits.slice(0, 2))) return `+${digits.slice(0, 2)}`
  return digits.length >= 3 ? `+${digits.slice(0, 3)}` : undefined
}
