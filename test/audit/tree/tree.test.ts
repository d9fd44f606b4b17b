import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inclusionPath, nodesOfTiles, verifyInclusion } from '../../../src/audit/tree/proofs.ts'
import {
  appendLeaf,
  appendLeaves,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  type Frontier,
  type Hash,
  leafHash,
  rootHash,
} from '../../../src/audit/tree/tree.ts'
import { formatBase64, formatHex, parseHex } from '../../../src/encoding/bytes.ts'
import { hashReader, newLeaves, treeHash } from '../memory-log.ts'
import { hasVectors, readVector, vectorsNote } from '../vectors.ts'

const grow = (leaves: readonly Hash[], from: Frontier = EMPTY_FRONTIER): Frontier =>
  leaves.reduce((frontier, leaf) => appendLeaf(frontier, leaf).frontier, from)

describe.skipIf(!hasVectors)(`published roots of sizes 0 to 8${vectorsNote}`, () => {
  const { leafInputsHex, rootsHexBySize } = hasVectors
    ? readVector<{ leafInputsHex: string[]; rootsHexBySize: string[] }>('merkle/roots.json')
    : { leafInputsHex: [], rootsHexBySize: [] }
  const leaves = leafInputsHex.map((input) => leafHash(parseHex(input)))

  test.each(rootsHexBySize.map((root, size) => ({ size, root })))(
    'a tree of size $size has its published root',
    ({ size, root }) => {
      expect(formatHex(rootHash(grow(leaves.slice(0, size))))).toBe(root)
    },
  )
})

describe('tree', () => {
  test('a tree without leaves has the hash of nothing as its root', () => {
    expect(formatBase64(EMPTY_ROOT)).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
    expect(rootHash(EMPTY_FRONTIER)).toBe(EMPTY_ROOT)
  })

  test('a tree has the same root at every size as the definition of RFC 6962', () => {
    const leaves = newLeaves(130)
    let frontier: Frontier = EMPTY_FRONTIER
    for (const [index, leaf] of leaves.entries()) {
      frontier = appendLeaf(frontier, leaf).frontier
      expect(rootHash(frontier)).toEqual(treeHash(leaves.slice(0, index + 1)))
    }
  })

  test('a tree names every perfect subtree once, when its last leaf comes, with its own root', () => {
    const leaves = newLeaves(64)
    let frontier: Frontier = EMPTY_FRONTIER
    const seen = new Set<string>()
    for (const [index, leaf] of leaves.entries()) {
      const step = appendLeaf(frontier, leaf)
      frontier = step.frontier
      for (const [level, node] of step.completed.entries()) {
        const span = 2 ** node.level
        expect(node.level).toBe(level)
        expect((node.index + 1) * span).toBe(index + 1)
        expect(node.hash).toEqual(treeHash(leaves.slice(node.index * span, (node.index + 1) * span)))
        seen.add(`${node.level}/${node.index}`)
      }
    }
    expect(seen.size).toBe(127)
  })

  test('a tree grows beyond 32 bits', () => {
    const size = 2 ** 40 + 2 ** 33 + 1
    const [first, second, third] = newLeaves(4) as [Hash, Hash, Hash]
    const step = appendLeaf({ treeSize: size, roots: [first, second, third] }, leafHash(new Uint8Array()))
    expect(step.completed.map(({ level, index }) => [level, index])).toEqual([
      [0, size],
      [1, (size - 1) / 2],
    ])
    expect(step.frontier).toMatchObject({ treeSize: size + 1, roots: [first, second, step.completed[1]!.hash] })
  })
})

describe('leaves that are appended at once', () => {
  test('leaves that are appended at once make the same tree as one by one, and complete the same subtrees', () => {
    const all = newLeaves(700)
    const sizes = fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 300 }))
    fc.assert(
      fc.property(sizes, ([before, count]) => {
        let frontier = grow(all.slice(0, before))
        const appended = appendLeaves(frontier, all.slice(before, before + count))
        const completed: { level: number; index: number; hash: Hash }[] = []
        for (const leaf of all.slice(before, before + count)) {
          const step = appendLeaf(frontier, leaf)
          completed.push(...step.completed.filter(({ level }) => level > 0))
          frontier = step.frontier
        }
        expect(appended.frontier).toEqual(frontier)
        expect(appended.rootHash).toEqual(rootHash(frontier))
        expect(appended.completed).toEqual(
          completed.toSorted((one, other) => one.level - other.level || one.index - other.index),
        )
      }),
    )
  })

  test('leaves that are appended at once make the same tree beyond 32 bits', () => {
    const frontier = { treeSize: 2 ** 45 + 2 ** 31 + 3, roots: newLeaves(4) }
    const leaves = newLeaves(9)
    const appended = appendLeaves(frontier, leaves)
    expect(appended.frontier).toEqual(grow(leaves, frontier))
    expect(appended.rootHash).toEqual(rootHash(appended.frontier))
  })
})

describe('inclusion proofs of appended leaves', () => {
  test('inclusion proofs of appended leaves agree with the proofs that are read from tiles, and verify', async () => {
    const all = newLeaves(600)
    const readNodes = nodesOfTiles(hashReader(all))
    const sizes = fc.tuple(fc.nat({ max: 560 }), fc.integer({ min: 1, max: 40 }))
    await fc.assert(
      fc.asyncProperty(sizes, async ([before, count]) => {
        const frontier = grow(all.slice(0, before))
        const leaves = all.slice(before, before + count)
        const treeSize = before + count
        const root = rootHash(grow(leaves, frontier))
        const proofs = appendLeaves(frontier, leaves).proofs
        expect(proofs).toHaveLength(count)
        for (const [offset, proof] of proofs.entries()) {
          const leafIndex = before + offset
          expect(proof).toEqual(await inclusionPath(leafIndex, treeSize, readNodes))
          expect(verifyInclusion({ leafIndex, treeSize, leafHash: leaves[offset]!, rootHash: root, proof })).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('inclusion proofs of appended leaves verify beyond 32 bits', () => {
    const frontier = { treeSize: 2 ** 45 + 2 ** 31 + 3, roots: newLeaves(4) }
    const leaves = newLeaves(7)
    const treeSize = frontier.treeSize + leaves.length
    const root = rootHash(grow(leaves, frontier))
    for (const [offset, proof] of appendLeaves(frontier, leaves).proofs.entries()) {
      const leafIndex = frontier.treeSize + offset
      expect(verifyInclusion({ leafIndex, treeSize, leafHash: leaves[offset]!, rootHash: root, proof })).toBe(true)
    }
  })
})
