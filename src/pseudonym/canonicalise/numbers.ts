import { ValidationErrorsIBAN, validateIBAN } from 'ibantools'
import { passesElevenTest } from '../../encoding/eleven-test.ts'
import { readPlain } from '../../encoding/plain-text.ts'
import { accepted, type Canonicalisation, noEvidence, refused } from './outcome.ts'

/** What people and machine-readable zones write between and behind the characters of a number. */
const SEPARATORS = /[ ./<-]/g
/** One digit and nothing else, as systems fill in for a number that they do not know. */
const ONE_DIGIT = /^(\d)\1*$/

/**
 * Burgerservicenummer: nine digits that pass the eleven test. Separators are dropped and eight digits get the leading
 * zero that spreadsheets lose.
 *
 * @see Wabb art. 1 onder b; Logisch Ontwerp BRP, element 01.20
 */
export function canonicaliseBsn(value: string): Canonicalisation {
  const digits = readPlain(value).replace(SEPARATORS, '')
  if (ONE_DIGIT.test(digits) && digits.length === 9) return noEvidence
  if (!/^\d{8,9}$/.test(digits)) {
    return refused(
      'is geen burgerservicenummer; geef negen cijfers',
      'is not a citizen service number; give nine digits',
    )
  }
  const bsn = digits.padStart(9, '0')
  if (!passesElevenTest(bsn)) {
    return refused(
      'voldoet niet aan de elfproef; controleer de cijfers bij de bron',
      'fails the eleven test; check the digits at their source',
    )
  }
  return accepted(bsn)
}

/**
 * V-nummer, the number of an alien in the administration of the aliens chain: ten digits. Nothing else can be checked:
 * no check digit or structure is published, so a mistyped V-nummer is *not* caught here and may be another
 * person's. One digit ten times stands for "none" in source systems and is no evidence.
 *
 * @see Vw 2000 art. 107 lid 3
 */
export function canonicaliseVNumber(value: string): Canonicalisation {
  const digits = readPlain(value).replace(SEPARATORS, '')
  if (!/^\d{10}$/.test(digits)) {
    return refused('is geen V-nummer; geef tien cijfers', 'is not an alien number; give ten digits')
  }
  return ONE_DIGIT.test(digits) ? noEvidence : accepted(digits)
}

/**
 * Number of a travel or identity document: six to twenty letters and digits, upper case, without spaces, dots, hyphens,
 * slashes and the filler of machine-readable zones. At least one digit other than zero, so that a word such as "unknown"
 * cannot tie people together. Such a number is unique within its issuing state and document type only.
 *
 * @see ICAO Doc 9303-3 (the machine-readable zone and its filler)
 */
export function canonicaliseDocumentNumber(value: string): Canonicalisation {
  const text = readPlain(value).replace(SEPARATORS, '')
  // Letters are checked before their case changes: a dotless i, for one, becomes an ordinary I.
  if (!/^[A-Za-z0-9]{6,20}$/.test(text) || !/[1-9]/.test(text)) {
    return refused(
      'is geen documentnummer; geef zes tot twintig letters en cijfers zoals op het document',
      'is not a document number; give six to twenty letters and digits as on the document',
    )
  }
  return ONE_DIGIT.test(text) ? noEvidence : accepted(text.toUpperCase())
}

/**
 * International bank account number: capitals and digits without spaces, dots and hyphens, whose length and form fit its country
 * and whose check digits fit the rest.
 *
 * @see ISO 13616-1; ISO 7064 (mod 97-10)
 */
export function canonicaliseIban(value: string): Canonicalisation {
  const text = readPlain(value).replace(SEPARATORS, '')
  // Letters are checked before their case changes: a dotless i, for one, becomes an ordinary I.
  const iban = /^[A-Za-z0-9]{5,34}$/.test(text) ? text.toUpperCase() : ''
  const { valid, errorCodes } = validateIBAN(iban)
  if (valid) return accepted(iban)
  return errorCodes.every((code) => CHECK_DIGIT_ERRORS.includes(code)) ? wrongCheckDigits : notAnIban
}

const CHECK_DIGIT_ERRORS: readonly ValidationErrorsIBAN[] = [
  ValidationErrorsIBAN.WrongIBANChecksum,
  ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
]
const wrongCheckDigits = refused(
  'heeft controlecijfers die niet kloppen; controleer het nummer bij de bron',
  'has check digits that do not fit; check the number at its source',
)
const notAnIban = refused(
  'is geen IBAN; geef de landcode, twee controlecijfers en het hele rekeningnummer',
  'is not an IBAN; give the country code, two check digits and the whole account number',
)
