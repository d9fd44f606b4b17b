import type { Vocabulary } from '../../model/vocabulary.ts'

/**
 * What must be known for something to happen, as one set of bits: which circumstances are certain to be so, which are certain
 * not to be so, which assessments were declared. No bits is knowing nothing. Unknown never widens and an assessment never
 * narrows, so whatever holds for some knowledge holds for all knowledge that contains it; therefore a permission is described
 * completely by the least knowledge that gives it, and nothing has to be tried state by state.
 */
export type Knowledge = bigint

export const NOTHING: Knowledge = 0n

/** Any of these, each the least that suffices; empty is never, `[NOTHING]` is always. */
export type Alternatives = readonly Knowledge[]

export const NEVER: Alternatives = []
export const ALWAYS: Alternatives = [NOTHING]

/** The same knowledge in words of the vocabulary. */
export interface KnownWords {
  readonly yes: readonly string[]
  readonly no: readonly string[]
  readonly declared: readonly string[]
}

/** Gives every word its bits. */
export interface KnowledgeWords {
  isTrue(circumstance: string): Knowledge
  isFalse(circumstance: string): Knowledge
  isDeclared(assessment: string): Knowledge
  /** All of it together; undefined when it contradicts itself. */
  formKnowledge(words: Partial<KnownWords>): Knowledge | undefined
  describe(knowledge: Knowledge): KnownWords
}

/** Bits for the words of one or more vocabularies. A word outside them has no bits and is never known. */
export function knowledgeWords(...vocabularies: readonly Vocabulary[]): KnowledgeWords {
  const circumstances = indexed(vocabularies.flatMap((vocabulary) => [...vocabulary.circumstances.keys()]))
  const assessments = indexed(vocabularies.flatMap((vocabulary) => [...vocabulary.assessments.keys()]))
  // Even bits say yes, the odd bit after it says no; assessments use even bits only, so one test finds every contradiction.
  const bitOf = (index: number | undefined, offset: number) => 1n << BigInt(2 * (index ?? OUTSIDE) + offset)
  const isTrue = (word: string) => bitOf(circumstances.get(word), 0)
  const isFalse = (word: string) => bitOf(circumstances.get(word), 1)
  const isDeclared = (word: string) => {
    const index = assessments.get(word)
    return bitOf(index === undefined ? undefined : circumstances.size + index, 0)
  }
  return {
    isTrue,
    isFalse,
    isDeclared,
    formKnowledge({ yes = [], no = [], declared = [] }) {
      const bits = [...yes.map(isTrue), ...no.map(isFalse), ...declared.map(isDeclared)]
      const knowledge = bits.reduce((all, bit) => all | bit, NOTHING)
      return isConsistent(knowledge) ? knowledge : undefined
    },
    describe: (knowledge) => ({
      yes: [...circumstances.keys()].filter((word) => holds(knowledge, isTrue(word))),
      no: [...circumstances.keys()].filter((word) => holds(knowledge, isFalse(word))),
      declared: [...assessments.keys()].filter((word) => holds(knowledge, isDeclared(word))),
    }),
  }
}

const OUTSIDE = 4096

const indexed = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(words)].map((word, index) => [word, index]))

/** Whether the knowledge contains all that is asked. */
export const holds = (knowledge: Knowledge, asked: Knowledge): boolean => (knowledge & asked) === asked

/** Whether the knowledge gives any of the alternatives. */
export const suffices = (knowledge: Knowledge, alternatives: Alternatives): boolean =>
  alternatives.some((asked) => holds(knowledge, asked))

const EVEN_BITS = BigInt(`0x${'5'.repeat(2 * OUTSIDE)}`)

const isConsistent = (knowledge: Knowledge): boolean =>
  // Almost all knowledge is small; the mask is as wide as the knowledge when it is the smaller of the two.
  (knowledge & (knowledge >> 1n) & EVEN_BITS) === NOTHING

/** Knowing both; undefined when they contradict each other. */
export function join(a: Knowledge, b: Knowledge): Knowledge | undefined {
  const both = a | b
  return isConsistent(both) ? both : undefined
}

/** Leaves out every alternative that asks more than another one. */
export function least(alternatives: Iterable<Knowledge>): Alternatives {
  const kept: Knowledge[] = []
  for (const candidate of new Set(alternatives)) {
    if (kept.some((other) => holds(candidate, other))) continue
    for (let index = kept.length - 1; index >= 0; index--) if (holds(kept[index]!, candidate)) kept.splice(index, 1)
    kept.push(candidate)
  }
  return kept
}

/** What gives either. */
export const either = (...all: readonly Alternatives[]): Alternatives => least(all.flat())

/** What gives both. */
export function both(a: Alternatives, b: Alternatives): Alternatives {
  if (a.length === 1 && a[0] === NOTHING) return b
  if (b.length === 1 && b[0] === NOTHING) return a
  return least(a.flatMap((one) => b.flatMap((other) => join(one, other) ?? [])))
}

/** Whether any knowledge gives all of these at once. Stops at the first that does, without working out all of them. */
export function canHaveAll(all: readonly Alternatives[], known: Knowledge = NOTHING): boolean {
  const open = all.filter((alternatives) => !suffices(known, alternatives))
  const possible = open.map((alternatives) => alternatives.flatMap((asked) => join(known, asked) ?? []))
  // The one with the fewest ways out first: when it has none, nothing else needs trying.
  const tightest = possible.reduce<number>(
    (best, ways, index) => (ways.length < possible[best]!.length ? index : best),
    0,
  )
  if (open.length === 0) return true
  const rest = open.filter((_, index) => index !== tightest)
  return possible[tightest]!.some((knowledge) => canHaveAll(rest, knowledge))
}
