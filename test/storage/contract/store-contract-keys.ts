import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import type { Store } from '../../../src/ports/store.ts'
import { commitOne, lookup, record, report, statuses, token } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises to know of the keys that it was written with. */
export function keyContract(name: string, inStore: InStore): void {
  const change = (keys: NonNullable<Commit['keys']>): Commit => ({ record: record('keys'), keys })
  const find = async (store: Store, ...tokens: string[]) =>
    (await store.findCandidates(lookup(tokens))).candidates.map(({ mentionId }) => mentionId)

  describe(`${name}: keys`, () => {
    inStore('an epoch keeps its first check, and its last uses', async (store) => {
      expect(await store.findKeyState()).toEqual([])
      await store.commit([
        change({
          checks: [{ epoch: 2, check: token('two') }],
          uses: [{ epoch: 2, uses: ['match', 'pseudonym'] }],
        }),
        change({ checks: [{ epoch: 1, check: token('one') }] }),
        change({ checks: [{ epoch: 2, check: token('other') }], uses: [{ epoch: 2, uses: ['pseudonym'] }] }),
      ])
      expect(await store.findKeyState()).toEqual([
        { epoch: 1, check: token('one'), uses: [] },
        { epoch: 2, check: token('two'), uses: ['pseudonym'] },
      ])
    })

    inStore('a change of an epoch or a domain that is not known is stale', async (store) => {
      const results = await store.commit([
        change({ checks: [{ epoch: 1, check: token('one') }], uses: [{ epoch: 2, uses: [] }] }),
        change({ checks: [{ epoch: 1, check: token('one') }], pseudonymEpoch: { domain: 'registratie', epoch: 2 } }),
      ])
      expect(statuses(results)).toEqual(['stale', 'stale'])
      expect(await store.findKeyState()).toEqual([])
    })

    inStore('a domain is of another pseudonym epoch once it is renewed, and no other domain is', async (store) => {
      await report(store, 'a', ['bsn a'])
      await report(store, 'b', ['bsn b'], {}, { domain: 'opvang' })
      await commitOne(store, change({ pseudonymEpoch: { domain: 'registratie', epoch: 2 } }))
      expect((await store.listDomains()).map(({ domain, pseudonymEpoch }) => [domain, pseudonymEpoch])).toEqual([
        ['opvang', 1],
        ['registratie', 2],
      ])
      expect((await report(store, 'c', ['bsn c'], {}, { pseudonymEpoch: 2 })).status).toBe('committed')
    })

    inStore('tokens of a retired epoch find nobody, and whoever had them stays', async (store) => {
      await report(store, 'a', ['bsn 1'])
      await report(store, 'b', ['bsn 1', 'bsn 2'], {}, { epoch: 2 })
      for (const _ of ['once', 'twice']) {
        expect((await commitOne(store, change({ dropTokensOf: 1 }))).status).toBe('committed')
        expect(await find(store, 'bsn 1', 'bsn 2')).toEqual(['b'])
      }
      expect(await store.listMentions(['a'])).toMatchObject([{ personId: 'person a', tokens: [] }])
      expect((await store.listMentions(['b']))[0]?.tokens).toHaveLength(2)
    })
  })
}
