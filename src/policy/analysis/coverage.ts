import type { Decision, Question, SubjectQuestion } from '../../model/decision.ts'
import type { BasisRule, SharedDuties } from '../../model/rule.ts'
import { decide } from '../decide.ts'
import { isConsistent } from '../facts/relations.ts'
import { closeQuestion } from '../facts/settle-question.ts'
import { quote } from '../files/fault.ts'
import type { ExpectedDecision, PolicyCase, PolicySet } from '../policy-set.ts'
import {
  type Bar,
  barOf,
  type Clause,
  clausesOf,
  type Lift,
  liftsOf,
  type Narrowing,
  narrowingsOf,
  permitsOf,
} from './clauses.ts'
import { type Conflict, listCuts } from './conflicts.ts'
import { findPlay, narrowingDataGaps, type Play, permitDataGaps } from './coverage-data.ts'
import { type Condition, type CoverageGap, conditionGaps, exceptionGap, type Gap, ruleGap } from './coverage-gaps.ts'
import { type Knowledge, type KnowledgeWords, knowledgeWords, suffices } from './knowledge.ts'
import { type Box, exchangeSpace, overlap, type Space } from './space.ts'

export interface Coverage {
  /** Whether there is no required gap. */
  readonly ok: boolean
  readonly rules: number
  readonly cases: number
  readonly gaps: readonly CoverageGap[]
}

/** What all rules are compared with. */
interface Ground {
  readonly clauses: readonly Clause[]
  readonly cuts: readonly Conflict[]
  readonly space: Space
  readonly words: KnowledgeWords
}

/** A case in the form in which its words can be toggled: as it is stated, with what is known and decided then. */
interface Trial {
  readonly question: Question
  readonly expected: ExpectedDecision
  readonly subject: SubjectQuestion
  readonly point: Box
  readonly knowledge: Knowledge
  readonly decision: Decision
  readonly play: Play
}

/**
 * Finds the rules, exceptions, conditions, data and words of a scope that no case exercises. A rule is exercised by a case in
 * which it fires or applies, an exception by a case in which it alone lifts its prohibition, a condition by a case whose decision
 * changes when that one word is toggled, a field of a rule by a case that states its treatment and would fail without it, and a
 * word of a scope by a case with that word in which the rule fires or applies.
 * Cases of all files count.
 */
export function measureCoverage(
  set: PolicySet,
  onProgress: (done: number, total: number) => void = () => {},
): Coverage {
  const space = exchangeSpace(set)
  const words = knowledgeWords(set.vocabulary)
  const clauses = clausesOf(set, space, words)
  const trials = set.files.flatMap(({ cases }) => cases.map((one) => formTrial(set, one, clauses, space, words)))
  const cuts = listCuts(set, clauses)
  const paths = new Map(set.files.map(({ id, path }) => [id, path]))
  const rules: readonly (BasisRule | Narrowing)[] = [...set.rules, ...narrowingsOf(set)]
  const named = ({ file, id }: { readonly file: string; readonly id: string }, found: readonly Gap[]) =>
    found.map((gap) => ({ file, path: paths.get(file) ?? file, rule: id, ...gap }))
  const ruleGaps = rules.flatMap((rule, index) => {
    onProgress(index, rules.length)
    return named(
      rule,
      'unless' in rule
        ? narrowingGaps(set, rule, trials, { clauses, cuts, space, words })
        : permitGaps(set, rule, trials, space, words),
    )
  })
  const gaps = [...ruleGaps, ...set.sharedDuties.flatMap((shared) => named(shared, sharedDutyGaps(shared, trials)))]
  onProgress(rules.length, rules.length)
  return {
    ok: !gaps.some(({ isRequired }) => isRequired),
    rules: rules.length + set.sharedDuties.length,
    cases: trials.length,
    gaps,
  }
}

function formTrial(
  set: PolicySet,
  { question, expected }: PolicyCase,
  clauses: readonly Clause[],
  space: Space,
  words: KnowledgeWords,
): Trial {
  const subject = question.dataSubjects[0]!
  const closed = closeQuestion(set, question)
  const point = space.pointOf(question, subject)
  const knowledge = knowledgeOf(closed.dataSubjects[0]!, words)
  return {
    question,
    expected,
    subject,
    point,
    knowledge,
    decision: decide(set, closed),
    play: { fields: subject.fields, expected, ...findPlay(clauses, point, knowledge) },
  }
}

function knowledgeOf({ circumstances, assessments }: SubjectQuestion, words: KnowledgeWords): Knowledge {
  const known = Object.entries(circumstances)
  const yes = known.filter(([, isSo]) => isSo).map(([word]) => word)
  const no = known.filter(([, isSo]) => !isSo).map(([word]) => word)
  return words.formState({ yes, no, declared: assessments }) ?? 0n
}

function permitGaps(
  set: PolicySet,
  rule: BasisRule,
  trials: readonly Trial[],
  space: Space,
  words: KnowledgeWords,
): readonly Gap[] {
  const permits = permitsOf(rule, space, words)
  const near = trials.filter(({ point }) => permits.some(({ box }) => overlap(point, box) !== undefined))
  const firing = near.filter(({ decision }) => isNamed(rule, decision.dataSubjects[0]?.firedRules))
  if (firing.length === 0)
    return [ruleGap({ nl: 'geen geval laat deze regel gelden', en: 'no case makes this rule fire' })]
  const firesAt = (point: Box) => (knowledge: Knowledge) =>
    permits.some(({ box, firing }) => overlap(point, box) !== undefined && suffices(knowledge, firing))
  return [
    ...conditionGaps([...conditionsOf(rule), ...senderConditionsOf(rule)], (condition) =>
      near
        .filter(({ question }) => condition.sender === undefined || question.sender === condition.sender)
        .some((trial) => turns(set, trial, condition, words, firesAt(trial.point))),
    ),
    ...permitDataGaps(
      set,
      rule,
      firing.map(({ play }) => play),
    ),
    ...scopeGaps(rule, firing),
  ]
}

function narrowingGaps(
  set: PolicySet,
  rule: Narrowing,
  trials: readonly Trial[],
  { clauses, cuts, space, words }: Ground,
): readonly Gap[] {
  const bar = barOf(rule, space, words)
  const lifts = liftsOf(rule, space, words)
  const near = trials.filter(({ point }) => overlap(point, bar.box) !== undefined)
  const applying = near.filter(({ decision }) => isNamed(rule, decision.dataSubjects[0]?.prohibitions))
  if (applying.length === 0) {
    return [ruleGap({ nl: 'geen geval laat deze regel gelden', en: 'no case makes this rule apply' })]
  }
  const appliesAt = (point: Box) => (knowledge: Knowledge) => !isLifted(bar, lifts, point, knowledge)
  const exceptions = rule.unless.flatMap((exception, position) => {
    const others = lifts.filter((lift) => lift.position !== position)
    const liftsAlone = near.filter(
      ({ point, knowledge }) => isLifted(bar, lifts, point, knowledge) && !isLifted(bar, others, point, knowledge),
    )
    if (liftsAlone.length === 0) return [exceptionGap(position + 1)]
    const gaps = conditionGaps(conditionsOf(exception), (condition) =>
      near.some(
        (trial) =>
          !isLifted(bar, others, trial.point, trial.knowledge) &&
          turns(set, trial, condition, words, appliesAt(trial.point)),
      ),
    )
    return gaps.map((gap) => ({ ...gap, exception: position + 1 }))
  })
  return [
    ...conditionGaps(conditionsOf(rule), (condition) =>
      near.some((trial) => turns(set, trial, condition, words, appliesAt(trial.point))),
    ),
    ...exceptions,
    ...narrowingDataGaps(
      set,
      rule,
      applying.map(({ play }) => play),
      cuts,
      clauses,
    ),
    ...scopeGaps(rule, applying),
  ]
}

/** Duties of legal bases are exercised by a case that states the duties and in which a rule of one of those bases fires. */
function sharedDutyGaps({ legalBases, duties }: SharedDuties, trials: readonly Trial[]): readonly Gap[] {
  const isExercised = trials.some(
    ({ expected, decision }) =>
      duties.every(({ kind }) => expected.duties?.includes(kind)) &&
      decision.dataSubjects[0]?.firedRules.some(({ file }) => legalBases.includes(file)),
  )
  return isExercised ? [] : [ruleGap({ nl: 'geen geval noemt deze plicht', en: 'no case states this duty' })]
}

const isNamed = (
  rule: { readonly file: string; readonly id: string },
  named: Decision['dataSubjects'][0]['firedRules'] = [],
) => named.some((reference) => reference.file === rule.file && reference.rule === rule.id)

const isLifted = (bar: Bar, lifts: readonly Lift[], point: Box, knowledge: Knowledge): boolean =>
  suffices(knowledge, bar.lifting) ||
  lifts.some((lift) => overlap(point, lift.box) !== undefined && suffices(knowledge, lift.lifting))

/** Whether the decision of a case and the rule both change when one word is toggled. */
function turns(
  set: PolicySet,
  { question, subject, knowledge, decision }: Trial,
  condition: Condition,
  words: KnowledgeWords,
  isInPlay: (knowledge: Knowledge) => boolean,
): boolean {
  const before = isInPlay(knowledge)
  return toggled(subject, condition).some((other) => {
    // Nobody can ask what contradicts itself.
    if (!isConsistent(set.vocabulary, other)) return false
    const closed = closeQuestion(set, { ...question, dataSubjects: [other, ...question.dataSubjects.slice(1)] })
    if (isInPlay(knowledgeOf(closed.dataSubjects[0]!, words)) === before) return false
    return essence(decide(set, closed)) !== essence(decision)
  })
}

function toggled(subject: SubjectQuestion, { kind, word }: Condition): readonly SubjectQuestion[] {
  const { circumstances, assessments } = subject
  if (kind === 'assessment') {
    const isDeclared = assessments.includes(word)
    return [
      { ...subject, assessments: isDeclared ? assessments.filter((other) => other !== word) : [...assessments, word] },
    ]
  }
  const { [word]: current, ...rest } = circumstances
  const values = [true, false, undefined].filter((value) => value !== current)
  return values.map((value) => ({ ...subject, circumstances: value === undefined ? rest : { ...rest, [word]: value } }))
}

/** A decision without its words. */
const essence = ({ outcome, reason, dataSubjects, duties }: Decision): string =>
  JSON.stringify([
    outcome,
    reason,
    dataSubjects.map(({ fields }) => fields.map(({ field, release, level, link }) => [field, release, level, link])),
    duties,
  ])

function conditionsOf(rule: {
  readonly when: readonly string[]
  readonly whenNot: readonly string[]
  readonly whenStated?: readonly string[]
  readonly unlessDenied?: readonly string[]
  readonly anyOf?: readonly string[]
  readonly assessments?: readonly string[]
}): readonly Condition[] {
  const of = (kind: Condition['kind'], key: string, words: readonly string[] = []) =>
    words.map((word) => ({ kind, key, word }))
  return [
    ...of('circumstance', 'als', rule.when),
    ...of('circumstance', 'als_niet', rule.whenNot),
    ...of('circumstance', 'als_gezegd', rule.whenStated),
    ...of('circumstance', 'als_niet_ontkend', rule.unlessDenied),
    ...of('circumstance', 'ten_minste_een_van', rule.anyOf),
    ...of('assessment', 'beoordeling', rule.assessments),
  ]
}

const senderConditionsOf = ({ whenFrom }: BasisRule): readonly Condition[] =>
  [...(whenFrom ?? [])].flatMap(([sender, words]) =>
    words.map((word) => ({ kind: 'circumstance', key: 'als_van', word, sender })),
  )

function scopeGaps(rule: BasisRule | Narrowing, trials: readonly Trial[]): readonly Gap[] {
  const { senders, recipients, purposes, roles } = rule.scope
  const unseen = (key: string, words: readonly string[] = [], seen: (trial: Trial) => string): readonly Gap[] => {
    const exercised = new Set(trials.map(seen))
    const missing = words.filter((word) => !exercised.has(word))
    if (missing.length === 0) return []
    const list = missing.map(quote).join(', ')
    return [
      {
        kind: 'scope',
        key,
        words: missing,
        isRequired: false,
        message: {
          nl: `geen geval waarin de regel geldt heeft \`${key}\` ${list}`,
          en: `no case in which the rule is in play has \`${key}\` ${list}`,
        },
      },
    ]
  }
  return [
    ...unseen('van', senders, ({ question }) => question.sender),
    ...unseen('naar', recipients, ({ question }) => question.recipient),
    ...unseen('doel', purposes, ({ question }) => question.purpose),
    ...unseen('over', roles, ({ subject }) => subject.role),
  ]
}
