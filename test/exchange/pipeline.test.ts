import { describe, expect, test } from 'vitest'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import { SluisError } from '../../src/errors.ts'
import type { Content } from '../../src/exchange/content.ts'
import { runPipeline } from '../../src/exchange/pipeline.ts'
import { recallExchange } from '../../src/exchange/recall.ts'
import type { Sealer } from '../../src/ports/keys.ts'
import type { CommitQueue } from '../../src/ports/store.ts'
import { testContext } from './context.ts'
import { countRows, readRecordTypes } from './database.ts'
import { policeReport, refusedReport, shelterReport, toComensha, underPoliceData } from './reports.ts'

const NOTHING = { entry: 0, exchange: 0, delivery: 0, salt: 0, person: 0, match_token: 0 }

/** Keeps what was sealed, in order. */
function recordingSealer(sealer: Sealer): Sealer & { readonly contents: Content[] } {
  const contents: Content[] = []
  return {
    contents,
    seal(recipient, plaintext) {
      contents.push(JSON.parse(parseUtf8(plaintext)) as Content)
      return sealer.seal(recipient, plaintext)
    },
  }
}

const pseudonymOf = (content: Content | undefined) => content?.dataSubjects[0]?.pseudonym

describe('the person behind a report', () => {
  test('a person whom another report mentioned between look-up and commit is sealed again, under the pseudonym of that report', async () => {
    let sealer: ReturnType<typeof recordingSealer> | undefined
    let overtake: (() => Promise<unknown>) | undefined
    const context = await testContext((gateway) => {
      sealer = recordingSealer(gateway.sealer)
      const queue: CommitQueue = {
        async commit(commit) {
          const first = overtake
          overtake = undefined
          await first?.()
          return gateway.queue.commit(commit)
        },
      }
      return { sealer, queue }
    })
    overtake = () => context.exchange('fier', shelterReport())
    const answer = await context.exchange('politie', policeReport())

    const [tooEarly, ofTheOther, again] = sealer!.contents
    expect(sealer!.contents.map(({ sender }) => sender)).toEqual(['politie', 'fier', 'politie'])
    expect(pseudonymOf(again)).toBe(pseudonymOf(ofTheOther))
    expect(pseudonymOf(tooEarly)).not.toBe(pseudonymOf(ofTheOther))
    expect(again!.exchangeId).toBe(answer.id)
    expect((await context.openInbox()).map(pseudonymOf)).toEqual([pseudonymOf(ofTheOther), pseudonymOf(ofTheOther)])
    expect(countRows(context.folder)).toMatchObject({ entry: 2, exchange: 2, delivery: 2, person: 1 })
  })

  test('a report whose person keeps changing is given up after some rounds, with nothing stored', async () => {
    let rounds = 0
    const context = await testContext(() => ({
      queue: {
        async commit() {
          rounds++
          return { status: 'link-changed' }
        },
      },
    }))
    await expect(context.exchange('politie', policeReport())).rejects.toMatchObject({ code: 'log-unavailable' })
    expect(rounds).toBeGreaterThan(2)
    expect(countRows(context.folder)).toEqual(NOTHING)
  })

  test('a person is one when fifty reports about somebody new arrive at once', async () => {
    const context = await testContext()
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0 ? context.exchange('politie', policeReport()) : context.exchange('fier', shelterReport()),
      ),
    )
    const inbox = await context.openInbox()
    expect(inbox).toHaveLength(50)
    expect(new Set(inbox.map(pseudonymOf)).size).toBe(1)
    expect(countRows(context.folder)).toMatchObject({ entry: 50, exchange: 50, delivery: 50, person: 1 })
  })

  test('a person has another pseudonym for another purpose of the same recipient', async () => {
    const context = await testContext()
    await context.exchange('politie', policeReport())
    await context.exchange('politie', { ...Object(policeReport()), purpose: 'coordinatie-opvang-verzorging' })
    expect(new Set((await context.openInbox()).map(pseudonymOf)).size).toBe(2)
  })

  test('a person is one when one report names them twice', async () => {
    const context = await testContext()
    const report = Object(policeReport())
    await context.exchange('politie', { ...report, dataSubjects: [report.dataSubjects[0], report.dataSubjects[0]] })
    const [content] = await context.openInbox()
    expect(new Set(content!.dataSubjects.map(({ pseudonym }) => pseudonym)).size).toBe(1)
    expect(countRows(context.folder).person).toBe(1)
  })

  test('a person without linkable data gets a pseudonym that is used once and is marked so', async () => {
    const context = await testContext()
    const { legalBasis, ...subject } = underPoliceData
    const report = { ...toComensha, legalBasis, dataSubjects: [{ ...subject, data: { nationaliteit: 'NG' } }] }
    await context.exchange('politie', report)
    await context.exchange('politie', report)
    const subjects = (await context.openInbox()).flatMap(({ dataSubjects }) => dataSubjects)
    expect(subjects.map(({ isLinkable }) => isLinkable)).toEqual([false, false])
    expect(new Set(subjects.map(({ pseudonym }) => pseudonym)).size).toBe(2)
  })
})

describe('an identifier that fails its check', () => {
  const cases: readonly [string, Record<string, string>, readonly string[]][] = [
    ['is named by its place', { 'v-nummer': '12345' }, ['/dataSubjects/0/data/v-nummer']],
    [
      'is named together with every other',
      { 'v-nummer': '12345', documentnummer: 'ABC' },
      ['/dataSubjects/0/data/v-nummer', '/dataSubjects/0/data/documentnummer'],
    ],
  ]
  test.each(cases)(
    'an identifier that fails its check is refused: %s, and nothing is stored',
    async (_, data, pointers) => {
      const context = await testContext()
      const error = await context.exchange('politie', policeReport(data)).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(SluisError)
      const { code, faults } = error as SluisError
      expect(code).toBe('identifier-invalid')
      expect(faults.map(({ pointer }) => pointer).toSorted()).toEqual([...pointers].toSorted())
      for (const value of Object.values(data)) expect(JSON.stringify(faults)).not.toContain(value)
      expect(countRows(context.folder)).toEqual(NOTHING)
    },
  )

  test('an identifier is not checked when its field is withheld anyway', async () => {
    const context = await testContext()
    const answer = await context.exchange('politie', policeReport({ bsn: '999999999' }))
    expect(answer.outcome).toBe('gedeeltelijk')
  })
})

describe('what is stored', () => {
  test('a refusal stores the exchange and its record, no delivery and no person', async () => {
    const context = await testContext()
    const answer = await context.exchange('fier', refusedReport())
    expect(answer).toMatchObject({ outcome: 'geweigerd', decision: { reason: 'geen-grondslag' } })
    expect(countRows(context.folder)).toEqual({ ...NOTHING, entry: 1, exchange: 1 })
    expect(await readRecordTypes(context.folder)).toEqual(['exchange'])
    expect(await context.gateway.store.findExchange('fier', answer.id)).toMatchObject({ outcome: 'geweigerd' })
  })

  test('a report of which one person is refused stores a delivery about the others', async () => {
    const context = await testContext()
    const report = Object(policeReport())
    const suspect = {
      ...report.dataSubjects[0],
      role: 'verdachte',
      data: { voornaam: 'Bogdan', achternaam: 'Exempel', geboortedatum: '1991-04-17' },
    }
    const answer = await context.exchange('politie', { ...report, dataSubjects: [suspect, report.dataSubjects[0]] })
    expect(answer.decision.dataSubjects.map(({ outcome }) => outcome)).toEqual(['geweigerd', 'gedeeltelijk'])
    const [content] = await context.openInbox()
    expect(content!.dataSubjects.map(({ role }) => role)).toEqual(['slachtoffer'])
    expect(countRows(context.folder)).toMatchObject({ delivery: 1, person: 1 })
  })

  test('a report stores nothing when the recipient has no key to seal to', async () => {
    const context = await testContext((gateway) => ({
      sealer: {
        seal: (_, plaintext) => gateway.sealer.seal('fairwork', plaintext),
      },
    }))
    await expect(context.exchange('politie', policeReport())).rejects.toMatchObject({ code: 'recipient-without-key' })
    expect(countRows(context.folder)).toEqual(NOTHING)
  })

  test.each([
    [{}, 'de beheerder van deze gateway om', 'the operator of this gateway for a key'],
    [
      { operatorContact: 'beheer@sluis.example' },
      'de beheerder van deze gateway (beheer@sluis.example)',
      'the operator of this gateway (beheer@sluis.example)',
    ],
  ])('the sender to a recipient without a key hears whom to ask', async (given, inDutch, inEnglish) => {
    const context = await testContext((gateway) => ({
      ...given,
      sealer: { seal: (_, plaintext) => gateway.sealer.seal('fairwork', plaintext) },
    }))
    const error = await context.exchange('politie', policeReport()).catch((cause: unknown) => cause as SluisError)
    const { detail } = (error as SluisError).faults[0]!
    for (const words of ['CoMensha heeft nog geen sleutel', 'privacy@comensha.example', inDutch])
      expect(detail.nl).toContain(words)
    for (const words of ['CoMensha has no key', 'privacy@comensha.example', inEnglish])
      expect(detail.en).toContain(words)
  })

  test('the sender to a recipient whose key expired hears until when it was valid and whom to ask, and nothing is stored', async () => {
    const { publicJwk } = await generateEncryptionKey()
    const context = await testContext(({ clock }) => {
      const partyKeys = createPartyKeys(new Map([['comensha', [{ ...publicJwk, expires: '2026-11-21' }]]]))
      return { partyKeys, sealer: createSealer(partyKeys, clock) }
    })
    const error = await context.exchange('politie', policeReport()).catch((cause: unknown) => cause as SluisError)
    expect(error).toMatchObject({ code: 'recipient-without-key' })
    const { detail } = (error as SluisError).faults[0]!
    expect(detail.nl).toMatch(
      /CoMensha te verzegelen was geldig tot en met 2026-11-21; er is niets verzonden; vraag .*om een nieuwe sleutel/,
    )
    expect(detail.en).toMatch(
      /the key to seal to CoMensha was valid until 2026-11-21; nothing was sent; ask .* for a new key/,
    )
    expect(countRows(context.folder)).toEqual(NOTHING)
  })

  test('a recall destroys the content although the key of the recipient has expired since', async () => {
    const { publicJwk } = await generateEncryptionKey()
    let day = '2026-11-22'
    const context = await testContext(() => {
      const partyKeys = createPartyKeys(new Map([['comensha', [{ ...publicJwk, expires: '2026-11-22' }]]]))
      return { partyKeys, sealer: createSealer(partyKeys, () => new Date(`${day}T10:00:00Z`)) }
    })
    const { id } = await context.exchange('politie', policeReport())
    day = '2026-11-30'
    const recalled = await recallExchange(context.gateway, { party: 'politie', by: 'politie' }, id, 'onjuist')
    expect(recalled?.receipt).toBeDefined()
    expect((await context.gateway.store.findDeliveryOf('politie', id))?.recalledAt).toBe(recalled?.recalledAt)
  })

  test('a report stores nothing when its record does not fit in the log', async () => {
    const context = await testContext()
    const { vocabulary } = context.gateway.policySet
    const report = Object(policeReport())
    const subject = report.dataSubjects[0]
    const words = [...vocabulary.circumstances.values()].filter(({ excludes }) => excludes === undefined)
    const circumstances = Object.fromEntries(
      words.filter(({ settledBy }) => settledBy === undefined).map(({ id }) => [id, true]),
    )
    await expect(
      context.exchange('politie', {
        ...report,
        dataSubjects: Array.from({ length: 12 }, () => ({ ...subject, circumstances })),
      }),
    ).rejects.toMatchObject({ code: 'record-too-large' })
    expect(countRows(context.folder)).toEqual(NOTHING)
  })

  test('a report gets the first answer when the idempotency key was stored in the meantime', async () => {
    const context = await testContext()
    const request = {
      sender: 'politie',
      submission: context.gateway.schemas.parseSubmission(policeReport()),
      idempotency: { keyHash: new Uint8Array(32), bodyHash: new Uint8Array(32) },
    }
    const answers = await Promise.all([runPipeline(context.gateway, request), runPipeline(context.gateway, request)])
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    expect(countRows(context.folder)).toMatchObject({ entry: 1, exchange: 1, delivery: 1 })
  })
})
