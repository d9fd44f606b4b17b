import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyPath,
  inclusionPath,
  loadFrontier,
  nodesOfTiles,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/audit/tree/proofs.ts'
import { appendLeaf, EMPTY_FRONTIER, type Frontier, rootHash } from '../../../src/audit/tree/tree.ts'
import { parseBase64 } from '../../../src/encoding/bytes.ts'
import { hashReader, newLeaves } from '../memory-log.ts'
import { hasVectors, readVectors, vectorsNote } from '../vectors.ts'

interface InclusionVector {
  leafIdx: number
  treeSize: number
  root: string
  leafHash: string
  proof: string[] | null
  desc: string
  wantErr: boolean
}

interface ConsistencyVector {
  size1: number
  size2: number
  root1: string
  root2: string
  proof: string[] | null
  desc: string
  wantErr: boolean
}

const hashes = (proof: string[] | null) => (proof ?? []).map(parseBase64)

describe.skipIf(!hasVectors)(`published inclusion proofs${vectorsNote}`, () => {
  const vectors = hasVectors ? readVectors<InclusionVector>('merkle/inclusion') : []

  test.each(vectors)('published inclusion proof $name: $vector.desc', ({ vector }) => {
    // An index of 2^64 - 1 reads as 2^64, which is no safe integer either: both must be refused.
    const { leafIdx: leafIndex, treeSize, root, leafHash, proof, wantErr } = vector
    const claim = {
      leafIndex,
      treeSize,
      rootHash: parseBase64(root),
      leafHash: parseBase64(leafHash),
      proof: hashes(proof),
    }
    expect(verifyInclusion(claim)).toBe(!wantErr)
  })

  test('the published inclusion proofs include ones that hold and one with an index above 2^53', () => {
    expect(vectors.filter(({ vector }) => !vector.wantErr).length).toBeGreaterThan(0)
    expect(vectors.some(({ vector }) => vector.leafIdx > Number.MAX_SAFE_INTEGER)).toBe(true)
  })
})

describe.skipIf(!hasVectors)(`published consistency proofs${vectorsNote}`, () => {
  const vectors = hasVectors ? readVectors<ConsistencyVector>('merkle/consistency') : []

  test.each(vectors)('published consistency proof $name: $vector.desc', ({ vector }) => {
    const { size1, size2, root1, root2, proof, wantErr } = vector
    const claim = { size1, size2, root1: parseBase64(root1), root2: parseBase64(root2), proof: hashes(proof) }
    expect(verifyConsistency(claim)).toBe(!wantErr)
  })

  test('the published consistency proofs include ones that hold', () => {
    expect(vectors.filter(({ vector }) => !vector.wantErr).length).toBeGreaterThan(0)
  })
})

const SIZE = 3000
const leaves = newLeaves(SIZE)
const readNodes = nodesOfTiles(hashReader(leaves))
const roots = [rootHash(EMPTY_FRONTIER)]
const frontiers: Frontier[] = [EMPTY_FRONTIER]
for (const leaf of leaves) {
  frontiers.push(appendLeaf(frontiers.at(-1)!, leaf).frontier)
  roots.push(rootHash(frontiers.at(-1)!))
}

const flipBit = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, index) => (index === Math.floor(bit / 8) ? byte ^ (1 << (bit % 8)) : byte))

describe('inclusion proofs from tiles', () => {
  test('inclusion proofs from tiles verify for every leaf of every size up to 70', async () => {
    for (let treeSize = 1; treeSize <= 70; treeSize++) {
      for (let leafIndex = 0; leafIndex < treeSize; leafIndex++) {
        const proof = await inclusionPath(leafIndex, treeSize, readNodes)
        const claim = { leafIndex, treeSize, leafHash: leaves[leafIndex]!, rootHash: roots[treeSize]!, proof }
        expect(verifyInclusion(claim)).toBe(true)
      }
    }
  })

  const place = fc
    .integer({ min: 1, max: SIZE })
    .chain((treeSize) => fc.tuple(fc.constant(treeSize), fc.nat({ max: treeSize - 1 })))

  test('inclusion proofs from tiles verify for any leaf of any size, and not for another leaf, index, root or proof', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat({ max: 255 }), fc.nat(), async ([treeSize, leafIndex], bit, pick) => {
        const proof = await inclusionPath(leafIndex, treeSize, readNodes)
        const claim = { leafIndex, treeSize, leafHash: leaves[leafIndex]!, rootHash: roots[treeSize]!, proof }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, leafHash: flipBit(claim.leafHash, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, rootHash: flipBit(claim.rootHash, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, leafIndex: pick % treeSize })).toBe(pick % treeSize === leafIndex)
        expect(verifyInclusion({ ...claim, proof: [...proof, roots[1]!] })).toBe(false)
        if (proof.length === 0) return
        const changed = proof.map((hash, index) => (index === pick % proof.length ? flipBit(hash, bit) : hash))
        expect(verifyInclusion({ ...claim, proof: changed })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    { what: 'a leaf after the last', leafIndex: 5, treeSize: 5 },
    { what: 'a leaf of the empty tree', leafIndex: 0, treeSize: 0 },
    { what: 'a negative index', leafIndex: -1, treeSize: 5 },
    { what: 'a size that the log has not reached', leafIndex: 0, treeSize: SIZE + 1 },
  ])('inclusion proofs do not exist for $what', async ({ leafIndex, treeSize }) => {
    await expect(inclusionPath(leafIndex, treeSize, readNodes)).rejects.toThrow(RangeError)
  })
})

describe('consistency proofs from tiles', () => {
  test('consistency proofs from tiles verify between every two sizes up to 70', async () => {
    for (let size2 = 1; size2 <= 70; size2++) {
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = await consistencyPath(size1, size2, readNodes)
        expect(verifyConsistency({ size1, size2, root1: roots[size1]!, root2: roots[size2]!, proof })).toBe(true)
      }
    }
  })

  const sizes = fc
    .integer({ min: 1, max: SIZE })
    .chain((size2) => fc.tuple(fc.integer({ min: 1, max: size2 }), fc.constant(size2)))

  test('consistency proofs from tiles verify between any two sizes, and not for other sizes, roots or proofs', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat({ max: 255 }), fc.nat(), async ([size1, size2], bit, pick) => {
        const proof = await consistencyPath(size1, size2, readNodes)
        const claim = { size1, size2, root1: roots[size1]!, root2: roots[size2]!, proof }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, root1: flipBit(claim.root1, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, root2: flipBit(claim.root2, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, roots[1]!] })).toBe(false)
        if (proof.length === 0) return
        const changed = proof.map((hash, index) => (index === pick % proof.length ? flipBit(hash, bit) : hash))
        expect(verifyConsistency({ ...claim, proof: changed })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: proof.slice(0, -1) })).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    { what: 'from the empty tree', size1: 0, size2: 5 },
    { what: 'backwards', size1: 6, size2: 5 },
    { what: 'to a size that the log has not reached', size1: 5, size2: SIZE + 1 },
  ])('consistency proofs do not exist $what', async ({ size1, size2 }) => {
    await expect(consistencyPath(size1, size2, readNodes)).rejects.toThrow(RangeError)
  })
})

describe('nodes from tiles', () => {
  test('nodes from tiles are those of the log while it grows, whatever was read before', async () => {
    const growing = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(growing, async (steps) => {
        let size = 0
        const all = hashReader(leaves)
        const readGrowing = nodesOfTiles({
          hashes: async (level, start, end) => all.hashes(level, start, Math.min(end, Math.floor(size / 256 ** level))),
        })
        for (const step of steps) {
          size = Math.min(SIZE, size + step)
          expect(await loadFrontier(size, readGrowing)).toEqual(frontiers[size])
          expect(await readGrowing(0, 0, size + 1)).toEqual(leaves.slice(0, size))
          for (let level = 0; level < 12; level++) {
            const count = Math.floor(size / 2 ** level)
            expect(await readGrowing(level, 0, count + 5)).toHaveLength(count)
          }
          await expect(loadFrontier(size + 1, readGrowing)).rejects.toThrow(RangeError)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('nodes from tiles are requested again after a failure', async () => {
    let isBroken = true
    const { hashes } = hashReader(leaves)
    const readBroken = nodesOfTiles({
      hashes: async (...range) => {
        if (isBroken) throw new Error('disk failed')
        return hashes(...range)
      },
    })
    await expect(readBroken(0, 0, 1)).rejects.toThrow('disk failed')
    isBroken = false
    expect(await readBroken(0, 0, 1)).toEqual([leaves[0]])
  })
})

describe('frontier from tiles', () => {
  test.each([0, 1, 2, 255, 256, 257, 511, 512, 600, 3000])(
    'the frontier from tiles of size %i is the frontier that grew there',
    async (size) => {
      expect(await loadFrontier(size, readNodes)).toEqual(frontiers[size])
    },
  )
})
