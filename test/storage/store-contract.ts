import { describe, expect, test } from 'vitest'
import { parseCheckpointBody } from '../../src/audit/checkpoint.ts'
import { parseNote } from '../../src/audit/note.ts'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import { appendLeaf, EMPTY_FRONTIER, type Frontier, leafHash, nodeHash, rootHash } from '../../src/audit/tree.ts'
import { formatHex, formatUtf8, parseUtf8 } from '../../src/encoding.ts'
import type { Commit, PersonLink, Store } from '../../src/ports.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  exchangeCommit,
  person,
  receiptOf,
  record,
  statuses,
  TEST_ORIGIN,
  token,
} from './commits.ts'

/** An empty store whose log is signed with TEST_LOG_KEY. */
export interface StoreUnderTest {
  readonly store: Store
  /** Verifier key of that log. */
  readonly verifierKey: string
  close(): Promise<void>
}

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

/** Everything that `Store` promises, for any store on any runtime. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  const inStore = (statement: string, check: (store: Store, verifierKey: string) => Promise<void>) =>
    test(statement, async () => {
      const { store, verifierKey, close } = await open()
      try {
        await check(store, verifierKey)
      } finally {
        await close()
      }
    })

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
      await commitOne(store, exchangeCommit('a', { persons: [person('p1', ['bsn'])] }))
      const results = await store.commit([
        { record: record('before') },
        exchangeCommit('a'),
        exchangeCommit('b', { persons: [person('p2', ['bsn'])] }),
        exchangeCommit('c'),
      ])
      expect(statuses(results)).toEqual(['committed', 'already-stored', 'link-changed', 'committed'])
      expect([results[0], results[3]].map((result) => receiptOf(result).leafIndex)).toEqual([1, 2])
      expect(await verifyReceipt(receiptOf(results[3]), verifierKey)).toEqual({ ok: true, treeSize: 3 })
      expect(await store.findExchange('politie', 'b')).toBeUndefined()
      expect(await store.log.records(0, 10)).toHaveLength(3)
    })
  })

  describe(`${name}: exchanges`, () => {
    inStore('an exchange is found by its sender, with the receipt byte for byte', async (store) => {
      const commit = exchangeCommit('a')
      const receipt = receiptOf(await commitOne(store, commit))
      await store.commit([{ record: record('later') }])
      const { id, sender, recipient, outcome, at, decision } = commit.exchange
      const stored = { id, sender, recipient, outcome, at, decision, receipt }
      expect(await store.findExchange('politie', 'a')).toEqual(stored)
      expect(await store.findByIdempotencyKey('politie', token('key of a'))).toEqual({
        exchange: stored,
        bodyHash: token('body of a'),
      })
    })

    inStore('to anybody else an exchange is as absent as one that never was', async (store) => {
      await commitOne(store, exchangeCommit('a'))
      for (const party of ['comensha', 'kmar', '']) {
        expect(await store.findExchange(party, 'a')).toBeUndefined()
        expect(await store.findByIdempotencyKey(party, token('key of a'))).toBeUndefined()
      }
      expect(await store.findExchange('politie', 'b')).toBeUndefined()
    })

    inStore('an idempotency key is used once by a sender, and is free for another', async (store) => {
      const idempotency = { keyHash: token('key'), bodyHash: token('body') }
      expect(statuses(await store.commit([exchangeCommit('a', { idempotency })]))).toEqual(['committed'])
      const results = await store.commit([
        deliveryCommit('b', { idempotency }),
        exchangeCommit('c', { idempotency, sender: 'kmar' }),
      ])
      expect(statuses(results)).toEqual(['already-stored', 'committed'])
      expect(await store.findExchange('politie', 'b')).toBeUndefined()
      expect(await store.listDeliveries('comensha', 0, 10)).toEqual([])
    })

    inStore('the same idempotency key twice in one batch is stored once', async (store) => {
      const idempotency = { keyHash: token('key'), bodyHash: token('body') }
      const results = await store.commit([exchangeCommit('a', { idempotency }), exchangeCommit('b', { idempotency })])
      expect(statuses(results)).toEqual(['committed', 'already-stored'])
      expect((await store.findByIdempotencyKey('politie', token('key')))?.exchange.id).toBe('a')
      expect(await store.log.records(0, 10)).toHaveLength(1)
    })
  })

  describe(`${name}: persons`, () => {
    const known = [person('p1', ['bsn 1', 'name 1']), person('p2', ['bsn 2', 'name 2'])]
    const links: [statement: string, link: PersonLink, status: string][] = [
      ['a new person with unknown tokens', person('p3', ['bsn 3']), 'committed'],
      ['a known person by its first token', person('p1', ['bsn 1', 'name 3']), 'committed'],
      ['a known person by its second token', person('p1', ['bsn 3', 'name 1']), 'committed'],
      ['a new person of another domain', person('p4', ['bsn 1'], 'opvang'), 'committed'],
      ['a person that cannot be linked', person('p5', []), 'committed'],
      ['a known person whose tokens lead to another first', person('p1', ['bsn 2', 'name 1']), 'link-changed'],
      ['a new person although a token is known', person('p6', ['bsn 3', 'name 2']), 'link-changed'],
      ['a known person that no token leads to', person('p1', ['bsn 3']), 'link-changed'],
    ]
    for (const [statement, link, status] of links) {
      inStore(`${statement} is ${status}`, async (store) => {
        await commitOne(store, exchangeCommit('known', { persons: known }))
        expect((await commitOne(store, exchangeCommit('a', { persons: [link] }))).status).toBe(status)
        expect((await store.findExchange('politie', 'a')) !== undefined).toBe(status === 'committed')
        expect(await store.log.records(0, 10)).toHaveLength(status === 'committed' ? 2 : 1)
      })
    }

    inStore('two new persons with the same tokens in one batch give one person', async (store) => {
      const results = await store.commit([
        exchangeCommit('a', { persons: [person('p1', ['bsn'])] }),
        exchangeCommit('b', { persons: [person('p2', ['bsn'])] }),
      ])
      expect(statuses(results)).toEqual(['committed', 'link-changed'])
      const personId = await store.findPerson('registratie', [token('bsn')])
      expect(personId).toBe('p1')
      const again = exchangeCommit('b', { persons: [person(personId!, ['bsn'])] })
      expect((await commitOne(store, again)).status).toBe('committed')
    })

    inStore('a person of whom one link changed keeps the whole commit out', async (store) => {
      await commitOne(store, exchangeCommit('known', { persons: known }))
      const persons = [person('p3', ['bsn 3']), person('p4', ['bsn 1'])]
      expect((await commitOne(store, exchangeCommit('a', { persons }))).status).toBe('link-changed')
      expect(await store.findPerson('registratie', [token('bsn 3')])).toBeUndefined()
    })

    inStore('new tokens of a known person lead to it from then on, and never take one from another', async (store) => {
      await commitOne(store, exchangeCommit('known', { persons: known }))
      await commitOne(store, exchangeCommit('a', { persons: [person('p1', ['bsn 1', 'name 3', 'name 2'])] }))
      expect(await store.findPerson('registratie', [token('name 3')])).toBe('p1')
      expect(await store.findPerson('registratie', [token('name 2')])).toBe('p2')
    })

    inStore('the first known token decides, within its domain', async (store) => {
      await commitOne(store, exchangeCommit('known', { persons: known }))
      expect(await store.findPerson('registratie', [token('bsn 9'), token('name 2'), token('bsn 1')])).toBe('p2')
      expect(await store.findPerson('opvang', [token('bsn 1')])).toBeUndefined()
      expect(await store.findPerson('registratie', [])).toBeUndefined()
    })
  })

  describe(`${name}: deliveries`, () => {
    inStore('a recipient lists its own, oldest first, after a cursor that counts nobody else’s', async (store) => {
      await store.commit([
        deliveryCommit('a'),
        deliveryCommit('x', { recipient: 'fier' }),
        deliveryCommit('y', { recipient: 'fier' }),
        deliveryCommit('b'),
      ])
      await store.commit([deliveryCommit('c')])
      const all = await store.listDeliveries('comensha', 0, 10)
      expect(all.map(({ cursor, delivery }) => [cursor, delivery.exchangeId])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ])
      expect((await store.listDeliveries('comensha', 1, 1)).map(({ cursor }) => cursor)).toEqual([2])
      expect(await store.listDeliveries('comensha', 3, 10)).toEqual([])
      expect(await store.listDeliveries('politie', 0, 10)).toEqual([])
    })

    inStore('a delivery carries the sealed content and the receipt of its exchange', async (store, verifierKey) => {
      const receipt = receiptOf(await commitOne(store, deliveryCommit('a')))
      const delivery = {
        id: 'delivery-a',
        exchangeId: 'a',
        recipient: 'comensha',
        sender: 'politie',
        at: AT,
        sealed: 'sealed a',
        receipt,
      }
      expect(await store.findDelivery('comensha', 'delivery-a')).toEqual(delivery)
      expect(await store.listDeliveries('comensha', 0, 10)).toEqual([{ cursor: 1, delivery }])
      expect(await verifyReceipt(delivery.receipt, verifierKey)).toMatchObject({ ok: true })
    })

    inStore('to anybody else, its sender included, a delivery is absent', async (store) => {
      await commitOne(store, deliveryCommit('a'))
      expect(await store.findDelivery('politie', 'delivery-a')).toBeUndefined()
      expect(await store.findDelivery('fier', 'delivery-a')).toBeUndefined()
    })

    inStore('what is held is not in the inbox, cannot be found and takes no place', async (store) => {
      await store.commit([
        exchangeCommit('a', {
          delivery: { id: 'delivery-a', sealed: 'sealed a', hold: { approvalsNeeded: 1, expiresAt: AT } },
        }),
        deliveryCommit('b'),
      ])
      expect(
        (await store.listDeliveries('comensha', 0, 10)).map(({ cursor, delivery }) => [cursor, delivery.id]),
      ).toEqual([[1, 'delivery-b']])
      expect(await store.findDelivery('comensha', 'delivery-a')).toBeUndefined()
    })

    inStore('an acknowledgement keeps its first moment, and is not for anybody else to give', async (store) => {
      await store.commit([deliveryCommit('a'), deliveryCommit('b')])
      const acknowledge = (recipient: string, at: string): Commit => ({
        record: record(`acknowledged ${recipient} ${at}`),
        acknowledge: { deliveryId: 'delivery-a', recipient, at },
      })
      const acknowledgedAt = async (id: string) => (await store.findDelivery('comensha', id))?.acknowledgedAt
      await commitOne(store, acknowledge('fier', '2026-11-22T11:00:00.000Z'))
      expect(await acknowledgedAt('delivery-a')).toBeUndefined()
      for (const at of ['2026-11-22T12:00:00.000Z', '2026-11-22T13:00:00.000Z']) {
        expect((await commitOne(store, acknowledge('comensha', at))).status).toBe('committed')
        expect(await acknowledgedAt('delivery-a')).toBe('2026-11-22T12:00:00.000Z')
      }
      expect(await acknowledgedAt('delivery-b')).toBeUndefined()
      expect(await store.listDeliveries('comensha', 0, 10)).toHaveLength(2)
    })
  })

  describe(`${name}: holds and erasure`, () => {
    const LATER = '2026-11-25T10:00:00.000Z'
    const held = (id: string, approvalsNeeded = 1): Commit =>
      exchangeCommit(id, {
        submittedBy: 'politie.een',
        delivery: { id: `delivery-${id}`, sealed: `sealed ${id}`, hold: { approvalsNeeded, expiresAt: LATER } },
      })
    const approve = (exchangeId: string, by: string, remaining: number, at = AT): Commit => ({
      record: record(`approve ${exchangeId} ${by} ${at}`),
      approve: { exchangeId, by, at, remaining },
    })
    const discard = (exchangeId: string): Commit => ({
      record: record(`discard ${exchangeId}`),
      discard: { exchangeId, status: 'refused', at: AT },
    })
    const inbox = async (store: Store) =>
      (await store.listDeliveries('comensha', 0, 10)).map(({ cursor, delivery }) => [cursor, delivery.exchangeId])

    inStore(
      'the last approval gives the next place in the inbox, not the place of the moment it was sent',
      async (store) => {
        await store.commit([held('a'), deliveryCommit('b')])
        expect((await store.findHold('politie', 'a'))?.submittedBy).toBe('politie.een')
        expect(statuses(await store.commit([approve('a', 'politie.twee', 0)]))).toEqual(['committed'])
        expect(await inbox(store)).toEqual([
          [1, 'b'],
          [2, 'a'],
        ])
        expect((await store.findHold('politie', 'a'))?.approvals).toEqual([{ by: 'politie.twee', at: AT }])
        expect(await store.listHolds('politie', 10)).toEqual([])
      },
    )

    const stale: [statement: string, commit: Commit][] = [
      ['by the submitter', approve('a', 'politie.een', 1)],
      ['that counts wrong', approve('a', 'politie.twee', 0)],
      ['after its time', approve('a', 'politie.twee', 1, LATER)],
      ['of an exchange that never was', approve('z', 'politie.twee', 1)],
      ['of an exchange that nobody holds', approve('b', 'politie.twee', 1)],
    ]
    for (const [statement, commit] of stale) {
      inStore(`an approval ${statement} is stale and leaves no record`, async (store) => {
        await store.commit([held('a', 2), exchangeCommit('b')])
        expect((await commitOne(store, commit)).status).toBe('stale')
        expect(await store.log.records(0, 10)).toHaveLength(2)
        expect((await store.findHold('politie', 'a'))?.approvals).toEqual([])
      })
    }

    inStore('of steps in one batch that exclude each other the first holds', async (store) => {
      await store.commit([held('a', 2), held('b')])
      const results = await store.commit([
        approve('a', 'politie.twee', 1),
        approve('a', 'politie.twee', 0),
        approve('a', 'politie.drie', 0),
        discard('a'),
        discard('b'),
        approve('b', 'politie.twee', 0),
      ])
      expect(statuses(results)).toEqual(['committed', 'stale', 'committed', 'stale', 'committed', 'stale'])
      expect(await inbox(store)).toEqual([[1, 'a']])
      expect((await store.findHold('politie', 'b'))?.status).toBe('refused')
    })

    inStore('to anybody else a hold is absent', async (store) => {
      await store.commit([held('a')])
      expect(await store.findHold('comensha', 'a')).toBeUndefined()
      expect(await store.listHolds('comensha', 10)).toEqual([])
    })

    inStore('what has had its time is found, and found no more once it is gone', async (store) => {
      const kept = exchangeCommit('b', { delivery: { id: 'delivery-b', sealed: 'sealed b', eraseAt: LATER } })
      await store.commit([held('a'), kept])
      expect(await store.listExpiredHolds(AT, 10)).toEqual([])
      expect(await store.listErasable(AT, 10)).toEqual([])
      expect(await store.listExpiredHolds(LATER, 10)).toEqual([{ exchangeId: 'a' }])
      expect(await store.listErasable(LATER, 10)).toEqual([
        { deliveryId: 'delivery-b', exchangeId: 'b', recipient: 'comensha' },
      ])
      const erase: Commit = { record: record('erase'), erase: { deliveryId: 'delivery-b', at: LATER } }
      expect(statuses(await store.commit([discard('a'), erase, erase]))).toEqual(['committed', 'committed', 'stale'])
      expect(await store.listExpiredHolds(LATER, 10)).toEqual([])
      expect(await store.listErasable(LATER, 10)).toEqual([])
      expect(await store.findDelivery('comensha', 'delivery-b')).toMatchObject({ sealed: '', erasedAt: LATER })
    })
  })

  describe(`${name}: proposed rule sets`, () => {
    const step = (proposal: NonNullable<Commit['proposal']>): Commit => ({
      record: record(`step ${proposal.step}`),
      proposal,
    })
    const propose = (id: string): Commit =>
      step({
        step: 'propose',
        id,
        policyHash: 'p',
        sourceHash: 's',
        content: '{}',
        proposedBy: 'politie.een',
        proposedAt: AT,
      })
    const approve = (id: string, by: string): Commit => step({ step: 'approve', id, by, at: AT, activeFrom: AT })

    inStore(
      'a proposal goes from officer to officer into force, and no step is taken twice or skipped',
      async (store) => {
        const take = async (commit: Commit) => (await commitOne(store, commit)).status
        expect(await take(propose('1'))).toBe('committed')
        expect(await take(propose('2'))).toBe('stale')
        expect(await take(step({ step: 'activate', id: '1', at: AT }))).toBe('stale')
        expect(await take(approve('1', 'politie.een'))).toBe('stale')
        expect(await take(approve('1', 'comensha.een'))).toBe('committed')
        expect(await take(approve('1', 'comensha.twee'))).toBe('stale')
        expect((await store.listScheduledProposals()).map(({ id }) => id)).toEqual(['1'])
        expect(await store.findApprovedPolicy()).toBeUndefined()
        expect(await take(step({ step: 'activate', id: '1', at: AT }))).toBe('committed')
        expect(await take(step({ step: 'withdraw', id: '1', by: 'politie.een', at: AT }))).toBe('stale')
        expect(await store.listScheduledProposals()).toEqual([])
        expect((await store.findApprovedPolicy())?.approvedBy).toBe('comensha.een')
        expect(await take(propose('3'))).toBe('committed')
        expect((await store.findProposal('s'))?.id).toBe('3')
        expect(await take(step({ step: 'withdraw', id: '3', by: 'politie.een', at: AT }))).toBe('committed')
        expect(await take(approve('3', 'comensha.een'))).toBe('stale')
        expect((await store.listProposals(10)).map(({ id }) => id)).toEqual(['3', '1'])
      },
    )
  })

  describe(`${name}: token ids and rule sets`, () => {
    inStore('a token id is new once for each issuer, until it expires', async (store) => {
      expect(await store.rememberJti('a', 'jti', 100, 0)).toBe(true)
      expect(await store.rememberJti('a', 'jti', 100, 50)).toBe(false)
      expect(await store.rememberJti('b', 'jti', 100, 50)).toBe(true)
      expect(await store.rememberJti('a', 'jti', 100, 99)).toBe(false)
      expect(await store.rememberJti('a', 'jti', 300, 200)).toBe(true)
    })

    inStore('of many who show one token id at once exactly one is the first', async (store) => {
      const answers = await Promise.all(Array.from({ length: 300 }, () => store.rememberJti('a', 'jti', 100, 0)))
      expect(answers.filter((isNew) => isNew)).toHaveLength(1)
    })

    inStore('the rule set in force is the one that was archived last, also when it comes back', async (store) => {
      expect(await store.findActivePolicyHash()).toBeUndefined()
      for (const name of ['one', 'two', 'one']) {
        await commitOne(store, {
          record: record(`policy ${name}`),
          policyArchive: { policyHash: name, sourceHash: `source of ${name}`, content: `text of ${name}`, at: AT },
        })
        expect(await store.findActivePolicyHash()).toBe(name)
      }
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
