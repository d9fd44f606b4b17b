import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  exchangeCommit,
  LATER,
  notice,
  receiptOf,
  record,
  statuses,
  token,
} from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises of exchanges and their idempotency keys. */
export function exchangeContract(name: string, inStore: InStore): void {
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

    inStore('a list has each exchange with its hold and its delivery, as they are found one by one', async (store) => {
      const hold = (id: string) => ({
        id: `delivery-${id}`,
        sealed: 's',
        hold: { approvalsNeeded: 2, expiresAt: LATER },
      })
      const approve = (exchangeId: string, by: string, at: string, remaining: number): Commit => ({
        record: record(`approve ${exchangeId} ${by}`),
        approve: { exchangeId, by, at, remaining },
      })
      const inInbox = { recipient: 'comensha', at: AT }
      await store.commit([
        exchangeCommit('a'),
        { ...deliveryCommit('b'), notices: [notice('n1', { exchangeId: 'b' })] },
        exchangeCommit('c', { submittedBy: 'politie.een', delivery: hold('c') }),
        exchangeCommit('d', { delivery: hold('d') }),
        deliveryCommit('e', { sender: 'kmar' }),
      ])
      await store.commit([
        approve('c', 'politie.twee', AT, 1),
        // Later by the log, earlier by the clock.
        approve('c', 'politie.drie', '2026-11-22T09:00:00.000Z', 0),
        { record: record('fetch'), handOver: { deliveryId: 'delivery-b', ...inInbox } },
        { record: record('acknowledge'), acknowledge: { deliveryId: 'delivery-b', ...inInbox } },
        { record: record('answer'), reply: { exchangeId: 'c', ...inInbox } },
        { record: record('refuse'), discard: { exchangeId: 'd', status: 'refused', at: AT } },
      ])
      const list = await store.listExchanges('politie', '', 10)
      expect(list.map(({ exchange }) => exchange.id)).toEqual(['a', 'b', 'c', 'd'])
      for (const { exchange, hold, moments } of list) {
        expect(exchange).toEqual(await store.findExchange('politie', exchange.id))
        expect(hold).toEqual(await store.findHold('politie', exchange.id))
        const delivery = await store.findDeliveryOf('politie', exchange.id)
        if (moments) expect(delivery).toMatchObject(moments)
        else expect(delivery).toBeUndefined()
      }
      expect(list.map(({ moments }) => moments)).toEqual([
        undefined,
        { fetchedAt: AT, acknowledgedAt: AT },
        { answeredAt: AT },
        { erasedAt: AT },
      ])
      expect((await store.listExchanges('politie', 'b', 1)).map(({ exchange }) => exchange.id)).toEqual(['c'])
    })

    inStore("a list is read in either direction from a cursor, and shows nobody else's", async (store) => {
      await store.commit([
        exchangeCommit('a'),
        exchangeCommit('b'),
        exchangeCommit('c'),
        exchangeCommit('d', { sender: 'kmar' }),
      ])
      const read = async (cursor: string, order: 'oldest-first' | 'newest-first') =>
        (await store.listExchanges('politie', cursor, 10, order)).map(({ exchange }) => exchange.id)
      expect(await read('', 'oldest-first')).toEqual(['a', 'b', 'c'])
      expect(await read('b', 'oldest-first')).toEqual(['c'])
      expect(await read('', 'newest-first')).toEqual(['c', 'b', 'a'])
      expect(await read('b', 'newest-first')).toEqual(['a'])
    })
  })
}
