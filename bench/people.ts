import type { IdentifierValue } from '../src/model/identifier.ts'
import { type CanonicalIdentifiers, canonicaliseIdentifiers } from '../src/pseudonym/canonicalise/identifiers.ts'
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

/**
 * What match keys are derived from, without rules that withhold any of it.
 * @throws Error for a record with an identifier that fails its check
 */
export function identifiersOf(record: GeneratedRecord): CanonicalIdentifiers {
  const identifiers = Object.fromEntries(
    Object.entries(dataOf(record)).map(([field, value]) => [
      FIELDS_BY_KIND[field as keyof typeof FIELDS_BY_KIND] ?? field,
      Array.isArray(value) ? value : [value as IdentifierValue],
    ]),
  )
  const { canonical, faults } = canonicaliseIdentifiers(identifiers)
  if (faults.length > 0) throw new Error(`the identifiers of ${record.record} do not fit`)
  return canonical
}
