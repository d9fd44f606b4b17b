import { expect } from 'vitest'
import type { Advice, AnswerEffect, FieldOutcome } from '../../../src/model/advice.ts'
import type { NearestMiss, Question, RuleReference, SubjectQuestion } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import { isConsistent } from '../../../src/policy/facts/relations.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { advise } from '../../../src/policy/questions/advise.ts'
import { withConsequences } from '../../../src/policy/questions/statements.ts'
import { strictness } from '../../../src/policy/release.ts'
import {
  bestAfter,
  enumerateStates,
  formatReached,
  keyOf,
  type Reached,
  type States,
  type Step,
  withStep,
  wordsThatMatter,
} from './brute-force.ts'

const REFUSED = Number.MAX_SAFE_INTEGER
const WITHHELD = REFUSED - 1

/** Checks every law of questions and plans on one question, against every state of knowledge that is still possible. */
export function checkLaws(set: PolicySet, stated: Question): Advice {
  const question = withConsequences(set, stated)
  const advice = advise(set, question)
  expect(advice.isComplete).toBe(true)
  expect(advise(set, reordered(question))).toEqual(advice)
  const states = question.dataSubjects.map((subject) => enumerateStates(set, question, subject))
  const best = states.flatMap((own) => bestAfter(own, []))
  const isStuck = best.some(({ strictness: strict }) => strict === REFUSED)
  if (isStuck || !best.some(({ strictness: strict, link }) => strict < WITHHELD || link)) {
    // Nothing of the exchange can pass, whatever becomes known.
    expect(advice.openQuestions).toEqual([])
  } else {
    for (const [at, subject] of question.dataSubjects.entries()) checkQuestions(set, subject, states[at]!, advice, at)
  }
  checkMisses(set, question, advice)
  checkPlans(set, question, advice)
  return advice
}

function checkQuestions(set: PolicySet, subject: SubjectQuestion, states: States, advice: Advice, at: number): void {
  const questions = advice.openQuestions.filter(({ dataSubject }) => dataSubject === at)
  // Exactly the words that matter are asked: without questions nothing can change, and none is asked in vain.
  const asked = new Set(questions.map(({ kind, word }) => `${kind} ${word}`))
  const matter = wordsThatMatter(states)
  // A word from which an asked word follows matters too, and is not asked beside it.
  if (hasPresumptions(set)) {
    // What is presumed is not asked, nor what would only matter if it were otherwise.
    const canImprove = bestAfter(states, []).some((one, field) => !isSame(one, states.reached.get('')![field]!))
    expect([[...asked].every((word) => matter.has(word)), asked.size > 0]).toEqual([true, canImprove])
  } else if (hasRelations(set))
    expect([[...asked].every((word) => matter.has(word)), asked.size > 0]).toEqual([true, matter.size > 0])
  else expect(asked).toEqual(matter)
  const now = states.reached.get('')!
  const best = bestAfter(states, [])
  const names = [...new Set(subject.fields)]
  for (const { kind, word, yes, no } of questions) {
    const isSo: Step = { kind, word, value: true }
    const isNot: Step = { kind, word, value: false }
    expectEffect(yes, [isSo], bestAfter(states, [isSo]))
    if (kind === 'circumstance') expectEffect(no, [isNot], bestAfter(states, [isNot]))
    else expectEffect(no, [], bestAfter(states, [], [isSo]))
  }

  function expectEffect(effect: AnswerEffect, taken: readonly Step[], still: readonly Reached[]): void {
    const after = states.reached.get(keyOf(taken))!
    expect(ranked(set, effect.changes)).toEqual(differences(names, now, after))
    expect(ranked(set, effect.reachable)).toEqual(differences(names, after, still))
    expect(effect.lost).toEqual(names.filter((_, field) => !isSame(best[field]!, still[field]!)))
  }
}

/** The nearest misses are the open questions of which an answer changes a field at once, and name the rule that waits for it. */
function checkMisses(set: PolicySet, question: Question, { openQuestions }: Advice): void {
  const decision = decide(set, question)
  for (const [at, { nearestMisses, firedRules, prohibitions }] of decision.dataSubjects.entries()) {
    const own = openQuestions.filter(({ dataSubject }) => dataSubject === at)
    const now = ranked(set, decision.dataSubjects[at]!.fields)
    const widens = ({ changes }: AnswerEffect) =>
      [...ranked(set, changes)].some(([field, { strictness: strict, link }]) => {
        const before = now.get(field)!
        return strict < before.strictness || (link && !before.link)
      })
    const changing = own.flatMap(({ kind, word, yes, no }) => [
      ...(widens(yes) ? [{ kind, word, value: true }] : []),
      ...(widens(no) ? [{ kind, word, value: false }] : []),
    ])
    expect(nearestMisses.map(stepOf)).toEqual(changing)
    for (const miss of nearestMisses) {
      const { question: asked, yes, no } = own.find(({ word }) => word === miss.words[0])!
      for (const text of [asked.nl, yes.sentence.nl, no.sentence.nl]) expect(miss.sentence.nl).toContain(text)
      const subjects = question.dataSubjects.map((subject, of) =>
        of === at ? withStep(subject, stepOf(miss)) : subject,
      )
      const after = decide(set, withConsequences(set, { ...question, dataSubjects: subjects })).dataSubjects[at]!
      const isIn = (rules: readonly RuleReference[]) =>
        rules.some(({ file, rule }) => file === miss.rule.file && rule === miss.rule.rule)
      const fires = !isIn(firedRules) && isIn(after.firedRules)
      const isLifted = isIn(prohibitions) && !isIn(after.prohibitions)
      expect([miss, fires || isLifted]).toEqual([miss, true])
    }
  }
}

const stepOf = ({ condition, words }: NearestMiss): Step => ({
  kind: condition === 'assessment' ? condition : 'circumstance',
  word: words[0]!,
  value: condition !== 'when-not',
})

const hasPresumptions = ({ rules, prohibitions, safeguards }: PolicySet): boolean =>
  rules.some(({ unlessDenied }) => unlessDenied) ||
  [...prohibitions, ...safeguards].some(({ whenStated }) => whenStated)

const hasRelations = ({ vocabulary }: PolicySet): boolean =>
  [...vocabulary.circumstances.values()].some(({ excludes, impliedBy }) => excludes ?? impliedBy)

const isSame = (a: Reached, b: Reached): boolean => a.strictness === b.strictness && a.link === b.link

function differences(names: readonly string[], before: readonly Reached[], after: readonly Reached[]) {
  return new Map(names.flatMap((name, at) => (isSame(before[at]!, after[at]!) ? [] : [[name, after[at]!] as const])))
}

const ranked = (set: PolicySet, outcomes: readonly FieldOutcome[]): ReadonlyMap<string, Reached> =>
  new Map(
    outcomes.map((outcome) => [
      outcome.field,
      { strictness: strictness(outcome, set.vocabulary.fields.get(outcome.field)), link: outcome.link },
    ]),
  )

function checkPlans(set: PolicySet, question: Question, { plans }: Advice): void {
  expect(plans.length).toBeLessThanOrEqual(5)
  for (const plan of plans) {
    const { legalBasis, purpose = question.purpose, recipient = question.recipient } = plan
    const planned = { ...question, legalBasis, purpose, recipient }
    expect(stated(question, plan).every((subject) => isConsistent(set.vocabulary, subject))).toBe(true)
    const steps = plan.statements.map(({ value, ...statement }) => ({ ...statement, value: value ?? true }))
    const follow = (taken: typeof steps): Question => ({
      ...planned,
      dataSubjects: question.dataSubjects.map((subject, at) =>
        taken.filter(({ dataSubject }) => dataSubject === at).reduce(withStep, subject),
      ),
    })
    const decision = decide(set, withConsequences(set, follow(steps)))
    const formed = decision.dataSubjects.map(({ fields }) => ({
      fields: fields.map(({ field, release, level, link }) => ({
        field,
        release,
        ...(level !== undefined && { level }),
        link,
      })),
    }))
    expect(plan.dataSubjects).toEqual(formed)
    expect(plan.outcome).toBe(decision.outcome)
    expect(plan.outcome).not.toBe('geweigerd')
    // Nothing in a plan can be left out.
    for (const [left] of steps.entries()) {
      const fewer = follow(steps.filter((_, index) => index !== left))
      const without = decide(set, withConsequences(set, fewer))
      expect(amountPassing(set, without)).toBeLessThan(amountPassing(set, decision))
    }
  }
  checkFullest(set, question, plans)
}

/** The data subjects of a question with the statements of a plan. */
const stated = (question: Question, { statements }: Advice['plans'][number]): readonly SubjectQuestion[] =>
  question.dataSubjects.map((subject, at) =>
    statements
      .filter(({ dataSubject }) => dataSubject === at)
      .map(({ value, ...statement }) => ({ ...statement, value: value ?? true }))
      .reduce(withStep, subject),
  )

/** On each basis that has a plan for the exchange as asked, no statements let more pass; without a plan none does. */
function checkFullest(set: PolicySet, question: Question, plans: Advice['plans']): void {
  const isFull = plans.length === 5
  for (const legalBasis of set.rulesByFile.keys()) {
    const own = plans.filter(
      (plan) => plan.legalBasis === legalBasis && plan.purpose === undefined && plan.recipient === undefined,
    )
    const asked = { ...question, legalBasis }
    const now = question.legalBasis === undefined ? 0 : amountPassing(set, decide(set, question))
    const best = question.dataSubjects.map((subject) => bestAmount(set, asked, subject))
    const most = best.some((amount) => amount === undefined)
      ? 0
      : best.reduce<number>((sum, amount) => sum + amount!, 0)
    const amounts = own.map((plan) =>
      amountPassing(set, decide(set, withConsequences(set, { ...asked, dataSubjects: stated(question, plan) }))),
    )
    if (most <= now) expect(own).toEqual([])
    // What takes less can give less; what takes the most gives everything that can be had.
    else if (!isFull) expect(Math.max(...amounts)).toBe(most)
    for (const amount of amounts) expect([amount > now, amount <= most]).toEqual([true, true])
  }
}

/** The most that passes of one data subject in any state of knowledge; undefined when a field is refused in all. */
function bestAmount(set: PolicySet, question: Question, subject: SubjectQuestion): number | undefined {
  const { reached } = enumerateStates(set, question, subject)
  const amounts = [...reached.values()].flatMap((fields) => {
    if (fields.some(({ strictness: strict }) => strict === REFUSED)) return []
    return [fields.reduce((sum, field) => sum + amountOf(field), 0)]
  })
  return amounts.length === 0 ? undefined : Math.max(...amounts)
}

const amountOf = ({ strictness: strict, link }: Reached): number =>
  (strict === 0 ? 100 : strict < WITHHELD ? 70 - strict : 0) + (link ? 25 : 0)

function amountPassing(set: PolicySet, decision: ReturnType<typeof decide>): number {
  if (decision.dataSubjects.some(({ fields }) => fields.some(({ release }) => release === 'weigeren'))) return 0
  return decision.dataSubjects
    .flatMap(({ fields }) => [...ranked(set, fields).values()])
    .reduce((sum, field) => sum + amountOf(field), 0)
}

const reordered = (question: Question): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject) => ({
    ...subject,
    circumstances: Object.fromEntries(Object.entries(subject.circumstances).reverse()),
    assessments: subject.assessments.toReversed(),
  })),
})

/** Answers questions one after another, always the first one, and checks that nothing happens that was not foretold. */
export function answerAll(set: PolicySet, question: Question, truth: (word: string) => boolean): number {
  let asked = 0
  let current = withConsequences(set, question)
  let declined: readonly string[] = []
  for (;;) {
    const [next] = advise(set, current, declined).openQuestions
    if (next === undefined) return asked
    asked++
    const effect = truth(next.word) ? next.yes : next.no
    const before = fieldsOf(set, current, next.dataSubject)
    const { send } = effect
    if (send === undefined) declined = [...declined, next.word]
    current = withConsequences(set, {
      ...current,
      dataSubjects: current.dataSubjects.map((subject, at) =>
        at === next.dataSubject
          ? {
              ...subject,
              circumstances: { ...subject.circumstances, ...send?.circumstances },
              assessments: [...subject.assessments, ...(send?.assessments ?? [])],
            }
          : subject,
      ),
    })
    expect(current.dataSubjects.every((subject) => isConsistent(set.vocabulary, subject))).toBe(true)
    const after = fieldsOf(set, current, next.dataSubject)
    const told = new Map([...before, ...ranked(set, effect.changes)])
    expect(formatReached([...after.values()])).toBe(formatReached([...told.values()]))
  }
}

const fieldsOf = (set: PolicySet, question: Question, at: number): ReadonlyMap<string, Reached> =>
  ranked(set, decide(set, question).dataSubjects[at]!.fields)
