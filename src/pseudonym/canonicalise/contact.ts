import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { normalise, readPlain, removeInvisible } from '../../encoding/plain-text.ts'
import { isUnknownValue } from '../../encoding/unknown-value.ts'
import { accepted, type Canonicalisation, noEvidence, refused } from './outcome.ts'

/**
 * Telephone number as E.164: `+`, country code and number, 8 to 15 digits. A number without a country code is Dutch; two zeros
 * stand for the plus sign; a trunk zero behind a country code (`+31 (0)6 …`) and an extension are dropped. The length must be
 * possible in its country, and a Dutch number must fit the Dutch numbering plan; a new range abroad is accepted.
 *
 * @see ITU-T E.164 §6
 */
export function canonicaliseTelephone(value: string): Canonicalisation {
  const text = readPlain(value)
    // `(+31) 6 …`: the library knows brackets around every group but the first.
    .replace(/^\( ?(\+|00) ?(\d{1,3}) ?\)/, '$1$2 ')
    .replace(/[_·•]/g, ' ')
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'NL', extract: false })
  const isFitting = number?.countryCallingCode === '31' ? number.isValid() : number?.isPossible()
  if (number === undefined || !isFitting || !/^\+[1-9]\d{7,14}$/.test(number.number)) {
    return refused(
      'is geen telefoonnummer; begin met + en het landnummer, of met 0 voor een Nederlands nummer, en geef alle cijfers',
      'is not a telephone number; begin with + and the country code, or with 0 for a Dutch number, and give all digits',
    )
  }
  return accepted(number.number)
}

// A local part, an @ sign and a domain with a dot; no white space, control characters, brackets, quotes or lists.
const EMAIL_SHAPE =
  /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@(?:[^\s\p{C}\p{P}]+(?:-+[^\s\p{C}\p{P}]+)*\.)+[^\s\p{C}\p{P}]{2,}$/u
const EMAIL_MAX_CHARACTERS = 254

/**
 * E-mail address: NFKC, trimmed, lower case. The shape is checked, not whether it can receive; upper case in the local part
 * carries no meaning with any provider that matters here.
 *
 * @see RFC 5321 §4.5.3.1 (lengths)
 */
export function canonicaliseEmail(value: string): Canonicalisation {
  const address = normalise(normalise(removeInvisible(value), 'NFKC').trim().toLowerCase(), 'NFKC')
  if (address.length > EMAIL_MAX_CHARACTERS || !EMAIL_SHAPE.test(address)) {
    return refused('is geen e-mailadres; schrijf naam@domein', 'is not an e-mail address; write name@domain')
  }
  return isUnknownValue(address.slice(0, address.indexOf('@'))) ? noEvidence : accepted(address)
}
