import type { Language } from '../../model/language.ts'
import type { Words } from './gateway-answers.ts'
import type { Statements } from './statements.ts'

/** Most words of a list that a placeholder shows. */
const MAX_CHOICES = 12

/**
 * The body for `POST /v1/exchanges`: what was stated, and a placeholder `<…>` for each value, which only the sender knows. The
 * kind is always one, so that the gateway refuses a body in which nothing was filled in.
 */
export function formReportBody(
  { recipient, purpose, legalBasis, role, circumstances, assessments, fields }: Statements,
  vocabulary: Words,
  language: Language,
): object {
  const words = WORDS[language]
  return {
    recipient,
    purpose,
    legalBasis,
    kind: oneOf(vocabulary.kinds.map(({ id }) => id)),
    dataSubjects: [
      {
        role,
        circumstances,
        assessments: assessments.map((word) => ({ word, by: `<${words.by}>`, on: `<${words.date}>` })),
        data: Object.fromEntries(fields.map((field) => [field, placeholder(field, vocabulary, language)])),
      },
    ],
  }
}

function placeholder(id: string, vocabulary: Words, language: Language): unknown {
  const words = WORDS[language]
  const field = vocabulary.fields.find((field) => field.id === id)
  const label = field?.label[language] ?? id
  const form = FORMS[field?.type ?? '']?.[language]
  const text = form === undefined ? `<${label}>` : `<${label}: ${form}>`
  if (field?.type === 'woord') return oneOf((field.values ?? []).map((value) => value.id))
  if (field?.type === 'namen') return [text]
  if (field?.type === 'adres')
    return Object.fromEntries(Object.entries(words.address).map(([member, part]) => [member, `<${part}>`]))
  return text
}

const oneOf = (ids: readonly string[]): string =>
  `<${[...ids.slice(0, MAX_CHOICES), ...(ids.length > MAX_CHOICES ? ['…'] : [])].join(' | ')}>`

/** How a value is written, where a label does not say so. */
const FORMS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  datum: { nl: 'JJJJ-MM-DD', en: 'YYYY-MM-DD' },
  land: { nl: 'landcode, zoals NL', en: 'country code, such as NL' },
}

const WORDS = {
  nl: {
    by: 'wie dit heeft gewogen',
    date: 'wanneer: JJJJ-MM-DD',
    address: {
      straat: 'straat',
      huisnummer: 'huisnummer',
      postcode: 'postcode',
      plaats: 'plaats',
      gemeente: 'gemeente',
      land: 'landcode, zoals NL',
    },
  },
  en: {
    by: 'who assessed this',
    date: 'when: YYYY-MM-DD',
    address: {
      straat: 'street',
      huisnummer: 'house number',
      postcode: 'postal code',
      plaats: 'town',
      gemeente: 'municipality',
      land: 'country code, such as NL',
    },
  },
} as const
