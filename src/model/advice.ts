import type { Decision, FieldDecision, Outcome, RuleReference } from './decision.ts'
import type { LocalisedText } from './language.ts'
import type { Duty } from './rule.ts'
import type { Knower } from './vocabulary.ts'

/**
 * What a sender can still find out about a question, and what each answer would do. Words of the vocabulary and names of fields
 * only, so it contains no personal data.
 */

/** What happens to one field. */
export type FieldOutcome = Pick<FieldDecision, 'field' | 'release' | 'level' | 'link'>

/** Members to send with a data subject of the question. */
export interface Statement {
  readonly circumstances?: Readonly<Record<string, boolean>>
  readonly assessments?: readonly string[]
}

/** What one answer to an open question does. */
export interface AnswerEffect {
  /** What to state about the data subject; absent for an assessment that nobody declares, because then nothing is sent. */
  readonly send?: Statement
  /** Fields whose outcome is different as soon as this is the answer, and that outcome. */
  readonly changes: readonly FieldOutcome[]
  /** Fields that later answers could still change, with the most that each could get. */
  readonly reachable: readonly FieldOutcome[]
  /** Fields that could get more before this answer, and cannot get that any more. */
  readonly lost: readonly string[]
  readonly sentence: LocalisedText
}

/** A fact or an assessment that is not stated, and whose answer changes what some field gets. */
export interface OpenQuestion {
  readonly kind: 'circumstance' | 'assessment'
  readonly word: string
  /** Position of the data subject in the question, from 0. */
  readonly dataSubject: number
  readonly question: LocalisedText
  /** What a yes states, in the words of the vocabulary. */
  readonly statement: LocalisedText
  /** Who can know the answer or decides it; empty when the vocabulary does not say. */
  readonly knownBy: readonly Knower[]
  readonly yes: AnswerEffect
  readonly no: AnswerEffect
}

/** How many questions one answer contains; what is known after those decides what to ask next. */
export const MAX_QUESTIONS = 100
export const MAX_PLANS = 5

/**
 * What a plan takes, the easiest first: what the sender can find out, what the data subject knows, what another decides, another
 * basis, purpose or recipient.
 */
export const PLAN_EFFORTS = ['sender', 'data-subject', 'other', 'other-choice'] as const
export type PlanEffort = (typeof PLAN_EFFORTS)[number]

/** One condition of a plan: that a circumstance is so, is not so, or that somebody declares an assessment. */
export interface PlanStatement {
  readonly dataSubject: number
  readonly kind: 'circumstance' | 'assessment'
  readonly word: string
  /** What must be true of the circumstance; absent for an assessment. */
  readonly value?: boolean
  readonly question: LocalisedText
  readonly knownBy: readonly Knower[]
}

/**
 * A smallest set of statements under which the most passes on one legal basis, if all of them are true. It is not a suggestion
 * to state them.
 */
export interface Plan {
  readonly legalBasis: string
  /** Present when the plan is for another purpose than was asked. */
  readonly purpose?: string
  /** Present when the plan is for another recipient than was asked. */
  readonly recipient?: string
  readonly statements: readonly PlanStatement[]
  /** The outcome of the exchange under the plan. */
  readonly outcome: Outcome
  /** Of each data subject, the outcome of each requested field under the plan. */
  readonly dataSubjects: readonly { readonly fields: readonly FieldOutcome[] }[]
  readonly duties: readonly Duty[]
  readonly effort: PlanEffort
  readonly sentence: LocalisedText
}

/** Why no answer releases a field. */
export const UNREACHABLE_REASONS = ['no-rule', 'other-basis', 'prohibition', 'excluded'] as const
export type UnreachableReason = (typeof UNREACHABLE_REASONS)[number]

/** Fields that no answer releases, and what the rules lack. */
export interface Unreachable {
  readonly dataSubject: number
  readonly fields: readonly string[]
  /**
   * `no-rule`: no legal basis covers them for this sender, recipient, purpose and role. `other-basis`: only another legal basis
   * does. `prohibition`: no answer lifts the prohibition `rule`. `excluded`: rules cover them, and ask what cannot be true
   * beside what was stated or what a prohibition asks, what only the gateway states, or what was set aside.
   */
  readonly reason: UnreachableReason
  readonly rule?: RuleReference
  readonly citation?: string
  readonly sentence: LocalisedText
}

/** Everything that a question leaves open. */
export interface Advice {
  /** First the question that leaves the fewest others. Empty when nothing that can still be stated changes a field. */
  readonly openQuestions: readonly OpenQuestion[]
  /** At most five, the easiest first; empty when nothing more can pass. */
  readonly plans: readonly Plan[]
  readonly unreachable: readonly Unreachable[]
  /** False when the search stopped at its bound, so that there can be more questions and plans than these. */
  readonly isComplete: boolean
  /** Says that the search stopped, or that there is no plan. */
  readonly note?: LocalisedText
}

/** A decision with what it leaves open. */
export interface AdvisedDecision extends Decision {
  readonly advice?: Advice
}
