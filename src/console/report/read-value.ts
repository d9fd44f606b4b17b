import { isUnknownValue } from '../../encoding/unknown-value.ts'
import type { Language, LocalisedText } from '../../model/language.ts'
import type { Field } from '../../model/vocabulary.ts'
import { canonicalise } from '../../pseudonym/canonicalise/canonicalise.ts'
import { type FieldValue, findFormFaults, isAddress, isNames } from '../../report/field-form.ts'
import { formatPartialDate } from '../moments.ts'

/** How a value will be read: what is wrong with it, or what it means where that is not what was typed. */
export interface Reading {
  readonly isFault: boolean
  readonly text: LocalisedText
}

type ReadField = Pick<Field, 'type' | 'identifier'>

/**
 * Reads a value as the gateway will, in the browser as well as on the server, so that a typing error is seen before anything is sent.
 * Undefined when there is nothing to say.
 */
export function readValue(field: ReadField, value: FieldValue): Reading | undefined {
  if (isNames(value) || isAddress(value)) return findFault(field, value)
  if (
    value.trim() !== '' &&
    (field.type === 'datum' ? UNKNOWN_DATE.test(value) : isUnknownValue(value)) &&
    field.type !== 'woord'
  )
    return { isFault: false, text: UNKNOWN }
  return findFault(field, value) ?? describe(field, value)
}

/** What is wrong with a value, in words for a form: where a date has three inputs, nobody writes hyphens and zeros. */
export const describeFault = ({ type }: ReadField, detail: string, language: Language): string =>
  type === 'datum' && NOTATION.test(detail) ? DATE_FAULT[language] : detail

function findFault(field: ReadField, value: FieldValue): Reading | undefined {
  const form = findFormFaults(field as Field, value)[0]?.detail
  const texts = isNames(value) ? value : [value]
  const { identifier } = field
  const results = identifier === undefined ? [] : texts.map((text) => canonicalise(identifier, text))
  const refusal = results.find((result) => !result.ok)
  const detail =
    form && (refusal || identifier === undefined) ? form : refusal && !refusal.ok ? refusal.detail : undefined
  if (!detail) return undefined
  return {
    isFault: true,
    text: { nl: capital(describeFault(field, detail.nl, 'nl')), en: capital(describeFault(field, detail.en, 'en')) },
  }
}

function describe({ type, identifier }: ReadField, value: string): Reading | undefined {
  if (type === 'datum') return said(`${formatPartialDate(value, 'nl')}.`, `${formatPartialDate(value, 'en')}.`)
  if (identifier === undefined) return undefined
  const read = canonicalise(identifier, value)
  if (!read.ok || read.canonical === undefined) return undefined
  if (identifier === 'achternaam') return describeFamilyName(value, read.canonical)
  if (identifier === 'bsn') return said('Dit nummer klopt met de elfproef.', 'This number passes its check.')
  const isNumber = type === 'nummer' || type === 'telefoon' || type === 'email'
  return isNumber && read.canonical !== value.trim()
    ? said(`Gelezen als ${read.canonical}.`, `Read as ${read.canonical}.`)
    : undefined
}

/** Says which words in front of a family name were taken for a tussenvoegsel. */
function describeFamilyName(value: string, family: string): Reading | undefined {
  const whole = canonicalise('alias', value)
  if (!whole.ok || whole.canonical === undefined || whole.canonical === family) return undefined
  const particles = whole.canonical.slice(0, -family.length).trim()
  return said(`‘${particles}’ is gelezen als tussenvoegsel.`, `‘${particles}’ was read as a name prefix.`)
}

const said = (nl: string, en: string): Reading => ({ isFault: false, text: { nl, en } })
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Days that systems fill in for an unknown one (`encoding/unknown-value.ts`). */
const UNKNOWN_DATE = /^(?:1900-01-01|1900-00-00|9999-12-31|1111-11-11|0001-01-01|0000-00-00)$/
/** A fault that explains a notation. */
const NOTATION = /JJJJ|YYYY|00/
const DATE_FAULT: LocalisedText = {
  nl: 'Deze datum bestaat niet of heeft geen jaar. Vul het jaar in met vier cijfers. Weet u de dag of de maand niet, laat die dan leeg.',
  en: 'This date does not exist or has no year. Enter the year in four digits. Leave the day or month empty when you do not know it.',
}
const UNKNOWN: LocalisedText = {
  nl: 'Dit telt als onbekend. Laat het liever leeg.',
  en: 'This counts as unknown. Better leave it empty.',
}
