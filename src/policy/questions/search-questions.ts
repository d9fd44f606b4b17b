import { type Advice, MAX_QUESTIONS } from '../../model/advice.ts'
import type { Question } from '../../model/decision.ts'
import { indexOf } from '../engine/compile.ts'
import { numberQuestion } from '../engine/evaluation.ts'
import { LINK_ONLY, REFUSED } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { doAtOnce, mapInSteps, type Steps } from '../steps.ts'
import { isStuck } from './best-sets.ts'
import { findQuestions } from './find-questions.ts'
import { bestOutcome, findGoals, type Goals, outcomesNow } from './goals.ts'
import type { Budget } from './implicants.ts'
import type { ClosedWords } from './number-literals.ts'
import { evaluatePartially, type Residual } from './residual.ts'
import { withConsequences } from './statements.ts'

/**
 * How many comparisons of sets the questions and the plans may take, each. The shipped rules take some hundreds; a set of ten
 * thousand rules about one and the same exchange reaches it.
 */
export const SEARCH_BOUND = 30_000

/** The open questions of `advise` alone, for answers that name no plans. */
export const askOpenQuestions = (
  set: PolicySet,
  question: Question,
  setAside: Iterable<string> = [],
): Pick<Advice, 'openQuestions' | 'isComplete'> => doAtOnce(askInSteps(set, question, setAside))

/** The same in steps, at least one for each data subject. */
export function* askInSteps(
  set: PolicySet,
  question: Question,
  setAside: Iterable<string> = [],
): Steps<Pick<Advice, 'openQuestions' | 'isComplete'>> {
  const { openQuestions, isComplete } = yield* searchInSteps(set, question, setAside)
  return { openQuestions, isComplete }
}

/** What a search found. */
interface Found extends Pick<Advice, 'openQuestions' | 'isComplete'> {
  /** With what follows from its words. */
  readonly question: Question
  readonly closed: ClosedWords
  /** Of each data subject. */
  readonly residuals: readonly Residual[]
  readonly goals: readonly Goals[]
  readonly file: number
  /** Whether a field refuses the exchange for good. */
  readonly isHopeless: boolean
}

/** What a search found last about a question as it stands; a question never changes. */
const searches = new WeakMap<Question, { readonly set: PolicySet; readonly found: Found }>()

/**
 * The open questions of a question, and what they were found with. Plans and nearest misses of one refusal are both views of
 * it, so without words that were set aside it is searched once.
 */
export const searchQuestions = (set: PolicySet, stated: Question, setAside: Iterable<string> = []): Found =>
  doAtOnce(searchInSteps(set, stated, setAside))

/** The same in steps, at least one for each data subject. */
export function* searchInSteps(set: PolicySet, stated: Question, setAside: Iterable<string> = []): Steps<Found> {
  const aside = [...setAside]
  if (aside.length > 0) return yield* search(set, stated, aside)
  const known = searches.get(stated)
  if (known?.set === set) return known.found
  const found = yield* search(set, stated, aside)
  searches.set(stated, { set, found })
  return found
}

function* search(set: PolicySet, stated: Question, setAside: readonly string[]): Steps<Found> {
  const question = withConsequences(set, stated)
  const index = indexOf(set)
  const numbered = numberQuestion(index, question)
  const { file } = numbered
  const closed: ClosedWords = new Set([...setAside, ...gatewayCircumstances(set)])
  const residuals = yield* mapInSteps(question.dataSubjects, (subject) =>
    evaluatePartially(set, index, numbered, subject, closed),
  )
  const budget: Budget = { left: SEARCH_BOUND }
  // Nothing becomes possible where one field refuses the exchange for good.
  const isHopeless = residuals.some(({ classes }) => classes.some(isStuck))
  const goals = yield* mapInSteps(residuals, (residual) =>
    isHopeless ? withoutGoals(residual, file) : findGoals(residual, file, budget),
  )
  const isRefused = goals.map(({ now }) => now.some(({ rank }) => rank === REFUSED))
  const perSubject = canPass(residuals, goals)
    ? yield* mapInSteps(residuals, (residual, at) => {
        const isOtherRefused = isRefused.some((isSo, other) => isSo && other !== at)
        return findQuestions(set, residual, goals[at]!, file, at, isOtherRefused)
      })
    : []
  const questions = perSubject.flat()
  return {
    question,
    closed,
    residuals,
    goals,
    file,
    isHopeless,
    openQuestions: questions.slice(0, MAX_QUESTIONS),
    isComplete: goals.every((own) => own.isComplete) && questions.length <= MAX_QUESTIONS,
  }
}

const withoutGoals = (residual: Residual, file: number): Goals => ({
  goals: [],
  now: outcomesNow(residual, file),
  isComplete: true,
})

/**
 * Whether anything of the exchange can pass. When some field stays refused, or nothing is or can be released or linked, lifting
 * one prohibition of several gives nobody anything, and there is nothing to ask.
 */
function canPass(residuals: readonly Residual[], goals: readonly Goals[]): boolean {
  const best = residuals.flatMap(({ classes }, at) =>
    classes.map((_, of) => bestOutcome(goals[at]!.goals, of, goals[at]!.now[of]!)),
  )
  return best.every(({ rank }) => rank < REFUSED) && best.some(({ rank, link }) => rank < LINK_ONLY || link)
}

/** Circumstances that only the gateway states: a sender cannot answer them. */
export function gatewayCircumstances({ vocabulary }: PolicySet): readonly string[] {
  const words = vocabulary.gatewayWords?.identityQuestion
  return words ? [words.askedCircumstance, words.answeredCircumstance] : []
}
