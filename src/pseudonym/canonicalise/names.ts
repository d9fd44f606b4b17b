import { removeInvisible } from './invisible.ts'
import { transliterateLatin } from './latin.ts'
import { accepted, type Canonicalisation, type Refusal, refused } from './outcome.ts'
import { withoutLeadingParticles } from './particles.ts'

/** As long as the BRP allows (Logisch Ontwerp BRP, elements 02.10 and 02.40), counted in composed characters. */
const MAX_CHARACTERS = 200
const MAX_PARTS = 60

/**
 * Given names or a tussenvoegsel: lower-case parts with one space between. Punctuation and spaces separate parts; case, marks
 * on letters, presentation forms and invisible characters make no difference; Latin letters become a to z. Letters of other
 * scripts stay what they are. Digits, symbols, emoji and control characters belong to no name: a field that holds them is
 * more likely filled with something else, such as a number that must not pass for a name.
 *
 * @see Unicode Standard Annex #15 (normalisation forms)
 */
export function canonicaliseName(value: string): Canonicalisation {
  const result = parseName(value)
  return result.ok ? accepted(result.parts.join(' ')) : result
}

/**
 * A family name, as `canonicaliseName`, without the particles in front: `van der Wiel` here is the same as `Wiel` here and
 * `van der` as tussenvoegsel. A name of nothing but particles stays whole.
 */
export function canonicaliseFamilyName(value: string): Canonicalisation {
  const result = parseName(value)
  return result.ok ? accepted(withoutLeadingParticles(result.parts).join(' ')) : result
}

type ParsedName = { readonly ok: true; readonly parts: readonly string[] } | Refusal

function parseName(value: string): ParsedName {
  // Looked for first: NFKC would turn some of them into letters.
  if (/\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u.test(value)) return foreignCharacter
  const composed = removeInvisible(value.normalize('NFC'))
    // NFKC would make a space and a mark of the acute accent that is typed as an apostrophe.
    .replaceAll('\u00b4', "'")
    .normalize('NFKC')
  if (!/^[\p{L}\p{M}\p{P}\p{Zs}`]*$/u.test(composed)) return foreignCharacter
  if ([...composed].length > MAX_CHARACTERS) return tooLong

  const parts = transliterateLatin(removeMarks(composed.replace(SILENT, '')).toLowerCase().replaceAll('ς', 'σ'))
    .split(SEPARATORS)
    .filter((part) => part !== '')
  if (parts.length > MAX_PARTS) return tooLong
  return parts.some((part) => /\p{L}/u.test(part)) ? { ok: true, parts } : withoutLetters
}

// Scripts in which marks are optional or a matter of spelling. In others a mark can be the vowel, as in Devanagari, or make
// another letter, as in kana: those keep theirs.
const OPTIONAL_MARKS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu
const MARKS_WITHOUT_LETTER = /(?<![\p{L}\p{M}])\p{M}+/gu

const removeMarks = (text: string): string =>
  text.normalize('NFD').replace(OPTIONAL_MARKS, '$1').replace(MARKS_WITHOUT_LETTER, '').normalize('NFC')

// Written within one word: the Arabic letter stretcher, the half rings for hamza and ayn, and the point of a Catalan double l.
const SILENT = /[\u0640\u02be\u02bf]|(?<=l)\u00b7/giu
// Everything else that is no letter or mark, with the letter-like apostrophes.
const SEPARATORS = /[\p{P}\p{Zs}`\u02b9-\u02bd]+/u

const foreignCharacter = refused(
  'bevat een teken dat niet in een naam hoort; gebruik letters, spaties en leestekens',
  'holds a character that belongs to no name; use letters, spaces and punctuation',
)
const tooLong = refused(
  'is te lang; geef hoogstens 200 tekens en 60 delen',
  'is too long; give at most 200 characters and 60 parts',
)
const withoutLetters = refused(
  'bevat geen letters; laat het veld weg als de naam onbekend is',
  'holds no letters; leave the field out when the name is unknown',
)
