import type { Decision, FieldDecision } from '../src/model/decision.ts'
import type { Identifiers, IdentifierValue } from '../src/model/identifier.ts'
import type { Vocabulary } from '../src/model/vocabulary.ts'
import type { Submission } from '../src/report/submission.ts'
import type { GeneratedRecord } from '../src/synthetic/record.ts'

/** Generated people as the data of reports. */

type Data = Submission['dataSubjects'][number]['data']

/** Fields of the vocabulary that a generated record fills. */
export function dataOf(record: GeneratedRecord): Data {
  const { aliassen, straat, huisnummer, postcode, plaats } = record
  const texts = {
    voornaam: record.voornaam,
    tussenvoegsel: record.tussenvoegsel,
    achternaam: record.achternaam,
    geboortedatum: record.geboortedatum,
    geboorteplaats: record.geboorteplaats,
    nationaliteit: record.nationaliteit,
    geslacht: record.geslacht,
    bsn: record.bsn,
    'v-nummer': record['v-nummer'],
    documentnummer: record.documentnummer,
    telefoon: record.telefoon,
    email: record.email,
    iban: record.iban,
  }
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...(aliassen && { aliassen: aliassen.split(';') }),
    ...(postcode && { verblijfadres: { straat, huisnummer, postcode, plaats } }),
  }
}

const FIELDS_BY_KIND = { aliassen: 'alias', verblijfadres: 'adres' } as const

/** The same as what match keys are derived from, without rules that withhold any. */
export function identifiersOf(record: GeneratedRecord): Identifiers {
  return Object.fromEntries(
    Object.entries(dataOf(record)).map(([field, value]) => [
      FIELDS_BY_KIND[field as keyof typeof FIELDS_BY_KIND] ?? field,
      Array.isArray(value) ? value : [value as IdentifierValue],
    ]),
  )
}

/** A report about one person, and a decision that lets every identifying field link and nothing pass. */
export function mentioningOf(
  { fields }: Vocabulary,
  record: GeneratedRecord,
  [recipient, purpose]: readonly [recipient: string, purpose: string],
): { readonly submission: Submission; readonly decision: Decision } {
  const data = dataOf(record)
  const sentence = { nl: 'koppelt', en: 'links' }
  const decided = Object.keys(data).map((field): FieldDecision => {
    return { field, release: 'weglaten', link: fields.get(field)?.identifier !== undefined, sentence }
  })
  const outcome = 'gedeeltelijk'
  return {
    submission: {
      recipient,
      purpose,
      legalBasis: 'wpg-bpg-4-2-comensha',
      kind: 'melding',
      dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], data }],
    },
    decision: {
      outcome,
      dataSubjects: [{ outcome, fields: decided, firedRules: [], prohibitions: [], nearestMisses: [] }],
      duties: [],
      policyHash: '',
      engineVersion: '',
      at: '',
    },
  }
}
