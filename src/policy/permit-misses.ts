import { failedConditions } from './conditions.ts'
import type { PolicyIndex } from './engine/compile.ts'
import { matchConditions, setKnown } from './engine/condition-index.ts'
import type { Evaluation } from './engine/evaluation.ts'
import { coveringRules, isOpen, rootsOf } from './engine/match-permits.ts'
import { LINK_ONLY, WITHHELD } from './engine/ranks.ts'
import { scopesAdmitting } from './engine/scope-index.ts'
import { type Candidate, EFFORT, type EvaluatedSubject, effortOf, MAX_GROUPS, onlyFailure } from './miss-candidates.ts'

/**
 * Searches for groups of permits that may have exactly one failed condition, from the least effort up. Each group that is found
 * is tested afterwards.
 */
export const SEARCHES: readonly {
  readonly effort: number
  readonly find: (asked: EvaluatedSubject) => readonly number[]
}[] = [
  { effort: EFFORT.assessment, find: (asked) => groupsKnowing(asked, [...asked.index.facts.assessments.values()]) },
  { effort: EFFORT.when, find: (asked) => groupsKnowing(asked, factsThatAre(asked, 'isTrue')) },
  { effort: EFFORT['when-not'], find: (asked) => groupsKnowing(asked, factsThatAre(asked, 'isFalse')) },
  { effort: EFFORT['legal-basis'], find: (asked) => groupsKnowing(asked, [], isClosed) },
  { effort: EFFORT.purpose, find: (asked) => groupsElsewhere(asked, 2) },
  { effort: EFFORT.recipient, find: (asked) => groupsElsewhere(asked, 1) },
  { effort: EFFORT.role, find: (asked) => groupsElsewhere(asked, 3) },
  { effort: EFFORT.sender, find: (asked) => groupsElsewhere(asked, 0) },
]

const factsThatAre = ({ index }: EvaluatedSubject, side: 'isTrue' | 'isFalse'): readonly number[] =>
  [...index.facts.circumstances.values()].map((pair) => pair[side])

const isClosed: typeof isOpen = (index, numbered, group) => !isOpen(index, numbered, group)

/** Groups in scope that would fire if these facts were known too. */
function groupsKnowing(asked: EvaluatedSubject, facts: readonly number[], isWanted = isOpen): readonly number[] {
  const { known, bucket } = asked.evaluation
  const added = facts.filter((fact) => known.marks[fact] === 0)
  setKnown(known, added, true)
  const groups = collectGroups(asked, rootsOf(bucket), isWanted)
  setKnown(known, added, false)
  return groups
}

/** Groups that would fire with another word in one dimension (sender, recipient, purpose or role). */
function groupsElsewhere(asked: EvaluatedSubject, dimension: number): readonly number[] {
  const { index, evaluation } = asked
  const { scopes, trees } = index.permits
  const roots = scopesAdmitting(scopes, evaluation.point, dimension).map((scope) => trees.roots[scope]!)
  return collectGroups(asked, roots, isOpen)
}

function collectGroups(
  { index, numbered, evaluation }: EvaluatedSubject,
  roots: Iterable<number>,
  isWanted: typeof isOpen,
) {
  const fired = new Set(evaluation.fired)
  const groups: number[] = []
  for (const root of roots) {
    const isFull = matchConditions(index.permits.trees, root, evaluation.known, (first, last) => {
      for (let group = first; group < last && groups.length < MAX_GROUPS; group++) {
        if (isWanted(index, numbered, group) && !fired.has(group)) groups.push(group)
      }
      return groups.length >= MAX_GROUPS
    })
    if (isFull) break
  }
  return groups
}

/** Permits of these groups that failed on exactly one condition and would widen a requested field. */
export function permitCandidates(
  { set, index, facts, evaluation }: EvaluatedSubject,
  groups: readonly number[],
): readonly Candidate[] {
  return coveringRules(index, groups, evaluation).flatMap((position) => {
    const improvedFields = countImproved(index, position, evaluation)
    if (improvedFields === 0) return []
    const rule = set.rules[position]!
    const failed = onlyFailure(failedConditions(rule, facts))
    return failed ? [{ rule, failed, effort: effortOf(failed, facts), improvedFields }] : []
  })
}

/** How many requested fields a rule would widen, beside the rules that fire and under the bars that apply. */
function countImproved({ permits }: PolicyIndex, rule: number, evaluation: Evaluation): number {
  const improved = new Set<number>()
  for (let at = permits.slotStart[rule]!; at < permits.slotStart[rule + 1]!; at++) {
    const slot = permits.ruleSlot[at]!
    const position = evaluation.positions[slot >>> 1]!
    if (position < 0) continue
    const barRank = evaluation.found.barRank[position]!
    const isLink = (slot & 1) !== 0
    const isWider = isLink
      ? evaluation.found.linkRule[position]! < 0 && barRank < WITHHELD
      : Math.max(permits.slotRank[at]!, barRank) < Math.max(evaluation.found.permitRank[position]!, barRank) &&
        barRank < LINK_ONLY
    if (isWider) improved.add(position)
  }
  return improved.size
}
