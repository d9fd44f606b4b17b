import type { SubjectQuestion } from '../../model/decision.ts'
import type { PolicyIndex } from './compile.ts'
import { type Evaluation, type NumberedQuestion, startEvaluation } from './evaluation.ts'
import { matchBars } from './match-bars.ts'
import { matchPermits } from './match-permits.ts'

/** Evaluates one data subject: which groups of permits fire, and for each field the best permit and the strictest bar. */
export function evaluate(
  index: PolicyIndex,
  question: NumberedQuestion,
  subject: SubjectQuestion,
  evaluation: Evaluation,
): void {
  startEvaluation(index, question, subject, evaluation)
  matchPermits(index, question, evaluation)
  matchBars(index, evaluation)
}
