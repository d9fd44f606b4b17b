import type { LogReader } from '../../ports/store.ts'
import { TILE_HEIGHT, TILE_WIDTH } from './tiles.ts'
import { completePairs, type Frontier, type Hash, isSameHash, nodeHash } from './tree.ts'

/**
 * Proofs that a leaf is in the tree (inclusion) and that one tree is the beginning of another (consistency).
 *
 * @see RFC 6962 §2.1.1 and §2.1.2 for making them, RFC 9162 §2.1.3.2 and §2.1.4.2 for verifying them
 */

/** Reads the roots of the perfect subtrees `[start, end)` of 2^level leaves each; shorter when the log ends earlier. */
export type ReadNodes = (level: number, start: number, end: number) => Promise<readonly Hash[]>

// A full tile with the rows above it is about 50 KiB in memory.
const MAX_CACHED_TILES = 64

/**
 * Reads binary levels from a log that stores tile levels only (every eighth): the levels between are computed for a whole tile at
 * a time. Hashes never change, so recently used tiles are cached: every proof passes through the same ones near the root. A
 * partial tile is read again when more of it is needed than it had.
 */
export function nodesOfTiles(log: Pick<LogReader, 'hashes'>): ReadNodes {
  const tiles = new Map<string, Promise<readonly (readonly Hash[])[]>>()

  const loadTile = (level: number, index: number): Promise<readonly (readonly Hash[])[]> => {
    const key = `${level}/${index}`
    const loading = tiles.get(key) ?? log.hashes(level, index * TILE_WIDTH, (index + 1) * TILE_WIDTH).then(rowsOfTile)
    // A Map keeps insertion order: reinserted at the end, it is evicted last.
    tiles.delete(key)
    tiles.set(key, loading)
    if (tiles.size > MAX_CACHED_TILES) tiles.delete(tiles.keys().next().value!)
    loading.catch(() => tiles.delete(key))
    return loading
  }

  /** A row of a tile with at least `count` nodes, or with all existing ones. */
  const readRow = async (tileLevel: number, index: number, height: number, count: number): Promise<readonly Hash[]> => {
    const row = (await loadTile(tileLevel, index))[height]!
    if (row.length >= count) return row
    tiles.delete(`${tileLevel}/${index}`)
    return (await loadTile(tileLevel, index))[height]!
  }

  return async (level, start, end) => {
    const height = level % TILE_HEIGHT
    const perTile = TILE_WIDTH / 2 ** height
    const nodes: Hash[] = []
    for (let index = Math.floor(start / perTile); index * perTile < end; index++) {
      const first = index * perTile
      const row = await readRow(Math.floor(level / TILE_HEIGHT), index, height, Math.min(perTile, end - first))
      nodes.push(...row.slice(Math.max(0, start - first), end - first))
      if (row.length < perTile) break
    }
    return nodes
  }
}

/** The hashes of a tile and the seven rows above them. A node without a right sibling is not yet part of a perfect subtree and is not in the row above. */
function rowsOfTile(hashes: readonly Hash[]): readonly (readonly Hash[])[] {
  const rows = [hashes]
  while (rows.length < TILE_HEIGHT) rows.push(completePairs(rows.at(-1)!))
  return rows
}

/**
 * The frontier of the first `treeSize` leaves.
 *
 * @throws RangeError when the log is shorter
 */
export async function loadFrontier(treeSize: number, readNodes: ReadNodes): Promise<Frontier> {
  return { treeSize, roots: await loadPerfectRoots(0, treeSize, readNodes) }
}

/**
 * Inclusion proof of a leaf in the tree of the first `treeSize` leaves, sibling first.
 *
 * @throws RangeError when the leaf is not in that tree or the log is shorter than `treeSize`
 * @see RFC 6962 §2.1.1 (PATH)
 */
export async function inclusionPath(
  leafIndex: number,
  treeSize: number,
  readNodes: ReadNodes,
): Promise<readonly Hash[]> {
  if (!isWithin(leafIndex, 0, treeSize - 1)) {
    throw new RangeError('leaf index: is not in the tree; give one below the tree size')
  }
  const siblings: [start: number, end: number][] = []
  let start = 0
  let end = treeSize
  while (end - start > 1) {
    const middle = start + largestPowerOfTwoBelow(end - start)
    siblings.push(leafIndex < middle ? [middle, end] : [start, middle])
    if (leafIndex < middle) end = middle
    else start = middle
  }
  return Promise.all(siblings.reverse().map(([from, to]) => loadRoot(from, to, readNodes)))
}

/**
 * Consistency proof between the trees of the first `size1` and the first `size2` leaves; empty when the sizes are equal.
 *
 * @throws RangeError unless 0 < size1 <= size2, or when the log is shorter than `size2`
 * @see RFC 6962 §2.1.2 (PROOF)
 */
export async function consistencyPath(size1: number, size2: number, readNodes: ReadNodes): Promise<readonly Hash[]> {
  if (!isWithin(size1, 1, size2)) {
    throw new RangeError('tree sizes: the first must be above zero and not above the second')
  }
  const ranges: [start: number, end: number][] = []
  let start = 0
  let end = size2
  while (end !== size1) {
    const middle = start + largestPowerOfTwoBelow(end - start)
    ranges.push(size1 <= middle ? [middle, end] : [start, middle])
    if (size1 <= middle) end = middle
    else start = middle
  }
  // The verifier already has the first root; it needs the last piece only when that is not the whole first tree.
  if (start > 0) ranges.push([start, end])
  return Promise.all(ranges.reverse().map(([from, to]) => loadRoot(from, to, readNodes)))
}

/** True when `proof` shows that `leafHash` is leaf number `leafIndex` of the tree with this size and root. */
export function verifyInclusion(claim: {
  readonly leafIndex: number
  readonly treeSize: number
  readonly leafHash: Hash
  readonly rootHash: Hash
  readonly proof: readonly Hash[]
}): boolean {
  const { leafIndex, treeSize, leafHash, rootHash, proof } = claim
  if (!isWithin(treeSize, 1) || !isWithin(leafIndex, 0, treeSize - 1) || !areHashes([leafHash, ...proof])) return false
  let node = leafIndex
  let last = treeSize - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      ;[node, last] = skipLevelsWithoutSibling(node, last)
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && isSameHash(hash, rootHash)
}

/** True when `proof` shows that the tree (size1, root1) is the beginning of the tree (size2, root2). False for size1 = 0, which proves nothing. */
export function verifyConsistency(claim: {
  readonly size1: number
  readonly size2: number
  readonly root1: Hash
  readonly root2: Hash
  readonly proof: readonly Hash[]
}): boolean {
  const { size1, size2, root1, root2, proof } = claim
  if (!isWithin(size2, 1) || !isWithin(size1, 1, size2)) return false
  if (size1 === size2) return proof.length === 0 && isSameHash(root1, root2)
  if (!areHashes([root1, root2, ...proof])) return false
  let node = size1 - 1
  let last = size2 - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  // A first tree that is itself perfect is its own starting point, and the proof leaves it out.
  const [seed, ...rest] = node === 0 ? [root1, ...proof] : proof
  if (seed === undefined) return false
  let hash1 = seed
  let hash2 = seed
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash1 = nodeHash(sibling, hash1)
      hash2 = nodeHash(sibling, hash2)
      ;[node, last] = skipLevelsWithoutSibling(node, last)
    } else {
      hash2 = nodeHash(hash2, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && isSameHash(hash1, root1) && isSameHash(hash2, root2)
}

const half = (value: number): number => Math.floor(value / 2)

// The last node of a level has no sibling where its index is even: it moves up without being hashed.
function skipLevelsWithoutSibling(node: number, last: number): [node: number, last: number] {
  while (node % 2 === 0 && node !== 0) {
    node = half(node)
    last = half(last)
  }
  return [node, last]
}

function isWithin(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}

const areHashes = (hashes: readonly Hash[]): boolean => hashes.every((hash) => hash.length === 32)

function largestPowerOfTwoBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** Root of the leaves `[start, end)`, where `start` is a multiple of a power of two that is at least as large as the range. */
async function loadRoot(start: number, end: number, readNodes: ReadNodes): Promise<Hash> {
  const roots = await loadPerfectRoots(start, end, readNodes)
  return roots.reduceRight((right, left) => nodeHash(left, right))
}

async function loadPerfectRoots(start: number, end: number, readNodes: ReadNodes): Promise<readonly Hash[]> {
  const reads: Promise<Hash>[] = []
  for (let from = start; from < end; ) {
    let level = 0
    while (2 ** (level + 1) <= end - from) level++
    reads.push(loadNode(level, from / 2 ** level, readNodes))
    from += 2 ** level
  }
  return Promise.all(reads)
}

async function loadNode(level: number, index: number, readNodes: ReadNodes): Promise<Hash> {
  const [hash] = await readNodes(level, index, index + 1)
  if (hash === undefined) {
    throw new RangeError('tree size: the log is shorter; ask for a tree that its checkpoint covers')
  }
  return hash
}
