import type { Question, SubjectQuestion } from '../model/decision.ts'
import type { RuleScope, Validity } from '../model/rule.ts'
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

/** Whether a period contains a legal date. Half-open: `from` is in it, `until` is not. */
export const isInForce = ({ from, until }: Validity, date: string): boolean =>
  from <= date && (until === undefined || date < until)

/** Whether the scope covers the question; an absent member covers everybody and everything. */
export const isInScope = ({ senders, recipients, purposes, roles }: RuleScope, facts: Facts): boolean =>
  (senders?.includes(facts.sender) ?? true) &&
  (recipients?.includes(facts.recipient) ?? true) &&
  (purposes?.includes(facts.purpose) ?? true) &&
  (roles?.includes(facts.role) ?? true)
