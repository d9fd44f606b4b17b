import type { Span } from './folded-text.ts'

/** One word in Latin letters, lower case, as identifiers are compared; empty for a word without letters. */
export type Romanise = (word: string) => string

/** A word is a run of letters; in scripts without spaces every character is one. */
const WORD = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]|[\p{L}\p{M}\p{Default_Ignorable_Code_Point}]+/gu
/** As many words as a name has in a text that separates what the name joins. */
const MAX_WORDS = 6
/** Words of one name are this near to each other. */
const MAX_GAP = 3
/** Shorter names would be found in half of the words. */
const MIN_LETTERS = 3

/** Longer than a name as it is sent; a longer run of letters is not read. */
const MAX_WORD_UNITS = 400

/**
 * Finds known names in any script: equal in Latin letters, whole words, with or without spaces between their parts.
 *
 * @param names as they were submitted
 * @returns the ranges of a text that are one of the names
 */
export function createNameFinder(names: readonly string[], romanise: Romanise): (text: string) => readonly Span[] {
  const read = createReader(romanise)
  const known = new Set(
    names.map((name) => (name.match(WORD) ?? []).map(read).join('')).filter(({ length }) => length >= MIN_LETTERS),
  )
  const longest = Math.max(0, ...[...known].map(({ length }) => length))
  return (text) => (known.size === 0 ? [] : findNames(text, known, longest, read))
}

function findNames(text: string, known: ReadonlySet<string>, longest: number, read: Romanise): Span[] {
  const words = [...text.matchAll(WORD)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    letters: word.length > MAX_WORD_UNITS ? undefined : read(word),
  }))
  return words.flatMap(({ start }, first) => {
    let letters = ''
    let found: Span[] = []
    for (let last = first; last < Math.min(first + MAX_WORDS, words.length); last++) {
      const word = words[last]!
      if (word.letters === undefined || (last > first && word.start - words[last - 1]!.end > MAX_GAP)) break
      letters += word.letters
      if (letters.length > longest + 1) break
      // A Dutch genitive is written as one word.
      if (known.has(letters) || (/.s$/.test(word.letters) && known.has(letters.slice(0, -1))))
        found = [{ start, end: word.end }]
    }
    return found
  })
}

function createReader(romanise: Romanise): Romanise {
  const read = new Map<string, string>()
  return (word) => {
    if (/^[A-Za-z]+$/.test(word)) return word.toLowerCase()
    const known = read.get(word) ?? romanise(word)
    read.set(word, known)
    return known
  }
}
