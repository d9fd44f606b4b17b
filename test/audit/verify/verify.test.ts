import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendLeaf,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  type Frontier,
  leafHash,
  rootHash,
} from '../../../src/audit/tree/tree.ts'
import { type LogVerification, verifyLog } from '../../../src/audit/verify/verify.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { newSigner, streamOf } from '../memory-log.ts'
import { referenceLeaf } from './served-log.ts'

const signer = newSigner('log.example/2026')
const COUNT = 60
const records = Array.from({ length: COUNT }, (_, index) => formatUtf8(`{"nonce":"${index}","v":1}`))
const leafHashes = records.map(leafHash)
const frontiers: Frontier[] = [EMPTY_FRONTIER]
for (const leaf of leafHashes) frontiers.push(appendLeaf(frontiers.at(-1)!, leaf).frontier)
const checkpointAt = (treeSize: number) => ({ treeSize, note: signer.sign(treeSize, rootHash(frontiers[treeSize]!)) })
const checkpoints = [1, 7, 8, 31, 32, COUNT].map(checkpointAt)

interface Copy {
  records?: readonly Uint8Array[]
  leafHashes?: readonly Uint8Array[] | 'none'
  checkpoints?: readonly { treeSize: number; note: string }[]
  verifierKey?: string
}

/** Verifies the good log with some of its parts replaced. */
function verify(copy: Copy = {}): Promise<LogVerification> {
  const hashes = copy.leafHashes ?? leafHashes
  return verifyLog({
    records: streamOf(copy.records ?? records),
    ...(hashes !== 'none' && { leafHashes: streamOf(hashes) }),
    checkpoints: streamOf(copy.checkpoints ?? checkpoints),
    verifierKeys: [copy.verifierKey ?? signer.verifierKey],
  })
}

const replace = <Item>(items: readonly Item[], at: number, item: Item): Item[] =>
  items.map((old, index) => (index === at ? item : old))
const flipBit = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, index) => (index === Math.floor(bit / 8) % bytes.length ? byte ^ (1 << (bit % 8)) : byte))

describe('whole log', () => {
  const verified = { ok: true, treeSize: COUNT, rootHash: rootHash(frontiers[COUNT]!) }

  test('a whole log verifies with and without leaf hashes, with all checkpoints or the newest only', async () => {
    expect(await verify()).toEqual(verified)
    expect(await verify({ leafHashes: 'none' })).toEqual(verified)
    expect(await verify({ checkpoints: [checkpointAt(COUNT)] })).toEqual(verified)
  })

  test('a whole log verifies with another implementation of the leaf hash, and not with a wrong one', async () => {
    const copy = () => ({
      records: streamOf(records),
      checkpoints: streamOf(checkpoints),
      verifierKeys: [signer.verifierKey],
    })
    expect(await verifyLog({ ...copy(), hashLeaf: referenceLeaf })).toEqual(verified)
    expect(await verifyLog({ ...copy(), hashLeaf: () => EMPTY_ROOT })).toMatchObject({ ok: false })
  })

  test('an empty log verifies when a checkpoint says so', async () => {
    const empty = { records: [], leafHashes: [], checkpoints: [checkpointAt(0)] }
    expect(await verify(empty)).toEqual({ ok: true, treeSize: 0, rootHash: EMPTY_ROOT })
  })

  const place = fc.record({ index: fc.nat({ max: COUNT - 1 }), bit: fc.nat() })

  test('the check of a whole log names the record when any one bit of it is changed', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ index, bit }) => {
        const changed = replace(records, index, flipBit(records[index]!, bit))
        expect(await verify({ records: changed })).toMatchObject({ ok: false, firstBadIndex: index })
      }),
    )
  })

  test('the check of a whole log names the record when a bit of its leaf hash is changed', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ index, bit }) => {
        const changed = replace(leafHashes, index, flipBit(leafHashes[index]!, bit))
        expect(await verify({ leafHashes: changed })).toMatchObject({ ok: false, firstBadIndex: index })
      }),
    )
  })

  test('the check of a whole log names the range between two checkpoints when there are no leaf hashes, or when they were changed along', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.boolean(), async ({ index, bit }, isHashChanged) => {
        const record = flipBit(records[index]!, bit)
        const end = checkpoints.find(({ treeSize }) => treeSize > index)!.treeSize
        const start = checkpoints.findLast(({ treeSize }) => treeSize <= index)?.treeSize ?? 0
        const verification = await verify({
          records: replace(records, index, record),
          leafHashes: isHashChanged ? replace(leafHashes, index, leafHash(record)) : 'none',
        })
        expect(verification).toMatchObject({ ok: false, badRange: { start, end } })
      }),
    )
  })

  const other = newSigner('log.example/2026')
  const swapped = replace(replace(records, 3, records[4]!), 4, records[3]!)
  const withCheckpoint = (at: number, checkpoint: { treeSize: number; note: string }) =>
    replace(checkpoints, at, checkpoint)
  const rows: { what: string; copy: Copy; where: object }[] = [
    { what: 'two records are swapped', copy: { records: swapped }, where: { firstBadIndex: 3 } },
    { what: 'a record is taken out', copy: { records: records.toSpliced(20, 1) }, where: { firstBadIndex: 20 } },
    {
      what: 'a record is put in',
      copy: { records: records.toSpliced(20, 0, records[0]!) },
      where: { firstBadIndex: 20 },
    },
    { what: 'the end is cut off', copy: { records: records.slice(0, 50) }, where: { firstBadIndex: 50 } },
    { what: 'everything is cut off', copy: { records: [], leafHashes: [] }, where: { firstBadIndex: 0 } },
    { what: 'leaf hashes are missing', copy: { leafHashes: leafHashes.slice(0, 50) }, where: { firstBadIndex: 50 } },
    {
      what: 'a record goes beyond the newest checkpoint',
      copy: { checkpoints: checkpoints.slice(0, -1) },
      where: { firstBadIndex: 32 },
    },
    {
      what: 'a leaf hash goes beyond the newest checkpoint',
      copy: { leafHashes: [...leafHashes, EMPTY_ROOT] },
      where: { firstBadIndex: COUNT },
    },
    { what: 'there is no checkpoint', copy: { checkpoints: [] }, where: {} },
    { what: 'there is nothing at all', copy: { records: [], leafHashes: [], checkpoints: [] }, where: {} },
    {
      what: 'an old checkpoint is signed by another key',
      copy: { checkpoints: withCheckpoint(1, { treeSize: 7, note: other.sign(7, rootHash(frontiers[7]!)) }) },
      where: {},
    },
    {
      what: 'a checkpoint stands at another size',
      copy: { checkpoints: withCheckpoint(1, { ...checkpointAt(6), treeSize: 7 }) },
      where: {},
    },
    { what: 'a checkpoint stands out of order', copy: { checkpoints: withCheckpoint(3, checkpointAt(7)) }, where: {} },
    {
      what: 'one size was signed with two roots',
      copy: { checkpoints: checkpoints.toSpliced(2, 0, { treeSize: 7, note: signer.sign(7, EMPTY_ROOT) }) },
      where: {},
    },
    { what: 'the key is that of another log', copy: { verifierKey: other.verifierKey }, where: {} },
    { what: 'the key is no key', copy: { verifierKey: 'log.example' }, where: {} },
  ]

  test.each(rows)('a whole log does not verify when $what', async ({ copy, where }) => {
    const { ok, reason: _, ...found } = (await verify(copy)) as Extract<LogVerification, { ok: false }>
    expect({ ok, found }).toEqual({ ok: false, found: where })
  })

  test('the check of a whole log closes what it reads from when it stops early', async () => {
    let closed = 0
    async function* watched<Item>(items: readonly Item[]): AsyncGenerator<Item> {
      try {
        yield* items
      } finally {
        closed++
      }
    }
    await verifyLog({
      records: watched(replace(records, 2, new Uint8Array())),
      leafHashes: watched(leafHashes),
      checkpoints: watched(checkpoints),
      verifierKeys: [signer.verifierKey],
    })
    expect(closed).toBe(3)
  })
})
