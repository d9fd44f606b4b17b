import type { RuleScope } from '../../model/rule.ts'
import { lowestBit, setBit, wordsFor } from './bits.ts'
import { createWordIds, type WordIds } from './word-ids.ts'

/** The four members of a scope, in the order of the ids in a {@link Point}. */
export const DIMENSIONS = ['senders', 'recipients', 'purposes', 'roles'] as const

/** The ids of a sender, recipient, purpose and role; 0 for a word that no scope names. */
export type Point = readonly [sender: number, recipient: number, purpose: number, role: number]

/** The words of each dimension, shared by all scopes of a set. */
export type ScopeWords = readonly [WordIds, WordIds, WordIds, WordIds]

const UNNAMED = ''

export function collectScopeWords(scopes: Iterable<RuleScope>): ScopeWords {
  const words = DIMENSIONS.map(createWordIds) as unknown as ScopeWords
  for (const ids of words) ids.add(UNNAMED)
  for (const scope of scopes) {
    for (const [index, dimension] of DIMENSIONS.entries()) {
      for (const word of scope[dimension] ?? []) words[index]!.add(word)
    }
  }
  return words
}

/** For each word of each dimension, which scopes admit it: one bit a scope. */
export interface ScopeIndex {
  readonly wordCount: number
  readonly vectors: readonly (readonly Uint32Array[])[]
}

export function indexScopes(scopes: readonly RuleScope[], words: ScopeWords): ScopeIndex {
  const wordCount = wordsFor(scopes.length)
  const vectors = DIMENSIONS.map((dimension, index) => {
    const { ids } = words[index]!
    const any = new Uint32Array(wordCount)
    for (const [position, scope] of scopes.entries()) if (scope[dimension] === undefined) setBit(any, position)
    const admitting = Array.from({ length: ids.size }, () => any.slice())
    for (const [position, scope] of scopes.entries()) {
      for (const word of scope[dimension] ?? []) setBit(admitting[ids.get(word)!]!, position)
    }
    return admitting
  })
  return { wordCount, vectors }
}

/** The scopes that admit a point; with `except`, the scopes that admit every dimension of it but that one. */
export function scopesAdmitting(index: ScopeIndex, point: Point, except = -1): number[] {
  const [a, b, c, d] = index.vectors.map((vectors, dimension) => vectors[point[dimension]!]!)
  const flips = point.map((_, dimension) => (dimension === except ? -1 : 0))
  const found: number[] = []
  for (let word = 0; word < index.wordCount; word++) {
    let bits = (a![word]! ^ flips[0]!) & (b![word]! ^ flips[1]!)
    if (bits === 0) continue
    bits &= (c![word]! ^ flips[2]!) & (d![word]! ^ flips[3]!)
    for (; bits !== 0; bits &= bits - 1) found.push((word << 5) + lowestBit(bits))
  }
  return found
}
