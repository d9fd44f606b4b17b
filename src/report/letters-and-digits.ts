import type { Span } from './folded-text.ts'

/** Letters and digits of a folded text without what is between them, so that a name is found whatever separates its parts. */
export interface LettersAndDigits {
  readonly letters: string
  /** Position in the folded text of each UTF-16 unit of `letters`. */
  readonly positions: readonly number[]
  /** For each unit, how many gaps before it are too wide for the inside of a name or number. */
  readonly wideGaps: readonly number[]
  /** For each unit, the first unit from it on that begins a word. */
  readonly wordStarts: readonly number[]
}

/** Most characters between two parts of one name, or two digits of one number. */
const MAX_GAP = 3
/** Most parts of a name that are searched for together; of a longer one the beginning is. */
export const MAX_PARTS = 12

/** The letters and digits of a text that is folded. */
export function readLettersAndDigits(folded: string): LettersAndDigits {
  let letters = ''
  const positions: number[] = []
  const wideGaps: number[] = []
  const starts: number[] = []
  let wide = 0
  for (const { 0: run, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const end = (positions.at(-1) ?? -1) + 1
    if (index - end > MAX_GAP && [...folded.slice(end, Math.min(index, end + 2 * MAX_GAP + 1))].length > MAX_GAP) wide++
    starts.push(positions.length)
    letters += run
    for (let unit = 0; unit < run.length; unit++) {
      positions.push(index + unit)
      wideGaps.push(wide)
    }
  }
  return { letters, positions, wideGaps, wordStarts: nextStarts(starts, positions.length) }
}

function nextStarts(starts: readonly number[], units: number): readonly number[] {
  const next: number[] = []
  for (const start of [...starts, units]) while (next.length <= start) next.push(start)
  return next
}

/** Something to search for: its letters and digits, and where others may stand between them. */
export interface Sought {
  readonly letters: string
  /** The parts of a name, at most {@link MAX_PARTS}; absent for a number, whose digits are grouped in any way. */
  readonly parts?: readonly string[]
  /** Whether it is a word: not a part of a longer one, apart from a genitive (`Fatimas moeder`). */
  readonly isWord: boolean
}

/** The ranges of the folded text that hold the parts in order, with at most three other characters between two of them. */
export function findParts(text: LettersAndDigits, { letters, parts, isWord }: Sought): Span[] {
  const spans: Span[] = []
  const { positions, wideGaps, wordStarts } = text
  for (let at = text.letters.indexOf(letters); at !== -1; at = text.letters.indexOf(letters, at)) {
    if (isWord && wordStarts[at] !== at) {
      at = wordStarts[at]!
      continue
    }
    const last = at + letters.length - 1
    const isWhole = positions[last]! - positions[at]! === last - at
    const isFound =
      isWhole || (wideGaps[last] === wideGaps[at] && (parts === undefined || breaksBetween(positions, at, parts)))
    const end = isFound ? (isWord ? endOfWord(text, last) : last) : undefined
    if (end !== undefined) spans.push({ start: positions[at]!, end: positions[end]! + 1 })
    at = end === undefined ? at + 1 : last + 1
  }
  return spans
}

function breaksBetween(positions: readonly number[], first: number, parts: readonly string[]): boolean {
  let at = first
  for (const { length } of parts) {
    if (positions[at + length - 1]! - positions[at]! !== length - 1) return false
    at += length
  }
  return true
}

/** The last unit of the word that ends at a unit; undefined when the word is longer. */
function endOfWord({ letters, wordStarts }: LettersAndDigits, last: number): number | undefined {
  const isEnd = (unit: number) => unit + 1 >= letters.length || wordStarts[unit + 1] === unit + 1
  if (isEnd(last)) return last
  return letters[last + 1] === 's' && isEnd(last + 1) ? last + 1 : undefined
}
