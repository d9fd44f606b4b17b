import { compareText } from '../../encoding/text-order.ts'
import { PLAN_EFFORTS, type Plan, type PlanStatement } from '../../model/advice.ts'
import type { Question } from '../../model/decision.ts'
import { decide } from '../decide.ts'
import type { PolicySet } from '../policy-set.ts'
import { formPlanSentence, questionOf } from './advice-sentences.ts'
import type { RatedSet } from './best-sets.ts'
import { knowersOf } from './effort.ts'
import { type Bits, isStatement, membersOf, type Statement } from './literals.ts'
import type { Residual } from './residual.ts'
import { withConsequences, withStatements } from './statements.ts'
import type { Variant } from './variants.ts'

/** A plan before its outcome is decided. */
export interface Draft {
  readonly variant: Variant
  readonly legalBasis: string
  readonly sets: readonly RatedSet[]
  readonly amount: number
  readonly isWhole: boolean
  readonly effort: number
  readonly size: number
  /** How many of the statements are a yes or a declaration. */
  readonly claims: number
  /** 0 the exchange as asked, 1 another basis than declared, 2 another purpose, 3 another recipient. */
  readonly distance: number
}

/** The statements of a set, in an order that people read them in. */
export const literalsOf = ({ literals }: Residual, bits: Bits): readonly Statement[] =>
  membersOf(bits)
    .map((at) => literals[at]!)
    .filter(isStatement)
    .sort((a, b) => compareText(b.kind, a.kind) || Number(b.value) - Number(a.value) || compareText(a.word, b.word))

/** Decides what a plan does and puts it into words. */
export function formPlan(set: PolicySet, { variant, legalBasis, sets, distance, effort }: Draft): Plan {
  const stated = sets.map(({ bits }, at) => literalsOf(variant.residuals[at]!, bits))
  const question: Question = {
    ...variant.question,
    legalBasis,
    dataSubjects: variant.question.dataSubjects.map((subject, at) => withStatements(subject, stated[at]!)),
  }
  const decision = decide(set, withConsequences(set, question))
  const statements = stated.flatMap((literals, dataSubject) =>
    literals.map(
      (literal): PlanStatement => ({
        dataSubject,
        kind: literal.kind,
        word: literal.word,
        ...(literal.kind === 'circumstance' && { value: literal.value }),
        question: questionOf(set, literal),
        knownBy: knowersOf(set, literal),
      }),
    ),
  )
  const plan = {
    legalBasis,
    ...variant.choice,
    statements,
    outcome: decision.outcome,
    dataSubjects: decision.dataSubjects.map(({ fields }) => ({
      fields: fields.map(({ field, release, level, link }) => ({
        field,
        release,
        ...(level !== undefined && { level }),
        link,
      })),
    })),
    duties: decision.duties,
    effort: distance > 0 ? ('other-choice' as const) : PLAN_EFFORTS[effort]!,
  }
  return { ...plan, sentence: formPlanSentence(set, plan) }
}
