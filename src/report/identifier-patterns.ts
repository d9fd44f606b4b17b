import { passesElevenTest } from '../encoding/eleven-test.ts'
import type { Span } from './folded-text.ts'
import { findLongNumbers } from './number-runs.ts'

// Separators that people write between the digits of one number.
const GAP = '[\\s._·•\\-/]{0,3}'

// Each pattern is a lookahead, so that a rejected match does not hide a number that starts inside it.
const NINE_DIGITS = new RegExp(`(?<!\\d)(?=(\\d(?:${GAP}\\d){8})(?!\\d))`, 'g')
const TEN_DIGITS = /(?<!\d)(?=(\d{10}|\d{1,4}([\s.-])\d{2,4}(?:\2\d{2,4}){1,3})(?!\d))/g
const IBAN_START = /(?<![a-z0-9])[a-z]{2}\d{2}(?=[ .-]?[a-z0-9])/g
const INTERNATIONAL_PHONE = /(?<![\d+])(?:\+|00)\s?[1-9](?:[\s()._·•\-/]{0,3}\d){6,13}(?!\d)/g
const NATIONAL_PHONE = /(?<!\d)\(?(?=(0[1-9](?:[\s()._·•\-/]{0,3}\d){8})(?!\d))/g
const AT = /@|\s?[([]at[)\]]\s?/g
const IN_EMAIL = /[^\s@<>()[\],;:"']/
const DOMAIN = /[^\s@<>()[\],;:"']{0,254}[a-z0-9]/y
const MAX_LOCAL_PART = 64
// A document number, of which at most two letters stand in front, and the national insurance number of the United Kingdom.
const DOCUMENT = /(?<![a-z0-9])(?=[a-z]{0,2}\d)(?=(?:[a-z]{0,6}\d){6})[a-z0-9]{7,20}(?![a-z0-9])/g
const NATIONAL_INSURANCE = /(?<![a-z0-9])[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d](?![a-z0-9])/g
const DATE =
  /(?<!\d[-/.]?)(?:(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d{2})|(?:(?:19|20)\d{2}([-/.])\d{1,2}\2\d{1,2}))(?![-/.]?\d)/g

/**
 * Identifiers recognisable by their form alone, in text that is already folded: BSN (eleven test), V-nummer (ten
 * digits), IBAN (ISO 13616, mod 97), telephone numbers, e-mail addresses, document numbers, and every other number that is as long as
 * that of a person. Prefers false positives to misses.
 */
export function findIdentifiers(folded: string): Span[] {
  // A date followed by a time has as many digits as a telephone number.
  const withoutDates = folded.replace(DATE, (date) => '_'.repeat(date.length))
  return [
    ...findAhead(NINE_DIGITS, withoutDates).filter((span) => passesElevenTest(digitsOf(withoutDates, span))),
    ...findAhead(TEN_DIGITS, withoutDates).filter((span) => digitsOf(withoutDates, span).length === 10),
    ...findIbans(folded),
    ...findAll(INTERNATIONAL_PHONE, withoutDates),
    ...findAhead(NATIONAL_PHONE, withoutDates),
    ...findEmails(folded),
    ...findAll(DOCUMENT, folded).filter((span) => /[a-z]/.test(folded.slice(span.start, span.end))),
    ...findAll(NATIONAL_INSURANCE, folded),
    ...findLongNumbers(folded),
  ]
}

/** Every match of a pattern. */
export function findAll(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ start: index, end: index + match.length }))
}

function findAhead(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: match, 1: ahead = '' }) => ({
    start: index,
    end: index + match.length + ahead.length,
  }))
}

/** Searched from the sign on: a pattern that begins with the local part would read it again from every character. */
function findEmails(folded: string): Span[] {
  return findAll(AT, folded).flatMap(({ start: at, end }) => {
    let start = at
    while (start > 0 && at - start < MAX_LOCAL_PART && IN_EMAIL.test(folded[start - 1]!)) start--
    DOMAIN.lastIndex = end
    const domain = start < at ? DOMAIN.exec(folded) : null
    return domain ? [{ start, end: end + domain[0].length }] : []
  })
}

const digitsOf = (text: string, { start, end }: Span) => text.slice(start, end).replace(/\D/g, '')

// The shortest IBAN in use has 15 characters, the longest possible 34 (ISO 13616-1).
const MIN_IBAN_LENGTH = 15
const MAX_IBAN_LENGTH = 34

function findIbans(folded: string): Span[] {
  return findAll(IBAN_START, folded).flatMap(({ start }) => {
    let iban = ''
    let longest = 0
    for (let at = start; at < folded.length && iban.length < MAX_IBAN_LENGTH; at++) {
      const char = folded[at]!
      if (/[ .-]/.test(char)) continue
      if (!/[a-z0-9]/.test(char)) break
      iban += char
      const isWordEnd = !/[a-z0-9]/.test(folded[at + 1] ?? ' ')
      if (isWordEnd && iban.length >= MIN_IBAN_LENGTH && passesMod97(iban)) longest = at + 1
    }
    return longest > 0 ? [{ start, end: longest }] : []
  })
}

/** ISO 7064 mod 97-10 with the first four characters moved to the end. */
function passesMod97(iban: string): boolean {
  let remainder = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
