import { describe, expect, test } from 'vitest'
import { sluisError } from '../../../src/errors.ts'
import { checkExchange } from '../../../src/exchange/check.ts'
import { activatePolicySet, choosePolicySet } from '../../../src/exchange/rule-sets/activate.ts'
import {
  approveProposal,
  listProposals,
  proposePolicySet,
  withdrawProposal,
} from '../../../src/exchange/rule-sets/proposals.ts'
import { workHere } from '../../../src/exchange/rule-sets/rule-set-work.ts'
import { createRulesInForce } from '../../../src/exchange/rule-sets/rules-in-force.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { deriveSourceHash } from '../../../src/policy/hash.ts'
import { type DutyContext, dutyContext, load } from '../duty-context.ts'
import { dutySet, mutateSet, report } from '../duty-set.ts'

const ONE = 'politie.functionaris-1'
const TWO = 'comensha.functionaris-1'

const stricter = () => mutateSet('wet-a', '\n      generaliseren: {geboortedatum: geboortejaar}', '')

/** Proposes a set that must be good. */
async function propose({ gateway }: DutyContext, texts = dutySet('Anders'), by = ONE): Promise<string> {
  const result = await proposePolicySet(gateway, by, texts)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.proposal.sourceHash
}

const policyRecords = async ({ records }: DutyContext) =>
  (await records()).filter(({ type }) => type === 'policy').map((record) => Object(record))

describe('proposing', () => {
  const broken: [what: string, name: string, from: string, to: string, place: string][] = [
    ['an unknown word', 'wet-a', 'als: [politietaak]', 'als: [politietaken]', 'policies/wet-a.yaml'],
    ['a case that comes out otherwise', 'wet-a', 'besluit: verstrekt', 'besluit: gedeeltelijk', 'policies/wet-a.yaml'],
    ['fewer than two officers', 'partijen', '"policy:write"', '"exchange:check"', 'policies/partijen.yaml'],
    [
      'an officer who reads the log',
      'partijen',
      '"policy:write"',
      '"policy:write", "audit:read"',
      'policies/partijen.yaml',
    ],
  ]
  test.each(broken)(
    'a proposed set with %s is refused with the position, and only who proposed it is recorded',
    async (_, name, from, to, place) => {
      const context = await dutyContext()
      const texts = mutateSet(name, from, to)
      const result = await proposePolicySet(context.gateway, ONE, texts)
      expect(result.ok ? [] : result.faults.map(({ file }) => file)).toContain(place)
      expect(await context.gateway.store.listProposals(10)).toEqual([])
      const records = await policyRecords(context)
      expect(records).toMatchObject([{ step: 'refused', sourceHash: deriveSourceHash(texts), proposedBy: ONE }])
      const loaded = loadPolicySet(texts)
      expect(records[0].policyHash).toBe(loaded.ok ? loaded.set.policyHash : undefined)
    },
  )

  test('a proposal that reaches a bound of its check is recorded as refused', async () => {
    const context = await dutyContext()
    const inspect = async () => {
      throw sluisError('policy-too-complex', { nl: 'te veel', en: 'too much' })
    }
    const gateway = { ...context.gateway, ruleSetWork: { ...workHere, inspect } }
    await expect(proposePolicySet(gateway, ONE, dutySet())).rejects.toMatchObject({ code: 'policy-too-complex' })
    expect(await policyRecords(context)).toMatchObject([{ step: 'refused', proposedBy: ONE }])
  })

  test('a refused proposal is not answered when its record cannot be written', async () => {
    const { gateway } = await dutyContext()
    const commit = async () => {
      throw sluisError('log-unavailable', { nl: 'vol', en: 'full' })
    }
    const texts = mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]')
    await expect(proposePolicySet({ ...gateway, queue: { commit } }, ONE, texts)).rejects.toMatchObject({
      code: 'log-unavailable',
    })
  })

  test('the same texts wait for approval once', async () => {
    const context = await dutyContext()
    await propose(context)
    await expect(propose(context, dutySet('Anders'), TWO)).rejects.toMatchObject({ code: 'policy-proposal-open' })
    const hash = (await listProposals(context.gateway, 10))[0]!.sourceHash
    await withdrawProposal(context.gateway, TWO, hash)
    expect(await propose(context)).toBe(hash)
  })
})

describe('approving', () => {
  test('the proposer of a set cannot approve it, another officer can, once', async () => {
    const context = await dutyContext()
    const hash = await propose(context)
    await expect(approveProposal(context.gateway, ONE, hash)).rejects.toMatchObject({ code: 'approval-same-person' })
    expect(await approveProposal(context.gateway, TWO, hash)).toMatchObject({
      status: 'approved',
      proposedBy: ONE,
      approvedBy: TWO,
    })
    await expect(approveProposal(context.gateway, TWO, hash)).rejects.toMatchObject({ code: 'policy-proposal-closed' })
    expect(await approveProposal(context.gateway, TWO, '0'.repeat(64))).toBeUndefined()
  })

  test('an approval is recorded with who gave it, before the set is in force', async () => {
    const context = await dutyContext()
    const { gateway } = context
    await activatePolicySet(gateway)
    const hash = await propose(context)
    await approveProposal(gateway, TWO, hash)
    const rules = createRulesInForce(gateway, () => {})
    await rules.reload()
    await rules.current()
    const records = await policyRecords(context)
    expect(records.map(({ step, proposedBy, approvedBy }) => [step, proposedBy, approvedBy])).toEqual([
      [undefined, undefined, undefined],
      ['proposed', ONE, undefined],
      ['approved', ONE, TWO],
      ['activated', ONE, TWO],
    ])
    expect(records[3].previous).toBe(gateway.policySet.policyHash)
    expect((await gateway.store.findActivePolicy())?.sourceHash).toBe(hash)
    expect((await listProposals(gateway, 10)).map(({ status }) => status)).toEqual(['active'])
  })
})

describe('rules in force', () => {
  test('a set comes into force at its moment and not before, without a restart', async () => {
    const context = await dutyContext()
    const { gateway, wait } = context
    const rules = createRulesInForce(gateway, () => {})
    const hash = await propose(context, stricter())
    await approveProposal(gateway, TWO, hash, new Date('2026-11-22T12:00:00.000Z'))
    await rules.reload()
    wait(1.99)
    expect(await rules.current()).toBe(gateway)
    wait(2)
    const next = await rules.current()
    expect(next.policySet.sourceHash).toBe(hash)
    expect(rules.now()).toBe(next)
    const birthDate = async (under: typeof gateway) => {
      const { decision } = await checkExchange(under, 'politie', under.schemas.parseCheck(report('registratie')))
      return decision.dataSubjects[0]?.fields.find(({ field }) => field === 'geboortedatum')?.release
    }
    expect(await birthDate(next)).toBe('weglaten')
    // Who is under way keeps what it started with.
    expect(await birthDate(gateway)).toBe('generaliseren')
  })

  test('many requests at the moment of a new set activate it once', async () => {
    const context = await dutyContext()
    const rules = createRulesInForce(context.gateway, () => {})
    await approveProposal(context.gateway, TWO, await propose(context))
    await rules.reload()
    const gateways = await Promise.all(Array.from({ length: 20 }, () => rules.current()))
    expect(new Set(gateways).size).toBe(1)
    expect((await policyRecords(context)).filter(({ step }) => step === 'activated')).toHaveLength(1)
  })

  test('a set that was withdrawn never comes into force', async () => {
    const context = await dutyContext()
    const { gateway, wait } = context
    const rules = createRulesInForce(gateway, () => {})
    const hash = await propose(context)
    await approveProposal(gateway, TWO, hash, new Date('2026-11-22T12:00:00.000Z'))
    await rules.reload()
    await withdrawProposal(gateway, ONE, hash)
    wait(3)
    expect(await rules.current()).toBe(gateway)
    await expect(withdrawProposal(gateway, ONE, hash)).rejects.toMatchObject({ code: 'policy-proposal-closed' })
  })

  test('when the log cannot be written the old rules stay, and come to change once it can', async () => {
    const context = await dutyContext()
    const { gateway } = context
    let isBroken = true
    const faults: unknown[] = []
    const commit: typeof gateway.queue.commit = (one) =>
      isBroken ? gateway.store.commit([{ record: '' }]).then(([result]) => result!) : gateway.queue.commit(one)
    const rules = createRulesInForce({ ...gateway, queue: { commit } }, (error) => faults.push(error))
    const hash = await propose(context)
    await approveProposal(gateway, TWO, hash)
    await rules.reload()
    expect((await rules.current()).policySet).toBe(gateway.policySet)
    expect(faults).toMatchObject([{ code: 'log-unavailable' }])
    isBroken = false
    expect((await rules.current()).policySet.sourceHash).toBe(hash)
  })

  test('an earlier set can be proposed again and comes back', async () => {
    const context = await dutyContext()
    const { gateway } = context
    const rules = createRulesInForce(gateway, () => {})
    for (const [hours, texts] of [dutySet('een'), dutySet('twee'), dutySet('een')].entries()) {
      context.wait(hours)
      await approveProposal(gateway, TWO, await propose(context, texts))
      await rules.reload()
      expect((await rules.current()).policySet.sourceHash).toBe(load(texts).sourceHash)
    }
    expect((await listProposals(gateway, 10)).map(({ status }) => status)).toEqual([
      'active',
      'superseded',
      'superseded',
    ])
  })
})

describe('the set to start with', () => {
  test('a gateway in development starts with the set of the files', async () => {
    const { gateway } = await dutyContext()
    const files = load(dutySet('wat dan ook'))
    expect((await choosePolicySet(gateway.store, files, 'development')).policySet).toBe(files)
  })

  test('a gateway in production starts with the approved set, and reports files that are not approved', async () => {
    const context = await dutyContext()
    const { gateway } = context
    const files = load(dutySet('goedgekeurd'))
    await activatePolicySet(gateway)
    await expect(choosePolicySet(gateway.store, files, 'production')).rejects.toThrow(/none was approved/)
    const rules = createRulesInForce(gateway, () => {})
    const hash = await propose(context, dutySet('goedgekeurd'))
    await approveProposal(gateway, TWO, hash)
    await rules.reload()
    await rules.current()
    const later = await propose(context, dutySet('voor later'))
    await approveProposal(gateway, TWO, later, new Date('2027-01-01T00:00:00Z'))
    const other = load(dutySet('stiekem'))
    for (const [found, differing] of [
      [files, undefined],
      [load(dutySet('voor later')), undefined],
      [other, other.sourceHash],
      [undefined, 'unreadable'],
    ] as const) {
      const chosen = await choosePolicySet(gateway.store, found, 'production')
      expect([chosen.policySet.sourceHash, chosen.differingFiles]).toEqual([hash, differing])
    }
  })

  test('the set at a start is recorded again only when it changed', async () => {
    const context = await dutyContext()
    await activatePolicySet(context.gateway)
    await activatePolicySet(context.gateway)
    await activatePolicySet({ ...context.gateway, policySet: load(dutySet('andere uitleg')) })
    const hashes = (await policyRecords(context)).map(({ policyHash, sourceHash }) => [policyHash, sourceHash])
    expect(hashes).toHaveLength(2)
    expect(hashes[0]![0]).toBe(hashes[1]![0])
    expect(hashes[0]![1]).not.toBe(hashes[1]![1])
  })
})
