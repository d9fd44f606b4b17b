import countries from 'i18n-iso-countries'
import { isIncompleteDate } from '../encoding/calendar-date.ts'
import { normalise, readPlain, removeInvisible } from '../encoding/plain-text.ts'
import { isUnknownValue } from '../encoding/unknown-value.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Field, FieldType } from '../model/vocabulary.ts'

/**
 * Values of fields, and the form of each type. Without schemas, so that a page can read a value in the browser as the gateway will.
 */

export type Address = {
  readonly straat?: string
  readonly huisnummer?: string
  readonly postcode?: string
  readonly plaats?: string
  readonly gemeente?: string
  /** ISO 3166-1 alpha-2. */
  readonly land?: string
}

/** The value of a field of a report: names for type `namen`, an address for type `adres`, text for every other type. */
export type FieldValue = string | readonly string[] | Address

// `Array.isArray` alone does not narrow a readonly list from an address.
export const isNames = (value: FieldValue): value is readonly string[] => Array.isArray(value)
export const isAddress = (value: FieldValue): value is Address => typeof value === 'object' && !isNames(value)

/** The form of a text. */
export interface TextForm {
  /** In Unicode characters, as JSON Schema counts them. */
  readonly maxLength: number
  readonly pattern?: RegExp
  readonly isValid?: (text: string) => boolean
  /** The expected form; used in the description of the schema and in the second half of an error. */
  readonly form: LocalisedText
}

const ALPHA_2_CODES: ReadonlySet<string> = new Set(Object.keys(countries.getAlpha2Codes()))

/** A line of text of `maxLength` characters at most. */
export const line = (maxLength: number): TextForm => ({
  maxLength,
  pattern: /^[^\t\n\r]*$/,
  form: { nl: `1 tot en met ${maxLength} tekens op één regel`, en: `1 to ${maxLength} characters on one line` },
})

/** The form of a value of each type, in plain characters (`readPlain`) for all but names and free text. */
export const TEXT_FORMS = {
  naam: line(200),
  tekst: { maxLength: 4000, form: { nl: '1 tot en met 4000 tekens', en: '1 to 4000 characters' } },
  datum: {
    maxLength: 10,
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    isValid: isIncompleteDate,
    form: {
      nl: 'een bestaande datum als JJJJ-MM-DD, met 00 voor een onbekende dag of maand',
      en: 'an existing date as YYYY-MM-DD, with 00 for an unknown day or month',
    },
  },
  land: {
    maxLength: 2,
    pattern: /^[A-Za-z]{2}$/,
    isValid: (text) => ALPHA_2_CODES.has(text.toUpperCase()),
    form: {
      nl: 'een landcode van twee hoofdletters uit ISO 3166-1, zoals NL',
      en: 'a country code of two capitals from ISO 3166-1, such as NL',
    },
  },
  nummer: {
    // The longest IBAN has 34 characters and is written in groups of four.
    maxLength: 42,
    pattern: /^[A-Za-z0-9][A-Za-z0-9 ./<-]*$/,
    form: { nl: 'ten hoogste 42 cijfers en letters', en: 'at most 42 digits and letters' },
  },
  telefoon: {
    maxLength: 30,
    pattern: /^[+(]{0,2}[0-9][0-9 ()./_·•-]*$/,
    form: {
      nl: 'een telefoonnummer van ten hoogste 30 tekens, liefst met landnummer, zoals +31…',
      en: 'a telephone number of at most 30 characters, preferably with its country code, such as +31…',
    },
  },
  email: {
    maxLength: 254,
    pattern: /^[^\s@]+@[^\s@]+$/,
    form: {
      nl: 'een e-mailadres van ten hoogste 254 tekens',
      en: 'an e-mail address of at most 254 characters',
    },
  },
} as const satisfies Partial<Record<FieldType, TextForm>>

export const fits = ({ maxLength, pattern, isValid }: TextForm, text: string): boolean =>
  removeInvisible(text).trim() !== '' &&
  [...text].length <= maxLength &&
  (pattern?.test(text) ?? true) &&
  (isValid?.(text) ?? true)

export const formDetail = ({ form }: TextForm): LocalisedText => ({
  nl: `ongeldige waarde; geef ${form.nl}`,
  en: `invalid value; give ${form.en}`,
})

/** A part of a value that is not in the form of its type. */
export interface FormFault {
  /** Of the part in the value: an index, a member, or nothing for the value itself. */
  readonly path: readonly (string | number)[]
  /** What is wrong and how to fix it; never the value. */
  readonly detail: LocalisedText
}

const ADDRESS_FORMS: Readonly<Record<keyof Address, TextForm>> = {
  straat: TEXT_FORMS.naam,
  huisnummer: line(20),
  postcode: line(20),
  plaats: TEXT_FORMS.naam,
  gemeente: TEXT_FORMS.naam,
  land: TEXT_FORMS.land,
}

/** Reads a value in the form of its type; a value that stands for an unknown one is in order. For a value that is used. */
export function findFormFaults({ type }: Field, value: FieldValue): readonly FormFault[] {
  if (type === 'woord') return []
  if (isNames(value)) return value.flatMap((name, index) => findTextFault(TEXT_FORMS.naam, name, [index]))
  if (isAddress(value)) {
    return Object.entries(ADDRESS_FORMS).flatMap(([member, form]) =>
      findTextFault(form, value[member as keyof Address], [member]),
    )
  }
  return type === 'namen' || type === 'adres' ? [] : findTextFault(TEXT_FORMS[type], value, [])
}

function findTextFault(form: TextForm, text: string | undefined, path: FormFault['path']): readonly FormFault[] {
  if (text === undefined || isUnknownValue(text)) return []
  const isProse = form === TEXT_FORMS.naam || form === TEXT_FORMS.tekst
  return fits(form, isProse ? normalise(text, 'NFC') : readPlain(text)) ? [] : [{ path, detail: formDetail(form) }]
}
