import { amountOf, listRatedSets, type RatedSet } from './best-sets.ts'
import { bestOutcome, distinctSets, type Goals, type RankedOutcome } from './goals.ts'
import type { Budget } from './implicants.ts'
import { dropSilences, findImplicants } from './implicants.ts'
import { type Bits, bitsOf, intersects, membersOf } from './literals.ts'
import type { Residual } from './residual.ts'

/** What can be reached with the literals up to an effort, each field taken by itself. */
export interface Reach {
  readonly goals: Goals
  /** The best of each class. Two of them can need what contradicts each other. */
  readonly best: readonly RankedOutcome[]
  /** No set gives more than this; undefined when a field stays refused. */
  readonly amount: number | undefined
}

/** @param efforts the effort of each literal */
export function reachWithin(
  { classes, literals }: Residual,
  all: Goals,
  efforts: readonly number[],
  effort: number,
): Reach {
  const beyond = bitsOf(
    [...literals.keys()].filter((literal) => efforts[literal]! > effort),
    literals.length,
  )
  const within = new Map<readonly Bits[], readonly Bits[]>()
  const goals = all.goals.flatMap((goal) => {
    const sets = within.get(goal.sets) ?? goal.sets.filter((bits) => !intersects(bits, beyond))
    within.set(goal.sets, sets)
    return sets.length === 0 ? [] : [{ ...goal, sets }]
  })
  const best = classes.map((_, of) => bestOutcome(goals, of, all.now[of]!))
  return { goals: { ...all, goals }, best, amount: amountOf(classes, best) }
}

/**
 * The smallest sets under which the most passes, and maybe others. Where every field can get its best at once they are the
 * smallest sets of all those goals together, and no other set is looked at.
 */
export function fullestSets(
  residual: Residual,
  { goals, best, amount }: Reach,
  file: number,
  efforts: readonly number[],
  budget: Budget,
): { readonly sets: readonly RatedSet[]; readonly isComplete: boolean } {
  const wanted = goals.goals.filter(({ of, kind, rank }) => kind === 'link' || rank === best[of]!.rank)
  const together = findImplicants(distinctSets(wanted), residual, budget)
  if (together.sets.length === 0) return listRatedSets(residual, goals, file, efforts, budget)
  const isWhole = best.every(({ rank }) => rank === 0)
  const effortOf = (bits: Bits) => Math.max(0, ...membersOf(bits).map((member) => efforts[member]!))
  const sets = dropSilences(together.sets, residual).map((bits) => ({ bits, amount, isWhole, effort: effortOf(bits) }))
  return { sets, isComplete: together.isComplete }
}
