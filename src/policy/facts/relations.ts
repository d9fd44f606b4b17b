import type { Vocabulary } from '../../model/vocabulary.ts'

/** A circumstance or assessment that is known to be true, or a circumstance that is known to be false. */
export interface Fact {
  readonly kind: 'circumstance' | 'assessment'
  readonly word: string
  readonly isTrue: boolean
}

/** What is known of one data subject, as questions state it. */
export interface StatedFacts {
  readonly circumstances: Readonly<Record<string, boolean>>
  readonly assessments: readonly string[]
}

/** A circumstance that follows from a stated fact. */
export interface DerivedFact {
  readonly circumstance: string
  readonly isTrue: boolean
  readonly because: Fact
}

/** Everything that follows from what is stated. From an assessment follows only what it excludes. Does not depend on the order in which it was stated. */
export interface Closure {
  /** Stated circumstances, and those that follow. When `contradictions` is not empty, a stated circumstance stays as stated. */
  readonly circumstances: Readonly<Record<string, boolean>>
  /** Circumstances that follow and were not stated, in the order of the vocabulary. */
  readonly derived: readonly DerivedFact[]
  /** Assessments that nobody can declare truthfully, given these facts. */
  readonly refuted: readonly string[]
  /** Pairs of stated facts that cannot both be so. Empty exactly when the unknown words can be filled in without contradiction. */
  readonly contradictions: readonly (readonly [Fact, Fact])[]
}

type Words = Pick<Vocabulary, 'circumstances' | 'assessments'>

/**
 * What follows from facts, and which of them contradict each other, by `excludes` and `impliedBy` of the vocabulary. Words that it
 * does not know take no part. Costs as much as there are stated facts and facts that follow.
 *
 * Every relation joins two words and none makes a word true because another is false, so following each stated fact on its own
 * finds everything (the relations are Horn clauses of two literals).
 */
export function closeFacts(vocabulary: Words, stated: StatedFacts): Closure {
  return close(vocabulary, listFacts(stated))
}

/** Whether the facts can all be so: whether some answer to every open question contradicts none of them. */
export const isConsistent = (vocabulary: Words, stated: StatedFacts): boolean =>
  closeFacts(vocabulary, stated).contradictions.length === 0

/** The stated facts, one by one. */
export const listFacts = ({ circumstances, assessments }: StatedFacts): readonly Fact[] => [
  ...Object.entries(circumstances).map(([word, isTrue]): Fact => ({ kind: 'circumstance', word, isTrue })),
  ...assessments.map((word): Fact => ({ kind: 'assessment', word, isTrue: true })),
]

/** As `closeFacts`. A fact can be given twice, from two places: a contradiction names each place. */
export function close<Given extends Fact>(
  vocabulary: Words,
  facts: readonly Given[],
): Omit<Closure, 'derived' | 'contradictions'> & {
  readonly derived: readonly (Omit<DerivedFact, 'because'> & { readonly because: Given })[]
  readonly contradictions: readonly (readonly [Given, Given])[]
} {
  const graph = graphOf(vocabulary)
  const known = facts
    .flatMap((fact) => {
      const literal = graph.literalOf(fact)
      return literal === undefined ? [] : [{ fact, literal }]
    })
    .sort((a, b) => a.literal - b.literal)
  const stated = Map.groupBy(known, ({ literal }) => literal)
  const because = new Map<number, Given>()
  const contradictions: (readonly [Given, Given])[] = []
  for (const { fact, literal } of known) {
    for (const reached of graph.reach(literal)) {
      // Each pair is met from both sides; it is kept from the side that comes first.
      for (const other of stated.get(negate(reached)) ?? []) {
        if (literal < other.literal) contradictions.push([fact, other.fact])
      }
      if (!because.has(reached)) because.set(reached, fact)
    }
  }
  const given = new Set(known.flatMap(({ literal }) => [literal, negate(literal)]))
  const followed = [...because].filter(([literal]) => !given.has(literal)).sort(([a], [b]) => a - b)
  const derived = followed.flatMap(([literal, fact]) => {
    const { kind, word, isTrue } = graph.factOf(literal)
    return kind === 'circumstance' ? [{ circumstance: word, isTrue, because: fact }] : []
  })
  const refuted = followed.map(([literal]) => graph.factOf(literal)).filter(({ kind }) => kind === 'assessment')
  return {
    circumstances: Object.fromEntries([
      ...derived.map(({ circumstance, isTrue }) => [circumstance, isTrue] as const),
      ...facts.flatMap(({ kind, word, isTrue }) => (kind === 'circumstance' ? [[word, isTrue] as const] : [])),
    ]),
    derived,
    refuted: refuted.map(({ word }) => word),
    contradictions,
  }
}

/** A word that follows from itself by way of others, or that can never be true. Only a vocabulary with a fault has one. */
export interface RelationFault {
  readonly kind: 'cycle' | 'impossible'
  readonly word: string
  /** Another word of the cycle, or a word that would have to be both true and false. */
  readonly by: string
}

/** Finds the words whose relations cannot be right; of each cycle one word. */
export function findRelationFaults(vocabulary: Words): readonly RelationFault[] {
  const graph = graphOf(vocabulary)
  const { circumstances, assessments } = vocabulary
  const cyclic = new Set<Literal>()
  return [...Array(circumstances.size + assessments.size).keys()].flatMap((position): readonly RelationFault[] => {
    const literal = 2 * position
    const { word } = graph.factOf(literal)
    const through = graph.next(literal).find((other) => graph.reach(other).includes(literal))
    if (through !== undefined) {
      const isReported = graph.reach(literal).some((other) => cyclic.has(other) && graph.reach(other).includes(literal))
      cyclic.add(literal)
      return isReported ? [] : [{ kind: 'cycle', word, by: graph.factOf(through).word }]
    }
    const reached = new Set(graph.reach(literal))
    const torn = graph.reach(literal).find((other) => reached.has(negate(other)))
    return torn === undefined ? [] : [{ kind: 'impossible', word, by: graph.factOf(torn).word }]
  })
}

/** An even number means that a word is true, the odd number after it that it is false. In the order of the vocabulary. */
type Literal = number
const negate = (literal: Literal): Literal => literal ^ 1

interface Graph {
  literalOf(fact: Fact): Literal | undefined
  factOf(literal: Literal): Fact
  /** What follows from the literal at once. */
  next(literal: Literal): readonly Literal[]
  /** The literal and everything that follows from it. */
  reach(literal: Literal): readonly Literal[]
}

const graphs = new WeakMap<
  Words['circumstances'],
  { readonly assessments: Words['assessments']; readonly graph: Graph }
>()

function graphOf({ circumstances, assessments }: Words): Graph {
  const known = graphs.get(circumstances)
  if (known?.assessments === assessments) return known.graph
  const graph = buildGraph({ circumstances, assessments })
  graphs.set(circumstances, { assessments, graph })
  return graph
}

function buildGraph({ circumstances, assessments }: Words): Graph {
  const places = {
    circumstance: positionsOf(circumstances, 0),
    assessment: positionsOf(assessments, circumstances.size),
  }
  const words = [...circumstances.keys(), ...assessments.keys()]
  const next = words.flatMap((): Literal[][] => [[], []])
  const truthOf = (word: string): Literal | undefined => {
    const position = places.circumstance.get(word) ?? places.assessment.get(word)
    return position === undefined ? undefined : 2 * position
  }
  const join = (from: Literal, to: Literal) => {
    next[from]!.push(to)
    next[negate(to)]!.push(negate(from))
  }
  for (const { id, impliedBy = [] } of circumstances.values()) {
    for (const cause of impliedBy.map(truthOf)) if (cause !== undefined) join(cause, 2 * places.circumstance.get(id)!)
  }
  const excluding = [
    ...[...circumstances.values()].map((word) => ({ ...word, literal: 2 * places.circumstance.get(word.id)! })),
    ...[...assessments.values()].map((word) => ({ ...word, literal: 2 * places.assessment.get(word.id)! })),
  ]
  for (const { literal, excludes = [] } of excluding) {
    for (const other of excludes.map(truthOf)) if (other !== undefined) join(literal, negate(other))
  }
  const reached = new Map<Literal, readonly Literal[]>()
  return {
    literalOf({ kind, word, isTrue }) {
      const position = places[kind].get(word)
      return position === undefined ? undefined : 2 * position + (isTrue ? 0 : 1)
    },
    factOf: (literal) => ({
      kind: literal < 2 * circumstances.size ? 'circumstance' : 'assessment',
      word: words[literal >> 1]!,
      isTrue: literal % 2 === 0,
    }),
    next: (literal) => next[literal]!,
    reach(literal) {
      const known = reached.get(literal)
      if (known) return known
      const found = new Set([literal])
      // A set that grows while it is walked: every literal is walked once.
      for (const one of found) for (const other of next[one]!) found.add(other)
      const all = [...found]
      reached.set(literal, all)
      return all
    },
  }
}

const positionsOf = (words: ReadonlyMap<string, unknown>, start: number): ReadonlyMap<string, number> =>
  new Map([...words.keys()].map((word, index) => [word, start + index]))
