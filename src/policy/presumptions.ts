import type { PresumedFact, RuleReference } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { PolicyIndex } from './engine/compile.ts'
import type { Evaluation } from './engine/evaluation.ts'
import type { Silence } from './engine/facts-index.ts'
import { applyingBars, narrowingsOf } from './engine/match-bars.ts'
import { coveringRules } from './engine/match-permits.ts'
import { labelsOf } from './labels.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * The unknown circumstances on whose presumption the decision about one data subject rests: permits that fire because nobody denied
 * one, and prohibitions and safeguards that stay away from what passes because nobody stated one. In the order of the set.
 *
 * @param evaluation of that data subject
 * @param passing positions of the fields that are released or linked
 */
export function findPresumed(
  set: PolicySet,
  index: PolicyIndex,
  evaluation: Evaluation,
  passing: readonly number[],
): readonly PresumedFact[] {
  const { marks } = evaluation.known
  const open = index.facts.silences.filter(({ fact, statedBy }) => marks[fact] !== 0 && marks[statedBy] === 0)
  if (open.length === 0 || passing.length === 0) return []
  const words = (presumed: boolean) =>
    new Set(open.filter((silence) => silence.presumed === presumed).map(({ word }) => word))
  const [undenied, unstated] = [words(true), words(false)]
  const presumed = [
    ...firingBySilence(index, evaluation, open).flatMap((at) =>
      list(index.ruleReferences[at]!, set.rules[at]!.citation, set.rules[at]!.unlessDenied, undenied, true),
    ),
    ...liftedBySilence(index, evaluation, open, passing).flatMap((at) => {
      const { citation, whenStated } = index.narrowingRules[at]!
      return list(index.narrowingReferences[at]!, citation, whenStated, unstated, false)
    }),
  ]
  // Several rules of one article presume the same.
  const distinct = new Map<string, Unsaid>()
  for (const one of presumed) {
    const key = `${one.circumstance} ${one.isTrue} ${one.citation}`
    if (!distinct.has(key)) distinct.set(key, one)
  }
  return [...distinct.values()].map((one) => ({ ...one, sentence: formSentence(set, one) }))
}

type Unsaid = Omit<PresumedFact, 'sentence'>

const list = (
  rule: RuleReference,
  citation: string,
  words: readonly string[] | undefined,
  open: ReadonlySet<string>,
  isTrue: boolean,
): readonly Unsaid[] =>
  (words ?? []).filter((word) => open.has(word)).map((circumstance) => ({ circumstance, isTrue, rule, citation }))

function firingBySilence(index: PolicyIndex, evaluation: Evaluation, open: readonly Silence[]): readonly number[] {
  const { pathStart, pathFact } = index.permits
  const groups = evaluation.fired.filter((group) =>
    open.some(({ fact }) => pathFact.subarray(pathStart[group]!, pathStart[group + 1]!).includes(fact)),
  )
  return coveringRules(index, groups, evaluation)
}

function liftedBySilence(
  index: PolicyIndex,
  evaluation: Evaluation,
  open: readonly Silence[],
  passing: readonly number[],
): readonly number[] {
  const silent = new Set(open.map(({ fact }) => fact))
  const stated = evaluation.knownFacts.filter((fact) => !silent.has(fact))
  const fields = passing.map((position) => evaluation.fields[position]!)
  const applying = (knownFacts: readonly number[]) => {
    const lifting = knownFacts.flatMap((fact) => index.narrowings.liftedBy[fact] ?? [])
    return applyingBars(index, { ...evaluation, lifting, fields })
  }
  const now = new Set(applying(evaluation.knownFacts))
  return narrowingsOf(
    index,
    applying(stated).filter((bar) => !now.has(bar)),
  )
}

function formSentence(set: PolicySet, { circumstance, isTrue, citation }: Unsaid): PresumedFact['sentence'] {
  const label = (language: Language) => labelsOf(language, set).circumstance(circumstance)
  return {
    nl: `Dat ‘${label('nl')}’ ${isTrue ? 'niet zo' : 'zo'} is, heeft niemand gezegd; het telt hier daarom als ${isTrue ? 'ja' : 'nee'} (${citation}).`,
    en: `Nobody stated that ‘${label('en')}’ is ${isTrue ? 'not so' : 'so'}; it therefore counts as a ${isTrue ? 'yes' : 'no'} here (${citation}).`,
  }
}
