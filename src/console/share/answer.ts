import type { Advice } from '../../model/advice.ts'
import type { Decision, FieldDecision, Question } from '../../model/decision.ts'
import type { Source } from '../../model/rule.ts'
import { bestBasis } from '../../policy/amount-passing.ts'
import { decide, listOptions } from '../../policy/decide.ts'
import { settleQuestion, withFollows } from '../../policy/facts/settle-question.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { advise } from '../../policy/questions/advise.ts'
import { askOpenQuestions } from '../../policy/questions/search-questions.ts'
import { type ShareQuestion, statementsOf } from './question.ts'

/** A question that is complete: everything was chosen and at least one field ticked. */
export type CompleteQuestion = ShareQuestion & Readonly<Record<'from' | 'to' | 'purpose' | 'about', string>>

export const isComplete = (question: ShareQuestion): question is CompleteQuestion =>
  [question.from, question.to, question.purpose, question.about].every((word) => word !== undefined) &&
  question.fields.length > 0

/** What the law says to a question. */
export interface ShareAnswer {
  readonly question: CompleteQuestion
  /** What passes on `basis`; on every basis together when nothing passes on any. */
  readonly decision: Decision
  /** The chosen legal basis, or else the one under which the most passes. */
  readonly basis: string | undefined
  /** Legal bases to choose from, when the choice changes what passes or which duties apply. */
  readonly bases: readonly { readonly legalBasis: string; readonly decision: Decision }[]
  /** What can still change, also by what the asker does not know yet. */
  readonly advice: Advice
  /** What is worth asking now: nothing that was answered with "don't know". */
  readonly openQuestions: Advice['openQuestions']
}

/**
 * Answers a question whose answers do not contradict each other. Pure: nothing is recorded.
 * @param at instant, RFC 3339
 */
export function answerQuestion(set: PolicySet, question: CompleteQuestion, at: string): ShareAnswer {
  const { circumstances, assessments, declined, notKnown, setAside } = statementsOf(set, question.replies)
  const settled = settleQuestion(set, {
    sender: question.from,
    recipient: question.to,
    purpose: question.purpose,
    ...(question.basis !== undefined && { legalBasis: question.basis }),
    at,
    dataSubjects: [{ role: question.about, circumstances, assessments, fields: question.fields }],
  })
  const options = question.basis === undefined ? listOptions(set, settled.question) : []
  const bases = new Set(options.map(({ decision }) => effectOf(decision))).size > 1 ? options : []
  const basis = question.basis ?? bestBasis(options)
  // Where no choice of a basis matters, the sentences must not speak of a declared one.
  const asked: Question = bases.length > 0 ? { ...settled.question, legalBasis: basis! } : settled.question
  const advice = advise(set, settled.question, declined)
  return {
    question,
    decision: withFollows(decide(set, asked), settled.follows),
    basis,
    bases,
    advice,
    openQuestions:
      notKnown.length === 0 ? advice.openQuestions : askOpenQuestions(set, settled.question, setAside).openQuestions,
  }
}

/** What a person notices of a decision: what each field gets and which duties apply. */
const effectOf = ({ outcome, dataSubjects, duties }: Decision): string =>
  JSON.stringify([
    outcome,
    dataSubjects.map(({ fields }) => fields.map(({ release, level, link }) => [release, level, link])),
    duties.map((duty) => [duty.kind, duty.for, duty.retentionDays, duty.people]),
  ])

/** The sources of the rule that determined a field, the one that its citation names first. */
export function sourcesOf(
  set: PolicySet,
  { rule, citation }: Pick<FieldDecision, 'rule' | 'citation'>,
): readonly Source[] {
  const sources = set.files.find(({ id }) => id === rule?.file)?.sources ?? []
  const isCited = (source: Source) => citation !== undefined && sharesArticle(citation, source.citation)
  return [...sources.filter(isCited), ...sources.filter((source) => !isCited(source))]
}

/** Whether two citations name the same article: `AVG art. 6 lid 1 onder a` and `AVG art. 6 lid 1 onder a en art. 7` do. */
const sharesArticle = (one: string, other: string): boolean => {
  const article = (citation: string) => /^.*?art(?:\.|ikel) ?[\d.:]+[a-z]?/i.exec(citation)?.[0].toLowerCase()
  return article(one) !== undefined && article(one) === article(other)
}
