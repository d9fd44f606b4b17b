import type { Vocabulary } from '../../model/vocabulary.ts'
import { lowestBit, wordsFor } from '../engine/bits.ts'
import type { PolicyIndex } from '../engine/compile.ts'
import type { FactIndex } from '../engine/facts-index.ts'
import { closeFacts } from '../facts/relations.ts'

/** That a circumstance is so, or is not so, or that an assessment is declared: what somebody can state. */
export interface Statement {
  readonly kind: 'circumstance' | 'assessment'
  readonly word: string
  /** Always true of an assessment: that nobody declared it satisfies nothing. */
  readonly value: boolean
}

/** A statement, or that a circumstance was not stated to be otherwise than it is presumed to be (`value`): nobody states that. */
export type Literal = Statement | (Omit<Statement, 'kind'> & { readonly kind: 'silence' })

export const isStatement = (literal: Literal): literal is Statement => literal.kind !== 'silence'

/** What the facts of an index say, and what they have to do with each other by the relations of the vocabulary. */
export interface FactMeanings {
  readonly literals: readonly Literal[]
  /** Facts that are true when this one is, itself among them. */
  readonly implied: readonly (readonly number[])[]
  /** Facts that cannot be true when this one is. */
  readonly refuted: readonly (readonly number[])[]
  /** Silences that no answer to a question breaks: no rule asks for their word, and it follows from no other. */
  readonly firmSilences: ReadonlySet<number>
}

const meanings = new WeakMap<FactIndex, FactMeanings>()

/** The meanings of the facts of an index, worked out on first use. */
export function meaningsOf({ facts }: Pick<PolicyIndex, 'facts'>, vocabulary: Vocabulary): FactMeanings {
  const known = meanings.get(facts)
  if (known !== undefined) return known
  const literals: Literal[] = []
  for (const [word, { isTrue, isFalse }] of facts.circumstances) {
    literals[isTrue] = { kind: 'circumstance', word, value: true }
    literals[isFalse] = { kind: 'circumstance', word, value: false }
  }
  for (const [word, fact] of facts.assessments) literals[fact] = { kind: 'assessment', word, value: true }
  for (const { fact, word, presumed } of facts.silences) literals[fact] = { kind: 'silence', word, value: presumed }
  const factOf = (word: string, value: boolean): number => {
    const pair = facts.circumstances.get(word)
    return pair === undefined ? -1 : value ? pair.isTrue : pair.isFalse
  }
  const silencesAbout = (word: string, value: boolean) =>
    facts.silences.filter((silence) => silence.word === word && silence.presumed === value).map(({ fact }) => fact)
  const related = literals.map(({ kind, word, value }, fact) => {
    if (kind === 'silence') return { implied: [fact], refuted: [] }
    const own = kind === 'circumstance' ? { [word]: value } : {}
    const { derived, refuted } = closeFacts(vocabulary, {
      circumstances: own,
      assessments: kind === 'assessment' ? [word] : [],
    })
    const follows = derived.map(({ circumstance, isTrue }) => ({ word: circumstance, value: isTrue }))
    const opposites = [...follows, ...(kind === 'circumstance' ? [{ word, value }] : [])]
    return {
      implied: [
        fact,
        ...follows.map((one) => factOf(one.word, one.value)),
        ...opposites.flatMap((one) => silencesAbout(one.word, one.value)),
      ].filter((id) => id >= 0),
      refuted: [
        ...opposites.map((one) => factOf(one.word, !one.value)),
        ...opposites.flatMap((one) => silencesAbout(one.word, !one.value)),
        ...refuted.map((assessment) => facts.assessments.get(assessment) ?? -1),
      ].filter((id) => id >= 0),
    }
  })
  const breaking = (of: number) => [...related.keys()].filter((other) => related[other]!.implied.includes(of))
  const made: FactMeanings = {
    literals,
    implied: related.map(({ implied }) => implied),
    refuted: related.map(({ refuted }, fact) => {
      const silence = facts.silences.find((one) => one.fact === fact)
      if (silence === undefined) return refuted
      return breaking(silence.brokenBy)
    }),
    firmSilences: new Set(
      facts.silences
        .filter(({ brokenBy, isWordAsked }) => !isWordAsked && breaking(brokenBy).length === 1)
        .map(({ fact }) => fact),
    ),
  }
  meanings.set(facts, made)
  return made
}

/** A set of small numbers, as words of 32 bits. All sets of one question have the same number of words. */
export type Bits = readonly number[]

export const emptyBits = (size: number): number[] => new Array<number>(wordsFor(size)).fill(0)

export function bitsOf(members: Iterable<number>, size: number): Bits {
  const bits = emptyBits(size)
  for (const member of members) bits[member >>> 5]! |= 1 << (member & 31)
  return bits
}

export const hasBit = (bits: Bits, member: number): boolean => (bits[member >>> 5]! & (1 << (member & 31))) !== 0

export function isSubset(part: Bits, whole: Bits): boolean {
  for (let at = 0; at < part.length; at++) if ((part[at]! & ~whole[at]!) !== 0) return false
  return true
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let at = 0; at < a.length; at++) if ((a[at]! & b[at]!) !== 0) return true
  return false
}

export function unite(a: Bits, b: Bits): Bits {
  const both = a.slice()
  for (let at = 0; at < both.length; at++) both[at]! |= b[at]!
  return both
}

export function without(bits: Bits, member: number): Bits {
  const rest = bits.slice()
  rest[member >>> 5]! &= ~(1 << (member & 31))
  return rest
}

export function membersOf(bits: Bits): number[] {
  const members: number[] = []
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at]!; word !== 0; word &= word - 1) members.push(at * 32 + lowestBit(word))
  }
  return members
}

export function countBits(bits: Bits): number {
  let count = 0
  for (let at = 0; at < bits.length; at++) for (let word = bits[at]!; word !== 0; word &= word - 1) count++
  return count
}
