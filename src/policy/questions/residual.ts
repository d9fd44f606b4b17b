import type { SubjectQuestion } from '../../model/decision.ts'
import type { PolicyIndex } from '../engine/compile.ts'
import { createEvaluation, type NumberedQuestion, startEvaluation } from '../engine/evaluation.ts'
import { REFUSED } from '../engine/ranks.ts'
import { closeFacts } from '../facts/relations.ts'
import type { PolicySet } from '../policy-set.ts'
import { groupAlike } from './alike-fields.ts'
import { collectBarriers } from './collect-barriers.ts'
import { collectPermits, type Offer } from './collect-permits.ts'
import {
  type Bits,
  bitsOf,
  countBits,
  isStatement,
  type Literal,
  meaningsOf,
  type Statement,
  unite,
} from './literals.ts'
import { type ClosedWords, isClosed, numberLiterals } from './number-literals.ts'

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
  /** Positions of the fields in `names`. */
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
  /** The requested fields without repetition, in their order. */
  readonly names: readonly string[]
  readonly literals: readonly Literal[]
  /** Literals about which nothing may be asked; they can only follow from others. */
  readonly closed: Bits
  /** For each literal what is known with it, itself included. */
  readonly implied: readonly Bits[]
  /** Literals with which others are known. */
  readonly causes: Bits
  /** For each literal the literals that cannot be true beside it. */
  readonly conflicts: readonly Bits[]
  /** Literals that hold as long as nothing that is known conflicts with them. */
  readonly silences: Bits
  readonly classes: readonly FieldClass[]
  /** For each position in `names`, which class. */
  readonly classOf: readonly number[]
  /** What is known after an answer, silences included, and what it rules out; also when no rule asks for that side of the word. */
  effectOf(literal: Statement): { readonly known: Bits; readonly excluded: Bits }
}

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
  const names = [...new Set(subject.fields)]
  const alike = groupAlike(set, index, numbered, subject.role, names)
  const evaluation = createEvaluation(index)
  // One field of each class stands for all of it.
  const fields = alike.map(([first]) => names[first!]!)
  startEvaluation(index, numbered, { ...subject, fields }, evaluation)
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
  const classes = alike.map(
    (positions, of): FieldClass => ({
      positions,
      releases: permits.releases[of]!.map(termOf),
      links: permits.links[of]!.map(termOf),
      barriers: barriers.over[of]!.map(({ rank, narrowing }) => ({ rank, narrowing, lifts: lifts.get(narrowing)! })),
      coveringFiles: permits.coveringFiles[of]!,
    }),
  )
  const classOf: number[] = []
  for (const [of, { positions }] of classes.entries()) for (const position of positions) classOf[position] = of
  const silences = asBits([...literals.keys()].filter((local) => !isStatement(literals[local]!)))
  const implied = factIds.map((fact) => locals(meanings.implied[fact]!))
  return {
    names,
    literals,
    closed: asBits([...literals.keys()].filter((local) => isClosed(literals[local]!, closed))),
    implied,
    causes: asBits([...literals.keys()].filter((local) => countBits(implied[local]!) > 1)),
    conflicts: factIds.map((fact) => locals(meanings.refuted[fact]!)),
    silences,
    classes,
    classOf,
    effectOf({ kind, word, value }) {
      const pair = index.facts.circumstances.get(word)
      const fact = kind === 'assessment' ? index.facts.assessments.get(word)! : value ? pair!.isTrue : pair!.isFalse
      const excluded = locals(meanings.refuted[fact]!)
      const known = locals(meanings.implied[fact]!)
      return {
        known: unite(
          known,
          silences.map((word, at) => word & ~excluded[at]!),
        ),
        excluded,
      }
    },
  }
}
