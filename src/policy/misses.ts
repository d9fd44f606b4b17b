import type { BasisRule, NearestMiss, Prohibition } from '../types.ts'
import { type Facts, type FailedCondition, failedConditions } from './conditions.ts'
import { compareText } from './fault.ts'
import { covers, permitFor } from './permits.ts'
import type { PolicySet } from './policy-set.ts'
import { requirementsOf, restrictionFor } from './prohibitions.ts'
import { combine, strictness } from './release.ts'
import { liftSentence, permitMissSentence } from './sentences.ts'

const MAX_MISSES = 5

interface Candidate {
  readonly miss: NearestMiss
  /** Lower is easier to mend by the one who asks. */
  readonly effort: number
  readonly improvedFields: number
}

/**
 * What would pass now, if one thing were otherwise: permits that failed on exactly one condition, and prohibitions that
 * one stated fact or declared assessment would lift. Only what would really widen a requested field; the five most useful,
 * those that the sender can mend first.
 */
export function findNearestMisses(
  set: PolicySet,
  facts: Facts,
  fired: readonly BasisRule[],
  applied: readonly Prohibition[],
): readonly NearestMiss[] {
  const improvement = improvementMeter(set, facts, fired, applied)
  const candidates = [
    ...set.rules.flatMap((rule) => permitMisses(set, facts, rule, () => improvement([...fired, rule], applied))),
    ...applied.flatMap((prohibition) => {
      const others = applied.filter((other) => other !== prohibition)
      return liftMisses(set, facts, prohibition, () => improvement(fired, others))
    }),
  ]
  return candidates
    .sort((a, b) => a.effort - b.effort || b.improvedFields - a.improvedFields || byRule(a.miss, b.miss))
    .slice(0, MAX_MISSES)
    .map(({ miss }) => miss)
}

const byRule = (a: NearestMiss, b: NearestMiss): number =>
  compareText(a.rule.file, b.rule.file) ||
  compareText(a.rule.rule, b.rule.rule) ||
  compareText(a.condition, b.condition) ||
  compareText(a.words.join(' '), b.words.join(' '))

/** Counts the requested fields that would be released or linked more widely with other rules in play. */
function improvementMeter(
  set: PolicySet,
  facts: Facts,
  fired: readonly BasisRule[],
  applied: readonly Prohibition[],
): (rules: readonly BasisRule[], prohibitions: readonly Prohibition[]) => number {
  const treatment = (name: string, rules: readonly BasisRule[], prohibitions: readonly Prohibition[]) => {
    const field = set.vocabulary.fields.get(name)
    return combine(permitFor(name, rules, field), restrictionFor(name, prohibitions, field), field)
  }
  const current = facts.fields.map((name) => treatment(name, fired, applied))
  return (rules, prohibitions) =>
    facts.fields.filter((name, index) => {
      const now = current[index]!
      const then = treatment(name, rules, prohibitions)
      const field = set.vocabulary.fields.get(name)
      return strictness(then, field) < strictness(now, field) || (then.link && !now.link)
    }).length
}

function permitMisses(set: PolicySet, facts: Facts, rule: BasisRule, improvement: () => number): readonly Candidate[] {
  const failed = onlyFailure(failedConditions(rule, facts))
  if (failed === undefined || !covers(rule, facts.fields)) return []
  return candidate(rule, failed, facts, improvement(), permitMissSentence(rule, failed, set))
}

function liftMisses(
  set: PolicySet,
  facts: Facts,
  prohibition: Prohibition,
  improvement: () => number,
): readonly Candidate[] {
  const unknown = (word: string) => facts.know(word) === undefined
  const failures: FailedCondition[] = [
    ...prohibition.when.filter(unknown).map((word) => ({ condition: 'when-not' as const, words: [word] })),
    ...prohibition.whenNot.filter(unknown).map((word) => ({ condition: 'when' as const, words: [word] })),
    ...prohibition.unless.flatMap((exception) => onlyFailure(failedConditions(requirementsOf(exception), facts)) ?? []),
  ]
  if (failures.length === 0) return []
  const improvedFields = improvement()
  return failures.flatMap((failed) =>
    candidate(prohibition, failed, facts, improvedFields, liftSentence(prohibition, failed, set)),
  )
}

function candidate(
  rule: BasisRule | Prohibition,
  failed: FailedCondition,
  facts: Facts,
  improvedFields: number,
  sentence: NearestMiss['sentence'],
): readonly Candidate[] {
  if (improvedFields === 0) return []
  const { condition, words } = failed
  const miss = { rule: { file: rule.file, rule: rule.id }, citation: rule.citation, condition, words, sentence }
  return [{ miss, effort: effortOf(failed, facts), improvedFields }]
}

function onlyFailure(failures: Generator<FailedCondition, undefined>): FailedCondition | undefined {
  const first = failures.next()
  return first.done || !failures.next().done ? undefined : first.value
}

const EFFORT: Readonly<Record<NearestMiss['condition'], number>> = {
  assessment: 0,
  when: 1,
  'when-not': 1,
  'any-of': 1,
  'legal-basis': 2,
  purpose: 4,
  recipient: 5,
  role: 6,
  sender: 7,
  validity: 8,
}

// A fact that is known to be otherwise is harder to mend than one that was only left out.
function effortOf({ condition, words }: FailedCondition, facts: Facts): number {
  const isAboutFacts = condition === 'when' || condition === 'when-not' || condition === 'any-of'
  const isMerelyUnstated =
    condition === 'any-of'
      ? words.some((word) => facts.know(word) === undefined)
      : words.every((word) => facts.know(word) === undefined)
  return isAboutFacts && !isMerelyUnstated ? 3 : EFFORT[condition]
}
