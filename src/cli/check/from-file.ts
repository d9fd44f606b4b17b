import { bestBasis } from '../../policy/amount-passing.ts'
import type { WrittenAnswers } from './answers-file.ts'
import type { Interview } from './find-out.ts'
import { type Statements, withReply } from './statements.ts'

/** Answers the questions that a file answers, and leaves the others open. */
export function createFileInterview({ circumstances, assessments }: WrittenAnswers): Interview & {
  /** Words that were answered and never asked. */
  listUnused(): readonly string[]
} {
  const unused = new Set([...circumstances.keys(), ...assessments.keys()])
  return {
    async next({ openQuestions, isComplete, options = [] }, statements) {
      for (const question of openQuestions) {
        const { kind, word } = question
        const reply = (kind === 'circumstance' ? circumstances : assessments).get(word)
        if (reply === undefined || !unused.delete(word)) continue
        return withReply(statements, question, reply)
      }
      // A search that stopped at its bound may have left out a question that matters.
      if (!isComplete && unused.size > 0) return withRest(statements)
      const legalBasis = statements.legalBasis === undefined ? bestBasis(options) : undefined
      return legalBasis === undefined ? undefined : { ...statements, legalBasis }
    },
    listUnused: () => [...unused],
  }

  function withRest(statements: Statements): Statements {
    let all = statements
    for (const word of unused) {
      const ofCircumstance = circumstances.get(word)
      if (ofCircumstance) all = withReply(all, { kind: 'circumstance', word }, ofCircumstance)
      const ofAssessment = assessments.get(word)
      if (ofAssessment) all = withReply(all, { kind: 'assessment', word }, ofAssessment)
    }
    unused.clear()
    return all
  }
}
