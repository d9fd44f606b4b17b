import { removeInvisible } from './invisible.ts'
import { accepted, type Canonicalisation, refused } from './outcome.ts'

/**
 * Telephone number as E.164: `+`, country code and number, 8 to 15 digits. A number that starts with one zero is Dutch;
 * two zeros stand for the plus sign; a trunk zero behind a country code (`+31 (0)6 …`) is dropped.
 *
 * @see ITU-T E.164 §6
 */
export function canonicaliseTelephone(value: string): Canonicalisation {
  const compact = removeInvisible(value)
    .normalize('NFKC')
    .replace(/^\s*(\+|00)\s*([1-9]\d{0,2})\s*\(0\)/, '$1$2')
    .replace(/[ .()/\p{Pd}]/gu, '')
  const international = compact
    .replace(/^00/, '+')
    .replace(/^0(?=[1-9])/, '+31')
    .replace(/^\+310/, '+31')
  if (!/^\+[1-9]\d{7,14}$/.test(international)) {
    return refused(
      'is geen telefoonnummer; begin met + en het landnummer, of met 0 voor een Nederlands nummer, en geef 8 tot 15 cijfers',
      'is not a telephone number; begin with + and the country code, or with 0 for a Dutch number, and give 8 to 15 digits',
    )
  }
  return accepted(international)
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
  const address = removeInvisible(value).normalize('NFKC').trim().toLowerCase().normalize('NFKC')
  if (address.length > EMAIL_MAX_CHARACTERS || !EMAIL_SHAPE.test(address)) {
    return refused('is geen e-mailadres; schrijf naam@domein', 'is not an e-mail address; write name@domain')
  }
  return accepted(address)
}
