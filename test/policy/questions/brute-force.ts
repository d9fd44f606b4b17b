import type { Question, SubjectQuestion } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import { closeFacts, isConsistent } from '../../../src/policy/facts/relations.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { strictness } from '../../../src/policy/release.ts'

/** The outcome of a field as numbers; a lower strictness is more. */
export interface Reached {
  readonly strictness: number
  readonly link: boolean
}

/** One thing that can become known. */
export interface Step {
  readonly kind: 'circumstance' | 'assessment'
  readonly word: string
  readonly value: boolean
}

/** What each field of one data subject gets, decided alone. */
export function reachedBy(set: PolicySet, question: Question, subject: SubjectQuestion): readonly Reached[] {
  const { circumstances } = closeFacts(set.vocabulary, subject)
  const { fields } = decide(set, { ...question, dataSubjects: [{ ...subject, circumstances }] }).dataSubjects[0]!
  return fields.map((field) => ({
    strictness: strictness(field, set.vocabulary.fields.get(field.field)),
    link: field.link,
  }))
}

export const formatReached = (all: readonly Reached[]): string =>
  all.map(({ strictness: strict, link }) => `${strict}${link ? '+' : '-'}`).join(' ')

export function withStep(subject: SubjectQuestion, { kind, word, value }: Step): SubjectQuestion {
  return kind === 'assessment'
    ? { ...subject, assessments: [...subject.assessments, word] }
    : { ...subject, circumstances: { ...subject.circumstances, [word]: value } }
}

/** Everything that can still become known about a data subject. */
export function openSteps({ vocabulary }: PolicySet, subject: SubjectQuestion): readonly Step[] {
  return [
    ...[...vocabulary.circumstances.keys()]
      .filter((word) => subject.circumstances[word] === undefined)
      .flatMap((word) => [true, false].map((value): Step => ({ kind: 'circumstance', word, value }))),
    ...[...vocabulary.assessments.keys()]
      .filter((word) => !subject.assessments.includes(word))
      .map((word): Step => ({ kind: 'assessment', word, value: true })),
  ]
}

/** Every state of knowledge that contains what is known now and no contradiction, and what each field gets in it. */
export interface States {
  readonly steps: readonly Step[]
  /** By key of the steps that were taken. */
  readonly reached: ReadonlyMap<string, readonly Reached[]>
}

export const keyOf = (steps: readonly Step[]): string =>
  steps
    .map(({ kind, word, value }) => `${kind} ${word} ${value}`)
    .sort()
    .join(';')

/** Decides in every state of knowledge. The number of states is 3 to the power of the unknown circumstances, at least. */
export function enumerateStates(set: PolicySet, question: Question, subject: SubjectQuestion): States {
  const steps = openSteps(set, subject)
  const words = [...Map.groupBy(steps, ({ kind, word }) => `${kind} ${word}`).values()]
  const reached = new Map<string, readonly Reached[]>()
  const visit = (at: number, taken: readonly Step[], known: SubjectQuestion) => {
    if (!isConsistent(set.vocabulary, known)) return
    if (at === words.length) {
      reached.set(keyOf(taken), reachedBy(set, question, known))
      return
    }
    visit(at + 1, taken, known)
    for (const step of words[at]!) visit(at + 1, [...taken, step], withStep(known, step))
  }
  visit(0, [], subject)
  return { steps, reached }
}

/** The words whose answer changes a field in some state of knowledge. */
export function wordsThatMatter({ steps, reached }: States): ReadonlySet<string> {
  const matter = new Set<string>()
  for (const [key, before] of reached) {
    const taken = key === '' ? [] : key.split(';')
    for (const step of steps) {
      const own = keyOf([step])
      if (taken.some((one) => one.startsWith(`${step.kind} ${step.word} `))) continue
      const after = reached.get([...taken, own].sort().join(';'))
      if (after !== undefined && formatReached(after) !== formatReached(before)) matter.add(`${step.kind} ${step.word}`)
    }
  }
  return matter
}

/** For each field the most that it gets in a state in which these steps are taken, and one word is not answered otherwise. */
export function bestAfter(
  { reached }: States,
  taken: readonly Step[],
  excluded: readonly Step[] = [],
): readonly Reached[] {
  const must = taken.map((step) => keyOf([step]))
  const mayNot = excluded.map((step) => keyOf([step]))
  let best: readonly Reached[] | undefined
  for (const [key, outcome] of reached) {
    const own = key.split(';')
    if (!must.every((step) => own.includes(step)) || mayNot.some((step) => own.includes(step))) continue
    best = best
      ? best.map((one, at) => ({
          strictness: Math.min(one.strictness, outcome[at]!.strictness),
          link: one.link || outcome[at]!.link,
        }))
      : outcome
  }
  return best!
}
