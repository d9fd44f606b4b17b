import { lowestBit } from './bits.ts'
import type { PolicyIndex } from './compile.ts'
import type { Evaluation } from './evaluation.ts'
import type { NarrowingIndex } from './narrowing-index.ts'
import { REFUSED } from './ranks.ts'

/** Finds the strictest bar over each requested field. */
export function matchBars({ narrowings }: PolicyIndex, evaluation: Evaluation): void {
  const { bucket, fields } = evaluation
  const { barRank, barRule } = evaluation.found
  if (bucket.words.length === 0) return
  const { covers, bars } = narrowings
  const open: number[] = []
  for (let position = 0; position < fields.length; position++) {
    const field = fields[position]!
    if (field >= 0 && covers[field] !== undefined) open.push(position)
  }
  for (let index = 0; index < bucket.words.length && open.length > 0; index++) {
    const word = bucket.words[index]!
    let unlifted = unliftedBars(narrowings, evaluation, index)
    for (let at = open.length - 1; unlifted !== 0 && at >= 0; at--) {
      const position = open[at]!
      const cover = covers[fields[position]!]![word]!
      for (let over = unlifted & cover; over !== 0; over &= over - 1) {
        const bar = (word << 5) + lowestBit(over)
        if (isExcepted(narrowings, bar, evaluation)) {
          unlifted &= ~(over & -over)
          continue
        }
        barRank[position] = bars.rank[bar]!
        barRule[position] = bars.narrowing[bar]!
        open[at] = open[open.length - 1]!
        open.pop()
        break
      }
    }
  }
}

/** Bars in the bucket's word at `index` that no single known fact lifts. */
function unliftedBars({ scopes }: NarrowingIndex, { bucket, lifting }: Evaluation, index: number): number {
  const word = bucket.words[index]!
  let unlifted = scopes.wordCount === 0 ? 0 : bucket.bars[index]!
  for (let at = 0; at < lifting.length; at++) unlifted &= ~lifting[at]![word]!
  return unlifted
}

function isExcepted(narrowings: NarrowingIndex, bar: number, { known, point }: Evaluation): boolean {
  if ((narrowings.hasExceptions[bar >>> 5]! & (1 << (bar & 31))) === 0) return false
  return narrowings.exceptions[bar]!.some(
    ({ facts, limits }) =>
      facts.every((fact) => known.marks[fact] !== 0) &&
      limits.every((ids, dimension) => ids === undefined || ids.has(point[dimension]!)),
  )
}

/** The numbers of the bars that apply: nothing lifts them, and they cover a requested field or no field at all. */
export function applyingBars({ narrowings }: PolicyIndex, evaluation: Evaluation, among?: Uint32Array): number[] {
  const { bucket, fields } = evaluation
  const found: number[] = []
  for (let index = 0; index < bucket.words.length; index++) {
    const word = bucket.words[index]!
    if (among !== undefined && (among[word]! & bucket.bars[index]!) === 0) continue
    let over = narrowings.bare[word]!
    for (const field of fields) if (field >= 0) over |= narrowings.covers[field]?.[word] ?? 0
    over &= unliftedBars(narrowings, evaluation, index) & (among?.[word] ?? -1)
    for (; over !== 0; over &= over - 1) {
      const bar = (word << 5) + lowestBit(over)
      if (!isExcepted(narrowings, bar, evaluation)) found.push(bar)
    }
  }
  return found
}

/** Whether a prohibition that refuses applies and everything that it asks is known; its exceptions can be unknown. */
export function refusesForCertain(index: PolicyIndex, evaluation: Evaluation): boolean {
  const { facts, narrowings, narrowingRules } = index
  const { marks } = evaluation.known
  return applyingBars(index, evaluation).some((bar) => {
    const { when, whenNot } = narrowingRules[narrowings.bars.narrowing[bar]!]!
    return (
      narrowings.bars.rank[bar] === REFUSED &&
      when.every((word) => marks[facts.circumstances.get(word)!.isTrue] !== 0) &&
      whenNot.every((word) => marks[facts.circumstances.get(word)!.isFalse] !== 0)
    )
  })
}

/** The prohibitions and safeguards of bars, in the order of the set. */
export function narrowingsOf({ narrowings }: PolicyIndex, bars: readonly number[]): number[] {
  return [...new Set(bars.map((bar) => narrowings.bars.narrowing[bar]!))].sort((a, b) => a - b)
}
