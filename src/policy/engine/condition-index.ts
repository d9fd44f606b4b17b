import { wordsFor } from './bits.ts'

/**
 * Sets of facts that must all be known, as trees that share common beginnings: each step down is one more fact. A question
 * follows only facts that it knows, so the cost of a search depends on what it knows and not on the number of sets.
 * A fact is a small number; facts that few sets ask for have low numbers and come first, because they rule out most sets.
 */
export interface ConditionTrees {
  /** The root of each tree: the cell number of a node, or `-1 - cell` for a leaf. */
  readonly roots: Int32Array
  /**
   * Every node and leaf as a run of numbers, so that a visit reads few cache lines.
   * A leaf holds equal sets: first set, end of sets, count of facts, the facts still to check.
   * A node: first set that ends here, end of those, count of children, 1 when a vector of facts follows, otherwise 0; that
   * vector; the facts of the children; the children.
   */
  readonly cells: Int32Array
  readonly vectorWords: number
}

/** The facts that a question knows, as one byte a fact and as a vector of bits. */
export interface Known {
  readonly marks: Uint8Array
  readonly bits: Uint32Array
}

export const createKnown = (factCount: number): Known => ({
  marks: new Uint8Array(factCount),
  bits: new Uint32Array(wordsFor(factCount)),
})

/** Adds facts to what is known, or takes them away again. */
export function setKnown(known: Known, facts: readonly number[], isKnown: boolean): void {
  for (const fact of facts) {
    const bit = 1 << (fact & 31)
    known.marks[fact] = isKnown ? 1 : 0
    known.bits[fact >>> 5] = isKnown ? known.bits[fact >>> 5]! | bit : known.bits[fact >>> 5]! & ~bit
  }
}

/**
 * @param trees for each tree its sets, given as ranges of `paths` that are sorted (`compareFacts`)
 * @param paths the facts of each set in ascending order; equal sets are adjacent
 */
export function indexConditions(
  trees: readonly (readonly [first: number, last: number])[],
  paths: readonly Int32Array[],
  factCount: number,
): ConditionTrees {
  const vectorWords = wordsFor(factCount)
  const cells: number[] = []

  function addLeaf(first: number, last: number, depth: number): number {
    const at = cells.length
    const rest = paths[first]!.subarray(depth)
    cells.push(first, last, rest.length, ...rest)
    return -1 - at
  }

  function addTree(first: number, last: number, depth: number): number {
    // The range is sorted: when its first and last sets are equal, all are.
    if (compareFacts(paths[first]!, paths[last - 1]!) === 0) return addLeaf(first, last, depth)
    let next = first
    while (next < last && paths[next]!.length === depth) next++
    const end = next
    const children: { fact: number; from: number; to: number }[] = []
    while (next < last) {
      const fact = paths[next]![depth]!
      const from = next
      while (next < last && paths[next]![depth] === fact) next++
      children.push({ fact, from, to: next })
    }
    const hasVector = children.length > 4 * vectorWords
    const at = cells.length
    cells.push(first, end, children.length, hasVector ? 1 : 0)
    if (hasVector) {
      const vector = new Int32Array(vectorWords)
      for (const { fact } of children) vector[fact >>> 5]! |= 1 << (fact & 31)
      cells.push(...vector)
    }
    cells.push(...children.map(({ fact }) => fact))
    const targets = cells.length
    for (const _ of children) cells.push(0)
    for (const [index, { from, to }] of children.entries()) cells[targets + index] = addTree(from, to, depth + 1)
    return at
  }

  const roots = Int32Array.from(trees, ([first, last]) => addTree(first, last, 0))
  return { roots, cells: Int32Array.from(cells), vectorWords }
}

/** A fact that every set below a root asks for; -1 when there is none. */
export function firstFact({ cells }: ConditionTrees, root: number): number {
  const leaf = -1 - root
  return root < 0 && cells[leaf + 2]! > 0 ? cells[leaf + 3]! : -1
}

/** Orders sets of facts so that sets with the same beginning are adjacent, the shorter first. */
export function compareFacts(a: Int32Array, b: Int32Array): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = a[index]! - b[index]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/**
 * Calls `found` with each range of sets whose facts are all known, from a root down; stops as soon as `found` returns true.
 * @returns whether it stopped early
 */
export function matchConditions(
  trees: ConditionTrees,
  target: number,
  known: Known,
  found: (first: number, last: number) => boolean,
): boolean {
  const { cells, vectorWords } = trees
  const { marks, bits } = known
  if (target < 0) {
    const leaf = -1 - target
    const end = leaf + 3 + cells[leaf + 2]!
    for (let at = leaf + 3; at < end; at++) if (marks[cells[at]!] === 0) return false
    return found(cells[leaf]!, cells[leaf + 1]!)
  }
  const first = cells[target]!
  const last = cells[target + 1]!
  const count = cells[target + 2]!
  if (first < last && found(first, last)) return true
  if (cells[target + 3] === 0) {
    const facts = target + 4
    for (let child = 0; child < count; child++) {
      const isKnown = marks[cells[facts + child]!] !== 0
      if (isKnown && matchConditions(trees, cells[facts + count + child]!, known, found)) return true
    }
    return false
  }
  const vectorAt = target + 4
  let targetAt = vectorAt + vectorWords + count
  for (let word = 0; word < vectorWords; word++) {
    const vector = cells[vectorAt + word]!
    for (let both = vector & bits[word]!; both !== 0; both &= both - 1) {
      const lowest = both & -both
      const child = cells[targetAt + countBits(vector & (lowest - 1))]!
      if (matchConditions(trees, child, known, found)) return true
    }
    targetAt += countBits(vector)
  }
  return false
}

function countBits(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
