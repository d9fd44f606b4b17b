import { type FoldedText, fold, type Span } from './folded-text.ts'
import { generaliseTelephone } from './generalise.ts'
import { findAll } from './identifier-patterns.ts'
import { findKnownDigits } from './number-runs.ts'

// Between the parts of a name: spaces, hyphens, apostrophes, or nothing.
const GAP = '[^\\p{L}\\p{N}]{0,3}'
// Scripts without spaces between words: a name occurs in the middle of a run of letters.
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u
const WORD_START = '(?<![\\p{L}\\p{N}])'
// A Dutch genitive is written as one word: "Fatimas moeder".
const WORD_END = 's?(?![\\p{L}\\p{N}])'

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

/**
 * The ranges of the original text that contain the digits of a known number, however they are grouped and whatever surrounds them. A
 * telephone number in E.164 is found by its last digits, so with and without country code, trunk zero and area code.
 */
export function findKnownNumbers(values: readonly string[], { folded, locate }: FoldedText): Span[] {
  const numbers = values.flatMap((value) => {
    const text = fold(value)
    const digits = text.replace(/[^\d]/g, '')
    if (!/^[+\d][\d\s.\-/()]*$/.test(text) || digits.length < LOCAL_DIGITS || DATE.test(value)) return []
    return generaliseTelephone('landnummer', value) === undefined ? [digits] : [digits.slice(-LOCAL_DIGITS)]
  })
  return findKnownDigits(folded, [...new Set(numbers)]).map(locate)
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** The ranges of the original text that contain one known value; none for a value that is too short to search for. */
export function findKnownValue(value: string, text: FoldedText): Span[] {
  const date = DATE.exec(value)
  return date ? findDate(date[1]!, Number(date[2]), Number(date[3]), text) : findName(value, text)
}

function findName(value: string, { original, folded, locate }: FoldedText): Span[] {
  const parts = fold(value).match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = parts.join('')
  if (letters.length < 2) return []
  // A number can be grouped in any way; a name only breaks between its parts.
  const isNumber = (letters.match(/\p{N}/gu)?.length ?? 0) >= 4
  const pieces = isNumber ? [...letters] : parts
  // A substring test is cheap, compiling a pattern is not, and most names do not occur in most texts.
  if (!pieces.every((piece) => folded.includes(piece))) return []
  const [start, end] = UNSPACED.test(letters) ? ['', ''] : [WORD_START, WORD_END]
  const spans = findAll(new RegExp(start + pieces.join(GAP) + end, 'gu'), folded).map(locate)
  // Two letters without a capital are usually an ordinary word.
  return /^[a-z]{2}$/.test(letters) ? spans.filter((span) => /\p{Lu}/u.test(original.charAt(span.start))) : spans
}

/** Dutch, English, American and ISO notations. A year on its own is not searched for: it identifies too little and occurs too often. */
function findDate(year: string, month: number, day: number, { folded, locate }: FoldedText): Span[] {
  const monthName = MONTHS[month - 1]
  if (monthName === undefined || !folded.includes(year.slice(2))) return []
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
  return findAll(new RegExp(`(?<!\\p{N})(?:${notations.join('|')})(?!\\p{N})`, 'gu'), folded).map(locate)
}

const pad = (part: number) => String(part).padStart(2, '0')
