import type { PolicyIndex } from '../engine/compile.ts'
import type { Evaluation } from '../engine/evaluation.ts'
import { type FactMeanings, isStatement, type Literal } from './literals.ts'

/** Words that the asker cannot answer: what only the gateway states, and what was put aside. */
export type ClosedWords = ReadonlySet<string>

/** Nobody has to answer for a silence. */
export const isClosed = (literal: Literal, closed: ClosedWords): boolean =>
  isStatement(literal) && closed.has(literal.word)

/** The facts that rules still ask of one data subject, numbered anew because few are left. */
export interface Numbering {
  readonly literals: Literal[]
  readonly factIds: number[]
  /** The number of a fact that a rule still asks; -1 when none does. */
  find(fact: number): number
  /** Facts still to know, in new numbers; undefined when they cannot all become known any more. */
  rest(facts: Iterable<number>): number[] | undefined
}

/**
 * Numbers facts on first use.
 *
 * @param assessments that nobody can declare truthfully, given what is stated
 */
export function numberLiterals(
  index: PolicyIndex,
  { literals: meaning, refuted, implied, firmSilences }: FactMeanings,
  { knownFacts }: Evaluation,
  closed: ClosedWords,
  assessments: readonly string[],
): Numbering {
  const locals = new Int32Array(index.facts.count).fill(-1)
  // A silence can still be broken: it is certain when its opposite can no longer be stated, or when no question is about it.
  const stated = knownFacts.filter((fact) => meaning[fact]!.kind !== 'silence')
  const firm = knownFacts.filter((fact) => firmSilences.has(fact))
  const certain = new Set([...stated.flatMap((fact) => implied[fact]!), ...firm])
  const impossible = new Set([
    ...stated.flatMap((fact) => refuted[fact]!),
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
        if (certain.has(fact)) continue
        if (impossible.has(fact)) return undefined
        left.push(fact)
      }
      // A rule that asks what cannot be so together never fires.
      for (const fact of left) for (const other of refuted[fact]!) if (left.includes(other)) return undefined
      // What follows from a word that was put aside comes from others.
      if (closed.size > 0) for (const fact of left) if (isClosed(meaning[fact]!, closed)) numberCauses(fact)
      return [...new Set(left.map(find))]
    },
  }

  function numberCauses(of: number): void {
    for (const [fact, follows] of implied.entries()) {
      if (fact !== of && follows.includes(of) && !certain.has(fact) && !impossible.has(fact)) find(fact)
    }
  }
}
