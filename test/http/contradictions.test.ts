import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { policeReport, shelterReport, underConsent } from '../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { post, readAs, submit } from './duty-gateway.ts'
import { openInbox, readLog } from './party-mail.ts'

let gateway: TestGateway
let shelter: Client
let police: Client
let comensha: Client

beforeAll(async () => {
  gateway = await startTestGateway()
  shelter = await gateway.connect('fier')
  police = await gateway.connect('politie')
  comensha = await gateway.connect('comensha')
})
afterAll(() => gateway?.stop())

const CHILD = { voornaam: 'Noor', achternaam: 'Voorbeeld', geboortedatum: '2020-03-07' }

/** A report with consent about these subjects. */
const consentReport = (...dataSubjects: readonly Record<string, Json>[]): Json => {
  const { recipient, purpose, legalBasis, kind } = Object(shelterReport())
  return { recipient, purpose, legalBasis, kind, dataSubjects }
}
const { 'jonger-dan-16': _, ...exceptAge } = underConsent.circumstances
const subject = (circumstances: Record<string, boolean>, data: Record<string, Json> = {}): Record<string, Json> => ({
  role: 'slachtoffer',
  circumstances: { ...exceptAge, ...circumstances },
  data,
})

/** The places of a problem, each with its code. */
async function placesOf(response: Response): Promise<readonly string[]> {
  const problem = await readAs('Problem', 400, response)
  expect(JSON.stringify(problem)).not.toMatch(/2020|2031|2199/)
  return (problem.errors ?? []).map(({ code, pointer }) => `${code} ${pointer}`)
}
const both = (one: string, other: string) => [`report-contradictory ${one}`, `report-contradictory ${other}`]

describe('a body that contradicts itself', () => {
  test('a report is sent back before any decision: the log has no record of it', async () => {
    const before = (await readLog(gateway)).length
    const response = await submit(shelter, consentReport(subject({ 'jonger-dan-16': false }, CHILD)))
    expect(await placesOf(response)).toEqual(
      both('/dataSubjects/0/circumstances/jonger-dan-16', '/dataSubjects/0/data/geboortedatum'),
    )
    expect((await readLog(gateway)).slice(before).filter(({ type }) => type === 'exchange')).toEqual([])
  })

  test('each person is judged alone: the second one is named, and the first may be an adult', async () => {
    const adult = subject({ 'jonger-dan-16': false }, { geboortedatum: '1985-12-01' })
    const child = subject({ 'jonger-dan-12': true, 'jonger-dan-18': false }, { voornaam: 'Noor' })
    expect(await placesOf(await submit(shelter, consentReport(adult, child)))).toEqual(
      both('/dataSubjects/1/circumstances/jonger-dan-12', '/dataSubjects/1/circumstances/jonger-dan-18'),
    )
  })

  test('a date that every rule withholds is read for this as well', async () => {
    const report = Object(policeReport({ geboortedatum: '2031-01-01' }))
    expect(await placesOf(await submit(police, { ...report, purpose: 'belangen-slachtoffers' }))).toEqual([
      'value-invalid /dataSubjects/0/data/geboortedatum',
    ])
  })

  test('a check is sent back for words and for values', async () => {
    const words = { ...subject({ 'jonger-dan-12': true, 'jonger-dan-16': false }), fields: ['voornaam'] }
    const { data: _, ...named } = words as Record<string, Json>
    expect(await placesOf(await post(shelter, '/v1/exchanges/_check', consentReport(named)))).toEqual(
      both('/dataSubjects/0/circumstances/jonger-dan-12', '/dataSubjects/0/circumstances/jonger-dan-16'),
    )
    const values = consentReport(subject({ 'jonger-dan-16': false }, CHILD))
    expect(await placesOf(await post(shelter, '/v1/exchanges/_check', values))).toEqual(
      both('/dataSubjects/0/circumstances/jonger-dan-16', '/dataSubjects/0/data/geboortedatum'),
    )
  })

  test('an evaluation is sent back, with places in its own body', async () => {
    const evaluation = {
      subject: { type: 'party', id: 'fier' },
      action: { name: 'share' },
      resource: { type: 'field', id: 'voornaam', properties: { role: 'slachtoffer' } },
      context: {
        recipient: 'comensha',
        purpose: 'registratie-mensenhandel',
        circumstances: { ...exceptAge, 'jonger-dan-12': true, 'jonger-dan-16': false },
      },
    }
    expect(await placesOf(await post(shelter, '/access/v1/evaluation', evaluation))).toEqual(
      both('/context/circumstances/jonger-dan-12', '/context/circumstances/jonger-dan-16'),
    )
    const second = '/evaluations/1/context/circumstances'
    const evaluations = [{ ...evaluation, context: { ...evaluation.context, circumstances: {} } }, evaluation]
    expect(await placesOf(await post(shelter, '/access/v1/evaluations', { evaluations }))).toEqual(
      both(`${second}/jonger-dan-12`, `${second}/jonger-dan-16`),
    )
  })

  test('a question who somebody is is sent back, with places in its own body', async () => {
    const { id } = await readAs('Exchange', 201, await submit(police, policeReport()))
    const response = await post(
      comensha,
      `/v1/exchanges/${id}/_ask-identity`,
      {
        dataSubject: 0,
        purpose: 'navraag-identiteit',
        legalBasis: 'identiteitsvraag',
        circumstances: { 'jonger-dan-12': true, 'jonger-dan-16': false },
        assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator', on: '2199-12-31' }],
        fields: ['voornaam'],
      },
      { 'idempotency-key': crypto.randomUUID() },
    )
    expect(await placesOf(response)).toEqual([
      'value-invalid /assessments/0/on',
      ...both('/circumstances/jonger-dan-12', '/circumstances/jonger-dan-16'),
    ])
  })

  test.each<[what: string, body: Record<string, Json>, places: readonly string[]]>([
    [
      'a birth in the future',
      { identifiers: { geboortedatum: '2199-01-01' } },
      ['value-invalid /identifiers/geboortedatum'],
    ],
    ['a period that ends before it begins', { since: '2026-05-01', until: '2026-04-01' }, both('/until', '/since')],
    ['a period of no time', { since: '2026-05-01', until: '2026-04-30T22:00:00Z' }, both('/until', '/since')],
  ])('a request of a data subject with %s is sent back', async (_, body, places) => {
    const request = { request: 'access', identifiers: { voornaam: 'Noor', geboortedatum: '1985-12-01' }, ...body }
    const officer = await gateway.connect('politie.functionaris-1')
    expect(await placesOf(await post(officer, '/v1/subject-requests', request))).toEqual(places)
  })
})

describe('a value that settles what was not stated', () => {
  const consenting = subject({}, { ...CHILD, nationaliteit: 'NG' })

  test('a date of birth takes a child out of its own consent, and the answer says what that follows from, not the date', async () => {
    const adult = subject({}, { ...CHILD, geboortedatum: '1985-12-01' })
    expect(await readAs('Exchange', 201, await submit(shelter, consentReport(adult)))).toMatchObject({
      outcome: 'verstrekt',
    })
    const refused = await readAs('Refusal', 403, await submit(shelter, consentReport(consenting)))
    expect(refused.decision.dataSubjects[0]!.prohibitions).toContainEqual({
      file: 'verbod-toestemming-minderjarigen',
      rule: 'onder-16',
    })
    const under16 = refused.decision.dataSubjects[0]!.follows?.find(
      ({ circumstance }) => circumstance === 'jonger-dan-16',
    )
    expect(under16).toEqual({
      circumstance: 'jonger-dan-16',
      isTrue: true,
      from: { field: 'geboortedatum' },
      sentence: {
        nl: '‘De betrokkene is jonger dan zestien jaar’ volgt uit het gegeven ‘Geboortedatum’.',
        en: '‘The data subject is under the age of sixteen’ follows from the field ‘Date of birth’.',
      },
    })
    expect(JSON.stringify(refused)).not.toContain('2020')
  })

  test('the log has the word and never the value', async () => {
    const { id } = await readAs('Refusal', 403, await submit(shelter, consentReport(consenting)))
    const record = (await readLog(gateway)).find((one) => one.type === 'exchange' && one.id === id)
    expect(record).toMatchObject({ subjects: [{ true: expect.arrayContaining(['jonger-dan-16']) }] })
    expect(JSON.stringify(record)).not.toContain('2020')
    expect(JSON.stringify(record)).not.toContain('jonger-dan-18')
  })

  test('the recipient hears nothing of what was settled', async () => {
    const adult = subject({}, { ...CHILD, voornaam: 'Vera', geboortedatum: '1985-12-01' })
    const { id } = await readAs('Exchange', 201, await submit(shelter, consentReport(adult)))
    const opened = (await openInbox(gateway, 'comensha')).find(({ exchangeId }) => exchangeId === id)
    expect(JSON.stringify(opened)).toContain('Vera')
    expect(JSON.stringify(opened)).not.toContain('jonger-dan')
  })

  test('a check says the same as the report would, in sentences too', async () => {
    const checked = await readAs('Check', 200, await post(shelter, '/v1/exchanges/_check', consentReport(consenting)))
    expect(checked.decision.outcome).toBe('geweigerd')
    expect(checked.summary.join('\n')).toContain(
      '‘De betrokkene is jonger dan zestien jaar’ volgt uit het gegeven ‘Geboortedatum’.',
    )
    const { data: _, ...rest } = consenting as Record<string, Json>
    const namesOnly = consentReport({ ...rest, fields: ['voornaam', 'geboortedatum'] })
    const unsettled = await readAs('Check', 200, await post(shelter, '/v1/exchanges/_check', namesOnly))
    expect(unsettled.decision.dataSubjects[0]!.follows).toBeUndefined()
  })

  test('the same report again gets the stored answer', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const report = consentReport(consenting)
    const first = await readAs('Refusal', 403, await post(shelter, '/v1/exchanges', report, key))
    expect(await readAs('Refusal', 403, await post(shelter, '/v1/exchanges', report, key))).toEqual(first)
  })
})
