import type { Question, SubjectQuestion } from '../../model/decision.ts'
import { indexOf } from '../engine/compile.ts'
import { ANY_FILE, numberQuestion } from '../engine/evaluation.ts'
import { LINK_ONLY } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { bestOutcome, findGoals } from './goals.ts'
import { evaluatePartially } from './residual.ts'
import { gatewayCircumstances, SEARCH_BOUND } from './search-questions.ts'
import { withConsequences } from './statements.ts'
import { purposesElsewhere } from './variants.ts'

/**
 * Whether anything about a person could pass. `prohibited`: not, because a prohibition that nothing lifts bars every field.
 * `undecided`: the search stopped at its bound.
 */
export type Passage = 'possible' | 'impossible' | 'prohibited' | 'undecided'

/**
 * The purposes under which something could pass between these parties about a person in this role: the one that was asked first,
 * then every other one with a permit in scope.
 */
export const purposesToTry = (set: PolicySet, question: Question, subject: SubjectQuestion): readonly string[] => {
  const index = indexOf(set)
  const others = purposesElsewhere(set, index, numberQuestion(index, question), [subject])
  return [question.purpose, ...others]
}

/**
 * Whether any of the requested fields of one person could be released or linked for the purpose of the question, on some legal
 * basis, if the sender stated and declared whatever is consistent with what it stated already. What was stated counts as true.
 * A field counts by itself: a sender can leave out a field that stops the others. Exact within `SEARCH_BOUND`.
 */
export function findPassage(set: PolicySet, question: Question, subject: SubjectQuestion): Passage {
  const { dataSubjects } = withConsequences(set, { ...question, dataSubjects: [subject] })
  const index = indexOf(set)
  const closed = new Set(gatewayCircumstances(set))
  const residual = evaluatePartially(set, index, numberQuestion(index, question), dataSubjects[0]!, closed)
  const { goals, now, isComplete } = findGoals(residual, ANY_FILE, { left: SEARCH_BOUND })
  const passes = residual.classes.some((_, of) => {
    const { rank, link } = bestOutcome(goals, of, now[of]!)
    return rank < LINK_ONLY || link
  })
  if (passes) return 'possible'
  if (!isComplete) return 'undecided'
  const isBarred = residual.classes.every(({ barriers }) =>
    barriers.some(({ rank, lifts }) => rank >= LINK_ONLY && lifts.length === 0),
  )
  return isBarred ? 'prohibited' : 'impossible'
}
