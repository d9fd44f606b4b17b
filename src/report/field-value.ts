import { z } from 'zod'
import type { LocalisedText } from '../model/language.ts'
import type { Field } from '../model/vocabulary.ts'
import { type Address, type FieldValue, fits, formDetail, line, TEXT_FORMS, type TextForm } from './field-form.ts'

/**
 * Most characters of a value as it is sent. More than its form has, for invisible characters, letters with loose marks and white space
 * do not count in it.
 */
const SENT_CHARACTERS = { naam: 400, tekst: 4000, datum: 100, land: 100, nummer: 100, telefoon: 100, email: 400 }

/** Schema of a text; its fault describes the expected form and never shows the value. */
export function createTextSchema(
  textForm: TextForm,
  label?: LocalisedText,
  description: LocalisedText = textForm.form,
) {
  const { maxLength, pattern } = textForm
  return z
    .string()
    .refine((text) => fits(textForm, text), { params: { detail: formDetail(textForm) } })
    .meta({
      minLength: 1,
      maxLength,
      pattern: pattern?.source,
      title: label && formatTitle(label),
      description: formatTitle(description),
    })
}

type TextType = keyof typeof TEXT_FORMS

/**
 * Schema of a value that is read later, and only where it is used: a typing error in a value that is withheld anyway must not cost
 * somebody a report. Here only its length counts.
 */
const createValueSchema = (type: TextType, label?: LocalisedText, form: TextForm = TEXT_FORMS[type]) =>
  createTextSchema({ maxLength: SENT_CHARACTERS[type], form: form.form }, label, {
    nl: `${form.form.nl}${form.maxLength < SENT_CHARACTERS[type] ? `; met onzichtbare tekens, losse accenten en witruimte erbij ten hoogste ${SENT_CHARACTERS[type]} tekens` : ''}`,
    en: `${form.form.en}${form.maxLength < SENT_CHARACTERS[type] ? `; with invisible characters, loose marks and white space at most ${SENT_CHARACTERS[type]} characters` : ''}`,
  })

/** Schema of one of `words`; their labels are in the description. */
export function createWordSchema(words: ReadonlyMap<string, LocalisedText>, label: LocalisedText) {
  return z.enum([...words.keys()]).meta({
    title: formatTitle(label),
    description: [...words].map(([id, text]) => `- \`${id}\`: ${formatTitle(text)}`).join('\n'),
  })
}

const addressSchema = z.strictObject({
  straat: createValueSchema('naam', { nl: 'Straat', en: 'Street' }).exactOptional(),
  huisnummer: createValueSchema(
    'nummer',
    { nl: 'Huisnummer met toevoeging', en: 'House number' },
    line(20),
  ).exactOptional(),
  postcode: createValueSchema('nummer', { nl: 'Postcode', en: 'Postal code' }, line(20)).exactOptional(),
  plaats: createValueSchema('naam', { nl: 'Plaats', en: 'Town' }).exactOptional(),
  gemeente: createValueSchema('naam', { nl: 'Gemeente', en: 'Municipality' }).exactOptional(),
  land: createValueSchema('land', { nl: 'Land', en: 'Country' }).exactOptional(),
}) satisfies z.ZodType<Address>

/** Most names in a field of type `namen`. */
const MAX_NAMES = 8

/** Schema of the value of one field. The value is read later, where it is used: `findFormFaults` and canonicalisation. */
export function createFieldSchema({ type, label, values }: Field): z.ZodType<FieldValue> {
  if (type === 'woord') return createWordSchema(values ?? new Map(), label)
  if (type === 'namen') {
    return z
      .array(createValueSchema('naam'))
      .min(1)
      .max(MAX_NAMES)
      .meta({ title: formatTitle(label) })
  }
  if (type !== 'adres') return createValueSchema(type, label)
  const detail: LocalisedText = {
    nl: 'het adres is leeg; vul een onderdeel in of laat het adres weg',
    en: 'the address is empty; fill in a member or leave the address out',
  }
  return (
    addressSchema
      // An address with an unknown member is not empty: that member is the fault.
      .refine((address) => Object.keys(address).length > 0, {
        params: { detail },
        when: ({ issues }) => issues.length === 0,
      })
      .meta({ title: formatTitle(label), minProperties: 1 })
  )
}

/** A label in both languages, for documents with one title for it. */
export function formatTitle({ nl, en }: LocalisedText): string {
  return `${nl} / ${en}`
}
