import type { Vocabulary } from '../../model/vocabulary.ts'
import { closeFacts } from '../facts/relations.ts'

/**
 * What must be known for something to happen, as one set of bits: circumstances known to be true, circumstances known to be
 * false, assessments declared; and silences, that a circumstance was not stated to be so (`als_gezegd`) or not denied
 * (`als_niet_ontkend`). A state without a statement contains its silence, so a state has all that it can (`withSilences`). No bits means that nothing is known. Unknown never widens and an assessment never narrows, so
 * what is permitted with some knowledge is permitted with all knowledge that contains it. A permission is therefore described
 * completely by the least knowledge that gives it, without trying every state.
 */
export type Knowledge = bigint

export const NOTHING: Knowledge = 0n

/** Alternatives, each minimal: empty means never, `[NOTHING]` means always. */
export type Alternatives = readonly Knowledge[]

export const NEVER: Alternatives = []
export const ALWAYS: Alternatives = [NOTHING]

/** The same knowledge in words of the vocabulary. */
export interface KnownWords {
  readonly yes: readonly string[]
  readonly no: readonly string[]
  readonly declared: readonly string[]
  /** Circumstances that were not stated to be so; absent when there are none, as `undenied`. */
  readonly unstated?: readonly string[]
  /** Circumstances that were not denied. */
  readonly undenied?: readonly string[]
}

/** Assigns bits to words. */
export interface KnowledgeWords {
  isTrue(circumstance: string): Knowledge
  isFalse(circumstance: string): Knowledge
  isDeclared(assessment: string): Knowledge
  isUnstated(circumstance: string): Knowledge
  isUndenied(circumstance: string): Knowledge
  /** All of these together; undefined when they contradict each other. */
  formKnowledge(words: Partial<KnownWords>): Knowledge | undefined
  /** As `formKnowledge`, with every silence that is not broken: the state in which somebody states exactly this. */
  formState(words: Partial<KnownWords>): Knowledge | undefined
  describe(knowledge: Knowledge): KnownWords
}

/** Bits for the words of one or more vocabularies. A word outside them has no bits and is never known. */
export function knowledgeWords(...vocabularies: readonly Vocabulary[]): KnowledgeWords {
  const circumstances = indexed(vocabularies.flatMap((vocabulary) => [...vocabulary.circumstances.keys()]))
  const assessments = indexed(vocabularies.flatMap((vocabulary) => [...vocabulary.assessments.keys()]))
  // Four bits a word: yes, no, not stated, not denied. Each silence is two bits after the statement that breaks it.
  const bitOf = (index: number | undefined, offset: number) => 1n << BigInt(4 * (index ?? OUTSIDE) + offset)
  const isTrue = (word: string) => bitOf(circumstances.get(word), 0)
  const isFalse = (word: string) => bitOf(circumstances.get(word), 1)
  const isDeclared = (word: string) => {
    const index = assessments.get(word)
    return bitOf(index === undefined ? undefined : circumstances.size + index, 0)
  }
  const isUnstated = (word: string) => isTrue(word) << 2n
  const isUndenied = (word: string) => isFalse(word) << 2n
  const silences = [...circumstances.keys()].reduce((all, word) => all | isUnstated(word) | isUndenied(word), NOTHING)
  const formKnowledge: KnowledgeWords['formKnowledge'] = (asked) => {
    const { yes = [], no = [], declared = [], unstated = [], undenied = [] } = asked
    const bits = [
      ...yes.map(isTrue),
      ...no.map(isFalse),
      ...declared.map(isDeclared),
      ...unstated.map(isUnstated),
      ...undenied.map(isUndenied),
    ]
    const knowledge = bits.reduce((all, bit) => all | bit, NOTHING)
    return isConsistent(knowledge) ? knowledge : undefined
  }
  const listed = (words: Iterable<string>, knowledge: Knowledge, bitOfWord: (word: string) => Knowledge) =>
    [...words].filter((word) => holds(knowledge, bitOfWord(word)))
  return {
    isTrue,
    isFalse,
    isDeclared,
    isUnstated,
    isUndenied,
    formKnowledge,
    formState(asked) {
      const knowledge = formKnowledge(asked)
      return knowledge === undefined ? undefined : withSilences(knowledge, silences)
    },
    describe(knowledge) {
      const unstated = listed(circumstances.keys(), knowledge, isUnstated)
      const undenied = listed(circumstances.keys(), knowledge, isUndenied)
      return {
        yes: listed(circumstances.keys(), knowledge, isTrue),
        no: listed(circumstances.keys(), knowledge, isFalse),
        declared: listed(assessments.keys(), knowledge, isDeclared),
        ...(unstated.length > 0 && { unstated }),
        ...(undenied.length > 0 && { undenied }),
      }
    },
  }
}

/**
 * Adds to knowledge what follows from it, by the relations of one vocabulary; undefined when it contradicts itself. Remembers what it
 * closed, because few states come back often.
 */
export function closureIn(words: KnowledgeWords, vocabulary: Vocabulary): (stated: Knowledge) => Knowledge | undefined {
  const closed = new Map<Knowledge, Knowledge | undefined>()
  return (stated) => {
    if (!isConsistent(stated)) return undefined
    if (closed.has(stated)) return closed.get(stated)
    const { yes, no, declared } = words.describe(stated)
    const circumstances = Object.fromEntries([
      ...yes.map((word) => [word, true] as const),
      ...no.map((word) => [word, false] as const),
    ])
    const { contradictions, derived } = closeFacts(vocabulary, { circumstances, assessments: declared })
    const following = derived.map(({ circumstance, isTrue }) =>
      isTrue ? words.isTrue(circumstance) : words.isFalse(circumstance),
    )
    const all = following.reduce((sofar, bit) => sofar | bit, stated)
    const whole = contradictions.length > 0 || !isConsistent(all) ? undefined : all
    closed.set(stated, whole)
    return whole
  }
}

const OUTSIDE = 4096

const indexed = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(words)].map((word, index) => [word, index]))

/** Whether the knowledge contains everything required. */
export const holds = (knowledge: Knowledge, asked: Knowledge): boolean => (knowledge & asked) === asked

/** Whether the knowledge contains any of the alternatives. */
export const suffices = (knowledge: Knowledge, alternatives: Alternatives): boolean =>
  alternatives.some((asked) => holds(knowledge, asked))

const YES_BITS = BigInt(`0x${'1'.repeat(OUTSIDE + 1)}`)
const SILENT_BITS = 12n * YES_BITS

const isConsistent = (knowledge: Knowledge): boolean =>
  // Cheap although the masks are wide: `&` takes the width of its smaller operand, and most knowledge is small.
  (knowledge & (knowledge >> 1n) & YES_BITS) === NOTHING && ((knowledge << 2n) & knowledge & SILENT_BITS) === NOTHING

/** The silences in knowledge. */
export const silencesOf = (knowledge: Knowledge): Knowledge => knowledge & SILENT_BITS

/** The statements that break silences. */
export const breakingOf = (silences: Knowledge): Knowledge => silences >> 2n

/** Adds those silences that what is known does not break. */
export const withSilences = (knowledge: Knowledge, silences: Knowledge): Knowledge =>
  knowledge | (silences & ~(knowledge << 2n))

/** What somebody has to state of it. */
export const withoutSilences = (knowledge: Knowledge): Knowledge => knowledge & ~silencesOf(knowledge)

/** Both together; undefined when they contradict each other. */
export function join(a: Knowledge, b: Knowledge): Knowledge | undefined {
  const both = a | b
  return isConsistent(both) ? both : undefined
}

/** Removes every alternative that contains another one. */
export function least(alternatives: Iterable<Knowledge>): Alternatives {
  const kept: Knowledge[] = []
  for (const candidate of new Set(alternatives)) {
    if (kept.some((other) => holds(candidate, other))) continue
    for (let index = kept.length - 1; index >= 0; index--) if (holds(kept[index]!, candidate)) kept.splice(index, 1)
    kept.push(candidate)
  }
  return kept
}

/** Alternatives that satisfy either. */
export const either = (...all: readonly Alternatives[]): Alternatives => least(all.flat())

/** Alternatives that satisfy both. */
export function both(a: Alternatives, b: Alternatives): Alternatives {
  if (a.length === 1 && a[0] === NOTHING) return b
  if (b.length === 1 && b[0] === NOTHING) return a
  return least(a.flatMap((one) => b.flatMap((other) => join(one, other) ?? [])))
}

/** Whether any knowledge satisfies all of these at once. Stops at the first that does. */
export function canHaveAll(all: readonly Alternatives[], known: Knowledge = NOTHING): boolean {
  const open = all.filter((alternatives) => !suffices(known, alternatives))
  const possible = open.map((alternatives) => alternatives.flatMap((asked) => join(known, asked) ?? []))
  // Fewest alternatives first: with none, nothing else needs trying.
  const tightest = possible.reduce<number>(
    (best, ways, index) => (ways.length < possible[best]!.length ? index : best),
    0,
  )
  if (open.length === 0) return true
  const rest = open.filter((_, index) => index !== tightest)
  return possible[tightest]!.some((knowledge) => canHaveAll(rest, knowledge))
}
