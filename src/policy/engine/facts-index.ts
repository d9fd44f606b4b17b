import type { BasisRule, Exception, Prohibition, Safeguard } from '../../model/rule.ts'
import { createWordIds } from './word-ids.ts'

/**
 * Numbers for what can be known about a data subject: that a circumstance is true, that it is false, that an assessment was
 * declared; and for the silences that some rules ask, which are known as long as nobody states otherwise. Facts that permits ask for come first: circumstances before assessments, those that fewest rules ask for lowest.
 */
export interface FactIndex {
  readonly circumstances: ReadonlyMap<string, CircumstanceFacts>
  readonly assessments: ReadonlyMap<string, number>
  readonly silences: readonly Silence[]
  /** The facts about assessments that permits ask for. */
  readonly declaredForPermits: readonly number[]
  /** How many facts there are. */
  readonly count: number
  /** How many of them a permit asks for; those have the lowest numbers. */
  readonly permitCount: number
}

export interface CircumstanceFacts {
  readonly isTrue: number
  readonly isFalse: number
  /** That it was not stated to be true, when a rule asks that (`als_gezegd`). */
  readonly unstated?: number
  /** That it was not stated to be false, when a rule asks that (`als_niet_ontkend`). */
  readonly undenied?: number
}

/** That an answer was not stated. Whoever says nothing counts as having given the other answer. */
export interface Silence {
  readonly fact: number
  readonly word: string
  /** The answer that counts as long as the word is unknown. */
  readonly presumed: boolean
  /** The fact that the presumed answer was stated. */
  readonly statedBy: number
  /** The fact that breaks the silence. */
  readonly brokenBy: number
  /** Whether a rule asks for an answer to the word: then somebody who answers it can break the silence. */
  readonly isWordAsked: boolean
}

type Asking = Pick<Exception, 'when' | 'whenNot' | 'assessments'> & Pick<BasisRule, 'unlessDenied'>

export function indexFacts(rules: readonly BasisRule[], narrowings: readonly (Prohibition | Safeguard)[]): FactIndex {
  const uses = new Map<string, number>()
  const count = (prefix: string, words: readonly string[]) => {
    for (const word of words) uses.set(prefix + word, (uses.get(prefix + word) ?? 0) + 1)
  }
  for (const rule of rules) {
    countAsked(rule, count)
    for (const words of rule.whenFrom?.values() ?? []) count(TRUE, words)
    count(TRUE, rule.anyOf)
  }
  const facts = createWordIds()
  // Assessments come last, so that a search for permits that lack only an assessment branches at its end.
  const byUse = [...uses].sort(
    ([a, usesOfA], [b, usesOfB]) =>
      Number(a.startsWith(DECLARED)) - Number(b.startsWith(DECLARED)) || usesOfA - usesOfB || (a < b ? -1 : 1),
  )
  for (const [fact] of byUse) facts.add(fact)
  const permitCount = facts.ids.size
  const add = (prefix: string, words: readonly string[]) => {
    for (const word of words) facts.add(prefix + word)
  }
  for (const { when, whenNot, whenStated, unless } of narrowings) {
    add(FALSE, when)
    add(TRUE, whenNot)
    add(UNSTATED, whenStated ?? [])
    for (const exception of unless) countAsked(exception, add)
  }
  const asked = new Set(facts.ids.keys())
  const isAsked = (word: string) => asked.has(TRUE + word) || asked.has(FALSE + word)
  const circumstances = new Map<string, CircumstanceFacts>()
  for (const fact of [...facts.ids.keys()].filter((key) => !key.startsWith(DECLARED))) {
    // Both exist as soon as one of them is asked for, so that one lookup finds both.
    const word = fact.slice(1)
    const [unstated, undenied] = [facts.ids.get(UNSTATED + word), facts.ids.get(UNDENIED + word)]
    circumstances.set(word, {
      isTrue: facts.add(TRUE + word),
      isFalse: facts.add(FALSE + word),
      ...(unstated !== undefined && { unstated }),
      ...(undenied !== undefined && { undenied }),
    })
  }
  const declared = [...facts.ids].filter(([fact]) => fact.startsWith(DECLARED))
  return {
    circumstances,
    assessments: new Map(declared.map(([fact, id]) => [fact.slice(1), id])),
    silences: [...circumstances].flatMap(([word, { isTrue, isFalse, unstated, undenied }]) => [
      ...(unstated === undefined
        ? []
        : [
            {
              fact: unstated,
              word,
              presumed: false,
              statedBy: isFalse,
              brokenBy: isTrue,
              isWordAsked: isAsked(word),
            },
          ]),
      ...(undenied === undefined
        ? []
        : [
            {
              fact: undenied,
              word,
              presumed: true,
              statedBy: isTrue,
              brokenBy: isFalse,
              isWordAsked: isAsked(word),
            },
          ]),
    ]),
    declaredForPermits: declared.map(([, id]) => id).filter((id) => id < permitCount),
    count: facts.ids.size,
    permitCount,
  }
}

const TRUE = '+'
const FALSE = '-'
const DECLARED = '!'
const UNSTATED = '~'
const UNDENIED = '^'

function countAsked(
  { when, whenNot, unlessDenied, assessments }: Asking,
  count: (prefix: string, words: readonly string[]) => void,
) {
  count(TRUE, when)
  count(FALSE, whenNot)
  count(UNDENIED, unlessDenied ?? [])
  count(DECLARED, assessments)
}

/** The facts that must all be certain, in ascending order. */
export function factsAsked(
  { when, whenNot, unlessDenied = [], assessments }: Asking,
  index: FactIndex,
): readonly number[] {
  const asked = [
    ...when.map((word) => index.circumstances.get(word)!.isTrue),
    ...whenNot.map((word) => index.circumstances.get(word)!.isFalse),
    ...unlessDenied.map((word) => index.circumstances.get(word)!.undenied!),
    ...assessments.map((word) => index.assessments.get(word)!),
  ]
  return [...new Set(asked)].sort((a, b) => a - b)
}
