import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { verifyLogExport } from '../../../src/audit/verify/verify-export.ts'
import type { Client } from '../../../src/auth/client.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { post, readAs, readProblem, submit } from '../../blackbox/calls.ts'
import { policeReport } from '../../blackbox/reports.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

let gateway: TestGateway
let auditor: Client
let exchangeId: string

beforeAll(async () => {
  gateway = await startTestGateway()
  const [police, comensha] = await Promise.all(['politie', 'comensha'].map(gateway.connect))
  for (let count = 0; count < 3; count++)
    exchangeId = (await readAs('Exchange', await submit(police!, policeReport))).id
  const { deliveries } = (await (await comensha!.request('GET', '/v1/deliveries')).json()) as {
    deliveries: { id: string; exchangeId: string }[]
  }
  const { id } = deliveries.find((one) => one.exchangeId === exchangeId)!
  await comensha!.request('GET', `/v1/deliveries/${id}`)
  await comensha!.request('POST', `/v1/deliveries/${id}/_acknowledge`)
  auditor = await gateway.connect('toezichthouder')
})
afterAll(() => gateway.stop())

const search = async (body: Json) => readAs('LogPage', await post(auditor, '/v1/log/records/_search', body))
const exportText = async (body: Json) => {
  const response = await post(auditor, '/v1/log/records/_export', body)
  expect(response.status).toBe(200)
  return { text: await response.text(), type: response.headers.get('content-type') }
}
async function* bytesOf(text: string) {
  yield formatUtf8(text)
}
const newestUse = async () => {
  const { store } = gateway.gateway
  const { treeSize } = (await store.log.checkpoint())!
  const [record] = await store.log.records(treeSize - 1, treeSize)
  return parseRecord(new TextDecoder().decode(record))
}

describe('the log for auditors', () => {
  test('the log is searched by words, newest first, and the search is in the log', async () => {
    const page = await search({ filter: { party: 'politie', recordType: 'exchange' } })
    expect(page.records).toHaveLength(3)
    expect(page.records.map(({ leafIndex }) => leafIndex)).toEqual(
      page.records.map(({ leafIndex }) => leafIndex).toSorted((a, b) => b - a),
    )
    for (const { record } of page.records) expect(parseRecord(record)).toMatchObject({ sender: 'politie' })
    expect(await newestUse()).toMatchObject({
      type: 'access',
      by: 'toezichthouder',
      use: 'search',
      filter: { party: 'politie', recordType: 'exchange' },
      found: 3,
    })
  })

  test('the log is searched by sender, recipient, field, class and rule file, and the words are in the log', async () => {
    const filter = { sender: 'politie', recipient: 'comensha', field: 'nationaliteit', treatment: 'shared' }
    expect((await search({ filter })).records).toHaveLength(3)
    expect(await newestUse()).toMatchObject({ use: 'search', filter, found: 3 })
    expect((await search({ filter: { sender: 'comensha', recordType: 'exchange' } })).records).toEqual([])
    expect((await search({ filter: { fieldClass: 'avg-9', treatment: 'shared' } })).records).toEqual([])
    expect((await search({ filter: { fieldClass: 'gewoon', file: 'wpg-bpg-4-2-comensha' } })).records).toHaveLength(3)
    const { text } = await exportText({ filter: { recipient: 'comensha', fieldClass: 'gewoon' }, format: 'csv' })
    expect(text.split('\r\n').length).toBeGreaterThan(3)
  })

  test('the log is paged with a cursor until there is no more, the searches themselves included', async () => {
    const found: number[] = []
    let cursor: string | undefined
    for (let hasMore = true; hasMore; ) {
      const page = await search({ order: 'oldest-first', limit: 2, ...(cursor && { cursor }) })
      found.push(...page.records.map(({ leafIndex }) => leafIndex))
      cursor = page.cursor
      hasMore = page.hasMore
      expect(found.length).toBeLessThan(200)
    }
    expect(found).toEqual(found.map((_, index) => index))
  })

  test('a record is shown with its proof and in sentences', async () => {
    const { records } = await search({ filter: { exchangeId, recordType: 'exchange' } })
    const path = `/v1/log/records/${records[0]!.leafIndex}`
    const shown = await readAs('ShownRecord', await auditor.request('GET', path))
    expect(shown.receipt.record).toBe(records[0]!.record)
    expect(await verifyReceipt(shown.receipt, gateway.verifierKey)).toMatchObject({ ok: true })
    expect(shown.sentences[0]).toContain(`uitwisseling ${exchangeId} van Politie aan CoMensha`)
    expect(await newestUse()).toMatchObject({ use: 'show', found: 1 })
  })

  test('the records of an exchange are shown in order', async () => {
    const response = await auditor.request('GET', `/v1/log/exchanges/${exchangeId}`, {
      headers: { 'accept-language': 'en' },
    })
    const { records, hasMore } = await readAs('ShownExchange', response)
    const types = records.map(({ receipt }) => parseRecord(receipt.record).type)
    // What auditors looked at names the exchange in its filter, and is about the log and not about the exchange.
    expect(types).toEqual(['exchange', 'delivered', 'acknowledged'])
    expect(hasMore).toBe(false)
    expect(records[1]!.sentences[0]).toMatch(/CoMensha fetched exchange/)
    for (const { receipt } of records) expect((await verifyReceipt(receipt, gateway.verifierKey)).ok).toBe(true)
  })

  test('the log is exported as a file that verifies, as a table and as lines of the Logboek', async () => {
    const whole = await exportText({})
    expect(whole.type).toBe('application/x-ndjson')
    expect(await verifyLogExport(bytesOf(whole.text), [gateway.verifierKey])).toMatchObject({ ok: true, isWhole: true })
    const part = await exportText({ filter: { outcome: 'gedeeltelijk' }, use: 'report' })
    expect(await verifyLogExport(bytesOf(part.text), [gateway.verifierKey])).toMatchObject({ ok: true, records: 3 })
    expect(await newestUse()).toMatchObject({ use: 'report', filter: { outcome: 'gedeeltelijk' }, found: 3 })
    const csv = await exportText({ filter: { recordType: 'exchange' }, format: 'csv' })
    expect(csv.type).toBe('text/csv; charset=utf-8')
    expect(csv.text.split('\r\n').filter((line) => line.includes(exchangeId))).toHaveLength(1)
    const logboek = await exportText({ format: 'logboek' })
    expect(logboek.text.trim().split('\n')).toHaveLength(3)
  })

  test('the rules of an earlier moment are returned by their hash', async () => {
    const { policyHash, sourceHash } = gateway.gateway.policySet
    const response = await auditor.request('GET', `/v1/log/policies/${policyHash}`)
    const archived = await readAs('ArchivedPolicy', response)
    expect(archived).toMatchObject({ policyHash, sourceHash })
    expect(Object.keys(archived.files).some((path) => path.endsWith('partijen.yaml'))).toBe(true)
    expect(await newestUse()).toMatchObject({ use: 'policies', found: 1 })
  })

  test.each(['/tile/entries/000.p/3', '/tile/8/data/000.p/3'])(
    'each fetch of records at %s is recorded',
    async (path) => {
      expect((await auditor.request('GET', path)).status).toBe(200)
      expect(await newestUse()).toMatchObject({ type: 'access', use: 'entries', start: 0, end: 3, found: 3 })
    },
  )

  const rows: readonly [string, string, Json, string, string][] = [
    ['an unknown party', '_search', { filter: { party: 'poltie' } }, 'word-unknown', '/filter/party'],
    ['a sender that is no party', '_search', { filter: { sender: 'poltie' } }, 'word-unknown', '/filter/sender'],
    ['an unknown field', '_export', { filter: { field: 'naam-van-iemand' } }, 'word-unknown', '/filter/field'],
    ['an unknown class', '_search', { filter: { fieldClass: 'medisch' } }, 'word-unknown', '/filter/fieldClass'],
    ['an unknown outcome', '_search', { filter: { outcome: 'verstrektt' } }, 'word-unknown', '/filter/outcome'],
    ['an unknown member', '_search', { filter: { naam: 'x' } }, 'member-unknown', '/filter'],
    ['a name for a moment', '_search', { filter: { since: 'gisteren' } }, 'value-invalid', '/filter/since'],
    ['a day that does not exist', '_search', { filter: { until: '2026-02-30' } }, 'value-invalid', '/filter/until'],
    ['an id that is none', '_search', { filter: { exchangeId: 'Adaeze' } }, 'value-invalid', '/filter/exchangeId'],
    ['no word', '_search', { filter: { sender: '' } }, 'word-unknown', '/filter/sender'],
    ['a wildcard', '_search', { filter: { field: '*' } }, 'word-unknown', '/filter/field'],
    ['a list of words', '_search', { filter: { sender: ['politie', 'fier'] } }, 'value-invalid', '/filter/sender'],
    ['a word that is too long', '_export', { filter: { file: 'x'.repeat(5000) } }, 'value-invalid', '/filter/file'],
    ['a class that is none', '_search', { filter: { fieldClass: 'avg-8' } }, 'word-unknown', '/filter/fieldClass'],
    [
      'a period that ends before it begins',
      '_search',
      { filter: { since: '2026-12-01', until: '2026-11-01' } },
      'value-invalid',
      '/filter/until',
    ],
    ['too large a page', '_search', { limit: 201 }, 'value-invalid', '/limit'],
    ['an index as a cursor', '_search', { cursor: 1 }, 'value-invalid', '/cursor'],
    ['a cursor of another form', '_search', { cursor: '-1' }, 'value-invalid', '/cursor'],
    ['another order', '_search', { order: 'random' }, 'word-unknown', '/order'],
    ['another format', '_export', { format: 'xlsx' }, 'word-unknown', '/format'],
    ['another use', '_export', { use: 'search' }, 'word-unknown', '/use'],
    ['a broken start', '_export', { start: 0.5 }, 'value-invalid', '/start'],
    ['a range beyond the log', '_export', { start: 999_999 }, 'value-invalid', '/start'],
    ['a range that ends before it begins', '_export', { start: 3, end: 2 }, 'value-invalid', '/end'],
  ]
  test.each(rows)(
    'the log refuses %s, names the pointer, and records nothing',
    async (_, verb, body, code, pointer) => {
      const before = await gateway.gateway.store.log.checkpoint()
      const response = await post(auditor, `/v1/log/records/${verb}`, body)
      expect(response.status).toBe(400)
      const problem = await readAs('Problem', response)
      expect(problem.errors?.map((error) => [error.code, error.pointer])).toEqual([[code, pointer]])
      expect(JSON.stringify(problem)).not.toMatch(/Adaeze|gisteren|xlsx|verstrektt|poltie/)
      expect(await gateway.gateway.store.log.checkpoint()).toEqual(before)
    },
  )

  test.each<[Json, string]>([
    [{ limit: 201 }, 'the number is too large; give at most 200'],
    [{ filter: { sender: 'x'.repeat(201) } }, 'the text is too long; give at most 200 characters'],
    [{ filter: { treatment: 'gone' } }, 'this word is not known; choose from `shared`, `linked`, `withheld`'],
    [
      { filter: { since: '2026-12-01', until: '2026-11-01' } },
      'the period is empty: `until` is not after `since`; `until` itself is left out, so give a later moment',
    ],
  ])('the log says what is wrong with %j and what fits', async (body, detail) => {
    const response = await post(auditor, '/v1/log/records/_search', body, { 'accept-language': 'en' })
    expect((await readAs('Problem', response)).errors?.map((error) => error.detail)).toEqual([detail])
  })

  test.each([
    '/v1/log/records/9999999',
    '/v1/log/records/01',
    '/v1/log/records/1e3',
    '/v1/log/records/99999999999999999999',
    '/v1/log/exchanges/01a223dd-ea96-750a-b193-e1a9ca4bdc2a',
    '/v1/log/exchanges/niet-een-id',
    `/v1/log/policies/${'0'.repeat(64)}`,
    '/v1/log/policies/x',
  ])('the log has nothing at %s', async (path) => {
    expect(await readProblem(await auditor.request('GET', path))).toEqual({ status: 404, code: 'not-found' })
  })

  test('the log refuses a cursor that it did not issue', async () => {
    const response = await auditor.request('GET', `/v1/log/exchanges/${exchangeId}?cursor=x`)
    expect(await readProblem(response)).toEqual({ status: 400, code: 'query-invalid' })
  })

  test('the records of the log are for auditors only', async () => {
    const police = await gateway.connect('politie')
    for (const verb of ['_search', '_export']) {
      const response = await post(police, `/v1/log/records/${verb}`, {})
      expect(await readProblem(response)).toEqual({ status: 403, code: 'scope-insufficient' })
    }
  })
})
