import { lowestBit } from './bits.ts'
import type { PolicyIndex } from './compile.ts'
import type { NarrowingIndex } from './narrowing-index.ts'
import type { Weighing } from './weigh.ts'

/** Finds the strictest bar over each field that was asked for. */
export function weighBars({ narrowings }: PolicyIndex, weighing: Weighing): void {
  const { bucket, fields } = weighing
  const { barRank, barRule } = weighing.found
  if (bucket.words.length === 0) return
  const { covers, bars } = narrowings
  const open: number[] = []
  for (let position = 0; position < fields.length; position++) {
    const field = fields[position]!
    if (field >= 0 && covers[field] !== undefined) open.push(position)
  }
  for (let index = 0; index < bucket.words.length && open.length > 0; index++) {
    const word = bucket.words[index]!
    let standing = standingBars(narrowings, weighing, index)
    for (let at = open.length - 1; standing !== 0 && at >= 0; at--) {
      const position = open[at]!
      const cover = covers[fields[position]!]![word]!
      for (let over = standing & cover; over !== 0; over &= over - 1) {
        const bar = (word << 5) + lowestBit(over)
        if (isExcepted(narrowings, bar, weighing)) {
          standing &= ~(over & -over)
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

/** Bars of the bucket's word at `index` that no single fact lifts. */
function standingBars({ scopes }: NarrowingIndex, { bucket, lifting }: Weighing, index: number): number {
  const word = bucket.words[index]!
  let standing = scopes.wordCount === 0 ? 0 : bucket.bars[index]!
  for (let at = 0; at < lifting.length; at++) standing &= ~lifting[at]![word]!
  return standing
}

function isExcepted(narrowings: NarrowingIndex, bar: number, { known, place }: Weighing): boolean {
  if ((narrowings.hasExceptions[bar >>> 5]! & (1 << (bar & 31))) === 0) return false
  return narrowings.exceptions[bar]!.some(
    ({ facts, places }) =>
      facts.every((fact) => known.marks[fact] !== 0) &&
      places.every((ids, dimension) => ids === undefined || ids.has(place[dimension]!)),
  )
}

/** The bars that apply, by their numbers: they stand, and cover a field that was asked for or none at all. */
export function applyingBars({ narrowings }: PolicyIndex, weighing: Weighing, among?: Uint32Array): number[] {
  const { bucket, fields } = weighing
  const found: number[] = []
  for (let index = 0; index < bucket.words.length; index++) {
    const word = bucket.words[index]!
    if (among !== undefined && (among[word]! & bucket.bars[index]!) === 0) continue
    let over = narrowings.bare[word]!
    for (const field of fields) if (field >= 0) over |= narrowings.covers[field]?.[word] ?? 0
    over &= standingBars(narrowings, weighing, index) & (among?.[word] ?? -1)
    for (; over !== 0; over &= over - 1) {
      const bar = (word << 5) + lowestBit(over)
      if (!isExcepted(narrowings, bar, weighing)) found.push(bar)
    }
  }
  return found
}

/** The prohibitions and safeguards of bars, in the order of the set. */
export function narrowingsOf({ narrowings }: PolicyIndex, bars: readonly number[]): number[] {
  return [...new Set(bars.map((bar) => narrowings.bars.narrowing[bar]!))].sort((a, b) => a - b)
}
