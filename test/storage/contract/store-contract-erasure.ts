import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  LATER,
  lookup,
  match,
  mention,
  notice,
  record,
  report,
  statuses,
} from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises to destroy, and to leave. */
export function erasureContract(name: string, inStore: InStore): void {
  const erase = (id: string, at = LATER): Commit => ({
    record: record(`erase ${id}`),
    erase: { deliveryId: `delivery-${id}`, at },
  })
  const eraseSubjects = (exchangeId: string, ...dataSubjects: number[]): Commit => ({
    record: record(`erase ${exchangeId} ${dataSubjects}`),
    eraseSubjects: { exchangeId, dataSubjects, at: LATER },
  })
  const find = async (store: Store, ...tokens: string[]) =>
    (await store.findCandidates(lookup(tokens))).candidates.map(({ mentionId }) => mentionId)

  /** Known person `a`; exchange `x` that mentions `x0`, who is `a`, and `x1`, who may be `a`; a notice about it. */
  const share = async (store: Store, overrides: object = {}) => {
    await report(store, 'a', ['bsn a'])
    const commit = deliveryCommit('x', {
      delivery: { id: 'delivery-x', sealed: 'sealed x', eraseAt: LATER, ...overrides },
      salts: {
        payload: new Uint8Array(32),
        'data-subject/0': new Uint8Array(32),
        'data-subject/1': new Uint8Array(32),
      },
      mentions: [
        await mention(store, 'x0', ['bsn a', 'name a']),
        await mention(store, 'x1', ['bsn b'], { dataSubject: 1 }),
      ],
      matches: [match('1', 'a', 'x0', { status: 'automatic', joins: true }), match('2', 'a', 'x1')],
    })
    await commitOne(store, { ...commit, notices: [notice('n1', { exchangeId: 'x' })] })
  }
  const expectDestroyed = async (store: Store) => {
    expect(await find(store, 'bsn a', 'name a', 'bsn b')).toEqual(['a'])
    expect(await store.listMentions(['x0', 'x1'])).toEqual([])
    expect(await store.listMatches('comensha', undefined, '', 10)).toEqual([])
    expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])
  }

  describe(`${name}: erasure`, () => {
    inStore('an exchange whose time is over is listed, and listed no more once it is erased', async (store) => {
      await share(store)
      expect(await store.listErasable(AT, 10)).toEqual([])
      expect(await store.listErasable(LATER, 10)).toEqual([
        { deliveryId: 'delivery-x', exchangeId: 'x', recipient: 'comensha' },
      ])
      expect(statuses(await store.commit([erase('x'), erase('x')]))).toEqual(['committed', 'stale'])
      expect(await store.listErasable(LATER, 10)).toEqual([])
    })

    inStore(
      'erasing an exchange takes its content, notices, mentions, tokens and matches, and leaves its place in the inbox',
      async (store) => {
        await share(store)
        await commitOne(store, erase('x'))
        for (const id of ['delivery-x', 'n1']) {
          expect(await store.findDelivery('comensha', id)).toMatchObject({ sealed: '', erasedAt: LATER })
        }
        expect((await store.findDelivery('comensha', 'delivery-a'))?.sealed).toBe('sealed a')
        expect(await store.listDeliveries('comensha', 0, 10)).toHaveLength(3)
        expect(await store.findExchange('politie', 'x')).toBeDefined()
        await expectDestroyed(store)
      },
    )

    inStore('discarding a held exchange erases the same', async (store) => {
      await share(store, { hold: { approvalsNeeded: 1, expiresAt: LATER } })
      const discard = { exchangeId: 'x', status: 'refused', at: AT } as const
      expect((await commitOne(store, { record: record('discard'), discard })).status).toBe('committed')
      expect(await store.findDeliveryOf('politie', 'x')).toMatchObject({ sealed: '', erasedAt: AT })
      expect(await store.listDeliveries('comensha', 0, 10)).toHaveLength(1)
      expect(await store.listErasable(LATER, 10)).toEqual([])
      await expectDestroyed(store)
    })

    inStore(
      'erasing an exchange keeps a person whom another exchange mentions, with what that mention contains',
      async (store) => {
        await report(store, 'a', ['bsn', 'name'])
        await report(store, 'b', ['bsn', 'address'])
        await commitOne(store, erase('a'))
        expect(await find(store, 'name')).toEqual([])
        expect(await find(store, 'bsn', 'address')).toEqual(['b'])
        expect((await store.findPerson('registratie', 'person a'))?.mentions.map(({ id }) => id)).toEqual(['b'])
        await commitOne(store, erase('b'))
        expect(await store.findPerson('registratie', 'person a')).toBeUndefined()
      },
    )

    inStore('erasing an exchange of a merged person leaves no id that nothing can bring back', async (store) => {
      await report(store, 'a', ['bsn a'])
      await report(store, 'b', ['bsn b'], { matches: [match('1', 'a', 'b')] })
      await commitOne(store, {
        record: record('answer'),
        answer: {
          matchId: '1',
          from: 'possible',
          status: 'confirmed',
          joins: true,
          others: [],
          moves: [{ mentionId: 'b', from: 'person b', to: 'person a' }],
          reads: [],
          by: 'comensha.een',
          at: AT,
        },
      })
      expect(await store.listPersons('registratie', '', 10)).toEqual(['person a', 'person b'])
      await commitOne(store, erase('a'))
      expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])
    })
  })

  describe(`${name}: erasure at the request of a person`, () => {
    inStore(
      'erasing one data subject takes its mentions and the content, and keeps the others until their time',
      async (store) => {
        await share(store)
        expect((await commitOne(store, eraseSubjects('x', 1))).status).toBe('committed')
        for (const id of ['delivery-x', 'n1']) {
          expect(await store.findDelivery('comensha', id)).toMatchObject({ sealed: '', erasedAt: LATER })
        }
        expect(await find(store, 'bsn a', 'bsn b')).toEqual(['a', 'x0'])
        expect(await store.listMentions(['x1'])).toEqual([])
        expect((await store.listMatches('comensha', undefined, '', 10)).map(({ id }) => id)).toEqual(['1'])
        expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])

        expect(await store.listErasable(LATER, 10)).toHaveLength(1)
        expect(statuses(await store.commit([erase('x', '2027-01-01T00:00:00.000Z'), erase('x')]))).toEqual([
          'committed',
          'stale',
        ])
        expect((await store.findDelivery('comensha', 'delivery-x'))?.erasedAt).toBe(LATER)
        await expectDestroyed(store)
      },
    )

    inStore('erasing every data subject leaves nothing to wait for', async (store) => {
      await share(store)
      await commitOne(store, eraseSubjects('x', 0, 1))
      expect(await store.listErasable(LATER, 10)).toEqual([])
      await expectDestroyed(store)
    })

    inStore('erasing a data subject is stale when nothing is left of it, and when it never was', async (store) => {
      await share(store)
      const results = await store.commit([
        eraseSubjects('x', 0),
        eraseSubjects('x', 0),
        eraseSubjects('x', 1),
        eraseSubjects('x', 2),
        eraseSubjects('z', 0),
      ])
      expect(statuses(results)).toEqual(['committed', 'stale', 'committed', 'stale', 'stale'])
    })

    inStore('erasing a data subject of a held exchange ends the exchange', async (store) => {
      await share(store, { hold: { approvalsNeeded: 1, expiresAt: LATER } })
      expect((await commitOne(store, eraseSubjects('x', 1))).status).toBe('committed')
      expect((await store.findHold('politie', 'x'))?.status).toBe('expired')
      expect(await store.listHolds('politie', 10)).toEqual([])
      await expectDestroyed(store)
    })
  })
}
