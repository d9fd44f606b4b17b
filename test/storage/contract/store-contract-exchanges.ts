import { describe, expect } from 'vitest'
import { commitOne, deliveryCommit, exchangeCommit, receiptOf, record, statuses, token } from '../commits.ts'
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
  })
}
