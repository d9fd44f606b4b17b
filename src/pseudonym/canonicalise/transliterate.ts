import anyAscii from 'any-ascii'
import { readInOneScript } from './mixed-scripts.ts'
import { spellByPlace } from './spell-by-place.ts'

/**
 * Letters that differ from any-ascii: the letters of Arabic, Hebrew, Syriac, Burmese, Lao and Ethiopic that carry the vowel a
 * name starts with and would vanish; alef maksura, which is how Egypt writes a final yeh; the long vowel of kana; eng, which is n
 * in a machine-readable zone (ICAO Doc 9303-3 §6.A). Three Arabic letters are written so that they differ from the letters that
 * Latin also has: jeem, which is never the first letter of Jan; cheh, which is never the ch of Bach; dad, which is d in Arabic and z
 * in Persian, Turkish and Urdu.
 */
const OWN_FORMS: ReadonlyMap<string, string> = new Map([
  ...[...'اٱعאעܐܥအອ'].map((letter) => [letter, 'a'] as const),
  ...[...'እዕ'].map((letter) => [letter, 'e'] as const),
  ['ى', 'y'],
  ['ج', 'dj'],
  ['چ', 'tch'],
  ['ض', 'dh'],
  ['ー', ''],
  ['ŋ', 'n'],
])

const SYLLABLE = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]$/u

/**
 * One word in the letters a to z and the digits 0 to 9, whatever its script: a letter has one Latin form in every language that
 * writes it. Silent characters (soft signs, glottal stops, hyphens between syllables) are dropped. A word of one Han, Hangul or kana
 * character is a name and not an initial, so a Latin form of one letter gets an h. A letter without a Latin form, such as a
 * rare Han character, is unchanged.
 *
 * @param word in lower case, without optional marks
 * @returns nothing for a word of silent letters
 * @see https://anyascii.com
 */
export function transliterate(word: string): string {
  const latin = [...spellByPlace(readInOneScript(word))].map(transliterateCharacter).join('')
  return latin.length === 1 && SYLLABLE.test(word) ? `${latin}h` : latin
}

function transliterateCharacter(character: string): string {
  const own = OWN_FORMS.get(character)
  if (own !== undefined) return own
  const form = anyAscii(character).toLowerCase()
  if (/\p{N}/u.test(character)) return form.replace(/[^0-9]/g, '')
  return form === '' && /\p{L}/u.test(character) ? character : form.replace(/[^a-z]/g, '')
}
