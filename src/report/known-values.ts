import { type FoldedText, fold, type Span } from './folded-text.ts'
import { generaliseTelephone } from './generalise.ts'
import { findAll } from './identifier-patterns.ts'
import { findParts, type LettersAndDigits, MAX_PARTS, type Sought } from './letters-and-digits.ts'
import { findKnownDigits } from './number-runs.ts'

// Between the parts of a date: spaces, hyphens, apostrophes, or nothing.
const GAP = '[^\\p{L}\\p{N}]{0,3}'
// Scripts without spaces between words: a name occurs in the middle of a run of letters.
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u

const MONTHS = [
  'jan(?:uari|uary)?',
  'feb(?:ruari|ruary)?',
  'maart|mrt|mar(?:ch)?',
  'apr(?:il)?',
  'mei|may',
  'jun[ie]?',
  'jul[iy]?',
  'aug(?:ustus|ust)?',
  'sept?(?:ember)?',
  'okt(?:ober)?|oct(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?',
] as const

/** A number without its area code, which people in one place leave out. */
const LOCAL_DIGITS = 7

/** Ranges of a text that contain what is known. */
export type Finder = (text: FoldedText, letters: LettersAndDigits) => readonly Span[]

/**
 * Finds the digits of known numbers, however they are grouped and whatever surrounds them. A telephone number in E.164 is found by its
 * last digits, so with and without country code, trunk zero and area code.
 */
export function createNumberFinder(values: readonly string[]): Finder {
  const numbers = new Set(
    values.flatMap((value) => {
      const text = fold(value)
      const digits = text.replace(/[^\d]/g, '')
      if (!/^[+\d][\d\s.\-/()]*$/.test(text) || digits.length < LOCAL_DIGITS || DATE.test(value)) return []
      return generaliseTelephone('landnummer', value) === undefined ? [digits] : [digits.slice(-LOCAL_DIGITS)]
    }),
  )
  return ({ folded, locate }) => findKnownDigits(folded, [...numbers]).map(locate)
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Finds one known value; nothing for a value that is too short to search for. */
export function createValueFinder(value: string): Finder {
  const date = DATE.exec(value)
  return date ? createDateFinder(date[1]!, Number(date[2]), Number(date[3])) : createNameFinder(value)
}

function createNameFinder(value: string): Finder {
  const words = fold(value).match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = words.join('')
  if (letters.length < 2) return () => []
  // A number can be grouped in any way; a name only breaks between its parts.
  const isNumber = (letters.match(/\p{N}/gu)?.length ?? 0) >= 4
  const parts = words.slice(0, MAX_PARTS)
  const isWord = !UNSPACED.test(letters)
  const sought: Sought = isNumber ? { letters, isWord } : { letters: parts.join(''), parts, isWord }
  // Two letters without a capital are usually an ordinary word.
  const needsCapital = /^[a-z]{2}$/.test(letters)
  return ({ original, locate }, text) => {
    const spans = findParts(text, sought).map(locate)
    return needsCapital ? spans.filter(({ start }) => /\p{Lu}/u.test(original.charAt(start))) : spans
  }
}

/** Dutch, English, American and ISO notations. A year on its own is not searched for: it identifies too little and occurs too often. */
function createDateFinder(year: string, month: number, day: number): Finder {
  const monthName = MONTHS[month - 1]
  if (monthName === undefined) return () => []
  const y = `(?:${year}|['’]?${year.slice(2)})`
  const m = `0?${month}`
  const name = `(?:${monthName})\\.?`
  const separator = '\\s?[-/.\\s]\\s?'
  const notations =
    day === 0
      ? [`${m}${separator}${year}`, `${year}${separator}${m}`, `${name}\\s*${y}`]
      : [
          `0?${day}${separator}${m}${separator}${y}`,
          `${m}${separator}0?${day}${separator}${y}`,
          `${year}${separator}${m}${separator}0?${day}`,
          `0?${day}(?:e|de|ste|st|nd|rd|th)?${GAP}(?:of\\s)?${name}${GAP}${y}`,
          `${name}${GAP}0?${day}(?:st|nd|rd|th)?${GAP}${y}`,
          year + pad(month) + pad(day),
          pad(day) + pad(month) + year,
        ]
  const pattern = new RegExp(`(?<!\\p{N})(?:${notations.join('|')})(?!\\p{N})`, 'gu')
  // A substring test is cheap, and most dates do not occur in most texts.
  return ({ folded, locate }) => (folded.includes(year.slice(2)) ? findAll(pattern, folded).map(locate) : [])
}

const pad = (part: number) => String(part).padStart(2, '0')
