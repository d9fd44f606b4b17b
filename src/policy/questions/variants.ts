import { compareText } from '../../encoding/text-order.ts'
import type { Plan } from '../../model/advice.ts'
import type { Question, SubjectQuestion } from '../../model/decision.ts'
import type { PolicyIndex } from '../engine/compile.ts'
import { type NumberedQuestion, numberQuestion } from '../engine/evaluation.ts'
import { scopesAdmitting } from '../engine/scope-index.ts'
import type { PolicySet } from '../policy-set.ts'
import { mapInSteps } from '../steps.ts'
import { amountOf, isStuck, optimisticOutcomes } from './best-sets.ts'
import type { ClosedWords } from './number-literals.ts'
import { evaluatePartially, type Residual } from './residual.ts'

/** How many other purposes and other recipients are looked at, in the order of the alphabet, and how many of them are examined. */
const MAX_LOOKED_AT = 12
const MAX_ELSEWHERE = 3

/** A question as asked, or with one other choice. */
export interface Variant {
  readonly question: Question
  readonly residuals: readonly Residual[]
  readonly choice: Pick<Plan, 'purpose' | 'recipient'>
}

/** What can be chosen otherwise, the easiest first. */
export const OTHER_CHOICES = ['purpose', 'recipient'] as const

/**
 * The question with other purposes, or with other recipients, under which more could pass for this sender: a few. Yields undefined
 * after a step that found none.
 */
export function* listVariants(
  set: PolicySet,
  index: PolicyIndex,
  question: Question,
  closed: ClosedWords,
  kind: (typeof OTHER_CHOICES)[number],
  least: number,
): Generator<Variant | undefined> {
  const numbered = numberQuestion(index, question)
  const words =
    kind === 'purpose'
      ? purposesElsewhere(set, index, numbered, question.dataSubjects)
      : wordsElsewhere(index, numbered, question.dataSubjects, 1).filter(
          (word) => word !== question.sender && set.parties.has(word),
        )
  let examined = 0
  for (const word of words.slice(0, MAX_LOOKED_AT)) {
    const choice = { [kind]: word }
    const changed = { ...question, ...choice }
    const changedNumbers = numberQuestion(index, changed)
    const residuals = yield* mapInSteps(changed.dataSubjects, (subject) =>
      evaluatePartially(set, index, changedNumbers, subject, closed),
    )
    if (promisingFiles(residuals, undefined, least).length === 0) continue
    yield { question: changed, residuals, choice }
    if (++examined === MAX_ELSEWHERE) return
  }
}

/** The other purposes for which a permit is in scope that is not in scope now. */
export const purposesElsewhere = (
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  subjects: readonly SubjectQuestion[],
): readonly string[] => wordsElsewhere(index, numbered, subjects, 2).filter((word) => set.vocabulary.purposes.has(word))

/** The words of one dimension (1 recipients, 2 purposes) for which a permit is in scope that is not in scope now. */
function wordsElsewhere(
  { permits, scopes }: PolicyIndex,
  { sender, recipient, purpose }: NumberedQuestion,
  subjects: readonly SubjectQuestion[],
  dimension: 1 | 2,
): readonly string[] {
  const vectors = permits.scopes.vectors[dimension]!
  const admitting = new Set(
    subjects.flatMap(({ role }) =>
      scopesAdmitting(permits.scopes, [sender, recipient, purpose, scopes[3].ids.get(role) ?? 0], dimension),
    ),
  )
  const current = dimension === 1 ? recipient : purpose
  const isIn = (word: number, scope: number) => (vectors[word]![scope >>> 5]! & (1 << (scope & 31))) !== 0
  return [...scopes[dimension].ids]
    .filter(([, id]) => id > 0 && id !== current)
    .filter(([, id]) => [...admitting].some((scope) => isIn(id, scope) && !isIn(current, scope)))
    .map(([word]) => word)
    .sort(compareText)
}

/** Bases under which more than this could pass, those under which the most could first; the declared one before the others. */
export function promisingFiles(
  residuals: readonly Residual[],
  declared: number | undefined,
  least: number,
): readonly number[] {
  if (residuals.some(({ classes }) => classes.some(isStuck))) return []
  const amounts = new Map<number, number>()
  for (const { classes } of residuals) {
    for (const fields of classes) {
      for (const [file, outcome] of optimisticOutcomes(fields)) {
        amounts.set(file, (amounts.get(file) ?? 0) + amountOf([fields], [outcome])!)
      }
    }
  }
  return [...amounts]
    .map(([file, amount]) => ({ file, amount }))
    .filter(({ amount }) => amount > least)
    .sort((a, b) => Number(b.file === declared) - Number(a.file === declared) || b.amount - a.amount || a.file - b.file)
    .map(({ file }) => file)
}
