import type { Question } from '../model/decision.ts'
import type { Validity } from '../model/rule.ts'
import { gatherFacts, isInForce, isInScope } from './conditions.ts'
import type { PolicySet } from './policy-set.ts'

/** A legal basis with rules about an exchange, none of which has a text for its day. */
export interface OtherDays {
  readonly file: string
  /** The period nearest to the day that a rule does have a text for. */
  readonly nearest: Validity
}

/**
 * The legal bases that are about these people between these parties for this purpose, on other days only: a rule is never applied
 * to a day before or after its text. Of the declared legal basis alone, when one is declared.
 */
export function findOtherDays({ rulesByFile }: PolicySet, question: Question): readonly OtherDays[] {
  const subjects = question.dataSubjects.map((subject) => gatherFacts(question, subject))
  return [...rulesByFile].flatMap(([file, rules]) => {
    if (question.legalBasis !== undefined && file !== question.legalBasis) return []
    const about = rules.filter(({ scope }) => subjects.some((facts) => isInScope(scope, facts)))
    const day = subjects[0]?.date ?? ''
    const periods = about.map(({ validity }) => validity)
    if (periods.length === 0 || periods.some((period) => isInForce(period, day))) return []
    const coming = periods.filter(({ from }) => from > day).toSorted((a, b) => (a.from < b.from ? -1 : 1))
    const past = periods.toSorted((a, b) => ((a.until ?? '') > (b.until ?? '') ? -1 : 1))
    return [{ file, nearest: coming[0] ?? past[0]! }]
  })
}
