import type { PolicyIndex } from '../engine/compile.ts'
import type { Evaluation } from '../engine/evaluation.ts'
import type { Narrowing } from '../engine/narrowing-index.ts'
import type { Numbering } from './number-literals.ts'

/** The prohibitions and safeguards over each field that was asked for, and what still lifts each of them. */
export function collectBarriers(index: PolicyIndex, evaluation: Evaluation, numbering: Numbering) {
  const { narrowings, narrowingRules } = index
  const { bucket, fields } = evaluation
  const lifts = new Map<number, readonly number[][]>()
  const over: { rank: number; narrowing: number }[][] = fields.map(() => [])
  const lifted = new Set<number>()
  for (let at = 0; at < bucket.words.length; at++) {
    const word = bucket.words[at]!
    for (let bits = bucket.bars[at]!; bits !== 0; bits &= bits - 1) {
      const lowest = bits & -bits
      const bar = (word << 5) + (31 - Math.clz32(lowest))
      const narrowing = narrowings.bars.narrowing[bar]!
      if (lifted.has(narrowing)) continue
      for (let position = 0; position < fields.length; position++) {
        const cover = fields[position]! < 0 ? undefined : narrowings.covers[fields[position]!]
        if (cover === undefined || (cover[word]! & lowest) === 0) continue
        if (!lifts.has(narrowing)) {
          const sets = liftsOf(index, narrowingRules[narrowing]!, evaluation, numbering)
          if (sets === undefined) {
            lifted.add(narrowing)
            break
          }
          lifts.set(narrowing, sets)
        }
        over[position]!.push({ rank: narrowings.bars.rank[bar]!, narrowing })
      }
    }
  }
  return { lifts, over }
}

/** The sets of facts that lift a narrowing; undefined when it is lifted already. */
function liftsOf(
  { facts, scopes }: PolicyIndex,
  { when, whenNot, whenStated = [], unless }: Narrowing,
  { point }: Evaluation,
  numbering: Numbering,
): number[][] | undefined {
  const { circumstances, assessments } = facts
  const sets = [
    ...when.map((word) => [circumstances.get(word)!.isFalse]),
    ...whenNot.map((word) => [circumstances.get(word)!.isTrue]),
    ...whenStated.map((word) => [circumstances.get(word)!.unstated!]),
    ...unless
      .filter(({ senders, recipients, roles }) =>
        [senders, recipients, undefined, roles].every(
          (words, dimension) =>
            words === undefined || words.some((word) => scopes[dimension]!.ids.get(word) === point[dimension]),
        ),
      )
      .map((exception) => [
        ...exception.when.map((word) => circumstances.get(word)!.isTrue),
        ...exception.whenNot.map((word) => circumstances.get(word)!.isFalse),
        ...exception.assessments.map((word) => assessments.get(word)!),
      ]),
  ]
  const left = sets.flatMap((set) => {
    const rest = numbering.rest(set)
    return rest === undefined ? [] : [rest]
  })
  return left.some((set) => set.length === 0) ? undefined : left
}
