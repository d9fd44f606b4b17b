import type { NearestMiss } from '../../src/model/decision.ts'
import type { Exception, RuleScope, Validity } from '../../src/model/rule.ts'
import { type Facts, isInForce } from '../../src/policy/conditions.ts'

/** The conditions of a permit, or of an exception to a prohibition. All of them must be certain. */
export interface Requirements {
  readonly file?: string
  readonly validity?: Validity
  readonly scope: RuleScope
  readonly when: readonly string[]
  readonly whenFrom?: ReadonlyMap<string, readonly string[]>
  readonly whenNot: readonly string[]
  readonly unlessDenied?: readonly string[]
  readonly anyOf?: readonly string[]
  readonly assessments: readonly string[]
}

/** The conditions under which an exception lifts its prohibition. */
export function requirementsOf(exception: Exception): Requirements {
  const { senders, recipients, roles, when, whenNot, assessments } = exception
  const scope = { ...(senders && { senders }), ...(recipients && { recipients }), ...(roles && { roles }) }
  return { scope, when, whenNot, assessments }
}

export interface FailedCondition {
  readonly condition: NearestMiss['condition']
  /** Words that would satisfy it: what is missing, or what the scope allows. */
  readonly words: readonly string[]
}

/**
 * Yields each condition that is not certain, so that a caller who needs only the first can stop there. When it yields none,
 * the permit fires or the exception lifts its prohibition.
 */
export function* failedConditions(asked: Requirements, facts: Facts): Generator<FailedCondition, undefined> {
  const { file, validity, anyOf = [] } = asked
  if (file !== undefined && facts.legalBasis !== undefined && facts.legalBasis !== file) {
    yield { condition: 'legal-basis', words: [file] }
  }
  if (validity !== undefined && !isInForce(validity, facts.date)) {
    const { from, until } = validity
    yield { condition: 'validity', words: until === undefined ? [from] : [from, until] }
  }
  yield* failedScope(asked.scope, facts, asked.whenFrom)
  const unmet = [...asked.when, ...(asked.whenFrom?.get(facts.sender) ?? [])].filter(
    (word) => facts.know(word) !== true,
  )
  if (unmet.length > 0) yield { condition: 'when', words: unmet }
  const unrefuted = asked.whenNot.filter((word) => facts.know(word) !== false)
  const denied = (asked.unlessDenied ?? []).filter((word) => facts.know(word) === false)
  if (denied.length > 0) yield { condition: 'when', words: denied }
  if (unrefuted.length > 0) yield { condition: 'when-not', words: unrefuted }
  if (anyOf.length > 0 && !anyOf.some((word) => facts.know(word) === true)) yield { condition: 'any-of', words: anyOf }
  const undeclared = asked.assessments.filter((word) => !facts.assessments.has(word))
  if (undeclared.length > 0) yield { condition: 'assessment', words: undeclared }
}

function* failedScope(
  scope: RuleScope,
  facts: Facts,
  whenFrom?: Requirements['whenFrom'],
): Generator<FailedCondition, undefined> {
  const { senders, recipients, purposes, roles } = scope
  if (senders && !senders.includes(facts.sender)) {
    const unmetBy = (sender: string) => whenFrom?.get(sender)?.filter((word) => facts.know(word) !== true) ?? []
    const fitting = senders.filter((sender) => unmetBy(sender).length === 0)
    yield { condition: 'sender', words: fitting.length === 0 ? senders : fitting }
    // Every sender in scope has circumstances of its own to meet, so another sender alone would not be enough.
    if (fitting.length === 0) yield { condition: 'when', words: [...new Set(senders.flatMap(unmetBy))] }
  }
  if (recipients && !recipients.includes(facts.recipient)) yield { condition: 'recipient', words: recipients }
  if (purposes && !purposes.includes(facts.purpose)) yield { condition: 'purpose', words: purposes }
  if (roles && !roles.includes(facts.role)) yield { condition: 'role', words: roles }
}
