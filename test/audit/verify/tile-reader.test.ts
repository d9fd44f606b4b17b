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
import { formatTilePath } from '../../../src/audit/tree/tiles.ts'
import { EMPTY_ROOT, rootHash } from '../../../src/audit/tree/tree.ts'
import { createTileReader, type FetchTile } from '../../../src/audit/verify/tile-reader.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { newSigner } from '../memory-log.ts'
import { flipBit, openServed, referenceLeaf, referenceRoot, type ServedLog, serveLog, withFile } from './served-log.ts'

const signer = newSigner('log.example/2026')
const records = Array.from({ length: 66_000 }, (_, index) => formatUtf8(`{"nonce":"${index}"}`))
const leaves = records.map(referenceLeaf)
const large = serveLog(records, signer)
const roots = new Map<number, Uint8Array>()
const rootOf = (size: number): Uint8Array => {
  const root = roots.get(size) ?? referenceRoot(leaves, 0, size)
  roots.set(size, root)
  return root
}

function open(served: ServedLog, treeSize: number, fetchTile: FetchTile = openServed(served).fetchTile) {
  return createTileReader({ treeSize, rootHash: rootOf(treeSize) }, fetchTile)
}

const anySize = fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(255, 256, 257, 511, 512, 513))

describe('a tree that is read through its tiles', () => {
  test('a tree that is read through its tiles has the hashes of every level, of any size, and the root of its records', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, async (size) => {
        const reader = open(serveLog(records.slice(0, size), signer), size)
        expect(await reader.hashes(0, 0, size + 10)).toEqual(leaves.slice(0, size))
        const frontier = await loadFrontier(size, nodesOfTiles(reader))
        expect(rootHash(frontier)).toEqual(rootOf(size))
      }),
      { numRuns: 20 },
    )
  })

  test('a tree that is read through its tiles gives proofs that verify, of any record and between any two sizes', async () => {
    const readNodes = nodesOfTiles(open(large, 66_000))
    const size = fc.integer({ min: 1, max: 66_000 })
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), async (one, other, pick) => {
        const [size1, size2] = [Math.min(one, other), Math.max(one, other)]
        const leafIndex = pick % size2
        const inclusion = await inclusionPath(leafIndex, size2, readNodes)
        const [root1, root2] = [rootOf(size1), rootOf(size2)]
        const claim = { leafIndex, treeSize: size2, leafHash: leaves[leafIndex]!, rootHash: root2, proof: inclusion }
        expect(verifyInclusion(claim)).toBe(true)
        const proof = await consistencyPath(size1, size2, readNodes)
        expect(verifyConsistency({ size1, size2, root1, root2, proof })).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  test('a tree that is read through its tiles fetches what a proof needs, once, and nothing else', async () => {
    const asked: string[] = []
    const { fetchTile } = openServed(large)
    const reader = open(large, 66_000, async (tile) => {
      asked.push(formatTilePath(tile))
      return fetchTile(tile)
    })
    for (let leafIndex = 0; leafIndex < 256; leafIndex++) await inclusionPath(leafIndex, 66_000, nodesOfTiles(reader))
    expect(asked.toSorted()).toEqual(['0/000', '0/257.p/208', '1/000', '1/001.p/1', '2/000.p/1'])
  })

  test('a tree without records has no hashes, and has the root of nothing', async () => {
    const nothing = async () => undefined
    expect(await createTileReader({ treeSize: 0, rootHash: EMPTY_ROOT }, nothing).hashes(0, 0, 10)).toEqual([])
  })

  test('a tree that is read through its tiles is read again where fetching failed before', async () => {
    const { fetchTile } = openServed(large)
    let failures = 4
    const reader = open(large, 66_000, async (tile) => {
      if (failures-- > 0) throw new Error('connection reset')
      return fetchTile(tile)
    })
    await expect(reader.hashes(0, 0, 1)).rejects.toThrow('connection reset')
    failures = 1
    await expect(reader.hashes(0, 65_999, 66_000)).rejects.toThrow('connection reset')
    failures = 0
    expect(await reader.hashes(0, 0, 1)).toEqual([leaves[0]])
    expect(await reader.hashes(0, 65_999, 66_000)).toEqual([leaves[65_999]])
  })

  const edge = ['0/257.p/208', '1/001.p/1', '2/000.p/1']
  const place = fc.record({ path: fc.constantFrom('0/000', '0/256', '1/000', ...edge), bit: fc.nat() })

  test('a tree is refused, with the tile named, when any bit of any tile on the way is changed', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ path, bit }) => {
        const bytes = large.files.get(`tile/${path}`)!
        const changed = withFile(large, `tile/${path}`, flipBit(bytes, bit % (bytes.length * 8)))
        const reader = open(changed, 66_000)
        const index = path === '0/256' ? 256 * 256 : 0
        await expect(reader.hashes(0, index, index + 1)).rejects.toThrow(
          expect.objectContaining({ name: 'SyntaxError', message: expect.stringContaining(`tile/${path}`) }),
        )
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    { what: 'is absent', change: () => undefined, reason: /^tile\/1\/000: is not served/ },
    { what: 'is short', change: (bytes: Uint8Array) => bytes.subarray(32), reason: /^tile\/1\/000: has 8160 bytes/ },
    { what: 'is empty', change: () => new Uint8Array(), reason: /^tile\/1\/000: has 0 bytes/ },
    { what: 'is long', change: (bytes: Uint8Array) => Buffer.concat([bytes, bytes]), reason: /has 16384 bytes/ },
  ])('a tree is refused when a tile $what', async ({ change, reason }) => {
    const reader = open(withFile(large, 'tile/1/000', change(large.files.get('tile/1/000')!)), 66_000)
    await expect(reader.hashes(0, 0, 1)).rejects.toThrow(reason)
  })
})
