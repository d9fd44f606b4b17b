import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/encoding/json.ts'
import { approveExchange, refuseExchange } from '../../../src/exchange/approvals.ts'
import type { Content } from '../../../src/exchange/content.ts'
import type { Gateway } from '../../../src/exchange/gateway.ts'
import { answerMatch, listMatches } from '../../../src/exchange/linking/matches.ts'
import { MAX_CANDIDATES, selectCandidates } from '../../../src/exchange/linking/weigh-candidates.ts'
import { takeTurn } from '../../../src/exchange/turns.ts'
import type { Keyring } from '../../../src/ports/keys.ts'
import type { CommitQueue } from '../../../src/ports/store.ts'
import { testKeyring } from '../../pseudonym/fixtures.ts'
import { type TestContext, testContext } from '../context.ts'
import { dutyContext } from '../duty-context.ts'
import { report as dutyReport } from '../duty-set.ts'
import { policeReport, toComensha, underPoliceData } from '../reports.ts'

/** A report of the police about persons of whom nothing but this is known. */
const report = (...persons: Record<string, Json>[]): Json => {
  const { legalBasis, ...subject } = underPoliceData
  return {
    ...toComensha,
    legalBasis,
    dataSubjects: persons.map((data) => ({ ...subject, data: { nationaliteit: 'NG', ...data } })),
  }
}

const V_NUMBER = { 'v-nummer': '2999999990' }
const DOCUMENT = { documentnummer: 'NPX12345' }

/** Made-up twins: everything of a birth in common but the given name. */
const BIRTH = { achternaam: 'Voorbeeld', geboortedatum: '1990-02-03', geboorteplaats: 'Benin City' }
const TAIWO = { ...BIRTH, voornaam: 'Taiwo' }
const KEHINDE = { ...BIRTH, voornaam: 'Kehinde' }

/** A context whose clock goes on by a second whenever somebody looks, so that it is plain who was first. */
function tickingContext(override: (gateway: Gateway) => Partial<Gateway> = () => ({})): Promise<TestContext> {
  let second = 0
  return testContext((gateway) => ({
    clock: () => new Date(Date.UTC(2026, 10, 22, 10, 0, second++)),
    ...override(gateway),
  }))
}

const listPseudonyms = (contents: readonly Content[]) =>
  contents.map(({ dataSubjects }) => dataSubjects.map(({ pseudonym }) => pseudonym))
const pseudonymsOf = async (context: TestContext) => listPseudonyms(await context.openInbox()).flat()
const matchesOf = ({ gateway }: TestContext) => listMatches(gateway, 'comensha', undefined, '', 100)

describe('one person who was two', () => {
  async function merge(context: TestContext) {
    for (const known of [V_NUMBER, DOCUMENT, { ...V_NUMBER, ...DOCUMENT }])
      await context.exchange('politie', report(known))
    const [first, second, third] = await pseudonymsOf(context)
    return { first: first!, second: second!, third: third! }
  }

  test('one person who was two is the earlier one as soon as a report shows it, and the recipient is informed', async () => {
    const context = await tickingContext()
    const { first, second, third } = await merge(context)
    expect(second).not.toBe(first)
    expect(third).toBe(first)
    expect(await context.openLinks()).toMatchObject([{ type: 'merged', from: second, to: first }])
    await context.exchange('politie', report(DOCUMENT))
    expect((await pseudonymsOf(context)).at(-1)).toBe(first)
  })

  test('one person who was two is two again when the recipient says so, and stays that way', async () => {
    const context = await tickingContext()
    const { first, second } = await merge(context)
    const [merger] = await context.openLinks()
    const answered = await answerMatch(context.gateway, 'comensha', 'comensha', merger!.matchId, 'rejected')
    expect(answered).toMatchObject({ effect: 'split' })
    expect((await context.openNotices()).at(-1)).toMatchObject({ type: 'split', from: first, to: second })
    // The document is now one of two persons: whoever comes with it alone is neither, until the recipient says who.
    for (const known of [V_NUMBER, DOCUMENT, DOCUMENT]) await context.exchange('politie', report(known))
    const [byNumber, byDocument, again] = (await pseudonymsOf(context)).slice(3)
    expect(byNumber).toBe(first)
    expect([first, second]).not.toContain(byDocument)
    expect(again).toBe(byDocument)
    const asked = (await context.openLinks()).flatMap((link) =>
      link.type === 'possible-match' ? [link.pseudonyms] : [],
    )
    expect(asked).toEqual(
      expect.arrayContaining([
        [first, byDocument],
        [second, byDocument],
      ]),
    )
    expect(asked).toHaveLength(2)
  })
})

describe('twins', () => {
  test('twins are two persons, in one report and in two', async () => {
    const context = await tickingContext()
    await context.exchange('politie', report(TAIWO, KEHINDE))
    await context.exchange('politie', report(KEHINDE))
    await context.exchange('politie', report(TAIWO))
    const [[taiwo, kehinde], [kehindeAgain], [taiwoAgain]] = listPseudonyms(await context.openInbox()) as [
      string[],
      string[],
      string[],
    ]
    expect(taiwo).not.toBe(kehinde)
    expect(kehindeAgain).toBe(kehinde)
    expect(taiwoAgain).toBe(taiwo)
  })
})

describe('people who resemble each other', () => {
  test('thirty people who resemble each other can be reported at once', async () => {
    const context = await tickingContext()
    const letters = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [`${letter}ka`, `${letter}mu`]).slice(0, 30)
    await Promise.all(
      letters.map((voornaam) =>
        context.exchange('politie', report({ voornaam, achternaam: 'Voorbeeld', geboortedatum: '1990-01-01' })),
      ),
    )
    expect(await context.openInbox()).toHaveLength(30)
    // Who resembles whom is for the evidence to say; a surname and a birthday make no one of them all.
    expect(new Set(await pseudonymsOf(context)).size).toBeGreaterThan(1)
  })
})

describe('data subjects of one report', () => {
  test('data subjects of one report are linked to each other by the same rules as those of two reports', async () => {
    const context = await tickingContext()
    await context.exchange('politie', report(V_NUMBER, DOCUMENT, { ...V_NUMBER, ...DOCUMENT }))
    const [pseudonyms] = listPseudonyms(await context.openInbox())
    expect(new Set(pseudonyms).size).toBe(1)
    // They were never two to the recipient.
    expect(await context.openLinks()).toEqual([])
    expect((await matchesOf(context)).map(({ status }) => status)).toEqual(['automatic', 'automatic'])
  })

  test('data subjects of one report merge earlier persons, and the recipient is informed', async () => {
    const context = await tickingContext()
    await context.exchange('politie', report(V_NUMBER))
    await context.exchange('politie', report(DOCUMENT))
    await context.exchange('politie', report({ ...DOCUMENT, ...V_NUMBER }, DOCUMENT))
    const [first, second, ...both] = await pseudonymsOf(context)
    expect(both).toEqual([first, first])
    expect(await context.openLinks()).toMatchObject([{ type: 'merged', from: second, to: first }])
  })
})

describe('a token that too many people share', () => {
  test('a token that too many people share points at nobody, above the limit of the domain', async () => {
    const limit = 2
    const context = await tickingContext(({ policySet }) => {
      const { vocabulary } = policySet
      const domains = new Map([...vocabulary.domains].map(([id, domain]) => [id, { ...domain, blockLimit: limit }]))
      return { policySet: { ...policySet, vocabulary: { ...vocabulary, domains } } }
    })
    // Everybody's birthday and one surname: what a birth certificate office makes up.
    for (const voornaam of ['Ada', 'Bola', 'Chidi', 'Dayo', 'Efe']) {
      await context.exchange('politie', report({ voornaam, achternaam: 'Voorbeeld', geboortedatum: '1990-01-01' }))
    }
    expect(new Set(await pseudonymsOf(context)).size).toBe(5)
    const later = (await matchesOf(context)).map(({ pseudonyms }) => pseudonyms[1])
    const [, , , fourth, fifth] = await pseudonymsOf(context)
    expect(later).not.toContain(fourth)
    expect(later).not.toContain(fifth)
  })
})

describe('a new match epoch', () => {
  test('a new match epoch finds those of the epoch before it for as long as both serve', async () => {
    let keyring: Keyring = testKeyring([1])
    const context = await tickingContext(() => ({
      keyring: { epochs: (use) => keyring.epochs(use), mac: (path, messages) => keyring.mac(path, messages) },
    }))
    await context.exchange('politie', policeReport())
    keyring = testKeyring([2, 1])
    await context.exchange('politie', policeReport())
    await context.exchange('politie', policeReport(V_NUMBER))
    expect(new Set(await pseudonymsOf(context)).size).toBe(1)
    const stored = await context.gateway.store.findMatch('comensha', (await matchesOf(context))[0]!.id)
    const mentions = await context.gateway.store.listMentions([stored!.earlierMention, stored!.laterMention])
    expect(new Set(mentions.map(({ epoch }) => epoch))).toEqual(new Set([1, 2]))
  })
})

describe('a held exchange', () => {
  const deliveriesOf = ({ store }: Gateway) => store.listDeliveries('comensha', 0, 100)
  const visibleMatches = (gateway: Gateway) => listMatches(gateway, 'comensha', undefined, '', 10)

  test('a held exchange reports a possible match when it is approved, and not before', async () => {
    const { gateway, submit } = await dutyContext()
    await submit(dutyReport('registratie'))
    const { id } = await submit(dutyReport('opvang'), 'politie.teamleider-1')
    expect(await deliveriesOf(gateway)).toHaveLength(1)
    expect(await visibleMatches(gateway)).toEqual([])
    await approveExchange(gateway, 'politie', 'politie.teamleider-2', id)
    expect(await deliveriesOf(gateway)).toHaveLength(2)
    expect(await visibleMatches(gateway)).toMatchObject([{ status: 'possible' }])
  })

  test('a held exchange reports nothing when it is refused', async () => {
    const { gateway, submit } = await dutyContext()
    await submit(dutyReport('registratie'))
    const { id } = await submit(dutyReport('opvang'), 'politie.teamleider-1')
    await refuseExchange(gateway, 'politie', 'politie.teamleider-2', id)
    expect(await deliveriesOf(gateway)).toHaveLength(1)
    expect(await visibleMatches(gateway)).toEqual([])
  })

  test('a held exchange is not revealed by a later one that is delivered at once', async () => {
    const { gateway, submit } = await dutyContext()
    const { id } = await submit(dutyReport('opvang'), 'politie.teamleider-1')
    await submit(dutyReport('registratie'))
    expect(await deliveriesOf(gateway)).toHaveLength(1)
    expect(await visibleMatches(gateway)).toEqual([])
    await approveExchange(gateway, 'politie', 'politie.teamleider-2', id)
    expect(await visibleMatches(gateway)).toMatchObject([{ status: 'possible' }])
  })
})

describe('when there are too many candidates', () => {
  const candidate = (personId: string, index: number) => ({ mentionId: `${personId}${index}`, personId, epoch: 1 })
  const often = Array.from({ length: 5 }, (_, index) => candidate('a', index))

  test.each([
    ['all are compared up to the limit', [...often, candidate('b', 0)], 6, ['a0', 'a1', 'a2', 'a3', 'a4', 'b0']],
    ['nobody is left out for somebody mentioned often', [candidate('b', 0), ...often], 2, ['b0', 'a4']],
    ['the newest mentions are compared', often, 3, ['a2', 'a3', 'a4']],
    ['those mentioned longest ago go first', ['c', 'b', 'a'].map((person) => candidate(person, 0)), 2, ['b0', 'a0']],
  ])('among too many candidates: %s', (_what, candidates, limit, selected) => {
    expect(selectCandidates(candidates, limit).map(({ mentionId }) => mentionId)).toEqual(selected)
  })

  test('the limit of candidates leaves room for every person of a block', () => {
    expect(MAX_CANDIDATES).toBeGreaterThan(200)
  })
})

describe('a turn', () => {
  const queue: CommitQueue = { commit: () => Promise.reject(new Error('not asked')) }

  test('a turn begins when the one before it ended, with or without an error', async () => {
    const happened: string[] = []
    const work =
      (name: string, fails = false) =>
      async () => {
        happened.push(`${name} begins`)
        await Promise.resolve()
        happened.push(`${name} ends`)
        if (fails) throw new Error(name)
        return name
      }
    const turns = [
      takeTurn(queue, work('first', true)),
      takeTurn(queue, work('second')),
      takeTurn(queue, work('third')),
    ]
    expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect(happened).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]))
  })
})
