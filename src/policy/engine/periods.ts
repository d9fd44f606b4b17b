import type { Validity } from '../../model/rule.ts'
import { legalDayStart } from '../legal-date.ts'

/**
 * Time divided at every date on which a rule of a set begins or ends. Within one era the same rules are in force, so that a
 * decision looks up its era once and then compares small numbers. Era 0 is before the first date.
 */
export interface Eras {
  /** The first instant of each era from 1 up, in milliseconds. */
  readonly starts: Float64Array
  /** The eras of a period: from the first up to, not including, the second. */
  erasOf(validity: Validity): readonly [number, number]
}

export const NEVER_ENDS = 0x7fffffff

export function indexEras(validities: Iterable<Validity>): Eras {
  const dates = new Set<string>()
  for (const { from, until } of validities) {
    dates.add(from)
    if (until !== undefined) dates.add(until)
  }
  const sorted = [...dates].sort()
  const eras = new Map(sorted.map((date, index) => [date, index + 1]))
  return {
    starts: Float64Array.from(sorted, legalDayStart),
    erasOf: ({ from, until }) => [eras.get(from)!, until === undefined ? NEVER_ENDS : eras.get(until)!],
  }
}

/** The era of an instant (RFC 3339); 0 when it cannot be read. */
export function eraAt({ starts }: Eras, at: string): number {
  const time = Date.parse(at)
  if (Number.isNaN(time)) return 0
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low
}
