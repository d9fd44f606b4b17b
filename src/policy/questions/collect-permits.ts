import type { PolicyIndex } from '../engine/compile.ts'
import { type Known, matchConditions } from '../engine/condition-index.ts'
import type { Evaluation, NumberedQuestion } from '../engine/evaluation.ts'
import { rootsOf } from '../engine/match-permits.ts'
import { rankOf, slotOf } from '../engine/permit-index.ts'
import type { Numbering } from './number-literals.ts'

/** What one permit gives to one field. */
export interface Offer {
  /** Position among the permits that were collected. */
  readonly term: number
  readonly rank: number
  /** Position in the set of the first rule that gives this. */
  readonly rule: number
}

/** The permits in scope that can still fire, for each field that was asked for. */
export function collectPermits(
  { permits, facts }: PolicyIndex,
  { era }: NumberedQuestion,
  { bucket, positions, names }: Evaluation,
  numbering: Numbering,
  isRefused: boolean,
) {
  const perField = <Value>(create: () => Value): Value[] => names.map(create)
  const releases = perField((): Offer[] => [])
  const links = perField((): Offer[] => [])
  const coveringFiles = perField(() => new Set<number>())
  const terms: { file: number; asks: readonly number[] }[] = []
  const { groups, effects, pathStart, pathFact } = permits
  for (const root of isRefused ? [] : rootsOf(bucket)) {
    matchConditions(permits.trees, root, everything(facts.count), (first, last) => {
      for (let group = first; group < last; group++) {
        const cell = 4 * group
        if (groups[cell]! > era || era >= groups[cell + 1]!) continue
        const file = groups[cell + 2]!
        let term: number | undefined
        for (let at = groups[cell + 3]!; at < groups[cell + 7]!; at += 3) {
          const slot = slotOf(effects[at]!)
          const position = positions[slot >>> 1]!
          if (position < 0) continue
          coveringFiles[position]!.add(file)
          if (term === undefined) {
            const asks = numbering.rest(pathFact.subarray(pathStart[group], pathStart[group + 1]))
            term = asks === undefined ? -1 : terms.push({ file, asks }) - 1
          }
          if (term < 0) continue
          const isLink = (slot & 1) !== 0
          ;(isLink ? links : releases)[position]!.push({
            term,
            rank: isLink ? 0 : rankOf(effects[at]!),
            rule: effects[at + 1]!,
          })
        }
      }
      return false
    })
  }
  return { terms, releases, links, coveringFiles }
}

let all: Known = { marks: new Uint8Array(), bits: new Uint32Array() }

/** As if every fact were known, so that a search visits every permit. */
function everything(factCount: number): Known {
  if (all.marks.length < factCount) {
    all = { marks: new Uint8Array(factCount).fill(1), bits: new Uint32Array((factCount + 31) >>> 5).fill(0xffffffff) }
  }
  return all
}
