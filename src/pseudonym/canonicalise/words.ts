import { normalise, removeInvisible } from '../../encoding/plain-text.ts'
import { transliterate } from './transliterate.ts'

/** As long as the BRP allows for a name (Logisch Ontwerp BRP, elements 02.10 and 02.40), counted in composed characters. */
const MAX_CHARACTERS = 200
/** In UTF-16 units, composed, before invisible characters are removed. */
const MAX_UNITS = 2000

/** Characters allowed besides letters, marks, punctuation and spaces. */
export interface TextRules {
  /** Digits and symbols, as in the name of a street. */
  readonly hasDigits?: boolean
  /** The Arabic article, which is written as part of the next word, becomes a word of its own. */
  readonly hasArticles?: boolean
}

export type Words =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly reason: 'foreign-character' | 'too-long' }

/**
 * The words of a text in Latin letters, lower case: punctuation and spaces separate words; case, marks on letters, presentation
 * forms and invisible characters make no difference; a word in two scripts is read in one; letters of every script become a
 * to z. None when there is no letter or digit in it.
 *
 * @see Unicode Standard Annex #15 (normalisation forms)
 */
export function splitWords(value: string, { hasDigits = false, hasArticles = false }: TextRules = {}): Words {
  const typed = normalise(value, 'NFC')
  if (typed.length > MAX_UNITS) return { ok: false, reason: 'too-long' }
  // Checked first: NFKC would turn some of them into letters.
  if (EMOJI.test(typed)) return { ok: false, reason: 'foreign-character' }
  // NFKC would split the acute accent that is typed as an apostrophe into a space and a mark.
  const composed = normalise(removeInvisible(typed).replaceAll('\u00b4', "'"), 'NFKC')
  if (!(hasDigits ? TEXT : LETTERS_ONLY).test(composed)) return { ok: false, reason: 'foreign-character' }
  if ([...composed].length > MAX_CHARACTERS) return { ok: false, reason: 'too-long' }

  const visible = composed.replace(SILENT, '')
  const words = removeMarks(hasArticles ? visible.replace(ARABIC_ARTICLE, '$& ') : visible)
    .toLowerCase()
    .split(SEPARATORS)
    .map(transliterate)
    .filter((word) => word !== '')
  return { ok: true, words }
}

/** One word of any text as `splitWords` writes it, without checks; empty for a word without letters. */
export const romaniseWord = (word: string): string =>
  transliterate(
    removeMarks(normalise(removeInvisible(normalise(word, 'NFC')), 'NFKC').replace(SILENT, '')).toLowerCase(),
  )

const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u
const LETTERS_ONLY = /^[\p{L}\p{M}\p{P}\p{Zs}`]*$/u
const TEXT = /^[\p{L}\p{M}\p{P}\p{Zs}\p{N}\p{S}]*$/u

// Scripts in which marks are optional or a matter of spelling. In others a mark can be the vowel, as in Devanagari, or make
// another letter, as in kana: those keep theirs.
const OPTIONAL_MARKS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu
const MARKS_WITHOUT_LETTER = /(?<![\p{L}\p{M}])\p{M}+/gu

const removeMarks = (text: string): string =>
  normalise(text.replace(VOWEL_SEATS, 'ا'), 'NFD')
    .replace(OPTIONAL_MARKS, '$1')
    .replace(MARKS_WITHOUT_LETTER, '')
    .normalize('NFC')

// The hamza makes a vowel of these letters: of waw everywhere, of yeh at the start of a word (Kurdish). Without it they are consonants.
const VOWEL_SEATS = /ؤ|(?<!\p{L})ئ/gu

// Written within one word: the Arabic letter stretcher, the half rings for hamza and ayn, the point of a Catalan double l, and an
// apostrophe for a soft sign, hamza or ayn. Next to one letter it separates, as in O'Brien, d'Arc and van't Hof.
const SILENT =
  /[\u0640\u02be\u02bf]|(?<=l)\u00b7|(?<=\p{L}\p{M}*\p{L}\p{M}*|\p{Script=Cyrillic})['’‘`ʼʻʹ](?=\p{L}{2})/giu
// Everything else that is no letter, mark or digit, with the letter-like apostrophes.
const SEPARATORS = /[\p{P}\p{Zs}\p{S}\u02b9-\u02bd]+/u
// Without a hamza, which would make it the first letter of Ilyas or Ilham, and with at least three letters behind it, so that the name of
// God stays whole.
const ARABIC_ARTICLE = /(?<![\p{L}\p{M}])[اٱ]\p{M}*ل\p{M}*(?=(?:\p{Script=Arabic}\p{M}*){3})/gu
