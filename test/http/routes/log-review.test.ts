import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { decideAndRecord } from '../../../src/exchange/check.ts'
import { settleQuestion } from '../../../src/policy/facts/settle-question.ts'
import { legalDate } from '../../../src/policy/legal-date.ts'
import { previousMonth } from '../../../src/review/months.ts'
import { REDERIVE_READS } from '../../../src/review/rederive-log.ts'
import { policeReport, refusedReport, shelterReport } from '../../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { post, readAs, readProblem, submit } from '../duty-gateway.ts'
import { readLog } from '../party-mail.ts'

let gateway: TestGateway
let auditor: Client
let police: Client

const rederive = (body: Json = {}) => post(auditor, '/v1/log/records/_rederive', body)
const report = (query = '') => auditor.request('GET', `/v1/log/report${query}`)
const thisMonth = () => legalDate(new Date()).slice(0, 7)

beforeAll(async () => {
  gateway = await startTestGateway()
  auditor = await gateway.connect('toezichthouder')
  police = await gateway.connect('politie')
  const shelter = await gateway.connect('fier')
  await readAs('Exchange', 201, await submit(police, policeReport()))
  await readAs('Exchange', 201, await submit(shelter, shelterReport()))
  await readAs('Refusal', 403, await submit(shelter, refusedReport()))
  await readAs('Check', 200, await post(police, '/v1/exchanges/_check', policeReport()))
  // Every worked example of the rule files, as it would be asked beforehand: now, whatever date the example itself has.
  const { clock, policySet } = gateway.gateway
  for (const { cases } of policySet.files) {
    for (const { question } of cases) {
      const asked = settleQuestion(policySet, { ...question, at: clock().toISOString() })
      await decideAndRecord(gateway.gateway, asked)
    }
  }
})
afterAll(() => gateway?.stop())

describe('POST /v1/log/records/_rederive', () => {
  test('re-derivation over HTTP agrees with everything that this gateway decided, call by call', async () => {
    const records = await readLog(gateway)
    const decided = records.filter(({ type }) => type === 'exchange' || type === 'check').length
    expect(decided).toBeGreaterThan(200)
    const part = await readAs('RederivedPart', 200, await rederive())
    expect(part.findings).toEqual([])
    expect(part.count).toEqual({ records: records.length, agreeing: decided, deviating: 0, notRederived: 0 })
    expect(part).toMatchObject({ read: { start: 0, end: records.length }, hasMore: false })
    // Since then there is one record more: that of the call itself.
    const next = await readAs('RederivedPart', 200, await rederive({ cursor: part.cursor }))
    expect(next).toMatchObject({ read: { start: records.length, end: records.length + 1 }, count: { agreeing: 0 } })
  })

  test('re-derivation over HTTP is recorded with the range that was read', async () => {
    const before = await readLog(gateway)
    await rederive()
    expect((await readLog(gateway)).at(-1)).toMatchObject({
      type: 'access',
      by: 'toezichthouder',
      what: 'log',
      use: 'rederive',
      start: 0,
      end: Math.min(before.length, REDERIVE_READS),
      found: before.length,
    })
  })

  test.each<[string, Json, string]>([
    ['a cursor of its own making', { cursor: 'abc' }, '400 value-invalid'],
    ['a cursor that is JSON of something else', { cursor: 'e30' }, '400 value-invalid'],
    ['a member that it does not know', { start: 4 }, '400 member-unknown'],
    ['a body that is none', [], '400 value-invalid'],
  ])('re-derivation over HTTP refuses %s', async (_, body, problem) => {
    expect(await readProblem(await rederive(body))).toBe(problem)
  })
})

describe('GET /v1/log/report', () => {
  test('the monthly report counts this month, and states that it is not over', async () => {
    const month = await readAs('MonthlyReport', 200, await report(`?month=${thisMonth()}`))
    expect(month).toMatchObject({
      month: thisMonth(),
      isOver: false,
      exchanges: [
        {
          sender: 'fier',
          recipient: 'comensha',
          legalBasis: 'avg-toestemming-comensha',
          verstrekt: 1,
          geweigerd: 1,
          isSmall: true,
        },
        { sender: 'politie', recipient: 'comensha', legalBasis: 'wpg-bpg-4-2-comensha', gedeeltelijk: 1 },
      ],
      rederivation: { deviating: 0, notRederived: 0, places: [] },
      policies: [{ step: 'files', policyHash: gateway.gateway.policySet.policyHash }],
      unreadable: 0,
    })
    expect((await readLog(gateway)).at(-1)).toMatchObject({
      type: 'access',
      use: 'report',
      filter: { since: `${thisMonth()}-01` },
    })
  })

  test('the monthly report is of the last month that is over when no month is named', async () => {
    const month = await readAs('MonthlyReport', 200, await report())
    expect(month).toMatchObject({ month: previousMonth(new Date()), isOver: true, records: 0, exchanges: [] })
  })

  test.each(['?month=2026-13', '?month=', '?month=2026-10-01', '?month=2026-10&month=2026-11', '?from=2026-10'])(
    'the monthly report refuses %s',
    async (query) => {
      expect(await readProblem(await report(query))).toBe('400 query-invalid')
    },
  )

  test('the monthly report counts only what a filter selects, and records the filter with its use', async () => {
    const month = await readAs(
      'MonthlyReport',
      200,
      await report(`?month=${thisMonth()}&sender=politie&treatment=shared`),
    )
    expect(month.exchanges).toMatchObject([{ sender: 'politie', gedeeltelijk: 1 }])
    expect(month.checks.map(({ sender }) => sender)).toEqual(['politie'])
    expect(month).toMatchObject({ filter: { sender: 'politie', treatment: 'shared' }, refusals: [] })
    expect(month).not.toHaveProperty('policies')
    expect((await readLog(gateway)).at(-1)).toMatchObject({
      use: 'report',
      filter: { since: `${thisMonth()}-01`, sender: 'politie', treatment: 'shared' },
      found: month.records,
    })
  })

  test.each([
    ['sender=poltie', '`sender`', '`politie`'],
    ['recipient=', '`recipient`', '`GET /v1/vocabulary`'],
    ['field=*', '`field`', '`GET /v1/vocabulary`'],
    ['fieldClass=avg-8', '`fieldClass`', '`avg-9`'],
    ['treatment=gone', '`treatment`', 'choose from `shared`, `linked`, `withheld`'],
    ['file=wpg', '`file`', '`GET /v1/policies`'],
    ['attempt=Stayed', '`attempt`', 'choose from `check`, `stayed`, `retried`, `repaired`, `repair`'],
    [`sender=${'x'.repeat(5000)}`, '`sender`', '`GET /v1/vocabulary`'],
    ['sender=politie&sender=fier', '`sender`', 'each at most once'],
  ])(
    'the monthly report refuses %s, names it and what to choose, and leaves no record',
    async (query, name, choice) => {
      const before = (await readLog(gateway)).length
      const response = await auditor.request('GET', `/v1/log/report?${query}`, { headers: { 'accept-language': 'en' } })
      const problem = (await response.json()) as { detail: string }
      expect(response.status).toBe(400)
      expect(problem.detail).toContain(name)
      expect(problem.detail).toContain(choice)
      expect((await readLog(gateway)).length).toBe(before)
    },
  )

  test('the monthly report is for auditors', async () => {
    expect((await police.request('GET', '/v1/log/report')).status).toBe(403)
  })
})
