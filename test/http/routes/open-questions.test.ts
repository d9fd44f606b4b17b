import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, startDutyGateway } from '../duty-gateway.ts'

describe('what an answer leaves open', () => {
  let gateway: DutyGateway
  beforeAll(async () => {
    gateway = await startDutyGateway()
  })
  afterAll(() => gateway?.stop())

  test('a refusal asks what is not stated, the same when the report is sent again, and its answer lets the report pass', async () => {
    const police = await gateway.connect('politie')
    const key = { 'idempotency-key': crypto.randomUUID() }
    const unstated = report('registratie', { circumstances: {} })
    const refusal = await readAs('Refusal', 403, await post(police, '/v1/exchanges', unstated, key))
    expect(refusal.openQuestions).toMatchObject([
      {
        kind: 'circumstance',
        word: 'politietaak',
        dataSubject: 0,
        knownBy: ['afzender'],
        yes: { send: { circumstances: { politietaak: true } } },
        no: { send: { circumstances: { politietaak: false } }, changes: [], reachable: [] },
      },
    ])
    expect(refusal.plans).toMatchObject([{ legalBasis: 'wet-a', statements: [{ word: 'politietaak', value: true }] }])
    expect(await readAs('Refusal', 403, await post(police, '/v1/exchanges', unstated, key))).toEqual(refusal)
    const stored = await readAs('Exchange', 200, await police.request('GET', `/v1/exchanges/${refusal.id}`))
    expect(stored.openQuestions).toEqual(refusal.openQuestions)

    const next = { 'idempotency-key': crypto.randomUUID() }
    const exchange = await readAs('Exchange', 201, await post(police, '/v1/exchanges', report('registratie'), next))
    const outcomes = exchange.decision.dataSubjects[0]!.fields.map(({ field, release, link }) => ({
      field,
      release,
      link,
    }))
    expect(refusal.openQuestions![0]!.yes.changes.map(({ level: _, ...outcome }) => outcome)).toEqual(outcomes)
    expect([exchange.openQuestions, exchange.plans, exchange.isComplete]).toEqual([[], [], true])
  })
})
