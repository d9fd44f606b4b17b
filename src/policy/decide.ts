import type {
  Decision,
  FieldDecision,
  NearestMiss,
  Question,
  Reason,
  SubjectDecision,
  SubjectQuestion,
} from '../model/decision.ts'
import { addDutyLists, mergeDutyLists } from './collect-duties.ts'
import { decideField } from './decide-field.ts'
import { indexOf, type PolicyIndex } from './engine/compile.ts'
import { evaluate } from './engine/evaluate.ts'
import { createEvaluation, type Evaluation, type NumberedQuestion, numberQuestion } from './engine/evaluation.ts'
import { withLazyMember } from './engine/lazy-member.ts'
import { applyingBars, narrowingsOf, refusesForCertain } from './engine/match-bars.ts'
import { coveringRules, lacksOnlyAssessments } from './engine/match-permits.ts'
import type { PolicySet } from './policy-set.ts'
import { findPresumed } from './presumptions.ts'
import { findNearestMisses } from './questions/find-misses.ts'
import { searchInSteps } from './questions/search-questions.ts'
import type { Steps } from './steps.ts'

/** Changes whenever the same question and rule set could get another answer. */
export const ENGINE_VERSION = '3'

/**
 * Decides one exchange, field by field. Pure, total and deterministic: the same set and question give the same answer,
 * a word that the set does not know satisfies nothing, and unknown never widens.
 *
 * A subject's `outcome` says what its own fields get; the exchange can be refused as a whole because of another subject, and
 * `in-afwachting` exists for the exchange only. Without a declared legal basis the rules of every basis count together.
 * Nearest misses, a view of the open questions, and lists of hundreds of rules, are computed when they are first read.
 */
export function decide(set: PolicySet, question: Question): Decision {
  const index = indexOf(set)
  const numbered = numberQuestion(index, question)
  const workspace = workspaceOf(index)
  workspace.dutyLists.length = 0
  // One search finds the misses of every data subject.
  let misses: ReturnType<typeof findNearestMisses> | undefined
  const missesOf = (at: number): readonly NearestMiss[] => {
    misses ??= findNearestMisses(set, question)
    return misses[at]!
  }
  const decisions = question.dataSubjects.map((subject, at) =>
    withMisses(decideSubject(set, index, numbered, subject, workspace), () => missesOf(at)),
  )
  const closing = { policyHash: set.policyHash, engineVersion: ENGINE_VERSION, at: question.at }
  const reason = refusalOf(decisions)
  if (reason !== undefined) return { outcome: 'geweigerd', reason, dataSubjects: decisions, duties: [], ...closing }
  const merged = mergeDutyLists(index, workspace.dutyLists)
  const isHeld = merged.some(({ kind }) => kind === 'vier-ogen')
  const isWhole = decisions.every(({ outcome }) => outcome === 'verstrekt')
  const outcome = isHeld ? 'in-afwachting' : isWhole ? 'verstrekt' : 'gedeeltelijk'
  return { outcome, dataSubjects: decisions, duties: merged, ...closing }
}

/** The decision under each single legal basis that lets something pass, ordered by id of the file. */
export function listOptions(
  set: PolicySet,
  question: Question,
): readonly { readonly legalBasis: string; readonly decision: Decision }[] {
  return [...set.rulesByFile.keys()]
    .map((legalBasis) => ({ legalBasis, decision: decide(set, { ...question, legalBasis }) }))
    .filter(({ decision }) => decision.outcome !== 'geweigerd')
}

/** The same in steps, with the nearest misses of each decision already found. */
export function* listOptionsInSteps(set: PolicySet, question: Question): Steps<ReturnType<typeof listOptions>> {
  const options: ReturnType<typeof listOptions>[number][] = []
  for (const legalBasis of set.rulesByFile.keys()) {
    const asked = { ...question, legalBasis }
    const decision = decide(set, asked)
    if (decision.outcome === 'geweigerd') continue
    options.push({ legalBasis, decision })
    yield
    yield* searchInSteps(set, asked)
  }
  return options
}

/** Why the whole exchange is refused: a field is refused, or nothing passes for any data subject. Undefined when it is not. */
function refusalOf(subjects: readonly SubjectDecision[]): Reason | undefined {
  if (subjects.some(({ fields }) => fields.some(({ release }) => release === 'weigeren'))) {
    return subjects.every(({ reason }) => reason === 'geen-grondslag') ? 'geen-grondslag' : 'verbod'
  }
  if (subjects.some(({ outcome }) => outcome !== 'geweigerd')) return undefined
  const reasons: readonly Reason[] = ['beoordeling-ontbreekt', 'verbod']
  return reasons.find((reason) => subjects.some((subject) => subject.reason === reason)) ?? 'geen-grondslag'
}

/** Memory that decisions reuse, one per index: a decision is synchronous and reads nothing that an earlier one left here. */
interface Workspace {
  readonly evaluation: Evaluation
  /** Duty lists that come along with what passes; one can be here twice. */
  readonly dutyLists: number[]
}

const workspaces = new WeakMap<PolicyIndex, Workspace>()

function workspaceOf(index: PolicyIndex): Workspace {
  const known = workspaces.get(index)
  if (known !== undefined) return known
  const workspace = { evaluation: createEvaluation(index), dutyLists: [] }
  workspaces.set(index, workspace)
  return workspace
}

function decideSubject(
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  subject: SubjectQuestion,
  { evaluation, dutyLists }: Workspace,
): Omit<SubjectDecision, 'nearestMisses'> {
  evaluate(index, numbered, subject, evaluation)
  const fields: FieldDecision[] = []
  let isWhole = true
  let isForbidden = false
  const passing: number[] = []
  for (let position = 0; position < evaluation.names.length; position++) {
    const field = decideField(set, index, numbered, evaluation, position)
    const isReleased = field.release === 'verstrekken' || field.release === 'generaliseren'
    isWhole &&= isReleased
    isForbidden ||= field.release === 'weigeren'
    if (isReleased || field.link) passing.push(position)
    fields.push(field)
  }
  const reason =
    passing.length > 0 && !isForbidden ? undefined : refusalOfSubject(index, numbered, evaluation, isForbidden)
  if (reason === undefined) addDutyLists(index, evaluation, fields, dutyLists)
  const outcome = reason !== undefined ? 'geweigerd' : isWhole ? 'verstrekt' : 'gedeeltelijk'
  const presumed = index.facts.silences.length === 0 ? [] : findPresumed(set, index, evaluation, passing)
  const outcomes: SubjectOutcome = {
    outcome,
    ...(reason !== undefined && { reason }),
    fields,
    ...(presumed.length > 0 && { presumed }),
  }
  return withRules(outcomes, index, numbered, subject, evaluation)
}

/** A subject's decision without the rules behind it. */
type SubjectOutcome = Pick<SubjectDecision, 'outcome' | 'reason' | 'fields' | 'presumed'>

/** Up to so many rules that fire and vectors of bars, the lists of rules are computed at once. */
const FEW = 8
const FEW_WORDS = 2

/** Adds the rules in play: at once when they are few, otherwise when they are first read. */
function withRules(
  decided: SubjectOutcome,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  subject: SubjectQuestion,
  evaluation: Evaluation,
) {
  const { fired, bucket } = evaluation
  const listFired = (from: Evaluation) =>
    coveringRules(index, from.fired, from).map((rule) => index.ruleReferences[rule]!)
  const listNarrowings = (from: Evaluation) =>
    narrowingsOf(index, applyingBars(index, from)).map((position) => index.narrowingReferences[position]!)
  const rules = fired.reduce((sum, group) => sum + ruleCount(index, group), 0)
  if (rules <= FEW && bucket.words.length <= FEW_WORDS) {
    return Object.assign(decided, { firedRules: listFired(evaluation), prohibitions: listNarrowings(evaluation) })
  }
  const evaluateAgain = () => {
    const own = createEvaluation(index)
    evaluate(index, numbered, subject, own)
    return own
  }
  const withFired = withLazyMember(decided, 'firedRules', () => listFired(evaluateAgain()))
  return withLazyMember(withFired, 'prohibitions', () => listNarrowings(evaluateAgain()))
}

const ruleCount = ({ permits }: PolicyIndex, group: number): number =>
  permits.ruleStart[group + 1]! - permits.ruleStart[group]!

const NO_MISSES: readonly NearestMiss[] = []

function withMisses(
  decided: Omit<SubjectDecision, 'nearestMisses'>,
  find: () => readonly NearestMiss[],
): SubjectDecision {
  // When everything is released and links, nothing could be wider.
  if (decided.fields.every(({ release, link }) => release === 'verstrekken' && link)) {
    return Object.assign(decided, { nearestMisses: NO_MISSES })
  }
  return withLazyMember(decided, 'nearestMisses', find)
}

function refusalOfSubject(
  index: PolicyIndex,
  numbered: NumberedQuestion,
  evaluation: Evaluation,
  isForbidden: boolean,
): Reason {
  // A group fires only when it permits a requested field, so a bar took that away.
  if (evaluation.fired.length > 0) return 'verbod'
  const lacksAssessment = lacksOnlyAssessments(index, numbered, evaluation)
  if (!isForbidden) return lacksAssessment ? 'beoordeling-ontbreekt' : 'geen-grondslag'
  // Without a legal basis nothing would pass, whatever the answer is to what a prohibition still waits for.
  return lacksAssessment || refusesForCertain(index, evaluation) ? 'verbod' : 'geen-grondslag'
}
