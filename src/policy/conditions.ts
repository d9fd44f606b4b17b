import type { NearestMiss, Question, SubjectQuestion } from '../model/decision.ts'
import type { Exception, RuleScope, Validity } from '../model/rule.ts'
import { legalDate } from './legal-date.ts'

/** What a question states about one data subject, in a form that rules can be tested against. */
export interface Facts {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis: string | undefined
  /** Legal date of the question; empty, and so before any validity, when the instant cannot be read. */
  readonly date: string
  readonly role: string
  readonly assessments: ReadonlySet<string>
  /** Requested fields without repetition, in the order of the question. */
  readonly fields: readonly string[]
  /** Undefined is unknown. */
  know(circumstance: string): boolean | undefined
}

/** The facts of one data subject, in the situation of the whole question. */
export function gatherFacts(question: Question, subject: SubjectQuestion): Facts {
  return {
    sender: question.sender,
    recipient: question.recipient,
    purpose: question.purpose,
    legalBasis: question.legalBasis,
    date: Number.isNaN(Date.parse(question.at)) ? '' : legalDate(question.at),
    role: subject.role,
    assessments: new Set(subject.assessments),
    fields: [...new Set(subject.fields)],
    know: (circumstance) =>
      Object.hasOwn(subject.circumstances, circumstance) ? subject.circumstances[circumstance] : undefined,
  }
}

/** The conditions of a permit, or of an exception to a prohibition. All of them must be certain. */
export interface Requirements {
  readonly file?: string
  readonly validity?: Validity
  readonly scope: RuleScope
  readonly when: readonly string[]
  readonly whenFrom?: ReadonlyMap<string, readonly string[]>
  readonly whenNot: readonly string[]
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

/** Whether a period contains a legal date. Half-open: `from` is in it, `until` is not. */
export const isInForce = ({ from, until }: Validity, date: string): boolean =>
  from <= date && (until === undefined || date < until)

/** Whether the scope covers the question; an absent member covers everybody and everything. */
export const isInScope = (scope: RuleScope, facts: Facts): boolean => failedScope(scope, facts).next().done === true

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
