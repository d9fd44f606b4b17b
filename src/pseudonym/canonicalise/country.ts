import countries from 'i18n-iso-countries'
import { readPlain } from '../../encoding/plain-text.ts'
import { accepted, type Canonicalisation, refused } from './outcome.ts'

const ALPHA_2_CODES: ReadonlySet<string> = new Set(Object.keys(countries.getAlpha2Codes()))

/** Country or nationality: an ISO 3166-1 alpha-2 code in capitals. ISO 3166 has no code for stateless persons: leave the field empty. */
export function canonicaliseCountry(value: string): Canonicalisation {
  // Letters are checked before their case changes: a dotless i, for one, becomes an ordinary I.
  const letters = readPlain(value)
  const code = /^[A-Za-z]{2}$/.test(letters) ? letters.toUpperCase() : ''
  if (!ALPHA_2_CODES.has(code)) {
    return refused(
      'is geen landcode; geef twee letters uit ISO 3166-1, zoals NL, of laat het veld weg',
      'is not a country code; give two letters from ISO 3166-1, such as NL, or leave the field out',
    )
  }
  return accepted(code)
}
