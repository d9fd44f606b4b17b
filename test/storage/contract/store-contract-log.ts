import { describe, expect } from 'vitest'
import { parseCheckpointBody } from '../../../src/audit/checkpoint/checkpoint.ts'
import { parseNote } from '../../../src/audit/checkpoint/signed-note.ts'
import { verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import {
  appendLeaf,
  EMPTY_FRONTIER,
  type Frontier,
  leafHash,
  nodeHash,
  rootHash,
} from '../../../src/audit/tree/tree.ts'
import { formatHex, formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import type { Store } from '../../../src/ports/store.ts'
import {
  commitOne,
  deliveryCommit,
  exchangeCommit,
  mention,
  receiptOf,
  record,
  report,
  statuses,
  TEST_ORIGIN,
} from '../commits.ts'
import type { InStore } from './store-under-test.ts'

// 300 records cross the width of a tile; the batches are uneven on purpose.
const GOLDEN_RECORDS = Array.from({ length: 300 }, (_, index) => record(`golden ${index}`))
const GOLDEN_BATCHES = [1, 2, 128, 100, 69]
// Root and signature were made outside this project: RFC 6962 §2.1 and the notes written down in Python, signed by OpenSSL.
const GOLDEN_ROOT = 'd376c9afe807a1893149eaad5f255b703ccb96dbdd199e655fabb34366281a7c'
const GOLDEN_CHECKPOINT = `sluis.example/log
300
03bJr+gHoYkxSeqtXyVbcDzLltvdGZ5lX6uzQ2YoGnw=

— sluis.example/log /1oTHWb4wbiAzbLasmsosywa/j3l5RgwO6wRD9ggVIStsZQ1q+EmhRl611MhDNXdN8kJBhNDdVmdMQNSp2SgNvtWvwA=
`

/** What a store promises of its log. */
export function logContract(name: string, inStore: InStore): void {
  describe(`${name}: log`, () => {
    inStore('an empty log has no checkpoint, no hashes and no records', async ({ log }) => {
      expect(await log.checkpoint()).toBeUndefined()
      expect(await log.hashes(0, 0, 256)).toEqual([])
      expect(await log.records(0, 256)).toEqual([])
    })

    inStore('every commit of every batch gets a receipt that an outsider can verify', async (store, verifierKey) => {
      let size = 0
      for (const batchSize of [1, 3, 7, 1, 20]) {
        const commits = Array.from({ length: batchSize }, (_, index) => ({ record: record(`${size + index}`) }))
        const receipts = (await store.commit(commits)).map(receiptOf)
        size += batchSize
        for (const [index, receipt] of receipts.entries()) {
          expect(receipt.leafIndex).toBe(size - batchSize + index)
          expect(receipt.record).toBe(commits[index]!.record)
          expect(await verifyReceipt(receipt, verifierKey)).toEqual({ ok: true, treeSize: size })
        }
      }
    })

    inStore('fixed records and a fixed key give the same root and the same signed bytes everywhere', async (store) => {
      await commitGolden(store)
      const { note } = (await store.log.checkpoint())!
      const { treeSize, rootHash } = parseCheckpointBody(parseNote(note).text)
      expect(treeSize).toBe(GOLDEN_RECORDS.length)
      expect(formatHex(rootHash)).toBe(GOLDEN_ROOT)
      expect(note).toBe(GOLDEN_CHECKPOINT)
    })

    inStore('the root is that of the tree, after every batch', async (store) => {
      let records: string[] = []
      for (const size of [1, 1, 5, 256, 3]) {
        const batch = Array.from({ length: size }, (_, index) => record(`${records.length + index}`))
        await store.commit(batch.map((text) => ({ record: text })))
        records = [...records, ...batch]
        const signed = parseCheckpointBody(parseNote((await store.log.checkpoint())!.note).text)
        expect(signed).toEqual({ origin: TEST_ORIGIN, treeSize: records.length, rootHash: rootHash(growTree(records)) })
      }
    })

    inStore(
      'hashes and records are those of the tree, and shorter than asked where the log ends',
      async ({ commit, log }) => {
        await commitGolden({ commit })
        const leaves = GOLDEN_RECORDS.map((text) => leafHash(formatUtf8(text)))
        expect(await log.hashes(0, 0, 256)).toEqual(leaves.slice(0, 256))
        expect(await log.hashes(0, 256, 512)).toEqual(leaves.slice(256))
        expect(await log.hashes(1, 0, 256)).toEqual([perfectRoot(leaves.slice(0, 256))])
        expect(await log.hashes(2, 0, 256)).toEqual([])
        expect((await log.records(298, 400)).map(parseUtf8)).toEqual(GOLDEN_RECORDS.slice(298))
      },
    )

    inStore('an empty batch writes nothing', async (store) => {
      expect(await store.commit([])).toEqual([])
      expect(await store.log.checkpoint()).toBeUndefined()
    })

    inStore('a batch that cannot be written whole leaves nothing, and the next one succeeds', async (store) => {
      const tooLarge = { record: 'x'.repeat(4097) }
      await expect(store.commit([deliveryCommit('a'), tooLarge])).rejects.toMatchObject({ code: 'log-unavailable' })
      expect(await store.log.checkpoint()).toBeUndefined()
      expect(await store.findExchange('politie', 'a')).toBeUndefined()
      expect(receiptOf(await commitOne(store, deliveryCommit('a'))).leafIndex).toBe(0)
    })

    inStore('a batch that is partly refused gives contiguous indexes to the rest', async (store, verifierKey) => {
      const lookedUpBefore = await mention(store, 'b', ['bsn'])
      await report(store, 'a', ['bsn'])
      const results = await store.commit([
        { record: record('before') },
        exchangeCommit('a'),
        exchangeCommit('b', { mentions: [lookedUpBefore] }),
        exchangeCommit('c'),
      ])
      expect(statuses(results)).toEqual(['committed', 'already-stored', 'link-changed', 'committed'])
      expect([results[0], results[3]].map((result) => receiptOf(result).leafIndex)).toEqual([1, 2])
      expect(await verifyReceipt(receiptOf(results[3]), verifierKey)).toEqual({ ok: true, treeSize: 3 })
      expect(await store.findExchange('politie', 'b')).toBeUndefined()
      expect(await store.log.records(0, 10)).toHaveLength(3)
    })
  })
}

async function commitGolden(store: Pick<Store, 'commit'>): Promise<void> {
  let start = 0
  for (const size of GOLDEN_BATCHES) {
    await store.commit(GOLDEN_RECORDS.slice(start, start + size).map((text) => ({ record: text })))
    start += size
  }
}

const growTree = (records: readonly string[]): Frontier =>
  records.reduce((frontier, text) => appendLeaf(frontier, leafHash(formatUtf8(text))).frontier, EMPTY_FRONTIER)

// RFC 6962 §2.1 as it is written, for a number of leaves that is a power of two.
function perfectRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0]!
  const half = leaves.length / 2
  return nodeHash(perfectRoot(leaves.slice(0, half)), perfectRoot(leaves.slice(half)))
}
