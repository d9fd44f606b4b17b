import type { NearestMiss } from '../model/decision.ts'
import type { BasisRule } from '../model/rule.ts'
import type { Facts, FailedCondition } from './conditions.ts'
import type { PolicyIndex } from './engine/compile.ts'
import type { Evaluation, NumberedQuestion } from './engine/evaluation.ts'
import type { Narrowing } from './engine/narrowing-index.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * How many groups of rules one search examines. Beyond that the five misses may not be the best five of all; they are still
 * true near misses, and the same ones every time.
 */
export const MAX_GROUPS = 2000

/** A rule that one change would make permit more, or stop forbidding. */
export interface Candidate {
  readonly rule: BasisRule | Narrowing
  readonly failed: FailedCondition
  /** Lower is easier for the sender to change. */
  readonly effort: number
  /** How many requested fields it would widen. */
  readonly improvedFields: number
}

/** One data subject of a question, in words and evaluated. */
export interface EvaluatedSubject {
  readonly set: PolicySet
  readonly index: PolicyIndex
  readonly numbered: NumberedQuestion
  readonly facts: Facts
  readonly evaluation: Evaluation
}

/** How much it takes the sender to change a condition, from a declaration up to another exchange or another time. */
export const EFFORT: Readonly<Record<NearestMiss['condition'], number>> = {
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

/** Effort of a fact that was stated to be otherwise, which is harder to change than one that was left out. */
const CONTRADICTED = 3

/** The effort of changing one failed condition. */
export function effortOf({ condition, words }: FailedCondition, facts: Facts): number {
  const isAboutFacts = condition === 'when' || condition === 'when-not' || condition === 'any-of'
  const isMerelyUnstated =
    condition === 'any-of'
      ? words.some((word) => facts.know(word) === undefined)
      : words.every((word) => facts.know(word) === undefined)
  return isAboutFacts && !isMerelyUnstated ? CONTRADICTED : EFFORT[condition]
}

/** The failed condition when exactly one failed. */
export function onlyFailure(failures: Generator<FailedCondition, undefined>): FailedCondition | undefined {
  const first = failures.next()
  return first.done || !failures.next().done ? undefined : first.value
}
