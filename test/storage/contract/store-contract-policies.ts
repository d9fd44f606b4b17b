import { describe, expect } from 'vitest'
import type { Commit } from '../../../src/ports/commit.ts'
import { AT, commitOne, record } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

/** What a store promises of rule sets, proposed and in force. */
export function policyContract(name: string, inStore: InStore): void {
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

  describe(`${name}: rule sets`, () => {
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
