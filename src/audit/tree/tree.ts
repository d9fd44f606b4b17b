import { sha256 } from '@noble/hashes/sha2.js'

/**
 * The append-only Merkle tree of the audit log. Sizes, indexes and levels are whole numbers up to 2^53 - 1, so they are
 * halved by division: the 32-bit operators would wrap. Levels are binary; level 0 holds the leaf hashes.
 *
 * @see RFC 6962 §2.1
 */

/** A node of the tree: 32 bytes. */
export type Hash = Uint8Array

// Prefixes prevent a record from being accepted as an inner node (RFC 6962 §2.1, second preimage resistance).
const LEAF_PREFIX = Uint8Array.of(0)
// Shared buffer for every node: nothing runs in between, and a new buffer would cost a third of the hash itself.
const nodeBytes = Uint8Array.of(1, ...new Uint8Array(64))

/** Hash of one record as a leaf: SHA-256(0x00 ‖ record). */
export function leafHash(record: Uint8Array): Hash {
  return sha256.create().update(LEAF_PREFIX).update(record).digest()
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  nodeBytes.set(left, 1)
  nodeBytes.set(right, 33)
  return sha256(nodeBytes)
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0))

/**
 * All that is needed to grow a tree: roots of the perfect subtrees of a tree of `treeSize` leaves, left to right
 * (largest first). There is one root for every 1 in the binary form of `treeSize`.
 */
export interface Frontier {
  readonly treeSize: number
  readonly roots: readonly Hash[]
}

export const EMPTY_FRONTIER: Frontier = { treeSize: 0, roots: [] }

/**
 * Appends one leaf; `completed` are the perfect subtrees (level >= 0, index) this leaf completes, the leaf itself
 * (level 0) first.
 */
export function appendLeaf(
  frontier: Frontier,
  leaf: Hash,
): { frontier: Frontier; completed: readonly { level: number; index: number; hash: Hash }[] } {
  const roots = [...frontier.roots]
  const completed = [{ level: 0, index: frontier.treeSize, hash: leaf }]
  let hash = leaf
  let index = frontier.treeSize
  // Every trailing 1 of the size is a perfect subtree waiting for a right sibling as large as itself.
  for (let level = 1; index % 2 === 1; level++) {
    hash = nodeHash(roots.pop()!, hash)
    index = (index - 1) / 2
    completed.push({ level, index, hash })
  }
  roots.push(hash)
  return { frontier: { treeSize: frontier.treeSize + 1, roots }, completed }
}

/** Root hash of the whole tree (RFC 6962 §2.1, MTH). */
export function rootHash(frontier: Frontier): Hash {
  return frontier.roots.length === 0 ? EMPTY_ROOT : frontier.roots.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * Roots of the perfect subtrees over a row of nodes of one level, left to right (largest first), when the row begins at a
 * multiple of its own width rounded up to a power of two. A row of 2^n nodes has one.
 */
export function perfectRoots(row: readonly Hash[]): readonly Hash[] {
  const roots: Hash[] = []
  for (let nodes = row; nodes.length > 0; nodes = completePairs(nodes)) {
    if (nodes.length % 2 === 1) roots.push(nodes.at(-1)!)
  }
  return roots.reverse()
}

/** Result of appending leaves in one step. */
export interface Appended {
  readonly frontier: Frontier
  /** Root hash of the tree with all of them. */
  readonly rootHash: Hash
  /** Inclusion proofs (RFC 6962 §2.1.1, sibling first) of the new leaves in that tree, in order. */
  readonly proofs: readonly (readonly Hash[])[]
  /** Roots of perfect subtrees of 2^level leaves (level > 0) that the new leaves completed, each level from left to right. */
  readonly completed: readonly { readonly level: number; readonly index: number; readonly hash: Hash }[]
}

/**
 * Appends leaves, at least one. Reads nothing, because the frontier covers everything left of a new leaf; every node is hashed
 * once, so it costs O(leaves + log treeSize) hashes.
 */
export function appendLeaves(frontier: Frontier, leaves: readonly Hash[]): Appended {
  const treeSize = frontier.treeSize + leaves.length
  const proofs: Hash[][] = leaves.map(() => [])
  const roots: Hash[] = []
  const completed: { level: number; index: number; hash: Hash }[] = []
  const waiting = [...frontier.roots]
  let row = leaves
  let first = frontier.treeSize
  // A last node without a sibling moves up unchanged, so that a level is always half as wide as the one below, rounded up.
  for (let level = 0, span = 1, width = treeSize; ; level++, span *= 2, width = Math.ceil(width / 2)) {
    const perfect = Math.floor(treeSize / span)
    if (level > 0) {
      for (let index = first; index < perfect; index++) completed.push({ level, index, hash: row[index - first]! })
    }
    if (first % 2 === 1) {
      row = [waiting.pop()!, ...row]
      first -= 1
    }
    if (perfect % 2 === 1) roots.push(row[perfect - 1 - first]!)
    if (width <= 1) break
    for (const [offset, proof] of proofs.entries()) {
      const index = Math.floor((frontier.treeSize + offset) / span)
      const sibling = row[(index % 2 === 1 ? index - 1 : index + 1) - first]
      if (sibling !== undefined) proof.push(sibling)
    }
    row = pairs(row)
    first /= 2
  }
  return { frontier: { treeSize, roots: roots.reverse() }, rootHash: row[0]!, proofs, completed }
}

function pairs(row: readonly Hash[]): Hash[] {
  const parents: Hash[] = []
  for (let left = 0; left < row.length; left += 2) {
    const right = row[left + 1]
    parents.push(right === undefined ? row[left]! : nodeHash(row[left]!, right))
  }
  return parents
}

/** The row above, without nodes whose right sibling does not exist yet. */
export function completePairs(row: readonly Hash[]): readonly Hash[] {
  return Array.from({ length: Math.floor(row.length / 2) }, (_, index) =>
    nodeHash(row[2 * index]!, row[2 * index + 1]!),
  )
}

/** Whether two hashes are the same bytes. Not constant-time: everything in the tree is public. */
export function isSameHash(one: Hash, other: Hash): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
