import type { Language } from '../../model/language.ts'
import { capitalised, explainOutcome, OUTCOME_WORDS } from '../../model/treatment-words.ts'
import { type AdviceLines, explainLinking } from './advice-lines.ts'
import { DIMENSION_WORDS, WORDS } from './check-words.ts'
import type { Finding } from './find-out.ts'
import type { PolicyList, Words } from './gateway-answers.ts'
import type { Statements } from './statements.ts'

/** What a result is about, beside what was found out. */
export interface ResultContext {
  readonly party: string
  /** The report to fill in; absent when nothing would pass. */
  readonly body: object | undefined
  /** Where the body was written. */
  readonly file: string | undefined
  /** True when the legal basis was not given, and follows from the answers. */
  readonly isBasisFound: boolean
  /** Answers of a file that no question needed. */
  readonly unused: readonly string[]
  readonly policies: PolicyList
  /** True when a person answered the questions at the terminal. */
  readonly isAsked: boolean
}

/** The end of a check as text: what passes, what stays and why, what to do about it, and the body to send. */
export function formatResult(
  { statements, answer, toSend }: Finding,
  { party, body, file, isBasisFound, unused, policies, isAsked }: ResultContext,
  lines: AdviceLines,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const { decision } = answer
  const basis = policies.policies.find(({ id }) => id === statements.legalBasis)
  const sent = toSend?.statements.fields ?? []
  const leftOut = statements.fields.filter((field) => !sent.includes(field))
  return [
    ...lines.wrap(
      `${words.result}: ${explainOutcome(decision.outcome, decision.reason, language)} ${words.nothingSent}`,
    ),
    ...(basis
      ? lines.wrap(
          isBasisFound
            ? words.basisTaken(basis.title)
            : `${capitalised(DIMENSION_WORDS.legalBasis[language])}: ${basis.title}.`,
        )
      : []),
    '',
    ...lines.explain(decision),
    ...explainLinking(decision, language).flatMap((line) => lines.wrap(line)),
    ...lines.remedies(
      answer,
      {
        legalBasis: statements.legalBasis,
        title: (id) => policies.policies.find((file) => file.id === id)?.title ?? id,
      },
      isAsked,
    ),
    ...(decision.outcome === 'geweigerd' ? [] : lines.duties(decision)),
    ...(unused.length === 0 ? [] : ['', ...lines.wrap(`${words.notNeeded}: ${unused.join(', ')}.`)]),
    '',
    ...(body === undefined || !toSend
      ? lines.wrap(words.noBody)
      : [
          ...lines.wrap(words.fill),
          ...lines.wrap(words.values),
          ...(leftOut.length === 0 ? [] : lines.wrap(words.leftOut(lines.fields(leftOut)))),
          ...lines.wrap(`${words.bodyOutcome}: ${OUTCOME_WORDS[language][toSend.answer.decision.outcome]}.`),
          words.body(file, party),
          ...(file === undefined
            ? ['', ...JSON.stringify(body, null, 2).split('\n')]
            : lines.wrap(words.written(file))),
        ]),
  ]
}

/** The same for programs. */
export function formatJsonResult(
  { statements, answer, toSend }: Finding,
  body: object | undefined,
  unused: readonly string[],
): object {
  const { recipient, purpose, legalBasis, role, fields, circumstances, assessments, declined, unknown } = statements
  const { decision, openQuestions, plans, unreachable, isComplete, note } = answer
  return {
    outcome: decision.outcome,
    ...(decision.reason !== undefined && { reason: decision.reason }),
    choices: { recipient, purpose, ...(legalBasis !== undefined && { legalBasis }), role, fields },
    answers: { circumstances, assessments, declined, unknown, notNeeded: unused },
    fields: decision.dataSubjects[0]!.fields,
    duties: decision.duties,
    openQuestions,
    plans,
    unreachable,
    isComplete,
    ...(note && { note }),
    ...(body && toSend && { bodyOutcome: toSend.answer.decision.outcome, body }),
  }
}

/** Answers in the form of a file for `--answers`; undefined when there are none. */
export function formatAnswers(
  { circumstances, assessments, declined, unknown }: Statements,
  vocabulary: Words,
): string | undefined {
  const isAssessment = (word: string) => vocabulary.assessments.some(({ id }) => id === word)
  const unknownWhere = (isWanted: (word: string) => boolean) =>
    unknown.filter(isWanted).map((word) => [word, 'onbekend'] as const)
  const facts = [...Object.entries(circumstances), ...unknownWhere((word) => !isAssessment(word))]
  const assessed = [
    ...assessments.map((word) => [word, true] as const),
    ...declined.map((word) => [word, false] as const),
    ...unknownWhere(isAssessment),
  ]
  if (facts.length + assessed.length === 0) return undefined
  return JSON.stringify({ circumstances: Object.fromEntries(facts), assessments: Object.fromEntries(assessed) })
}
