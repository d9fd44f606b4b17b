import type { Fault } from '../../errors.ts'
import type { Decision, FollowingFact, Question, SubjectQuestion } from '../../model/decision.ts'
import type { Language } from '../../model/language.ts'
import type { BasisRule, Prohibition, Safeguard } from '../../model/rule.ts'
import { type Facts, gatherFacts, isInForce, isInScope } from '../conditions.ts'
import { labelsOf } from '../labels.ts'
import { legalDate } from '../legal-date.ts'
import type { PolicySet } from '../policy-set.ts'
import { closeFacts, type Fact } from './relations.ts'
import { type Places, placesUnder, type SettledFact, type StatedSubject, settleSubject } from './settle.ts'

/** What a question does not contain: the values, and when each assessment was declared. */
export type Details = Pick<StatedSubject, 'assessments' | 'data'>

export interface SettledQuestion {
  /** With everything that is known. */
  readonly question: Question
  /**
   * As the log keeps it: with what is stated and, of what follows, the words that a rule for this exchange mentions. It gets the same
   * decision.
   */
  readonly recorded: Question
  /** For each data subject, what `recorded` has and nobody stated. */
  readonly follows: readonly (readonly FollowingFact[])[]
  readonly faults: readonly Fault[]
}

/**
 * Completes a question with what follows from its words and from the values that were sent, and finds what contradicts itself.
 *
 * @param details for each data subject; without them the words alone count
 * @param placesOf where the members of a data subject are in the body
 */
export function settleQuestion(
  set: PolicySet,
  question: Question,
  details: readonly Details[] = [],
  placesOf: (index: number) => Places = (index) => placesUnder(`/dataSubjects/${index}`),
): SettledQuestion {
  const day = legalDate(question.at)
  const settled = question.dataSubjects.map((subject, index) => {
    const { assessments, data } = details[index] ?? { assessments: wordsOnly(subject), data: {} }
    const stated = { circumstances: subject.circumstances, assessments, data }
    return settleSubject(set.vocabulary, stated, day, placesOf(index))
  })
  const kept = settled.map(({ follows }, index) => {
    if (follows.length === 0) return []
    const mentioned = listMentioned(set, gatherFacts(question, question.dataSubjects[index]!))
    return follows.filter(({ circumstance }) => mentioned.has(circumstance))
  })
  return {
    question: withCircumstances(question, (_, index) => settled[index]!.circumstances),
    recorded: withCircumstances(question, ({ circumstances }, index) => ({
      ...Object.fromEntries(kept[index]!.map(({ circumstance, isTrue }) => [circumstance, isTrue])),
      ...circumstances,
    })),
    follows: kept.map((facts) => facts.map((fact) => describeFact(set, fact))),
    faults: settled.flatMap(({ faults }) => faults),
  }
}

/** A question with what follows from its words. Where they contradict each other, what is stated stays. */
export const closeQuestion = (set: Pick<PolicySet, 'vocabulary'>, question: Question): Question =>
  withCircumstances(question, (subject) => closeFacts(set.vocabulary, subject).circumstances)

/** A decision that says what decided without being stated. */
export const withFollows = (decision: Decision, follows: SettledQuestion['follows']): Decision =>
  follows.every((facts) => facts.length === 0)
    ? decision
    : {
        ...decision,
        dataSubjects: decision.dataSubjects.map((subject, index) =>
          follows[index]!.length === 0 ? subject : { ...subject, follows: follows[index]! },
        ),
      }

const wordsOnly = ({ assessments }: SubjectQuestion) => assessments.map((word) => ({ word }))

const withCircumstances = (
  question: Question,
  circumstancesOf: (subject: SubjectQuestion, index: number) => SubjectQuestion['circumstances'],
): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject, index) => ({
    ...subject,
    circumstances: circumstancesOf(subject, index),
  })),
})

/** Circumstances in the conditions of the rules that are about this exchange and this person. No other can change the decision. */
function listMentioned(set: PolicySet, facts: Facts): ReadonlySet<string> {
  const isAbout = ({ scope, validity }: BasisRule | Prohibition | Safeguard) =>
    isInForce(validity, facts.date) && isInScope(scope, facts)
  const declared = facts.legalBasis === undefined ? set.rules : (set.rulesByFile.get(facts.legalBasis) ?? [])
  const permits = declared.filter(isAbout)
  const narrowings = [...set.prohibitions, ...set.safeguards].filter(isAbout)
  return new Set([
    ...permits.flatMap(({ when, whenNot, unlessDenied = [], anyOf, whenFrom }) => [
      ...when,
      ...whenNot,
      ...unlessDenied,
      ...anyOf,
      ...(whenFrom?.get(facts.sender) ?? []),
    ]),
    ...narrowings.flatMap((narrowing) => [
      ...(narrowing.whenStated ?? []),
      ...[narrowing, ...narrowing.unless].flatMap(({ when, whenNot }) => [...when, ...whenNot]),
    ]),
  ])
}

function describeFact(set: PolicySet, { circumstance, isTrue, because, field }: SettledFact): FollowingFact {
  const sentence = (language: Language) => {
    const labels = labelsOf(language, set)
    const words = WORDS[language]
    const source =
      field === undefined
        ? words[because.isTrue ? 'word' : 'noWord'](labels[because.kind](because.word))
        : words.field(labels.field(field))
    return words[isTrue ? 'isSo' : 'isNotSo'](labels.circumstance(circumstance), source)
  }
  return {
    circumstance,
    isTrue,
    from: sourceOf(because, field),
    sentence: { nl: sentence('nl'), en: sentence('en') },
  }
}

function sourceOf({ kind, word }: Fact, field: string | undefined): FollowingFact['from'] {
  if (field !== undefined) return { field }
  return kind === 'circumstance' ? { circumstance: word } : { assessment: word }
}

const WORDS = {
  nl: {
    isSo: (fact: string, source: string) => `‘${fact}’ volgt uit ${source}.`,
    isNotSo: (fact: string, source: string) => `Dat ‘${fact}’ niet zo is, volgt uit ${source}.`,
    field: (label: string) => `het gegeven ‘${label}’`,
    word: (label: string) => `‘${label}’`,
    noWord: (label: string) => `het antwoord nee op ‘${label}’`,
  },
  en: {
    isSo: (fact: string, source: string) => `‘${fact}’ follows from ${source}.`,
    isNotSo: (fact: string, source: string) => `That ‘${fact}’ is not so follows from ${source}.`,
    field: (label: string) => `the field ‘${label}’`,
    word: (label: string) => `‘${label}’`,
    noWord: (label: string) => `the answer no to ‘${label}’`,
  },
} as const
