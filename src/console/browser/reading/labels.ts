import type { ShownValue } from '../../../delivery/content-form.ts'
import type { Language } from '../../../model/language.ts'
import { formatMoment, formatPartialDate } from '../../moments.ts'

/** Labels for people of the words in a delivery, in one language. A word without a label is its own. */
export interface ReaderLabels {
  readonly parties: Labelled
  readonly kinds: Labelled
  readonly purposes: Labelled
  readonly roles: Labelled
  readonly assessments: Labelled
  readonly duties: Labelled
  /** Titles of rule files, by their id. */
  readonly files: Labelled
  readonly fields: Readonly<Record<string, FieldLabel>>
}

type Labelled = Readonly<Record<string, string>>

export interface FieldLabel {
  readonly label: string
  readonly type: string
  /** Labels of the values of a field that has a list of them. */
  readonly values?: Labelled
}

/** The label of a word. Looks at the members of the table itself only, because a word can be `constructor`. */
export const labelOf = (table: Labelled, word: string): string => (Object.hasOwn(table, word) ? table[word]! : word)

/** Fields whose texts differ without contradicting each other. */
export const freeTextFields = ({ fields }: ReaderLabels): ReadonlySet<string> =>
  new Set(Object.keys(fields).filter((id) => fields[id]!.type === 'tekst'))

export function fieldLabel({ fields }: ReaderLabels, field: string, level?: string): string {
  const label = Object.hasOwn(fields, field) ? fields[field]!.label : field
  return level === undefined ? label : `${label} (${level})`
}

/** A value as people read it: labels for words, names of countries, the lines of an address after each other. */
export function formatValue({ fields }: ReaderLabels, field: string, value: ShownValue, language: Language): string {
  if (typeof value !== 'string')
    return (Array.isArray(value) ? value : formatAddress(value, language)).filter((part) => part !== '').join(', ')
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (known?.values) return labelOf(known.values, value)
  if (known?.type === 'datum') return showDate(value, language)
  return known?.type === 'land' ? countryName(value, language) : value
}

function formatAddress(address: Readonly<Record<string, string>>, language: string): readonly string[] {
  const { straat = '', huisnummer = '', postcode = '', plaats = '', gemeente = '', land, ...others } = address
  return [
    `${straat} ${huisnummer}`.trim(),
    `${postcode} ${plaats}`.trim(),
    gemeente === plaats ? '' : gemeente,
    land === undefined ? '' : countryName(land, language),
    ...Object.values(others),
  ]
}

function countryName(code: string, language: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code) : code
}

/** A moment in the time of the Netherlands, to the minute; a text that is none as it is. */
export const showMoment = (at: string, language: Language): string =>
  Number.isNaN(Date.parse(at)) ? at : formatMoment(at, language)

const DATE = /^\d{4}-(?:0\d|1[0-2])-\d{2}$/

/** A calendar date, of which parts may be unknown; a text that is none as it is. */
export const showDate = (date: string, language: Language): string =>
  DATE.test(date) ? formatPartialDate(date, language) : date

/** Fields of a person in the order of the vocabulary, which is that of the forms; what it does not know comes last. */
export function inOrder({ fields }: ReaderLabels, named: readonly string[]): readonly string[] {
  const known = Object.keys(fields)
  const rank = (field: string) => (Object.hasOwn(fields, field) ? known.indexOf(field) : known.length)
  return named.toSorted((one, other) => rank(one) - rank(other))
}

/** The beginning of a pseudonym, to recognise it by. */
export const shortName = (pseudonym: string): string => pseudonym.slice(0, 12)
