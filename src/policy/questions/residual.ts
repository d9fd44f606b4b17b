import type { SubjectQuestion } from '../../model/decision.ts'
import type { PolicyIndex } from '../engine/compile.ts'
import { type Known, matchConditions } from '../engine/condition-index.ts'
import { evaluate } from '../engine/evaluate.ts'
import { createEvaluation, type Evaluation, type NumberedQuestion } from '../engine/evaluation.ts'
import { rootsOf } from '../engine/match-permits.ts'
import type { Narrowing } from '../engine/narrowing-index.ts'
import { rankOf, slotOf } from '../engine/permit-index.ts'
import { REFUSED } from '../engine/ranks.ts'
import { closeFacts } from '../facts/relations.ts'
import type { PolicySet } from '../policy-set.ts'
import { type Bits, bitsOf, type FactMeanings, type Literal, meaningsOf } from './literals.ts'

/** A permit over one field: what it gives, and which facts it still asks. */
export interface PermitTerm {
  /** The same for every field that the same rules give. */
  readonly id: number
  readonly rank: number
  readonly file: number
  /** Position in the set of the first rule that gives this to the first field of its class. */
  readonly rule: number
  readonly asks: Bits
}

/** A bar over one field that applies now. */
export interface Barrier {
  readonly rank: number
  /** Position among the prohibitions and safeguards of the index. */
  readonly narrowing: number
  /** Each of these sets of facts lifts it; empty when nothing does. */
  readonly lifts: readonly Bits[]
}

/** Fields on which the rules in scope depend in the same way. */
export interface FieldClass {
  /** Positions of the fields in the evaluation. */
  readonly positions: readonly number[]
  readonly releases: readonly PermitTerm[]
  readonly links: readonly PermitTerm[]
  /** Strictest first. */
  readonly barriers: readonly Barrier[]
  /** Files with a rule in scope that releases or links the field, whatever it asks. */
  readonly coveringFiles: ReadonlySet<number>
}

/**
 * What the rules still ask about one data subject, given what is stated (partial evaluation). Rules that cannot fire any more
 * and bars that are lifted are not in it. Sets of facts are numbered anew, because few facts are left.
 */
export interface Residual {
  readonly evaluation: Evaluation
  readonly literals: readonly Literal[]
  /** Literals about which nothing may be asked; they can only follow from others. */
  readonly closed: Bits
  /** For each literal what is known with it, itself included. */
  readonly implied: readonly Bits[]
  /** For each literal the literals that cannot be true beside it. */
  readonly conflicts: readonly Bits[]
  readonly classes: readonly FieldClass[]
  /** For each position in the evaluation, which class. */
  readonly classOf: readonly number[]
  /** What an answer makes known and rules out, also when no rule asks for that side of the word. */
  effectOf(literal: Literal): { readonly known: Bits; readonly excluded: Bits }
}

/** With more permits than this over a field, it is not compared with other fields. */
const MAX_COMPARED = 64

/** Words that the asker cannot answer: what only the gateway states, and what was put aside. */
export type ClosedWords = ReadonlySet<string>

/**
 * Evaluates one data subject as far as what is stated goes. The declared basis is not applied: every permit names its file.
 *
 * @param subject with what follows from its words
 */
export function evaluatePartially(
  set: PolicySet,
  index: PolicyIndex,
  numbered: NumberedQuestion,
  subject: SubjectQuestion,
  closed: ClosedWords,
): Residual {
  const evaluation = createEvaluation(index)
  evaluate(index, numbered, subject, evaluation)
  const meanings = meaningsOf(index, set.vocabulary)
  const { refuted } = closeFacts(set.vocabulary, subject)
  const numbering = numberLiterals(index, meanings, evaluation, closed, refuted)
  const barriers = collectBarriers(index, evaluation, numbering)
  // A field that stays refused refuses all, whatever the permits ask; then they are not read.
  const isRefused = barriers.over.some((bars) =>
    bars.some(({ rank, narrowing }) => rank === REFUSED && barriers.lifts.get(narrowing)!.length === 0),
  )
  const permits = collectPermits(index, numbered, evaluation, numbering, isRefused)
  const { literals, factIds } = numbering
  const size = literals.length
  const asBits = (facts: readonly number[]) => bitsOf(facts, size)
  const locals = (facts: readonly number[]) => asBits(facts.map(numbering.find).filter((local) => local >= 0))
  const asks = permits.terms.map((term) => asBits(term.asks))
  const termOf = ({ term: id, rank, rule }: Offer): PermitTerm => {
    return { id, rank, rule, file: permits.terms[id]!.file, asks: asks[id]! }
  }
  const lifts = new Map([...barriers.lifts].map(([narrowing, sets]) => [narrowing, sets.map(asBits)]))
  const fieldOf = (position: number): FieldClass => ({
    positions: [position],
    releases: permits.releases[position]!.map(termOf),
    links: permits.links[position]!.map(termOf),
    barriers: barriers.over[position]!.map(({ rank, narrowing }) => ({
      rank,
      narrowing,
      lifts: lifts.get(narrowing)!,
    })),
    coveringFiles: permits.coveringFiles[position]!,
  })
  const keyOf = (position: number) => {
    const lists = [permits.releases[position]!, permits.links[position]!]
    // With so many rules no two fields are alike, and a key would only take time.
    if (lists[0]!.length + lists[1]!.length > MAX_COMPARED) return `${position}`
    const offers = lists.map((list) => list.map(({ term, rank }) => `${term}:${rank}`).join())
    const bars = barriers.over[position]!.map(({ narrowing, rank }) => `${narrowing}:${rank}`).join()
    return `${offers[0]} ${offers[1]} ${bars} ${[...permits.coveringFiles[position]!].join()}`
  }
  const positions = evaluation.names.map((_, position) => position)
  const classes = [...Map.groupBy(positions, keyOf).values()].map((alike) => ({
    ...fieldOf(alike[0]!),
    positions: alike,
  }))
  return {
    evaluation,
    literals,
    closed: asBits([...literals.keys()].filter((local) => closed.has(literals[local]!.word))),
    implied: factIds.map((fact) => locals(meanings.implied[fact]!)),
    conflicts: factIds.map((fact) => locals(meanings.refuted[fact]!)),
    classes,
    classOf: positions.map((position) => classes.findIndex((fields) => fields.positions.includes(position))),
    effectOf({ kind, word, value }) {
      const pair = index.facts.circumstances.get(word)
      const fact = kind === 'assessment' ? index.facts.assessments.get(word)! : value ? pair!.isTrue : pair!.isFalse
      return { known: locals(meanings.implied[fact]!), excluded: locals(meanings.refuted[fact]!) }
    },
  }
}

interface Numbering {
  readonly literals: Literal[]
  readonly factIds: number[]
  /** The number of a fact that a rule still asks; -1 when none does. */
  find(fact: number): number
  /** Facts still to know, in new numbers; undefined when they cannot all become known any more. */
  rest(facts: Iterable<number>): number[] | undefined
}

/** @param assessments that nobody can declare truthfully, given what is stated */
function numberLiterals(
  index: PolicyIndex,
  { literals: meaning, refuted, implied }: FactMeanings,
  { known, knownFacts }: Evaluation,
  closed: ClosedWords,
  assessments: readonly string[],
): Numbering {
  const locals = new Int32Array(index.facts.count).fill(-1)
  const impossible = new Set([
    ...knownFacts.flatMap((fact) => refuted[fact]!),
    ...assessments.flatMap((word) => index.facts.assessments.get(word) ?? []),
  ])
  const literals: Literal[] = []
  const factIds: number[] = []
  const find = (fact: number): number => {
    if (locals[fact]! >= 0) return locals[fact]!
    locals[fact] = literals.length
    literals.push(meaning[fact]!)
    factIds.push(fact)
    return locals[fact]!
  }
  return {
    literals,
    factIds,
    find: (fact) => locals[fact]!,
    rest(facts) {
      const left: number[] = []
      for (const fact of facts) {
        if (known.marks[fact] !== 0) continue
        if (impossible.has(fact)) return undefined
        left.push(fact)
      }
      // A rule that asks what cannot be so together never fires.
      for (const fact of left) for (const other of refuted[fact]!) if (left.includes(other)) return undefined
      // What follows from a word that was put aside comes from others.
      if (closed.size > 0) for (const fact of left) if (closed.has(meaning[fact]!.word)) numberCauses(fact)
      return [...new Set(left.map(find))]
    },
  }

  function numberCauses(of: number): void {
    for (const [fact, follows] of implied.entries()) {
      if (fact !== of && follows.includes(of) && known.marks[fact] === 0 && !impossible.has(fact)) find(fact)
    }
  }
}

type Offer = Pick<PermitTerm, 'rank' | 'rule'> & { readonly term: number }

function collectPermits(
  { permits, facts }: PolicyIndex,
  { era }: NumberedQuestion,
  { bucket, positions, names }: Evaluation,
  numbering: Numbering,
  isRefused: boolean,
) {
  const perField = <Value>(create: () => Value): Value[] => names.map(create)
  const releases = perField((): Offer[] => [])
  const links = perField((): Offer[] => [])
  const coveringFiles = perField(() => new Set<number>())
  const terms: { file: number; asks: readonly number[] }[] = []
  const { groups, effects, pathStart, pathFact } = permits
  for (const root of isRefused ? [] : rootsOf(bucket)) {
    matchConditions(permits.trees, root, everything(facts.count), (first, last) => {
      for (let group = first; group < last; group++) {
        const cell = 4 * group
        if (groups[cell]! > era || era >= groups[cell + 1]!) continue
        const file = groups[cell + 2]!
        let term: number | undefined
        for (let at = groups[cell + 3]!; at < groups[cell + 7]!; at += 3) {
          const slot = slotOf(effects[at]!)
          const position = positions[slot >>> 1]!
          if (position < 0) continue
          coveringFiles[position]!.add(file)
          if (term === undefined) {
            const asks = numbering.rest(pathFact.subarray(pathStart[group], pathStart[group + 1]))
            term = asks === undefined ? -1 : terms.push({ file, asks }) - 1
          }
          if (term < 0) continue
          const isLink = (slot & 1) !== 0
          ;(isLink ? links : releases)[position]!.push({
            term,
            rank: isLink ? 0 : rankOf(effects[at]!),
            rule: effects[at + 1]!,
          })
        }
      }
      return false
    })
  }
  return { terms, releases, links, coveringFiles }
}

let all: Known = { marks: new Uint8Array(), bits: new Uint32Array() }

/** As if every fact were known, so that a search visits every permit. */
function everything(factCount: number): Known {
  if (all.marks.length < factCount) {
    all = { marks: new Uint8Array(factCount).fill(1), bits: new Uint32Array((factCount + 31) >>> 5).fill(0xffffffff) }
  }
  return all
}

function collectBarriers(index: PolicyIndex, evaluation: Evaluation, numbering: Numbering) {
  const { narrowings, narrowingRules } = index
  const { bucket, fields } = evaluation
  const lifts = new Map<number, readonly number[][]>()
  const over: { rank: number; narrowing: number }[][] = fields.map(() => [])
  const lifted = new Set<number>()
  for (let at = 0; at < bucket.words.length; at++) {
    const word = bucket.words[at]!
    for (let bits = bucket.bars[at]!; bits !== 0; bits &= bits - 1) {
      const lowest = bits & -bits
      const bar = (word << 5) + (31 - Math.clz32(lowest))
      const narrowing = narrowings.bars.narrowing[bar]!
      if (lifted.has(narrowing)) continue
      for (let position = 0; position < fields.length; position++) {
        const cover = fields[position]! < 0 ? undefined : narrowings.covers[fields[position]!]
        if (cover === undefined || (cover[word]! & lowest) === 0) continue
        if (!lifts.has(narrowing)) {
          const sets = liftsOf(index, narrowingRules[narrowing]!, evaluation, numbering)
          if (sets === undefined) {
            lifted.add(narrowing)
            break
          }
          lifts.set(narrowing, sets)
        }
        over[position]!.push({ rank: narrowings.bars.rank[bar]!, narrowing })
      }
    }
  }
  return { lifts, over }
}

/** The sets of facts that lift a narrowing; undefined when it is lifted already. */
function liftsOf(
  { facts, scopes }: PolicyIndex,
  { when, whenNot, unless }: Narrowing,
  { point }: Evaluation,
  numbering: Numbering,
): number[][] | undefined {
  const { circumstances, assessments } = facts
  const sets = [
    ...when.map((word) => [circumstances.get(word)!.isFalse]),
    ...whenNot.map((word) => [circumstances.get(word)!.isTrue]),
    ...unless
      .filter(({ senders, recipients, roles }) =>
        [senders, recipients, undefined, roles].every(
          (words, dimension) =>
            words === undefined || words.some((word) => scopes[dimension]!.ids.get(word) === point[dimension]),
        ),
      )
      .map((exception) => [
        ...exception.when.map((word) => circumstances.get(word)!.isTrue),
        ...exception.whenNot.map((word) => circumstances.get(word)!.isFalse),
        ...exception.assessments.map((word) => assessments.get(word)!),
      ]),
  ]
  const left = sets.flatMap((set) => {
    const rest = numbering.rest(set)
    return rest === undefined ? [] : [rest]
  })
  return left.some((set) => set.length === 0) ? undefined : left
}
