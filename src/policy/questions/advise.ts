import { type Advice, MAX_QUESTIONS, type Unreachable, type UnreachableReason } from '../../model/advice.ts'
import type { Decision, Question } from '../../model/decision.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import { ANY_FILE, numberQuestion } from '../engine/evaluation.ts'
import { LINK_ONLY, REFUSED } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { NO_PLAN, STOPPED, unreachableSentence } from './advice-sentences.ts'
import { isStuck } from './best-sets.ts'
import { findPlans } from './find-plans.ts'
import { findQuestions } from './find-questions.ts'
import { bestOutcome, findGoals, type GoalFinder, type Goals, outcomeUnder } from './goals.ts'
import type { Budget } from './implicants.ts'
import { emptyBits } from './literals.ts'
import { type ClosedWords, evaluatePartially, type FieldClass, type Residual } from './residual.ts'
import { withConsequences } from './statements.ts'

/**
 * How many comparisons of sets the questions and the plans may take, each. The shipped rules take some hundreds; a set of ten
 * thousand rules about one and the same exchange reaches it.
 */
export const SEARCH_BOUND = 30_000

/**
 * What a question leaves open: which facts and assessments still matter and what each answer would do, and under which smallest
 * sets of statements the most would pass. Exact within `SEARCH_BOUND`: no open question means that nothing that can still be
 * stated changes a field, and the outcome after an answer is among those that it names. Pure and deterministic.
 *
 * The effect of an answer is about the fields of its own data subject. Nothing is asked while nothing of the exchange can pass.
 *
 * @param setAside words that the asker cannot or will not answer; no question or plan uses them
 */
export function advise(set: PolicySet, question: Question, setAside: Iterable<string> = []): Advice {
  const found = search(set, question, setAside)
  const { openQuestions, residuals, goals, file } = found
  const { plans, isComplete: hasAllPlans } = findPlans(
    set,
    found.question,
    residuals,
    found.closed,
    { left: SEARCH_BOUND },
    found.goalsOf,
  )
  const unreachable = residuals.flatMap((residual, at) =>
    findUnreachable(set, indexOf(set), residual, goals[at]!, file, at, found.isHopeless),
  )
  const isComplete = hasAllPlans && found.isComplete
  const note = !isComplete ? STOPPED : plans.length === 0 && unreachable.length > 0 ? NO_PLAN : undefined
  return { openQuestions, plans, unreachable, isComplete, ...(note && { note }) }
}

/** The open questions of `advise` alone, for answers that name no plans. */
export function askOpenQuestions(
  set: PolicySet,
  question: Question,
  setAside: Iterable<string> = [],
): Pick<Advice, 'openQuestions' | 'isComplete'> {
  const { openQuestions, isComplete } = search(set, question, setAside)
  return { openQuestions, isComplete }
}

/** Whether a decision leaves something out, so that there can be something to find out. */
export const leavesOpen = ({ outcome, dataSubjects }: Decision): boolean =>
  outcome === 'geweigerd' || dataSubjects.some(({ fields }) => fields.some(({ release }) => release !== 'verstrekken'))

function search(set: PolicySet, stated: Question, setAside: Iterable<string>) {
  const question = withConsequences(set, stated)
  const index = indexOf(set)
  const numbered = numberQuestion(index, question)
  const { file } = numbered
  const closed: ClosedWords = new Set([...setAside, ...gatewayCircumstances(set)])
  const residuals = question.dataSubjects.map((subject) => evaluatePartially(set, index, numbered, subject, closed))
  const goalsOf = rememberGoals()
  const budget: Budget = { left: SEARCH_BOUND }
  // Nothing becomes possible where one field refuses the exchange for good.
  const isHopeless = residuals.some(({ classes }) => classes.some(isStuck))
  const goals = residuals.map((residual) =>
    isHopeless ? withoutGoals(residual, file) : goalsOf(residual, file, budget),
  )
  const questions = canPass(residuals, goals)
    ? residuals.flatMap((residual, at) => findQuestions(set, residual, goals[at]!, file, at))
    : []
  return {
    question,
    closed,
    residuals,
    goals,
    goalsOf,
    file,
    isHopeless,
    openQuestions: questions.slice(0, MAX_QUESTIONS),
    isComplete: goals.every((own) => own.isComplete) && questions.length <= MAX_QUESTIONS,
  }
}

const withoutGoals = ({ classes, literals }: Residual, file: number): Goals => ({
  goals: [],
  now: classes.map((fields) => outcomeUnder(fields, file, emptyBits(literals.length))),
  isComplete: true,
})

/**
 * Whether anything of the exchange can pass. When some field stays refused, or nothing is or can be released or linked, lifting
 * one prohibition of several gives nobody anything, and there is nothing to ask.
 */
function canPass(residuals: readonly Residual[], goals: readonly Goals[]): boolean {
  const best = residuals.flatMap(({ classes }, at) =>
    classes.map((_, of) => bestOutcome(goals[at]!.goals, of, goals[at]!.now[of]!, () => true)),
  )
  return best.every(({ rank }) => rank < REFUSED) && best.some(({ rank, link }) => rank < LINK_ONLY || link)
}

/** Finds the goals of a data subject under a basis once; all bases together are the only one when no other is in scope. */
function rememberGoals(): GoalFinder {
  const known = new Map<Residual, Map<number, Goals>>()
  return (residual, file, budget) => {
    const perFile = known.get(residual) ?? new Map<number, Goals>()
    known.set(residual, perFile)
    const files = new Set(residual.classes.flatMap(({ coveringFiles }) => [...coveringFiles]))
    const own = file === ANY_FILE && files.size === 1 ? [...files][0]! : file
    const goals = perFile.get(own) ?? findGoals(residual, own, budget)
    perFile.set(own, goals)
    return goals
  }
}

/** Circumstances that only the gateway states: a sender cannot answer them. */
export function gatewayCircumstances({ vocabulary }: PolicySet): readonly string[] {
  const words = vocabulary.gatewayWords?.identityQuestion
  return words ? [words.askedCircumstance, words.answeredCircumstance] : []
}

/** Fields that are neither released nor linked whatever is answered, grouped by why. */
function findUnreachable(
  set: PolicySet,
  index: PolicyIndex,
  { classes, evaluation }: Residual,
  { goals, now, isComplete }: Goals,
  file: number,
  dataSubject: number,
  isHopeless: boolean,
): readonly Unreachable[] {
  // An incomplete search cannot tell what no answer reaches.
  if (!isComplete) return []
  const found = classes.flatMap((fields, of) => {
    if (isHopeless && !isStuck(fields)) return []
    const best = bestOutcome(goals, of, now[of]!, () => true)
    if (best.rank < LINK_ONLY || best.link) return []
    const names = fields.positions.map((position) => evaluation.names[position]!)
    return [{ names, isRefused: best.rank === REFUSED, ...reasonOf(fields, file) }]
  })
  const grouped = Map.groupBy(found, ({ reason, narrowing, isRefused }) => `${reason} ${narrowing} ${isRefused}`)
  return [...grouped.values()].map((alike) => {
    const { reason, narrowing, isRefused } = alike[0]!
    const listed = new Set(alike.flatMap(({ names }) => names))
    const fields = evaluation.names.filter((name) => listed.has(name))
    const rule = narrowing === undefined ? undefined : index.narrowingRules[narrowing]!
    return {
      dataSubject,
      fields,
      reason,
      ...(rule && { rule: { file: rule.file, rule: rule.id }, citation: rule.citation }),
      sentence: unreachableSentence(set, fields, isRefused ? 'refusal' : reason, rule),
    }
  })
}

function reasonOf(
  { barriers, coveringFiles }: FieldClass,
  file: number,
): { readonly reason: UnreachableReason; readonly narrowing?: number } {
  const forbidding = barriers.find(({ rank, lifts }) => rank >= LINK_ONLY && lifts.length === 0)
  if (forbidding) return { reason: 'prohibition', narrowing: forbidding.narrowing }
  if (coveringFiles.size === 0) return { reason: 'no-rule' }
  return { reason: file === ANY_FILE || coveringFiles.has(file) ? 'excluded' : 'other-basis' }
}
