import type { Question, SubjectQuestion } from '../../model/decision.ts'
import { closeFacts } from '../facts/relations.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Literal } from './literals.ts'

/** A question with what follows from its words. */
export const withConsequences = (set: PolicySet, question: Question): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject) => ({
    ...subject,
    circumstances: closeFacts(set.vocabulary, subject).circumstances,
  })),
})

/** A data subject of a question with these statements added. */
export const withStatements = (
  subject: SubjectQuestion,
  statements: readonly { readonly kind: Literal['kind']; readonly word: string; readonly value?: boolean }[],
): SubjectQuestion => ({
  ...subject,
  circumstances: {
    ...subject.circumstances,
    ...Object.fromEntries(
      statements.flatMap(({ kind, word, value }) => (kind === 'circumstance' ? [[word, value === true]] : [])),
    ),
  },
  assessments: [
    ...subject.assessments,
    ...statements.flatMap(({ kind, word }) => (kind === 'assessment' ? [word] : [])),
  ],
})
