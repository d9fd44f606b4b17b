import { isUnknownValue } from '../../encoding/unknown-value.ts'
import type { IdentifierKind, IdentifierValue } from '../../model/identifier.ts'
import { canonicaliseAddress } from './address.ts'
import { canonicaliseEmail, canonicaliseTelephone } from './contact.ts'
import { canonicaliseCountry } from './country.ts'
import { canonicaliseDateOfBirth } from './date.ts'
import { canonicaliseAlias, canonicaliseFamilyName, canonicaliseName } from './names.ts'
import { canonicaliseBsn, canonicaliseDocumentNumber, canonicaliseIban, canonicaliseVNumber } from './numbers.ts'
import { type Canonicalisation, noEvidence, refused } from './outcome.ts'
import { canonicalisePlace } from './place.ts'
import { canonicaliseSex } from './sex.ts'

/**
 * The version of this folder (README.md) in which the canonical form of a kind last changed. Tokens of two versions never match,
 * so it must rise with any change that gives a value of that kind another form; making new tokens for stored people then needs
 * their identifiers again.
 */
export const FORM_VERSIONS: Readonly<Record<IdentifierKind, number>> = {
  bsn: 3,
  'v-nummer': 3,
  documentnummer: 3,
  iban: 3,
  telefoon: 3,
  email: 3,
  voornaam: 4,
  tussenvoegsel: 4,
  achternaam: 4,
  alias: 4,
  geboortedatum: 3,
  geboorteplaats: 4,
  nationaliteit: 3,
  geslacht: 3,
  adres: 4,
}

/** The version of the folder as a whole. */
export const CANONICALISATION_VERSION = Math.max(...Object.values(FORM_VERSIONS))

const CANONICALISERS: Readonly<Record<Exclude<IdentifierKind, 'adres'>, (value: string) => Canonicalisation>> = {
  bsn: canonicaliseBsn,
  'v-nummer': canonicaliseVNumber,
  documentnummer: canonicaliseDocumentNumber,
  iban: canonicaliseIban,
  telefoon: canonicaliseTelephone,
  email: canonicaliseEmail,
  voornaam: canonicaliseName,
  tussenvoegsel: canonicaliseName,
  achternaam: canonicaliseFamilyName,
  alias: canonicaliseAlias,
  geboortedatum: canonicaliseDateOfBirth,
  geboorteplaats: canonicalisePlace,
  nationaliteit: canonicaliseCountry,
  geslacht: canonicaliseSex,
}

/** In UTF-16 units: more than any identifier needs in any notation. The time to normalise grows faster than the text. */
const MAX_UNITS = 10_000

/**
 * One form for all notations of an identifier, whatever the spelling, spacing or Unicode normalisation. Idempotent (for `adres`, on
 * its members).
 *
 * @param value an object for `adres`, one name for `alias`, text for every other kind
 * @returns the canonical form, nothing for a valid value that is no evidence, or what is wrong and how to fix it, without the
 *   value
 */
export function canonicalise(kind: IdentifierKind, value: IdentifierValue): Canonicalisation {
  if (typeof value === 'string') {
    if (value.length > MAX_UNITS) return farTooLong
    if (kind === 'adres') return notAnAddress
    if (isUnknownValue(value)) return noEvidence
    const result = CANONICALISERS[kind](value)
    // In other letters or behind a particle it may be a word for unknown after all.
    return result.ok && result.canonical !== undefined && isUnknownValue(result.canonical) ? noEvidence : result
  }
  if (kind !== 'adres') return notText
  return Object.values(value).some((part) => part.length > MAX_UNITS) ? farTooLong : canonicaliseAddress(value)
}

const farTooLong = refused(
  'is veel te lang; geef alleen het kenmerk zelf',
  'is far too long; give nothing but the identifier',
)
const notAnAddress = refused(
  'is geen adres; geef straat, huisnummer, postcode, plaats en land apart',
  'is not an address; give street, house number, postal code, town and country apart',
)
const notText = refused(
  'is geen tekst; schrijf de waarde tussen aanhalingstekens',
  'is not text; write the value between quotation marks',
)
