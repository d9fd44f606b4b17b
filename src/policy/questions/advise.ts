import type { Advice, Unreachable, UnreachableReason } from '../../model/advice.ts'
import type { Decision, Question } from '../../model/decision.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import { ANY_FILE } from '../engine/evaluation.ts'
import { LINK_ONLY, REFUSED } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { doAtOnce, type Steps } from '../steps.ts'
import { unreachableSentence } from './advice-sentences.ts'
import { NO_PLAN, NO_PLAN_ASIDE, STOPPED } from './advice-words.ts'
import { isStuck } from './best-sets.ts'
import { findPlans } from './find-plans.ts'
import { bestOutcome, type Goals, rememberGoals } from './goals.ts'
import type { FieldClass, Residual } from './residual.ts'
import { SEARCH_BOUND, searchInSteps } from './search-questions.ts'

/**
 * What a question leaves open: which facts and assessments still matter and what each answer would do, and under which smallest
 * sets of statements the most would pass. Exact within `SEARCH_BOUND`: no open question means that nothing that can still be
 * stated changes a field, and the outcome after an answer is among those that it names. Pure and deterministic.
 *
 * The effect of an answer is about the fields of its own data subject. Nothing is asked while nothing of the exchange can pass.
 *
 * @param setAside words that the asker cannot or will not answer; no question or plan uses them
 */
export const advise = (set: PolicySet, question: Question, setAside: Iterable<string> = []): Advice =>
  doAtOnce(adviseInSteps(set, question, setAside))

/**
 * The same in steps: for several data subjects it takes tens of milliseconds, too long for others to wait (`exchange/turns.ts`).
 */
export function* adviseInSteps(set: PolicySet, question: Question, setAside: Iterable<string> = []): Steps<Advice> {
  const aside = [...setAside]
  const isAside = aside.length > 0
  const found = yield* searchInSteps(set, question, aside)
  const { openQuestions, residuals, goals, file, closed } = found
  const { plans, isComplete: hasAllPlans } = yield* findPlans(
    set,
    found.question,
    residuals,
    closed,
    { left: SEARCH_BOUND },
    rememberGoals(residuals, goals, file),
  )
  const unreachable = residuals.flatMap((residual, at) =>
    findUnreachable(set, indexOf(set), residual, goals[at]!, file, at, { isHopeless: found.isHopeless, isAside }),
  )
  const isComplete = hasAllPlans && found.isComplete
  const noPlan = plans.length > 0 || unreachable.length === 0 ? undefined : isAside ? NO_PLAN_ASIDE : NO_PLAN
  const note = isComplete ? noPlan : STOPPED
  return { openQuestions, plans, unreachable, isComplete, ...(note && { note }) }
}

/** Whether a decision leaves something out, so that there can be something to find out. */
export const leavesOpen = ({ outcome, dataSubjects }: Decision): boolean =>
  outcome === 'geweigerd' || dataSubjects.some(({ fields }) => fields.some(({ release }) => release !== 'verstrekken'))

/** Fields that are neither released nor linked whatever is answered, grouped by why. */
function findUnreachable(
  set: PolicySet,
  index: PolicyIndex,
  { classes, names }: Residual,
  { goals, now, isComplete }: Goals,
  file: number,
  dataSubject: number,
  { isHopeless, isAside }: { readonly isHopeless: boolean; readonly isAside: boolean },
): readonly Unreachable[] {
  // An incomplete search cannot tell what no answer reaches.
  if (!isComplete) return []
  const found = classes.flatMap((fields, of) => {
    if (isHopeless && !isStuck(fields)) return []
    const best = bestOutcome(goals, of, now[of]!)
    if (best.rank < LINK_ONLY || best.link) return []
    const fieldNames = fields.positions.map((position) => names[position]!)
    return [{ fieldNames, isRefused: best.rank === REFUSED, ...reasonOf(fields, file) }]
  })
  const grouped = Map.groupBy(found, ({ reason, narrowing, isRefused }) => `${reason} ${narrowing} ${isRefused}`)
  return [...grouped.values()].map((alike) => {
    const { reason, narrowing, isRefused } = alike[0]!
    const listed = new Set(alike.flatMap(({ fieldNames }) => fieldNames))
    const fields = names.filter((name) => listed.has(name))
    const words = isAside && reason === 'excluded' ? 'aside' : reason
    const rule = narrowing === undefined ? undefined : index.narrowingRules[narrowing]!
    return {
      dataSubject,
      fields,
      reason,
      ...(rule && { rule: { file: rule.file, rule: rule.id }, citation: rule.citation }),
      sentence: unreachableSentence(set, fields, isRefused && rule ? 'refusal' : words, rule),
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
