import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import type { PartyRecord } from '../../../src/audit/record/party.ts'
import { generateSigningKey } from '../../../src/auth/keys.ts'
import { createPartyKeys } from '../../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../../src/delivery/keys.ts'
import type { Gateway } from '../../../src/exchange/gateway.ts'
import { approveProposal, proposePolicySet } from '../../../src/exchange/rule-sets/proposals.ts'
import { createRulesInForce } from '../../../src/exchange/rule-sets/rules-in-force.ts'
import { recordParties } from '../../../src/exchange/upkeep/party-records.ts'
import type { Party, PublicJwk, Scope } from '../../../src/model/party.ts'
import { loadPolicies } from '../context.ts'
import { type DutyContext, dutyContext } from '../duty-context.ts'
import { mutateSet } from '../duty-set.ts'

const partyRecords = async ({ records }: DutyContext): Promise<readonly PartyRecord[]> =>
  (await records()).filter((record) => record.type === 'party')

const withKeys = (gateway: Gateway, keys: Readonly<Record<string, readonly PublicJwk[]>>): Gateway => ({
  ...gateway,
  partyKeys: createPartyKeys(new Map(Object.entries(keys))),
})

const withParties = (gateway: Gateway, change: (parties: Map<string, Party>) => void): Gateway => {
  const parties = new Map(gateway.policySet.parties)
  change(parties)
  return { ...gateway, policySet: { ...gateway.policySet, parties } }
}

const { publicJwk } = await generateSigningKey()

describe('parties', () => {
  test('parties are recorded once, whole, with the thumbprints of their keys, whatever the order in the files', async () => {
    const context = await dutyContext()
    const [system, person, sealing] = await Promise.all([
      generateSigningKey(),
      generateSigningKey(),
      generateEncryptionKey(),
    ])
    const gateway = withKeys(context.gateway, {
      politie: [system.publicJwk, sealing.publicJwk],
      'politie.teamleider-1': [person.publicJwk],
    })
    expect(await recordParties(gateway)).toBe(5)
    expect(await recordParties(gateway)).toBe(0)
    const reordered = withParties(gateway, (parties) => {
      const police = parties.get('politie')!
      parties.delete('politie')
      parties.set('politie', { ...police, scopes: police.scopes.toReversed() })
    })
    expect(await recordParties(reordered)).toBe(0)
    const records = await partyRecords(context)
    expect(records.map(({ party, step }) => `${step} ${party}`).toSorted()).toEqual([
      'known comensha',
      'known fier',
      'known nationaal-rapporteur',
      'known politie',
      'known toezichthouder',
    ])
    expect(records.find(({ party }) => party === 'politie')).toMatchObject({
      groups: ['opsporing'],
      scopes: ['exchange:check', 'exchange:submit'],
      people: {
        'functionaris-1': ['policy:write'],
        'teamleider-1': ['exchange:approve', 'exchange:submit'],
        'teamleider-2': ['exchange:approve'],
        'teamleider-3': ['exchange:approve'],
      },
      signingKeys: {
        politie: [await calculateJwkThumbprint(system.publicJwk)],
        'politie.teamleider-1': [await calculateJwkThumbprint(person.publicJwk)],
      },
      encryptionKeys: [await calculateJwkThumbprint(sealing.publicJwk)],
    })
  })

  const change = (id: string, members: Partial<Party>) => (gateway: Gateway) =>
    withParties(gateway, (parties) => parties.set(id, { ...parties.get(id)!, ...members }))
  const changes: [what: string, change: (gateway: Gateway) => Gateway, expected: object][] = [
    ['another right', change('fier', { scopes: ['inbox:read'] }), { step: 'changed', party: 'fier' }],
    ['another group', change('fier', { groups: ['opvang'] }), { step: 'changed', groups: ['opvang'] }],
    ['people who are gone', change('politie', { people: new Map() }), { step: 'changed', people: {} }],
    ['another key', (gateway) => withKeys(gateway, { fier: [publicJwk] }), { step: 'changed', party: 'fier' }],
    [
      'a party that is gone',
      (gateway) => withParties(gateway, (parties) => parties.delete('fier')),
      { step: 'removed', party: 'fier' },
    ],
  ]
  test.each(changes)('parties are recorded when there is %s', async (_, changeGateway, expected) => {
    const context = await dutyContext()
    const gateway = withKeys(context.gateway, {})
    await recordParties(gateway)
    const before = (await partyRecords(context)).length
    const changed = changeGateway(gateway)
    expect(await recordParties(changed)).toBe(1)
    expect(await recordParties(changed)).toBe(0)
    expect((await partyRecords(context)).slice(before)).toMatchObject([expected])
    // And back again is a change too; who was gone is known anew.
    expect(await recordParties(gateway)).toBe(1)
    expect((await partyRecords(context)).at(-1)!.step).toBe(
      'step' in expected && expected.step === 'removed' ? 'known' : 'changed',
    )
  })

  test('parties that many requests check at once are recorded once', async () => {
    const context = await dutyContext()
    await Promise.all(Array.from({ length: 8 }, () => recordParties(context.gateway)))
    expect(await partyRecords(context)).toHaveLength(5)
  })

  test('parties that did not get into the log do the next time', async () => {
    const context = await dutyContext()
    const broken: Gateway = { ...context.gateway, queue: { commit: () => Promise.reject(new Error('broken')) } }
    await expect(recordParties(broken)).rejects.toThrow('broken')
    expect(await context.gateway.store.listPartyStates()).toEqual([])
    expect(await recordParties(context.gateway)).toBe(5)
  })

  test('parties are recorded when rules come into force that change them', async () => {
    const context = await dutyContext()
    const { gateway } = context
    await recordParties(gateway)
    const proposed = await proposePolicySet(
      gateway,
      'politie.functionaris-1',
      mutateSet(
        'partijen',
        'fier: {nl: Fier, en: Fier, groepen: []',
        'fier: {nl: Fier, en: Fier, groepen: [opsporing]',
      ),
    )
    if (!proposed.ok) throw new Error('the set has faults')
    await approveProposal(gateway, 'comensha.functionaris-1', proposed.proposal.sourceHash)
    const rules = createRulesInForce(gateway, () => {})
    await rules.reload()
    await rules.current()
    expect((await context.records()).slice(-2)).toMatchObject([
      { type: 'policy', step: 'activated' },
      { type: 'party', step: 'changed', party: 'fier', groups: ['opsporing'] },
    ])
  })

  test('parties with more people than one record holds are recorded in parts that together name everybody', async () => {
    const context = await dutyContext()
    const names = Array.from({ length: 120 }, (_, index) => `medewerker-${index + 1}`)
    const scopes: readonly Scope[] = ['exchange:submit', 'exchange:check']
    const keys = await Promise.all(names.slice(0, 40).map(() => generateSigningKey()))
    const large = withKeys(
      withParties(context.gateway, (parties) =>
        parties.set('politie', {
          ...parties.get('politie')!,
          people: new Map(names.map((id) => [id, { id, scopes, label: { nl: id, en: id } }])),
        }),
      ),
      Object.fromEntries(keys.map(({ publicJwk }, index) => [`politie.${names[index]}`, [publicJwk]])),
    )
    await recordParties(large)
    expect(await recordParties(large)).toBe(0)
    const parts = (await partyRecords(context)).filter(({ party }) => party === 'politie')
    const known = parts.flatMap((record) => (record.step === 'known' ? [record] : []))
    expect(known.map(({ part }) => part)).toEqual(known.map((_, index) => ({ number: index + 1, of: known.length })))
    expect(known.length).toBeGreaterThan(1)
    expect(known.flatMap(({ people }) => Object.keys(people)).toSorted()).toEqual(names.toSorted())
    expect(known.flatMap(({ signingKeys }) => Object.keys(signingKeys))).toHaveLength(40)
  })

  test('parties of the rule files as they are shipped fit into one record each, with keys for everybody, and cost no time', async () => {
    const context = await dutyContext()
    const policySet = loadPolicies()
    const clients = [...policySet.parties.values()].flatMap(({ id, people }) => [
      id,
      ...[...people.keys()].map((person) => `${id}.${person}`),
    ])
    const keysOf = async (client: string) => {
      const pairs = [generateSigningKey(), generateSigningKey(), generateEncryptionKey()]
      return [client, (await Promise.all(pairs)).map(({ publicJwk }) => publicJwk)] as const
    }
    const gateway = withKeys(
      { ...context.gateway, policySet },
      Object.fromEntries(await Promise.all(clients.map(keysOf))),
    )
    const start = performance.now()
    await recordParties(gateway)
    expect(performance.now() - start).toBeLessThan(1000)
    const records = await partyRecords(context)
    expect(records).toHaveLength(policySet.parties.size)
    expect(records.filter((record) => record.step !== 'removed' && record.part)).toEqual([])
  })

  test('parties with a key that is not whole are named, and the key is not shown', async () => {
    const context = await dutyContext()
    const gateway = withKeys(context.gateway, { fier: [{ kty: 'OKP', crv: 'Ed25519', kid: 'kanarie', use: 'sig' }] })
    await expect(recordParties(gateway)).rejects.toThrow(/^keys of fier: a key lacks members/)
    await expect(recordParties(gateway)).rejects.not.toThrow(/kanarie/)
  })
})
