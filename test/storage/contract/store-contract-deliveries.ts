import { describe, expect } from 'vitest'
import { verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import { parseUtf8 } from '../../../src/encoding/bytes.ts'
import type { Commit } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import { AT, commitOne, deliveryCommit, exchangeCommit, LATER, notice, receiptOf, record } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises of inboxes: deliveries of exchanges, and notices of the gateway itself. */
export function deliveryContract(name: string, inStore: InStore): void {
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

    inStore('a recipient lists its newest first, before one of its own deliveries, without content', async (store) => {
      await store.commit([deliveryCommit('a'), deliveryCommit('x', { recipient: 'fier' }), deliveryCommit('b')])
      await commitOne(store, {
        record: record('handed-over'),
        handOver: { deliveryId: 'delivery-a', recipient: 'comensha', at: LATER },
      })
      const entry = { kind: 'exchange', sender: 'politie', at: AT, placedAt: AT }
      expect(await store.listNewestDeliveries('comensha', undefined, 10)).toEqual([
        { id: 'delivery-b', exchangeId: 'b', ...entry },
        { id: 'delivery-a', exchangeId: 'a', ...entry, fetchedAt: LATER },
      ])
      expect((await store.listNewestDeliveries('comensha', 'delivery-b', 1)).map(({ id }) => id)).toEqual([
        'delivery-a',
      ])
      expect(await store.listNewestDeliveries('comensha', 'delivery-x', 10)).toEqual([])
      expect(await store.listNewestDeliveries('politie', undefined, 10)).toEqual([])
    })

    inStore('a delivery carries the sealed content and the receipt of its exchange', async (store, verifierKey) => {
      const receipt = receiptOf(await commitOne(store, deliveryCommit('a')))
      const delivery = {
        id: 'delivery-a',
        kind: 'exchange',
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
  describe(`${name}: what the recipient did`, () => {
    const steps = {
      handOver: (recipient: string, at: string): Partial<Commit> => ({
        handOver: { deliveryId: 'delivery-a', recipient, at },
      }),
      reply: (recipient: string, at: string): Partial<Commit> => ({ reply: { exchangeId: 'a', recipient, at } }),
    }
    const moments = { handOver: 'fetchedAt', reply: 'answeredAt' } as const
    for (const step of ['handOver', 'reply'] as const) {
      inStore(`a delivery keeps the first moment of its ${step}, and of its own recipient only`, async (store) => {
        await store.commit([
          { ...deliveryCommit('a'), notices: [notice('n1', { exchangeId: 'a' })] },
          deliveryCommit('b'),
        ])
        const take = (recipient: string, at: string) =>
          commitOne(store, { record: record(`${step} ${recipient} ${at}`), ...steps[step](recipient, at) })
        const momentOf = async (id: string) => (await store.findDelivery('comensha', id))?.[moments[step]]
        await take('fier', '2026-11-22T11:00:00.000Z')
        expect(await momentOf('delivery-a')).toBeUndefined()
        for (const at of ['2026-11-22T12:00:00.000Z', '2026-11-22T13:00:00.000Z']) {
          await take('comensha', at)
          expect(await momentOf('delivery-a')).toBe('2026-11-22T12:00:00.000Z')
        }
        expect([await momentOf('delivery-b'), await momentOf('n1')]).toEqual([undefined, undefined])
        expect((await store.findDeliveryOf('politie', 'a'))?.[moments[step]]).toBe('2026-11-22T12:00:00.000Z')
      })
    }

    inStore('what is held can be neither handed over nor answered', async (store) => {
      await commitOne(
        store,
        exchangeCommit('a', {
          delivery: { id: 'delivery-a', sealed: 'sealed a', hold: { approvalsNeeded: 1, expiresAt: LATER } },
        }),
      )
      for (const step of ['handOver', 'reply'] as const)
        await commitOne(store, { record: record(step), ...steps[step]('comensha', AT) })
      const held = await store.findDeliveryOf('politie', 'a')
      expect([held!.id, held!.fetchedAt, held!.answeredAt]).toEqual(['delivery-a', undefined, undefined])
    })
  })
  describe(`${name}: notices`, () => {
    const held = (id: string, overrides: Partial<Commit> = {}): Commit => ({
      ...exchangeCommit(id, {
        delivery: { id: `delivery-${id}`, sealed: `sealed ${id}`, hold: { approvalsNeeded: 1, expiresAt: LATER } },
      }),
      ...overrides,
    })
    const inbox = async (store: Store) =>
      (await store.listDeliveries('comensha', 0, 10)).map(({ cursor, delivery }) => [cursor, delivery.id])

    inStore('a notice has a record and a receipt of its own, after that of its commit', async (store, verifierKey) => {
      const [first, second] = await store.commit([
        { record: record('first'), notices: [notice('n1'), notice('n2', { recipient: 'fier' })] },
        { record: record('second') },
      ])
      expect([first, second].map((result) => receiptOf(result).leafIndex)).toEqual([0, 3])
      expect((await store.log.records(0, 10)).map(parseUtf8)).toEqual([
        record('first'),
        record('notice n1'),
        record('notice n2'),
        record('second'),
      ])
      const found = (await store.findDelivery('comensha', 'n1'))!
      expect(found).toEqual({
        id: 'n1',
        kind: 'notice',
        recipient: 'comensha',
        sender: 'sluis',
        at: AT,
        sealed: 'sealed n1',
        receipt: { leafIndex: 1, record: record('notice n1'), proof: expect.any(String) },
      })
      expect(await verifyReceipt(found.receipt, verifierKey)).toEqual({ ok: true, treeSize: 4 })
    })

    inStore('a notice is for its recipient only, in the order of the inbox, and can be acknowledged', async (store) => {
      await store.commit([{ record: record('first'), notices: [notice('n1')] }, deliveryCommit('a')])
      await store.commit([{ record: record('second'), notices: [notice('n2', { exchangeId: 'a' })] }])
      expect(await inbox(store)).toEqual([
        [1, 'n1'],
        [2, 'delivery-a'],
        [3, 'n2'],
      ])
      expect(await store.findDelivery('politie', 'n2')).toBeUndefined()
      const acknowledge = { deliveryId: 'n2', recipient: 'comensha', at: AT }
      await commitOne(store, { record: record('acknowledged'), acknowledge })
      expect(await store.findDelivery('comensha', 'n2')).toMatchObject({
        sender: 'sluis',
        exchangeId: 'a',
        acknowledgedAt: AT,
      })
    })

    inStore('notices of a refused commit are not there, and neither are their records', async (store) => {
      const refused = { discard: { exchangeId: 'z', status: 'refused', at: AT } } as const
      const results = await store.commit([
        { record: record('refused'), notices: [notice('n1')], ...refused },
        { record: record('taken'), notices: [notice('n2')] },
      ])
      expect(results.map(({ status }) => status)).toEqual(['stale', 'committed'])
      expect(await inbox(store)).toEqual([[1, 'n2']])
      expect(await store.log.records(0, 10)).toHaveLength(2)
    })

    inStore('notices about a held exchange come out with it, right after it', async (store) => {
      await store.commit([held('a', { notices: [notice('n1', { exchangeId: 'a' })] }), deliveryCommit('b')])
      await store.commit([{ record: record('later'), notices: [notice('n2', { exchangeId: 'a' }), notice('n3')] }])
      expect(await inbox(store)).toEqual([
        [1, 'delivery-b'],
        [2, 'n3'],
      ])
      expect(await store.findDelivery('comensha', 'n1')).toBeUndefined()
      const approve = { exchangeId: 'a', by: 'politie.twee', at: AT, remaining: 0 }
      await commitOne(store, { record: record('approved'), approve })
      expect((await inbox(store)).slice(2)).toEqual([
        [3, 'delivery-a'],
        [4, 'n1'],
        [5, 'n2'],
      ])
    })

    inStore(
      'what was delivered of an exchange is for its sender, and for its recipient once it is there',
      async (store) => {
        const notices = [notice('n1', { exchangeId: 'a' })]
        await store.commit([held('a', { notices })])
        const deliveryOf = async (party: string) => (await store.findDeliveryOf(party, 'a'))?.id
        expect(await deliveryOf('politie')).toBe('delivery-a')
        expect(await deliveryOf('comensha')).toBeUndefined()
        const approve = { exchangeId: 'a', by: 'politie.twee', at: AT, remaining: 0 }
        await commitOne(store, { record: record('approved'), approve })
        expect(await deliveryOf('comensha')).toBe('delivery-a')
        expect(await deliveryOf('fier')).toBeUndefined()
      },
    )
  })
}
