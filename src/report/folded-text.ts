import { readDigit } from '../encoding/plain-text.ts'

/** A range `[start, end)` of a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Text made comparable: lower case without accents, with a mapping back to the original. */
export interface FoldedText {
  readonly original: string
  readonly folded: string
  /** The range of the original text that a range of `folded` came from, combining marks on its last letter included. */
  locate(span: Span): Span
}

// Letters that Unicode does not decompose and that people also write in plain Latin.
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
])

/** Some ligatures stand for a whole phrase of 18 letters, which is no name; a longer fold than this would only cost time. */
const MAX_FOLD = 8

/**
 * Folds case, accents, compatibility forms (full-width digits, non-breaking space), digits of every script, dashes and invisible
 * characters.
 */
export function foldText(text: string): FoldedText {
  let folded = ''
  const starts: number[] = []
  // Normalising is expensive, and a text has few different characters.
  const folds = new Map<string, string>()
  let at = 0
  for (const char of text) {
    const part = folds.get(char) ?? foldCharacter(char)
    folds.set(char, part)
    for (let i = 0; i < part.length; i++) starts.push(at)
    folded += part
    at += char.length
  }
  starts.push(text.length)
  return {
    original: text,
    folded,
    locate: ({ start, end }) => {
      const first = starts[start]!
      // A letter that folds to two has one position; a range that ends inside it takes the whole letter.
      let next = end
      while (next < folded.length && starts[next] === starts[end - 1]) next++
      return { start: first, end: starts[next]! }
    },
  }
}

/** `foldText` without the mapping back. */
export const fold = (text: string): string => foldText(text).folded

function foldCharacter(char: string): string {
  const code = char.charCodeAt(0)
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? char.toLowerCase() : char
  const plain = char
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/(?![0-9])\p{Nd}/gu, readDigit)
  if (plain.length > MAX_FOLD) return char
  return [...plain]
    .map((letter) => PLAIN_LETTERS.get(letter) ?? letter)
    .join('')
    .toLowerCase()
}
