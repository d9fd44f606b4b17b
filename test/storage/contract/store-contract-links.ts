import { describe, expect } from 'vitest'
import type { NewExchange } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  exchangeCommit,
  LATER,
  lookup,
  match,
  matchToken,
  mention,
  ownCodes,
  record,
  report,
  statuses,
} from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises of who is known, and of linking a new mention to them. */
export function linkContract(name: string, inStore: InStore): void {
  const find = async (store: Store, ...question: Parameters<typeof lookup>) =>
    (await store.findCandidates(lookup(...question))).candidates.map(({ mentionId }) => mentionId)

  describe(`${name}: own mentions`, () => {
    const own = async (store: Store, sender: string, tokens: readonly string[] = [], cursor = '', limit = 2) => {
      const page = await store.listOwnMentions(sender, tokens.map(matchToken), cursor, limit)
      return { ...page, mentions: page.mentions.map(({ id, sharesToken }) => [id, sharesToken]) }
    }

    inStore('a sender lists its own mentions page by page, with those that share a token marked', async (store) => {
      await report(store, 'a', ['bsn 1', 'name 1'])
      await report(store, 'b', ['bsn 1'], { sender: 'kmar' })
      await commitOne(store, exchangeCommit('c'))
      await report(store, 'd', ['bsn 1'], {}, { domain: 'opvang' })
      await report(store, 'e', [])
      expect(await own(store, 'politie', ['bsn 1', 'bsn 2'])).toEqual({ mentions: [['a', true]], next: 'c' })
      expect(await own(store, 'politie', ['bsn 1'], 'c')).toEqual({
        mentions: [
          ['d', true],
          ['e', false],
        ],
        next: 'e',
      })
      expect(await own(store, 'politie', ['bsn 1'], 'e')).toEqual({ mentions: [] })
      expect(await own(store, 'politie', [], '', 9)).toEqual({
        mentions: [
          ['a', false],
          ['d', false],
          ['e', false],
        ],
      })
      expect(await own(store, 'comensha', ['bsn 1'])).toEqual({ mentions: [] })
      const { mentions } = await store.listOwnMentions('politie', [matchToken('bsn 1')], '', 1)
      expect(mentions).toEqual([
        {
          id: 'a',
          exchangeId: 'a',
          at: AT,
          dataSubject: 0,
          domain: 'registratie',
          epoch: 1,
          ownCodes: ownCodes('a'),
          sharesToken: true,
        },
      ])
    })

    inStore('a sender lists nothing of an exchange that was erased, and no codes of a retired epoch', async (store) => {
      await report(store, 'a', ['bsn 1'])
      await report(store, 'b', ['bsn 1'], {}, { epoch: 2 })
      await commitOne(store, { record: record('erase a'), erase: { deliveryId: 'delivery-a', at: LATER } })
      expect(await own(store, 'politie', ['bsn 1'])).toEqual({ mentions: [['b', true]], next: 'b' })
      await commitOne(store, { record: record('retired'), keys: { dropTokensOf: 2 } })
      const { mentions } = await store.listOwnMentions('politie', [matchToken('bsn 1')], '', 9)
      expect(mentions.map(({ id, ownCodes, sharesToken }) => [id, ownCodes.length, sharesToken])).toEqual([
        ['b', 0, false],
      ])
    })
  })

  describe(`${name}: look-ups`, () => {
    inStore(
      'every person with a token in common is a candidate once, in the order of their mentions',
      async (store) => {
        await report(store, 'a', ['bsn 1', 'name 1'])
        await report(store, 'b', ['bsn 2', 'name 2'], {}, { epoch: 2 })
        await report(store, 'c', ['bsn 1', 'name 3'])
        expect(await store.findCandidates(lookup(['name 3', 'bsn 2', 'bsn 1', 'bsn 9']))).toEqual({
          candidates: [
            { mentionId: 'a', personId: 'person a', epoch: 1 },
            { mentionId: 'b', personId: 'person b', epoch: 2 },
            { mentionId: 'c', personId: 'person a', epoch: 1 },
          ],
          demoted: [],
          fingerprint: expect.any(String),
        })
        expect(await find(store, ['name 9'])).toEqual([])
        expect(await find(store, [])).toEqual([])
      },
    )

    inStore('a domain finds nobody of another domain', async (store) => {
      await report(store, 'a', ['bsn'])
      await report(store, 'b', ['bsn'], {}, { domain: 'opvang' })
      expect(await find(store, ['bsn'])).toEqual(['a'])
      expect(await find(store, ['bsn'], { domain: 'opvang' })).toEqual(['b'])
    })

    inStore('a token that leads to more persons than the limit is demoted and finds nobody', async (store) => {
      for (const id of ['a', 'b', 'c']) await report(store, id, ['name', `bsn ${id}`], {}, { personId: `person ${id}` })
      expect(await find(store, ['name'])).toEqual(['a', 'b', 'c'])
      const { candidates, demoted } = await store.findCandidates(lookup(['name', 'bsn b'], { blockLimit: 2 }))
      expect(candidates.map(({ mentionId }) => mentionId)).toEqual(['b'])
      expect(demoted).toEqual([matchToken('name')])
    })

    inStore('a person who is mentioned often is found by the first mentions, and never demoted', async (store) => {
      for (let count = 0; count < 20; count++) await report(store, `m${count}`, ['bsn'])
      const { candidates, demoted } = await store.findCandidates(lookup(['bsn'], { blockLimit: 2 }))
      expect(demoted).toEqual([])
      expect(candidates.length).toBeGreaterThan(2)
      expect(candidates.length).toBeLessThan(20)
      expect(candidates.map(({ mentionId }) => mentionId)).toEqual(candidates.map((_, index) => `m${index}`))
    })

    inStore('the fingerprint of a look-up covers persons and demotions, not mentions', async (store) => {
      const ask = async (blockLimit = 3) =>
        (await store.findCandidates(lookup(['bsn', 'name'], { blockLimit }))).fingerprint
      const nobody = await ask()
      await report(store, 'a', ['bsn'])
      const one = await ask()
      await report(store, 'b', ['name'], {}, { personId: 'person a' })
      expect(await ask()).toBe(one)
      await report(store, 'c', ['bsn'], {}, { personId: 'person c' })
      const two = await ask()
      expect(new Set([nobody, one, two, await ask(1)]).size).toBe(4)
    })
  })

  describe(`${name}: mentions`, () => {
    inStore('a mention is read back with all its tokens, and with whether it was delivered', async (store) => {
      const hold = { approvalsNeeded: 1, expiresAt: LATER }
      await report(store, 'a', ['bsn', 'name'])
      await report(store, 'b', [], { delivery: { id: 'delivery-b', sealed: 'sealed b', hold } }, { dataSubject: 4 })
      const ofB = {
        id: 'b',
        exchangeId: 'b',
        dataSubject: 4,
        domain: 'registratie',
        personId: 'person b',
        epoch: 1,
        tokens: [],
      }
      const listed = await store.listMentions(['b', 'unknown', 'a'])
      expect(listed).toHaveLength(2)
      expect(listed.find(({ id }) => id === 'b')).toEqual({ ...ofB, isDelivered: false })
      expect(listed.find(({ id }) => id === 'a')).toMatchObject({
        isDelivered: true,
        tokens: [
          { family: 0, token: matchToken('bsn') },
          { family: 1, token: matchToken('name') },
        ],
      })
      await commitOne(store, {
        record: record('approved'),
        approve: { exchangeId: 'b', by: 'politie.twee', at: AT, remaining: 0 },
      })
      expect(await store.listMentions(['b'])).toEqual([{ ...ofB, isDelivered: true }])
    })

    inStore(
      'two mentions of one person that are looked up at once become one person, whichever is committed first',
      async (store) => {
        const [one, other] = [await mention(store, 'a', ['bsn']), await mention(store, 'b', ['bsn'])]
        const results = await store.commit([
          exchangeCommit('a', { mentions: [one] }),
          deliveryCommit('b', { mentions: [other] }),
        ])
        expect(statuses(results)).toEqual(['committed', 'link-changed'])
        expect(await store.findExchange('politie', 'b')).toBeUndefined()
        expect(await store.log.records(0, 10)).toHaveLength(1)
        expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])
        expect((await report(store, 'b', ['bsn'])).status).toBe('committed')
        expect((await store.findPerson('registratie', 'person a'))?.mentions).toEqual([
          { id: 'a', exchangeId: 'a', dataSubject: 0 },
          { id: 'b', exchangeId: 'b', dataSubject: 0 },
        ])
      },
    )

    inStore('many reports about one known person do not wait for each other', async (store) => {
      await report(store, 'known', ['bsn'])
      const commits = await Promise.all(
        Array.from({ length: 5 }, async (_, index) =>
          exchangeCommit(`e${index}`, { mentions: [await mention(store, `m${index}`, ['bsn'])] }),
        ),
      )
      expect(new Set(statuses(await store.commit(commits)))).toEqual(new Set(['committed']))
    })

    inStore('data subjects of one exchange are looked up before any of them is stored', async (store) => {
      const mentions = [
        await mention(store, 'a', ['bsn']),
        await mention(store, 'b', ['bsn'], { dataSubject: 1, personId: 'person a' }),
      ]
      expect((await commitOne(store, exchangeCommit('x', { mentions }))).status).toBe('committed')
      expect(await find(store, ['bsn'])).toEqual(['a', 'b'])
    })

    inStore('one data subject whose look-up changed keeps the whole exchange out', async (store) => {
      const mentions = [await mention(store, 'a', ['bsn 1']), await mention(store, 'b', ['bsn 2'], { dataSubject: 1 })]
      await report(store, 'c', ['bsn 2'])
      expect((await commitOne(store, exchangeCommit('x', { mentions }))).status).toBe('link-changed')
      expect(await find(store, ['bsn 1'])).toEqual([])
    })

    inStore('a domain takes the epoch of its first pseudonym, and no other until it is renewed', async (store) => {
      await report(store, 'a', ['bsn 1'])
      expect((await report(store, 'b', ['bsn 2'], {}, { pseudonymEpoch: 2 })).status).toBe('link-changed')
      await report(store, 'c', ['bsn 3'], { recipient: 'fier' }, { domain: 'opvang', pseudonymEpoch: 2 })
      expect(await store.listDomains()).toEqual([
        { domain: 'opvang', recipient: 'fier', pseudonymEpoch: 2 },
        { domain: 'registratie', recipient: 'comensha', pseudonymEpoch: 1 },
      ])
    })

    inStore('persons of a domain are listed page by page, in the order of their ids', async (store) => {
      for (const id of ['b', 'c', 'a']) await report(store, id, [`bsn ${id}`])
      await report(store, 'd', ['bsn d'], {}, { domain: 'opvang' })
      expect(await store.listPersons('registratie', '', 2)).toEqual(['person a', 'person b'])
      expect(await store.listPersons('registratie', 'person b', 2)).toEqual(['person c'])
      expect(await store.findPerson('opvang', 'person a')).toBeUndefined()
    })
  })

  describe(`${name}: persons that turn out to be one`, () => {
    /** An exchange that mentions somebody who is both `a` and `b`. */
    const merging = async (store: Store, overrides: Partial<NewExchange> = {}) =>
      deliveryCommit('c', {
        mentions: [await mention(store, 'c', ['bsn a', 'bsn b'])],
        matches: [
          match('match-1', 'a', 'c', { status: 'automatic', joins: true }),
          match('match-2', 'b', 'c', { status: 'automatic', joins: true }),
        ],
        moves: [{ mentionId: 'b', from: 'person b', to: 'person a' }],
        ...overrides,
      })
    const knownPersons = async (store: Store) => {
      for (const id of ['a', 'b']) await report(store, id, [`bsn ${id}`])
      const [a, b] = await Promise.all(['a', 'b'].map((id) => store.findPerson('registratie', `person ${id}`)))
      return { a: a!, b: b! }
    }

    inStore('a new mention makes one person of two, and the other id is gone', async (store) => {
      await knownPersons(store)
      expect((await commitOne(store, await merging(store))).status).toBe('committed')
      const person = await store.findPerson('registratie', 'person a')
      expect(person?.mentions.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(person?.matches.map(({ id, persons }) => [id, persons])).toEqual([
        ['match-1', ['person a', 'person a']],
        ['match-2', ['person a', 'person a']],
      ])
      expect(await store.listPersons('registratie', '', 10)).toEqual(['person a'])
    })

    const changed: [
      statement: string,
      overrides: (read: Awaited<ReturnType<typeof knownPersons>>) => Partial<NewExchange>,
    ][] = [
      ['a mention is with another person', () => ({ moves: [{ mentionId: 'b', from: 'person z', to: 'person a' }] })],
      ['a mention that moves is gone', () => ({ moves: [{ mentionId: 'z', from: 'person b', to: 'person a' }] })],
      ['a mention that matches is gone', () => ({ matches: [match('match-1', 'z', 'c')] })],
      ['a person that was read has changed', ({ a, b }) => ({ reads: [{ ...a, fingerprint: b.fingerprint }] })],
      ['a person that was read is gone', ({ a }) => ({ reads: [{ ...a, personId: 'person z' }] })],
    ]
    for (const [statement, overrides] of changed) {
      inStore(`nothing is stored when ${statement}`, async (store) => {
        const commit = await merging(store, overrides(await knownPersons(store)))
        const before = await store.findPerson('registratie', 'person b')
        const current = {
          ...commit,
          exchange: { ...commit.exchange!, mentions: [await mention(store, 'c', ['bsn a', 'bsn b'])] },
        }
        expect(statuses(await store.commit([current, exchangeCommit('d')]))).toEqual(['link-changed', 'committed'])
        expect(await store.findPerson('registratie', 'person b')).toEqual(before)
        expect(await store.listMentions(['c'])).toEqual([])
      })
    }

    inStore('the fingerprint of a person changes with its mentions and its matches, and only then', async (store) => {
      const { a, b } = await knownPersons(store)
      const ask = async () => (await store.findPerson('registratie', 'person a'))!.fingerprint
      await report(store, 'd', ['bsn d'])
      expect(await ask()).toBe(a.fingerprint)
      expect(a.fingerprint).not.toBe(b.fingerprint)
      await report(store, 'c', ['bsn c'], { matches: [match('match-1', 'a', 'c')] })
      const matched = await ask()
      await report(store, 'e', ['bsn a'])
      expect(new Set([a.fingerprint, matched, await ask()]).size).toBe(3)
    })
  })
}
