import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import type { MatchStatus } from '../../../src/ports/mentions.ts'
import type { Store } from '../../../src/ports/store.ts'
import { AT, commitOne, LATER, match, record, report, statuses } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

type Answer = NonNullable<Commit['answer']>

/** What a store promises of matches and what recipients say of them. */
export function matchContract(name: string, inStore: InStore): void {
  /** Two persons `a` and `b`, with a possible match between them that their recipient is asked about. */
  const ask = async (store: Store) => {
    await report(store, 'a', ['bsn a'])
    await report(store, 'b', ['bsn b'], { matches: [match('match-1', 'a', 'b')] })
  }
  const read = async (store: Store, personId: string) => {
    const { domain, fingerprint } = (await store.findPerson('registratie', personId))!
    return { domain, personId, fingerprint }
  }
  const answer = (overrides: Partial<Answer> = {}): Commit => ({
    record: record(`answer ${overrides.status ?? 'confirmed'}`),
    answer: {
      matchId: 'match-1',
      from: 'possible',
      status: 'confirmed',
      joins: true,
      others: [],
      moves: [{ mentionId: 'b', from: 'person b', to: 'person a' }],
      reads: [],
      by: 'comensha.een',
      at: LATER,
      ...overrides,
    },
  })
  const split = (from: MatchStatus): Commit =>
    answer({ from, status: 'rejected', joins: false, moves: [{ mentionId: 'b', from: 'person a', to: 'person b' }] })
  const mentionsOf = async (store: Store, personId: string) =>
    (await store.findPerson('registratie', personId))?.mentions.map(({ id }) => id)
  const list = async (store: Store, status?: MatchStatus, cursor = '', limit = 10) =>
    (await store.listMatches('comensha', status, cursor, limit)).map(({ id }) => id)

  describe(`${name}: matches`, () => {
    inStore('a match is for the recipient of its domain, and absent to anybody else', async (store) => {
      await ask(store)
      const found = {
        id: 'match-1',
        domain: 'registratie',
        recipient: 'comensha',
        status: 'possible',
        earlierMention: 'a',
        laterMention: 'b',
        laterPerson: 'person b',
        joins: false,
        at: AT,
        persons: ['person a', 'person b'],
      }
      expect(await store.findMatch('comensha', 'match-1')).toEqual(found)
      expect(await store.listMatches('comensha', undefined, '', 10)).toEqual([found])
      for (const party of ['politie', 'fier', '']) {
        expect(await store.findMatch(party, 'match-1')).toBeUndefined()
        expect(await store.listMatches(party, undefined, '', 10)).toEqual([])
      }
      expect(await store.findMatch('comensha', 'match-2')).toBeUndefined()
    })

    inStore('matches are listed oldest first, after a cursor, and of one status on request', async (store) => {
      await report(store, 'a', ['bsn a'])
      const matches = ['3', '1', '2', '4'].map((id) =>
        match(id, 'a', 'b', { status: id === '2' ? 'automatic' : 'possible' }),
      )
      await report(store, 'b', ['bsn b'], { matches })
      expect(await list(store)).toEqual(['1', '2', '3', '4'])
      expect(await list(store, undefined, '1', 2)).toEqual(['2', '3'])
      expect(await list(store, 'possible', '1')).toEqual(['3', '4'])
      expect(await list(store, 'automatic')).toEqual(['2'])
      expect(await list(store, 'confirmed')).toEqual([])
    })

    inStore('a match with a held exchange is not there before that exchange is', async (store) => {
      await report(store, 'a', ['bsn a'])
      const hold = { approvalsNeeded: 1, expiresAt: LATER }
      const delivery = { id: 'delivery-b', sealed: 'sealed b', hold }
      await report(store, 'b', ['bsn b'], { delivery, matches: [match('1', 'a', 'b')] })
      await report(store, 'c', ['bsn c'], { matches: [match('2', 'b', 'c'), match('3', 'a', 'c')] })
      expect(await list(store)).toEqual(['3'])
      expect(await list(store, 'possible')).toEqual(['3'])
      expect(await store.findMatch('comensha', '1')).toBeUndefined()
      expect((await store.findPerson('registratie', 'person b'))?.matches.map(({ id }) => id)).toEqual(['1', '2'])
      const approve = { exchangeId: 'b', by: 'politie.twee', at: AT, remaining: 0 }
      await commitOne(store, { record: record('approved'), approve })
      expect(await list(store)).toEqual(['1', '2', '3'])
      expect((await store.findMatch('comensha', '1'))?.id).toBe('1')
    })
  })

  describe(`${name}: answers to matches`, () => {
    inStore(
      'a confirmation makes one person of two, a rejection two again, with the pseudonym of before',
      async (store) => {
        await ask(store)
        expect((await commitOne(store, answer())).status).toBe('committed')
        expect(await store.findMatch('comensha', 'match-1')).toMatchObject({
          status: 'confirmed',
          joins: true,
          persons: ['person a', 'person a'],
          answeredBy: 'comensha.een',
          answeredAt: LATER,
        })
        expect(await mentionsOf(store, 'person a')).toEqual(['a', 'b'])
        // Its pseudonym must be renewed with the others, as long as it may come back.
        expect(await mentionsOf(store, 'person b')).toEqual([])
        expect(await store.listPersons('registratie', '', 10)).toEqual(['person a', 'person b'])

        expect((await commitOne(store, split('confirmed'))).status).toBe('committed')
        expect(await mentionsOf(store, 'person b')).toEqual(['b'])
        expect(await list(store, 'rejected')).toEqual(['match-1'])
        expect((await commitOne(store, answer({ from: 'rejected' }))).status).toBe('committed')
        expect(await mentionsOf(store, 'person a')).toEqual(['a', 'b'])
      },
    )

    inStore('a split can make a person who never was', async (store) => {
      await report(store, 'a', ['bsn'])
      const joining = match('match-1', 'a', 'b', { status: 'automatic', joins: true })
      await report(store, 'b', ['bsn'], { matches: [joining] })
      expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])
      await commitOne(store, split('automatic'))
      expect(await store.listPersons('registratie', '', 10)).toEqual(['person a', 'person b'])
      expect((await store.findCandidates({ domain: 'registratie', tokens: [], blockLimit: 1 })).candidates).toEqual([])
    })

    inStore('the consequences of an answer for other matches are stored with it', async (store) => {
      await report(store, 'a', ['bsn a'])
      await report(store, 'b', ['bsn b'], { matches: [match('match-1', 'a', 'b'), match('match-2', 'a', 'b')] })
      const others = [{ matchId: 'match-2', status: 'confirmed', joins: false }] as const
      await commitOne(store, answer({ others }))
      expect(await store.findMatch('comensha', 'match-2')).toMatchObject({
        status: 'confirmed',
        joins: false,
        answeredBy: 'comensha.een',
      })
    })

    const stale: [statement: string, overrides: Partial<Answer>][] = [
      ['to a match that never was', { matchId: 'match-2' }],
      ['to a match that has another status', { from: 'automatic' }],
      [
        'that concerns another match that is gone',
        { others: [{ matchId: 'match-2', status: 'confirmed', joins: true }] },
      ],
      ['that moves a mention of somebody else', { moves: [{ mentionId: 'b', from: 'person c', to: 'person a' }] }],
      ['that moves a mention that is gone', { moves: [{ mentionId: 'z', from: 'person b', to: 'person a' }] }],
      ['about a person who is gone', { reads: [{ domain: 'registratie', personId: 'person z', fingerprint: '' }] }],
    ]
    for (const [statement, overrides] of stale) {
      inStore(`an answer ${statement} is stale and changes nothing`, async (store) => {
        await ask(store)
        expect((await commitOne(store, answer(overrides))).status).toBe('stale')
        expect((await store.findMatch('comensha', 'match-1'))?.status).toBe('possible')
        expect(await mentionsOf(store, 'person b')).toEqual(['b'])
        expect(await store.log.records(0, 10)).toHaveLength(2)
      })
    }

    inStore('an answer is stale when its persons changed after they were read', async (store) => {
      await ask(store)
      const reads = [await read(store, 'person a'), await read(store, 'person b')]
      await report(store, 'c', ['bsn a'])
      expect((await commitOne(store, answer({ reads }))).status).toBe('stale')
      const again = [await read(store, 'person a'), await read(store, 'person b')]
      expect((await commitOne(store, answer({ reads: again }))).status).toBe('committed')
    })

    inStore('of two answers in one batch the first holds', async (store) => {
      await ask(store)
      const reject = answer({ status: 'rejected', joins: false, moves: [] })
      expect(statuses(await store.commit([reject, answer()]))).toEqual(['committed', 'stale'])
      expect((await store.findMatch('comensha', 'match-1'))?.status).toBe('rejected')
      expect(await mentionsOf(store, 'person b')).toEqual(['b'])
    })
  })
}
