import { LINK_ONLY, REFUSED, WITHHELD } from '../engine/ranks.ts'
import { distinctSets, type Goals, outcomeUnder, type RankedOutcome } from './goals.ts'
import { absorb, type Budget, closeBits, dropImplied, dropSilences, reduceSet, withSilences } from './implicants.ts'
import { type Bits, countBits, emptyBits, intersects, isSubset, membersOf, unite } from './literals.ts'
import type { FieldClass, Residual } from './residual.ts'

/** A set of literals, what passes of one data subject under it, and the most that knowing one of them takes. */
export interface RatedSet {
  readonly bits: Bits
  /** How much passes; undefined when a field is refused, and with it the exchange. */
  readonly amount: number | undefined
  /** Whether every field is released whole. */
  readonly isWhole: boolean
  readonly effort: number
}

/** How many sets are compared while sets for different fields are put together. */
const MAX_STATES = 192

/**
 * The sets of literals that are worth knowing: every union of smallest sets of goals from which nothing can be left out. The
 * empty set is among them.
 *
 * @param effortOf the effort of each literal
 */
export function listRatedSets(
  residual: Residual,
  { goals }: Goals,
  file: number,
  effortOf: readonly number[],
  budget: Budget,
): { readonly sets: readonly RatedSet[]; readonly isComplete: boolean } {
  const { classes, literals, conflicts } = residual
  const outcomes = (bits: Bits) => {
    const known = withSilences(closeBits(bits, residual), residual)
    return classes.map((fields) => outcomeUnder(fields, file, known))
  }
  let states: readonly Bits[] = [emptyBits(literals.length)]
  let isComplete = true
  for (const sets of distinctSets(goals)) {
    const added = new Map<string, Bits>()
    for (const state of states) {
      // A goal that is reached already takes nothing more.
      const known = closeBits(state, residual)
      if (sets.some((bits) => isSubset(bits, known))) continue
      for (const bits of sets) {
        const both = unite(state, bits)
        if (membersOf(bits).some((member) => intersects(conflicts[member]!, both))) continue
        const open = reduceSet(both, residual)
        added.set(open.join(), open)
      }
    }
    budget.left -= states.length * sets.length + added.size * classes.length
    const kept = dropNeedless([...states, ...added.values()], outcomes, budget)
    isComplete &&= kept.isComplete
    states = kept.sets
  }
  // The same outcome with less: also where a set is not part of another, but follows from it.
  const least = [...Map.groupBy(states, (bits) => keyOf(outcomes(bits))).values()].flatMap((group) =>
    dropSilences(dropImplied(group, residual), residual),
  )
  return {
    sets: least.map((bits) => {
      const ranked = outcomes(bits)
      return {
        bits,
        amount: amountOf(classes, ranked),
        isWhole: ranked.every(({ rank }) => rank === 0),
        effort: Math.max(0, ...membersOf(bits).map((member) => effortOf[member]!)),
      }
    }),
    isComplete,
  }
}

/** Drops each set that gives no more than a part of it does, and beyond the bound also the largest. */
function dropNeedless(
  sets: readonly Bits[],
  outcomes: (bits: Bits) => readonly RankedOutcome[],
  budget: Budget,
): { readonly sets: readonly Bits[]; readonly isComplete: boolean } {
  const kept = [...Map.groupBy(sets, (bits) => keyOf(outcomes(bits))).values()].map((group) =>
    absorb(group, budget, MAX_STATES),
  )
  const all = kept.flatMap((group) => group.sets).sort((a, b) => countBits(a) - countBits(b))
  const most = budget.left > 0 ? MAX_STATES : 8
  return { sets: all.slice(0, most), isComplete: all.length <= most && kept.every((group) => group.isComplete) }
}

const keyOf = (outcomes: readonly RankedOutcome[]): string =>
  outcomes.map(({ rank, link }) => (link ? -1 - rank : rank)).join(' ')

/** A whole value counts for more than a coarser one, a finer level for more than a coarser, and a link for least. */
export function amountOf(classes: readonly FieldClass[], outcomes: readonly RankedOutcome[]): number | undefined {
  let amount = 0
  for (const [at, { rank, link }] of outcomes.entries()) {
    if (rank === REFUSED) return undefined
    const released = rank === 0 ? 100 : rank < LINK_ONLY ? 50 + Math.max(0, 20 - rank) : 0
    amount += classes[at]!.positions.length * (released + (link ? 25 : 0))
  }
  return amount
}

/** For each file, the best that a class could get if every permit fired and every bar that can be lifted were. */
export function optimisticOutcomes({ releases, links, barriers }: FieldClass): ReadonlyMap<number, RankedOutcome> {
  let bar = 0
  for (const { rank, lifts } of barriers) if (rank > bar && lifts.length === 0) bar = rank
  const least = bar === LINK_ONLY ? WITHHELD : bar
  const outcomes = new Map<number, RankedOutcome>()
  const outcomeOf = (file: number) => outcomes.get(file) ?? { rank: Math.max(WITHHELD, least), link: false }
  for (const { file, rank } of releases) {
    const known = outcomeOf(file)
    const better = Math.max(rank, least)
    if (better < known.rank) outcomes.set(file, { ...known, rank: better })
  }
  if (bar <= LINK_ONLY) for (const { file } of links) outcomes.set(file, { ...outcomeOf(file), link: true })
  return outcomes
}

/** Whether a field of a class stays refused whatever becomes known. */
export const isStuck = ({ barriers }: FieldClass): boolean =>
  barriers.some(({ rank, lifts }) => rank === REFUSED && lifts.length === 0)
