import type { NearestMiss } from '../model/decision.ts'
import { type Facts, type FailedCondition, failedConditions, requirementsOf } from './conditions.ts'
import type { PolicyIndex } from './engine/compile.ts'
import type { Evaluation } from './engine/evaluation.ts'
import { applyingBars, narrowingsOf } from './engine/match-bars.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import { LINK_ONLY, WITHHELD } from './engine/ranks.ts'
import { type Candidate, type EvaluatedSubject, effortOf, MAX_GROUPS, onlyFailure } from './miss-candidates.ts'

/** Prohibitions and safeguards that one stated fact or declared assessment would lift, when that widens a requested field. */
export function liftCandidates({ index, facts, evaluation }: EvaluatedSubject): Candidate[] {
  const bars = applyingBars(index, evaluation)
  const strictest = strictestTwo(index, bars, evaluation)
  return narrowingsOf(index, bars)
    .slice(0, MAX_GROUPS)
    .flatMap((position) => {
      const rule = index.narrowingRules[position]!
      const failures = liftingFailures(rule, facts)
      if (failures.length === 0) return []
      const improvedFields = strictest.filter((two, at) => isWidenedWithout(position, two, evaluation, at)).length
      if (improvedFields === 0) return []
      return failures.map((failed) => ({ rule, failed, effort: effortOf(failed, facts), improvedFields }))
    })
}

function liftingFailures({ when, whenNot, unless }: Narrowing, facts: Facts): readonly FailedCondition[] {
  const isUnknown = (word: string) => facts.know(word) === undefined
  return [
    ...when.filter(isUnknown).map((word) => ({ condition: 'when-not' as const, words: [word] })),
    ...whenNot.filter(isUnknown).map((word) => ({ condition: 'when' as const, words: [word] })),
    ...unless
      .flatMap((exception) => onlyFailure(failedConditions(requirementsOf(exception), facts)) ?? [])
      .filter(({ condition }) => !OTHER_EXCHANGE.has(condition)),
  ]
}

// Another sender, recipient or role is another exchange, and no way to lift a prohibition from this one.
const OTHER_EXCHANGE: ReadonlySet<NearestMiss['condition']> = new Set(['sender', 'recipient', 'role'])

/** The strictest bar over a field, and the rank that is left when its narrowing is lifted. */
interface StrictestTwo {
  readonly narrowing: number
  readonly rank: number
  readonly rankWithout: number
}

function strictestTwo({ narrowings }: PolicyIndex, bars: readonly number[], { fields }: Evaluation): StrictestTwo[] {
  return fields.map((field) => {
    const cover = narrowings.covers[field]
    // Bars are numbered from the strictest down.
    const over = bars.filter((bar) => cover !== undefined && (cover[bar >>> 5]! & (1 << (bar & 31))) !== 0)
    const [first] = over
    if (first === undefined) return { narrowing: -1, rank: 0, rankWithout: 0 }
    const narrowing = narrowings.bars.narrowing[first]!
    const second = over.find((bar) => narrowings.bars.narrowing[bar] !== narrowing)
    const rankWithout = second === undefined ? 0 : narrowings.bars.rank[second]!
    return { narrowing, rank: narrowings.bars.rank[first]!, rankWithout }
  })
}

function isWidenedWithout(lifted: number, two: StrictestTwo, evaluation: Evaluation, position: number): boolean {
  if (two.narrowing !== lifted) return false
  const permitRank = evaluation.found.permitRank[position]!
  const releaseUnder = (rank: number) => Math.max(permitRank, rank === LINK_ONLY ? WITHHELD : rank)
  const canLink = evaluation.found.linkRule[position]! >= 0
  return (
    releaseUnder(two.rankWithout) < releaseUnder(two.rank) ||
    (canLink && two.rank >= WITHHELD && two.rankWithout < WITHHELD)
  )
}
