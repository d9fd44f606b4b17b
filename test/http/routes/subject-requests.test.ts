import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { verifyDatabase } from '../../../src/cli/audit/verify-database.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { policeReport, shelterReport } from '../../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { post, readAs, readProblem, submit } from '../duty-gateway.ts'
import { readLog } from '../party-mail.ts'

/** Whom the reports of `reports.ts` are about, and somebody else. */
const SHE = { voornaam: 'Adaeze', achternaam: 'Voorbeeld', geboortedatum: '1985-12-01' }
const HE = { voornaam: 'Chidi', achternaam: 'Testpersoon', geboortedatum: '1990-02-03' }

const request = (client: Client, change: object = {}): Promise<Response> =>
  post(client, '/v1/subject-requests', { request: 'access', identifiers: SHE, ...change } as Json)

describe('a request of a person', () => {
  let gateway: TestGateway
  let police: Client
  let officer: Client
  /** Of the police: about her, and about both. */
  let alone: string
  let both: string

  const find = async (change: object = {}) => readAs('SubjectRequestAnswer', 200, await request(officer, change))
  const idsOf = async (change: object = {}) => (await find(change)).exchanges.map(({ id }) => id)

  beforeAll(async () => {
    gateway = await startTestGateway({ SLUIS_SUBJECT_REQUESTS_PER_HOUR: '1000' })
    police = await gateway.connect('politie')
    officer = await gateway.connect('politie.functionaris-1')
    const shelter = await gateway.connect('fier')
    alone = (await readAs('Exchange', 201, await submit(police, policeReport()))).id
    const two = policeReport() as { dataSubjects: Json[] }
    const [other] = (policeReport(HE) as { dataSubjects: Json[] }).dataSubjects
    both = (
      await readAs('Exchange', 201, await submit(police, { ...two, dataSubjects: [other!, ...two.dataSubjects] }))
    ).id
    await readAs('Exchange', 201, await submit(shelter, shelterReport()))
    await readAs('Refusal', 403, await submit(police, { ...two, purpose: 'wetenschappelijk-onderzoek' }))
  })
  afterAll(() => gateway?.stop())

  test('a subject request finds what this party shared about the person, with whom, for what and on what ground', async () => {
    const { exchanges } = await find()
    expect(exchanges).toMatchObject([
      {
        id: alone,
        recipient: 'comensha',
        purpose: 'registratie-mensenhandel',
        legalBasis: 'wpg-bpg-4-2-comensha',
        outcome: 'gedeeltelijk',
        dataSubject: 0,
        certainty: 'certain',
        dataSubjectsInContent: 1,
        isDelivered: true,
      },
      { id: both, dataSubject: 1, certainty: 'certain', dataSubjectsInContent: 2 },
    ])
    expect(exchanges[0]!.fields.toSorted()).toEqual(['geboortedatum', 'nationaliteit'])
    expect(exchanges[0]!.grounds).toEqual([
      {
        rule: { file: 'wpg-bpg-4-2-comensha', rule: 'slachtoffer' },
        citation: 'Bpg art. 4:2 lid 1 onder b onder 3°',
      },
    ])
    expect(await idsOf({ identifiers: HE })).toEqual([both])
  })

  test('a subject request takes the period as days in Amsterdam or as instants, its end excluded', async () => {
    const { at } = (await find()).exchanges[0]!
    const later = new Date(Date.parse(at) + 1).toISOString()
    expect(await idsOf({ since: '2020-01-01', until: '2199-01-01' })).toEqual([alone, both])
    expect(await idsOf({ since: '2199-01-01' })).toEqual([])
    expect(await idsOf({ until: '2020-01-01' })).toEqual([])
    expect(await idsOf({ until: later })).toEqual([alone])
    expect(await idsOf({ until: at })).toEqual([])
    expect(await idsOf({ since: later })).toEqual([both])
  })

  test.each<[string, object, string, string]>([
    [
      'words for an unknown value only',
      { identifiers: { achternaam: 'onbekend' } },
      '400 value-invalid',
      '/identifiers',
    ],
    [
      'a number that fails its check',
      { identifiers: { ...SHE, 'v-nummer': '12' } },
      '400 identifier-invalid',
      '/identifiers/v-nummer',
    ],
  ])(
    'a subject request with %s is refused at its pointer, and nothing of it is shown',
    async (_, change, problem, pointer) => {
      const response = await request(officer, change)
      const text = await response.clone().text()
      expect(await readProblem(response.clone())).toBe(problem)
      const { errors } = await readAs('Problem', 400, response)
      expect(errors?.map((error) => error.pointer)).toEqual([pointer])
      expect(text).not.toMatch(/Voorbeeld|Adaeze|1985/)
      expect(await idsOf()).toEqual([alone, both])
    },
  )

  test('a subject request with less than linking needs finds what was reported, as possible, and says what agrees', async () => {
    const { exchanges } = await find({ identifiers: { achternaam: SHE.achternaam } })
    expect(exchanges.map(({ id, certainty, agrees }) => ({ id, certainty, agrees }))).toEqual([
      { id: alone, certainty: 'possible', agrees: ['achternaam'] },
      { id: both, certainty: 'possible', agrees: ['achternaam'] },
    ])
    expect((await find()).exchanges[0]!.agrees).toEqual(['voornaam', 'achternaam', 'geboortedatum'])
  })

  test('a person reported with a first of January, a year or one name is found and erased by what was reported', async () => {
    for (const data of [
      { voornaam: 'Semhar', achternaam: 'Tesfay', geboortedatum: '1996-01-01', nationaliteit: 'ER' },
      { voornaam: 'Semhar', achternaam: 'Tesfay', geboortedatum: '1995-00-00', nationaliteit: 'ER' },
      { voornaam: 'Semhar', nationaliteit: 'ER' },
    ]) {
      const [subject] = (policeReport() as { dataSubjects: { data: Json }[] }).dataSubjects
      const report = { ...(policeReport() as object), dataSubjects: [{ ...subject, data }] } as Json
      const { id } = await readAs('Exchange', 201, await submit(police, report))
      const { exchanges } = await find({ identifiers: data })
      expect(exchanges.map((found) => [found.id, found.certainty])).toEqual([[id, 'possible']])
      const erased = await readAs(
        'SubjectRequestAnswer',
        200,
        await request(officer, { request: 'erasure', identifiers: data, exchanges: [id] }),
      )
      expect(erased.exchanges.map((found) => found.id)).toEqual([id])
      expect((await find({ identifiers: data })).exchanges).toEqual([])
    }
  })

  test('an erasure skips exchanges that are not found without a word, and is recorded', async () => {
    const before = (await readLog(gateway)).length
    const named = Array.from({ length: 3 }, (_, index) => `01a201c8-ce67-77ef-8e37-8fdaec38bab${index}`)
    const answer = await readAs(
      'SubjectRequestAnswer',
      200,
      await request(officer, { request: 'erasure', exchanges: named }),
    )
    expect(answer.exchanges).toEqual([])
    expect((await readLog(gateway)).slice(before)).toMatchObject([
      { type: 'access', what: 'subject-request', request: 'erasure', found: 2, by: 'politie.functionaris-1' },
    ])
    expect(await idsOf()).toEqual([alone, both])
  })

  test('a subject request erases nobody who is only possible, unless it names the exchange', async () => {
    // One name and a day are shared by too many.
    const little = { identifiers: { achternaam: HE.achternaam, geboortedatum: HE.geboortedatum } }
    expect((await find(little)).exchanges.map(({ id, certainty }) => [id, certainty])).toEqual([[both, 'possible']])
    const erased = await readAs('SubjectRequestAnswer', 200, await request(officer, { request: 'erasure', ...little }))
    expect(erased.exchanges).toEqual([])
    expect(await idsOf(little)).toEqual([both])
  })

  test('a subject request is recorded by who asked and how many were found; of the person nothing is kept', async () => {
    const { receipt } = await find()
    expect(JSON.parse(receipt.record)).toEqual({
      v: 1,
      type: 'access',
      what: 'subject-request',
      request: 'access',
      by: 'politie.functionaris-1',
      found: 2,
      at: expect.any(String),
      nonce: expect.any(String),
    })
    expect((await readLog(gateway)).at(-1)).toEqual(JSON.parse(receipt.record))
    const folder = dirname(gateway.databasePath)
    for (const file of readdirSync(folder).filter((name) => name.startsWith(basename(gateway.databasePath)))) {
      for (const value of Object.values(SHE)) expect(readFileSync(join(folder, file)).includes(value), file).toBe(false)
    }
  })

  test('a subject request erases content, salts and tokens, reports what else went, and leaves a log that verifies', async () => {
    const recipient = await gateway.connect('comensha')
    const erased = await readAs(
      'SubjectRequestAnswer',
      200,
      await request(officer, { request: 'erasure', exchanges: [both] }),
    )
    expect(erased.exchanges).toMatchObject([{ id: both, dataSubject: 1, dataSubjectsInContent: 2 }])
    expect(await idsOf()).toEqual([alone])
    // The content was one piece; that the other was in it can still be found.
    const { exchanges } = await find({ identifiers: HE })
    expect(exchanges).toMatchObject([{ id: both, dataSubject: 0, erasedAt: erased.exchanges[0]!.erasedAt }])
    const records = await readLog(gateway)
    const delivery = records.findLast((record) => record.type === 'erased')!
    expect(delivery).toMatchObject({ exchangeId: both, recipient: 'comensha', ground: 'verzoek-betrokkene' })
    expect(records[records.indexOf(delivery) - 1]).toMatchObject({ type: 'access', request: 'erasure', found: 2 })
    expect(await readProblem(await recipient.request('GET', `/v1/deliveries/${delivery.deliveryId}`))).toBe(
      '410 content-erased',
    )
    // Without names of exchanges everything goes that was found for certain; a second time there is nothing left.
    await readAs('SubjectRequestAnswer', 200, await request(officer, { request: 'erasure' }))
    expect(await idsOf()).toEqual([])
    const again = await readAs('SubjectRequestAnswer', 200, await request(officer, { request: 'erasure' }))
    expect(again.exchanges).toEqual([])
    expect((await verifyDatabase(gateway.databasePath, gateway.verifierKey)).ok).toBe(true)
  })

  test('a subject request of another party finds nothing of this one, and leaves its own alone', async () => {
    // CoMensha received all of it, and sent nothing.
    const receiver = await gateway.connect('comensha.functionaris-1')
    expect((await readAs('SubjectRequestAnswer', 200, await request(receiver))).exchanges).toEqual([])
    const deliveries = (
      await readAs('DeliveryPage', 200, await (await gateway.connect('comensha')).request('GET', '/v1/deliveries'))
    ).deliveries.filter(({ sender }) => sender === 'fier')
    expect(deliveries.map(({ erasedAt }) => erasedAt)).toEqual([undefined])
  })
})

describe('asking too often', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ SLUIS_REPORTS_PER_HOUR: '2', SLUIS_SUBJECT_REQUESTS_PER_HOUR: '1' })
  })
  afterAll(() => gateway?.stop())

  test('subject requests that come too often are refused with the moment to come back, and recorded', async () => {
    const officer = await gateway.connect('politie.functionaris-1')
    // Three, so that one is refused even when the hour turns in between.
    const responses = [await request(officer), await request(officer), await request(officer)]
    const refused = responses.find(({ status }) => status === 429)!
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3600)
    expect(await readProblem(refused)).toBe('429 too-many-requests')
    expect(await readLog(gateway)).toContainEqual(
      expect.objectContaining({
        type: 'access',
        what: 'limit',
        limit: 'subject-requests',
        by: 'politie.functionaris-1',
      }),
    )
  })

  test('a party that looked up as many people as it may can still erase one', async () => {
    const limited = await startTestGateway({ SLUIS_SUBJECT_REQUESTS_PER_HOUR: '4' })
    onTestFinished(() => limited.stop())
    const officer = await limited.connect('politie.functionaris-1')
    let status = 200
    for (let attempt = 0; attempt < 10 && status === 200; attempt++) status = (await request(officer)).status
    expect(status).toBe(429)
    expect((await request(officer, { request: 'erasure' })).status).toBe(200)
  })

  test('a party that reports everybody there could be is refused, recorded, and a retry costs nothing', async () => {
    const police = await gateway.connect('politie')
    const send = (key: string, number: number) =>
      post(police, '/v1/exchanges', policeReport({ documentnummer: `SPECI${number}` }), { 'idempotency-key': key })
    const statuses: number[] = []
    for (let number = 2000; number < 2006; number++) statuses.push((await send(`sweep-${number}`, number)).status)
    expect(statuses.slice(0, 2)).toEqual([201, 201])
    expect(statuses).toContain(429)
    expect((await send('sweep-2000', 2000)).status).toBe(201)
    const limits = (await readLog(gateway)).filter((record) => record.type === 'access' && record.what === 'limit')
    expect(limits).toContainEqual(expect.objectContaining({ limit: 'reports', by: 'politie' }))
    // A party that has not asked has not spent.
    expect((await submit(await gateway.connect('fier'), shelterReport())).status).toBe(201)
  })
})
