import {
  type Bits,
  bitsOf,
  countBits,
  emptyBits,
  hasBit,
  intersects,
  isSubset,
  membersOf,
  unite,
  without,
} from './literals.ts'
import type { Residual } from './residual.ts'

/** How literals depend on each other. */
export type Relations = Pick<Residual, 'literals' | 'closed' | 'implied' | 'causes' | 'conflicts'>

/** What a search may still spend. Counted in comparisons of sets and not in time, so that it stops at the same place always. */
export interface Budget {
  left: number
}

/** One condition of a goal: at least one of these sets must be known. */
export type Clause = readonly Bits[]

/** The smallest sets of literals that satisfy every clause. */
export interface Implicants {
  /** None contains another, and none contradicts itself. Fewest literals first. */
  readonly sets: readonly Bits[]
  /** False when the search stopped at its bound: the sets are right, and there can be others. */
  readonly isComplete: boolean
}

/** How many sets a search keeps while it combines clauses. */
export const MAX_SETS = 192

/** How many alternatives of one clause it looks at, those that ask least first. */
export const MAX_ALTERNATIVES = 256

/**
 * Finds the prime implicants of a conjunction of clauses: multiplies the clauses out and absorbs what contains another (Berge's
 * algorithm for minimal transversals). A set also counts for what follows from it. At the bound it goes on with the smallest
 * sets, and what it returns is still minimal.
 */
export function findImplicants(clauses: readonly Clause[], relations: Relations, budget: Budget): Implicants {
  const { literals, conflicts } = relations
  let sets: readonly Bits[] = [emptyBits(literals.length)]
  let isComplete = true
  const small = clauses
    .map((clause) => {
      const open = clause.flatMap((alternative) => askable(alternative, relations))
      const { sets: least, isComplete: isWhole } = absorb(open, budget, MAX_ALTERNATIVES)
      isComplete &&= isWhole
      return least
    })
    .sort((a, b) => a.length - b.length)
  for (const alternatives of small) {
    const combined: Bits[] = []
    for (const set of sets) {
      if (alternatives.some((alternative) => isSubset(alternative, set))) {
        combined.push(set)
        continue
      }
      for (const alternative of alternatives) {
        const both = unite(set, alternative)
        if (isConsistent(both, alternative, conflicts)) combined.push(both)
      }
    }
    budget.left -= sets.length * alternatives.length
    const kept = absorb(combined, budget, MAX_SETS)
    isComplete &&= kept.isComplete
    sets = kept.sets
    if (sets.length === 0) break
  }
  const minimal = isComplete ? sets : sets.map((set) => minimise(set, small))
  return { sets: dropImplied(minimal, relations), isComplete }
}

/** The ways to know an alternative: a literal that may not be asked is replaced by what it follows from. */
function askable(alternative: Bits, { closed, implied }: Relations): readonly Bits[] {
  if (!intersects(alternative, closed)) return [alternative]
  let ways: readonly Bits[] = [alternative.map((word, at) => word & ~closed[at]!)]
  for (const member of membersOf(alternative).filter((one) => hasBit(closed, one))) {
    const causes = implied.flatMap((follows, cause) =>
      hasBit(follows, member) && !hasBit(closed, cause) ? [cause] : [],
    )
    ways = ways.flatMap((way) =>
      causes.map((cause) => way.map((word, at) => word | (at === cause >>> 5 ? 1 << (cause & 31) : 0))),
    )
  }
  return ways
}

/** What is known when these literals are. */
export function closeBits(bits: Bits, { implied, causes }: Pick<Relations, 'implied' | 'causes'>): Bits {
  if (!intersects(bits, causes)) return bits
  let all = bits
  for (const member of membersOf(bits)) all = unite(all, implied[member]!)
  return all
}

/** What is known when these literals are, with the silences that they do not break. */
export function withSilences(known: Bits, { silences, conflicts }: Pick<Residual, 'silences' | 'conflicts'>): Bits {
  const kept = membersOf(silences).filter((silence) => !intersects(conflicts[silence]!, known))
  return kept.length === 0 ? known : unite(known, bitsOf(kept, 32 * known.length))
}

/** Sets without the silences in them, which nobody states, and without those that then ask more than another. */
export function dropSilences(sets: readonly Bits[], { silences }: Pick<Residual, 'silences'>): readonly Bits[] {
  if (!sets.some((bits) => intersects(bits, silences))) return sets
  const stated = new Map(
    sets.map((bits) => bits.map((word, at) => word & ~silences[at]!)).map((bits) => [bits.join(), bits]),
  )
  const all = [...stated.values()]
  return all.filter((bits) => !all.some((less) => less !== bits && isSubset(less, bits)))
}

/** Leaves out literals that follow from others in their set, and sets that know more than another. */
export function dropImplied(sets: readonly Bits[], relations: Relations): readonly Bits[] {
  if (!sets.some((set) => intersects(set, relations.causes))) return sets
  const open = [...new Map(sets.map((set) => reduceSet(set, relations)).map((set) => [set.join(), set])).values()]
  const whole = open.map((set) => closeBits(set, relations))
  return open.filter(
    (set, at) =>
      !open.some((less, other) => other !== at && isSubset(less, whole[at]!) && !isSubset(set, whole[other]!)),
  )
}

/** A set without the literals that follow from its others. */
export function reduceSet(set: Bits, { implied, causes }: Pick<Relations, 'implied' | 'causes'>): Bits {
  if (!intersects(set, causes)) return set
  let least = set
  for (const member of membersOf(set)) {
    if (membersOf(least).some((other) => other !== member && hasBit(implied[other]!, member)))
      least = without(least, member)
  }
  return least
}

/** Whether a set contradicts nothing in a part of it that was added last. */
function isConsistent(set: Bits, added: Bits, conflicts: readonly Bits[]): boolean {
  for (const member of membersOf(added)) if (intersects(conflicts[member]!, set)) return false
  return true
}

/** Drops literals until each one left is needed. */
function minimise(set: Bits, clauses: readonly Clause[]): Bits {
  let least = set
  for (const member of membersOf(set)) {
    const rest = without(least, member)
    if (clauses.every((clause) => clause.some((alternative) => isSubset(alternative, rest)))) least = rest
  }
  return least
}

/** Drops every set that contains another one, and with too many sets or too little budget also the largest. */
export function absorb(
  sets: readonly Bits[],
  budget: Budget,
  most: number,
): { readonly sets: readonly Bits[]; readonly isComplete: boolean } {
  if (sets.length < 2) return { sets, isComplete: true }
  const bySize = sets.map((bits) => ({ bits, count: countBits(bits) })).sort((a, b) => a.count - b.count)
  const kept: Bits[] = []
  let isComplete = true
  for (const { bits } of bySize) {
    if (kept.some((less) => isSubset(less, bits))) continue
    // With the budget spent one set is kept, so that a search still ends with an example.
    if (kept.length >= (budget.left > 0 ? most : 1)) {
      isComplete = false
      break
    }
    budget.left -= kept.length
    kept.push(bits)
  }
  return { sets: kept, isComplete }
}
