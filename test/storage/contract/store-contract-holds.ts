import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import { AT, commitOne, deliveryCommit, exchangeCommit, LATER, record, statuses } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises of exchanges that wait for approval. */
export function holdContract(name: string, inStore: InStore): void {
  describe(`${name}: holds`, () => {
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

    inStore('what waits although its time is over is found, and found no more once it is discarded', async (store) => {
      await store.commit([held('a'), deliveryCommit('b')])
      expect(await store.listExpiredHolds(AT, 10)).toEqual([])
      expect(await store.listExpiredHolds(LATER, 10)).toEqual([{ exchangeId: 'a' }])
      expect((await commitOne(store, discard('a'))).status).toBe('committed')
      expect(await store.listExpiredHolds(LATER, 10)).toEqual([])
    })
  })
}
