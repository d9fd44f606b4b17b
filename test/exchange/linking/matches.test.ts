import { describe, expect, test } from 'vitest'
import { verifyDelivery } from '../../../src/delivery/verify-delivery.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { answerMatch, findMatch, listMatches } from '../../../src/exchange/linking/matches.ts'
import type { Notice } from '../../../src/exchange/notices.ts'
import type { CommitQueue } from '../../../src/ports/store.ts'
import { type TestContext, testContext } from '../context.ts'
import { readRecords, readRecordTypes } from '../database.ts'
import { policeReport, shelterReport } from '../reports.ts'

const BY = 'comensha.teamleider-1'

/** A context whose clock goes on by a second whenever somebody looks. */
function tickingContext(override: Parameters<typeof testContext>[0] = () => ({})): Promise<TestContext> {
  let second = 0
  return testContext((gateway) => ({
    clock: () => new Date(Date.UTC(2026, 10, 22, 10, 0, second++)),
    ...override(gateway),
  }))
}

/** The same given name and date of birth under another surname, as after a marriage: never enough to link by itself. */
const marriedReport = (data: Record<string, Json> = {}) => policeReport({ achternaam: 'Exempel', ...data })

const pseudonymsOf = async (context: TestContext) =>
  (await context.openInbox()).flatMap(({ dataSubjects }) => dataSubjects.map(({ pseudonym }) => pseudonym))
const matchesOf = ({ gateway }: TestContext) => listMatches(gateway, 'comensha', undefined, '', 100)
const answer = ({ gateway }: TestContext, id: string, given: 'confirmed' | 'rejected') =>
  answerMatch(gateway, 'comensha', BY, id, given)

/** Two reports about persons who may be one, and the match between them. */
async function mention(
  context: TestContext,
): Promise<{ id: string; earlier: string; later: string; exchanges: string[] }> {
  const exchanges = [
    await context.exchange('politie', policeReport()),
    await context.exchange('politie', marriedReport()),
  ]
  const [match] = await matchesOf(context)
  const [earlier, later] = await pseudonymsOf(context)
  return { id: match!.id, earlier: earlier!, later: later!, exchanges: exchanges.map(({ id }) => id) }
}

describe('a possible match', () => {
  test('a possible match reaches the recipient inside the exchange, without a record of its own and without evidence', async () => {
    const context = await tickingContext()
    const { id, earlier, later, exchanges } = await mention(context)
    expect(earlier).not.toBe(later)
    expect((await context.openInbox()).map(({ links }) => links)).toEqual([
      [],
      [{ type: 'possible-match', domain: 'comensha-registratie', matchId: id, pseudonyms: [earlier, later] }],
    ])
    expect(await readRecordTypes(context.folder)).toEqual(['exchange', 'exchange'])
    expect(await matchesOf(context)).toEqual([
      {
        id,
        domain: 'comensha-registratie',
        status: 'possible',
        pseudonyms: [earlier, later],
        mentions: exchanges.map((exchangeId) => ({
          exchangeId,
          dataSubject: 0,
          deliveryId: expect.any(String),
          sender: 'politie',
          at: expect.stringMatching(/^2026-11-22T10:/),
          role: 'slachtoffer',
        })),
        comparable: ['geboortedatum', 'nationaliteit'],
        at: expect.stringMatching(/^2026-11-22T10:/),
      },
    ])
  })

  test('an exchange has sealed content of one length, whoever in it was known', async () => {
    const lengths = new Set<number>()
    const context = await tickingContext((gateway) => ({
      sealer: {
        async seal(recipient, plaintext) {
          lengths.add(plaintext.length)
          return gateway.sealer.seal(recipient, plaintext)
        },
      },
    }))
    for (let again = 0; again < 3; again++) {
      await context.exchange('politie', policeReport())
      await context.exchange('politie', marriedReport())
    }
    expect(await context.openLinks()).toHaveLength(1)
    // `Voorbeeld` and `Exempel` do not reach the recipient.
    expect(lengths.size).toBe(1)
  })

  test('a possible match is asked once, however many reports say the same', async () => {
    const context = await tickingContext()
    await mention(context)
    for (let again = 0; again < 3; again++) {
      await context.exchange('politie', policeReport())
      await context.exchange('politie', marriedReport())
    }
    expect(await context.openLinks()).toHaveLength(1)
    expect((await matchesOf(context)).filter(({ status }) => status === 'possible')).toHaveLength(1)
    expect(new Set(await pseudonymsOf(context)).size).toBe(2)
  })

  test('a possible match is for its recipient alone', async () => {
    const context = await tickingContext()
    const { id } = await mention(context)
    for (const party of ['politie', 'fier']) {
      expect(await listMatches(context.gateway, party, undefined, '', 10)).toEqual([])
      expect(await findMatch(context.gateway, party, id)).toBeUndefined()
      expect(await answerMatch(context.gateway, party, party, id, 'confirmed')).toBeUndefined()
    }
    expect(await readRecordTypes(context.folder)).toEqual(['exchange', 'exchange'])
  })
})

describe('an answer', () => {
  test('an answer that two persons are one merges them under the pseudonym that was there first, and informs the recipient', async () => {
    const context = await tickingContext()
    const { id, earlier, later } = await mention(context)
    expect(await answer(context, id, 'confirmed')).toMatchObject({
      status: 'confirmed',
      effect: 'merged',
      pseudonyms: [earlier, earlier],
      answeredBy: BY,
      answeredAt: expect.stringMatching(/^2026-11-22T10:/),
    })
    expect((await context.openNotices()).at(-1)).toMatchObject({
      type: 'merged',
      matchId: id,
      from: later,
      to: earlier,
    })
    expect(await readRecordTypes(context.folder)).toEqual(['exchange', 'exchange', 'match', 'match'])
    const [answered, told] = (await readRecords(context.folder)).slice(-2).map((record) => JSON.parse(record))
    expect(answered).toMatchObject({ step: 'confirmed', effect: 'merged', by: BY })
    expect(answered).not.toHaveProperty('sealed')
    expect(told).toMatchObject({ step: 'confirmed', effect: 'merged', sealed: expect.any(String) })
    expect(told).not.toHaveProperty('by')
    const rows = await context.gateway.store.listDeliveries('comensha', 0, 10)
    const notice = rows.find(({ delivery }) => delivery.kind === 'notice')!.delivery
    expect(notice).toMatchObject({ sender: 'sluis' })
    expect(await verifyDelivery(notice, 'comensha', context.verifierKey)).toMatchObject({ ok: true })

    await context.exchange('politie', marriedReport())
    await context.exchange('politie', policeReport())
    expect((await pseudonymsOf(context)).slice(-2)).toEqual([earlier, earlier])
    expect(await context.openNotices()).toHaveLength(1)
  })

  test('an answer that two persons are two is remembered', async () => {
    const context = await tickingContext()
    const { id, earlier, later } = await mention(context)
    expect(await answer(context, id, 'rejected')).toMatchObject({ status: 'rejected', effect: 'none' })
    await context.exchange('politie', marriedReport())
    await context.exchange('politie', policeReport())
    expect(await pseudonymsOf(context)).toEqual([earlier, later, later, earlier])
    expect(await context.openLinks()).toHaveLength(1)
    expect((await matchesOf(context)).filter(({ status }) => status === 'possible')).toEqual([])
  })

  test('an answer can be taken back, as often as need be, and everybody is who they were', async () => {
    const context = await tickingContext()
    const { id, earlier, later, exchanges } = await mention(context)
    await answer(context, id, 'confirmed')
    const joined = await context.exchange('politie', marriedReport())
    for (let round = 0; round < 2; round++) {
      expect(await answer(context, id, 'rejected')).toMatchObject({ effect: 'split', pseudonyms: [earlier, later] })
      expect((await context.openNotices()).at(-1)).toMatchObject({
        type: 'split',
        from: earlier,
        to: later,
        mentions: [exchanges[1], joined.id].map((exchangeId) => ({ exchangeId, dataSubject: 0 })),
      })
      expect(await answer(context, id, 'confirmed')).toMatchObject({ effect: 'merged', pseudonyms: [earlier, earlier] })
    }
    await answer(context, id, 'rejected')
    await context.exchange('politie', marriedReport())
    await context.exchange('politie', policeReport())
    expect((await pseudonymsOf(context)).slice(-2)).toEqual([later, earlier])
  })

  test('a repeated answer changes nothing and informs nobody', async () => {
    const context = await tickingContext()
    const { id } = await mention(context)
    const first = await answer(context, id, 'confirmed')
    const { receipt: _, ...shown } = first!
    const records = (await readRecords(context.folder)).length
    expect(await answer(context, id, 'confirmed')).toEqual({ ...shown, effect: 'none' })
    expect(await readRecords(context.folder)).toHaveLength(records)
    expect(await context.openNotices()).toHaveLength(1)
  })

  test('an answer against an automatic match splits the person', async () => {
    const context = await tickingContext()
    await context.exchange('politie', policeReport())
    await context.exchange('fier', shelterReport({ nationaliteit: 'NG' }))
    const [automatic] = await matchesOf(context)
    expect(automatic).toMatchObject({ status: 'automatic' })
    expect(await context.openNotices()).toEqual([])
    expect(await answer(context, automatic!.id, 'rejected')).toMatchObject({ effect: 'split', status: 'rejected' })
    const [match] = await matchesOf(context)
    expect(new Set(match!.pseudonyms).size).toBe(2)
    expect(match!.pseudonyms[0]).toBe((await pseudonymsOf(context))[0])
  })

  test('two answers at once are applied one after the other', async () => {
    const context = await tickingContext()
    const { id } = await mention(context)
    const answers = await Promise.all([
      answer(context, id, 'confirmed'),
      answer(context, id, 'rejected'),
      answer(context, id, 'confirmed'),
    ])
    expect(answers.every((given) => given !== undefined)).toBe(true)
    const [match] = await matchesOf(context)
    expect(new Set(match!.pseudonyms).size).toBe(match!.status === 'confirmed' ? 1 : 2)
  })

  test('an answer is decided anew when a report changed the person in the meantime', async () => {
    let interfere: (() => Promise<unknown>) | undefined
    const context = await tickingContext((gateway) => {
      const queue: CommitQueue = {
        async commit(commit) {
          const first = interfere
          interfere = undefined
          await first?.()
          return gateway.queue.commit(commit)
        },
      }
      return { queue }
    })
    const { id, earlier } = await mention(context)
    interfere = () => context.exchange('politie', marriedReport())
    await answer(context, id, 'confirmed')
    // Nobody is left behind under the pseudonym that is gone.
    await context.exchange('politie', marriedReport())
    const [, , , last] = await pseudonymsOf(context)
    expect(last).toBe(earlier)
    const stored = await context.gateway.store.findMatch('comensha', id)
    const person = await context.gateway.store.findPerson('comensha-registratie', stored!.persons[0])
    expect(person!.mentions).toHaveLength(4)
  })
})

describe('notices', () => {
  test('notices hold no value that was reported', async () => {
    const context = await tickingContext()
    const { id } = await mention(context)
    await answer(context, id, 'confirmed')
    await answer(context, id, 'rejected')
    const notices: readonly Notice[] = await context.openNotices()
    expect(notices.map(({ type }) => type)).toEqual(['merged', 'split'])
    const text = JSON.stringify([
      notices,
      await context.openLinks(),
      await matchesOf(context),
      await readRecords(context.folder),
    ]).toLowerCase()
    for (const value of ['adaeze', 'voorbeeld', 'exempel', '1985', 'score', 'famil', 'token'])
      expect(text).not.toContain(value)
  })
})
