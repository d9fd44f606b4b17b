import type { Bucket } from './buckets.ts'
import type { PolicyIndex } from './compile.ts'
import { type ConditionTrees, type Known, matchConditions, setKnown } from './condition-index.ts'
import { ANY_FILE, type Evaluation, type NumberedQuestion } from './evaluation.ts'
import { rankOf, slotOf } from './permit-index.ts'

/** Finds the groups of permits that fire, and for each requested field the best permit and the first rule that links it. */
export function matchPermits(index: PolicyIndex, { file, era }: NumberedQuestion, evaluation: Evaluation): void {
  const { permits } = index
  const { bucket, known, positions, fired } = evaluation
  const { permitRank, permitRule, linkRule } = evaluation.found
  const { groups, effects } = permits
  const found = (first: number, last: number): boolean => {
    for (let group = first; group < last; group++) {
      const cell = 4 * group
      if (groups[cell]! > era) break
      if (era >= groups[cell + 1]! || (file !== ANY_FILE && groups[cell + 2] !== file)) continue
      let covers = false
      const end = groups[cell + 7]!
      for (let at = groups[cell + 3]!; at < end; at += 3) {
        const slot = slotOf(effects[at]!)
        const position = positions[slot >>> 1]!
        if (position < 0) continue
        covers = true
        const rule = effects[at + 1]!
        if ((slot & 1) !== 0) {
          if (linkRule[position]! < 0 || rule < linkRule[position]!) linkRule[position] = rule
          continue
        }
        const rank = rankOf(effects[at]!)
        if (rank < permitRank[position]! || (rank === permitRank[position] && rule < permitRule[position]!)) {
          permitRank[position] = rank
          permitRule[position] = rule
        }
      }
      if (covers) fired.push(group)
    }
    return false
  }
  search(permits.trees, bucket, known, found)
}

/** Whether a permit over a requested field would fire if more assessments were declared. */
export function lacksOnlyAssessments(index: PolicyIndex, numbered: NumberedQuestion, evaluation: Evaluation): boolean {
  const { facts, permits } = index
  const { known, bucket } = evaluation
  const added = facts.declaredForPermits.filter((fact) => known.marks[fact] === 0)
  if (added.length === 0 || bucket.trees.length === 0) return false
  setKnown(known, added, true)
  const isFound = search(permits.trees, bucket, known, (first, last) => {
    for (let group = first; group < last; group++) {
      if (isOpen(index, numbered, group) && coversAsked(index, group, evaluation)) return true
    }
    return false
  })
  setKnown(known, added, false)
  return isFound
}

/** Searches the trees of a bucket until `found` returns true. */
function search(
  conditions: ConditionTrees,
  { trees }: Bucket,
  known: Known,
  found: (first: number, last: number) => boolean,
): boolean {
  for (let at = 0; at < trees.length; at += 2) {
    const fact = trees[at]!
    if (fact >= 0 && known.marks[fact] === 0) continue
    if (matchConditions(conditions, trees[at + 1]!, known, found)) return true
  }
  return false
}

/** The roots of a bucket's trees. */
export const rootsOf = ({ trees }: Bucket): readonly number[] => [...trees].filter((_, at) => at % 2 === 1)

/** Whether a group is in force and belongs to the declared basis. */
export function isOpen({ permits }: PolicyIndex, { file, era }: NumberedQuestion, group: number): boolean {
  const cell = 4 * group
  return (
    permits.groups[cell]! <= era &&
    era < permits.groups[cell + 1]! &&
    (file === ANY_FILE || permits.groups[cell + 2] === file)
  )
}

function coversAsked({ permits }: PolicyIndex, group: number, { positions }: Evaluation): boolean {
  const end = permits.groups[4 * group + 7]!
  for (let at = permits.groups[4 * group + 3]!; at < end; at += 3) {
    if (positions[slotOf(permits.effects[at]!) >>> 1]! >= 0) return true
  }
  return false
}

/** The rules of these groups that treat a requested field, in the order of the set. */
export function coveringRules({ permits }: PolicyIndex, groups: readonly number[], evaluation: Evaluation): number[] {
  const { ruleStart, groupRule, slotStart, ruleSlot } = permits
  const rules = new Set<number>()
  for (const group of groups) {
    const start = ruleStart[group]!
    const end = ruleStart[group + 1]!
    for (let at = start; at < end; at++) {
      const rule = groupRule[at]!
      for (let slot = slotStart[rule]!; slot < slotStart[rule + 1]!; slot++) {
        if (evaluation.positions[ruleSlot[slot]! >>> 1]! < 0) continue
        rules.add(rule)
        break
      }
    }
  }
  return [...rules].sort((a, b) => a - b)
}
