/**
 * Removes invisible characters: zero-width characters, direction marks, soft hyphens, variation selectors, fillers.
 * Two values that look the same must not differ by one of these.
 *
 * @see Unicode Standard Annex #44, `Default_Ignorable_Code_Point`
 */
export const removeInvisible = (text: string): string => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')

/**
 * A Unicode normalisation form in linear time. Marks are sorted by class, so that a text of marks alone would take quadratic time;
 * after thirty in a row, which no language writes, an invisible character ends the row.
 *
 * @see Unicode Standard Annex #15, Stream-Safe Text Format
 */
export const normalise = (text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string =>
  text.replace(MANY_MARKS, '$&\u034f').normalize(form)

const MANY_MARKS = /\p{M}{30}(?=\p{M})/gu

/**
 * What a text of numbers, dates and signs says, however it was typed: without invisible characters and white space around it, with
 * compatibility forms as the ordinary characters (NFKC), digits of every script as 0 to 9, every dash as `-` and every
 * space as a space. Every place that reads such a value reads it in this form.
 *
 * @see Unicode Standard Annex #15 (normalisation forms)
 */
export const readPlain = (text: string): string =>
  normalise(removeInvisible(text), 'NFKC')
    .replace(FOREIGN_DIGIT, readDigit)
    .replace(DASH, '-')
    .replace(/\s/gu, ' ')
    .trim()

const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu
/** Dashes, and the minus sign. */
const DASH = /[\p{Pd}\u2212]/gu
const DIGIT = /^\p{Nd}$/u

/** The value of a decimal digit of any script, `0` to `9`. Every script has its ten digits in one row, zero first. */
export function readDigit(digit: string): string {
  const code = digit.codePointAt(0)!
  let before = 0
  // The longest row holds the five mathematical sets of ten.
  while (before < 50 && DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1
  return String(before % 10)
}
