import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { policeReport } from '../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { post } from './duty-gateway.ts'
import { readLog } from './party-mail.ts'

let gateway: TestGateway
const clients = new Map<string, Client>()

beforeAll(async () => {
  gateway = await startTestGateway({ SLUIS_SUBJECT_REQUESTS_PER_HOUR: '1000' })
  for (const id of ['politie', 'politie.functionaris-1', 'comensha', 'toezichthouder', 'nationaal-rapporteur'])
    clients.set(id, await gateway.connect(id))
})
afterAll(() => gateway?.stop())

const UNKNOWN = '01a201c8-ce67-77ef-8e37-8fdaec38babb'
const NOBODY = { voornaam: 'Nergens', achternaam: 'Bekend', geboortedatum: '1971-03-04' }

/** Requests that ask the index or the log something, most of them about nothing that is there. */
const READS: readonly [what: string, client: string, method: 'GET' | 'POST', path: string, body?: Json][] = [
  [
    'access to a person nobody reported',
    'politie.functionaris-1',
    'POST',
    '/v1/subject-requests',
    { request: 'access', identifiers: NOBODY },
  ],
  [
    'erasure of an unknown exchange',
    'politie.functionaris-1',
    'POST',
    '/v1/subject-requests',
    { request: 'erasure', identifiers: NOBODY, exchanges: [UNKNOWN] },
  ],
  ['matches', 'comensha', 'GET', '/v1/matches'],
  ['matches of one status', 'comensha', 'GET', '/v1/matches?status=possible'],
  ['an unknown match', 'comensha', 'GET', `/v1/matches/${UNKNOWN}`],
  ['a confirmation of an unknown match', 'comensha', 'POST', `/v1/matches/${UNKNOWN}/_confirm`],
  ['a rejection of an unknown match', 'comensha', 'POST', `/v1/matches/${UNKNOWN}/_reject`],
  ['the gap report', 'nationaal-rapporteur', 'GET', '/v1/gap-report'],
  ['a search of the log', 'toezichthouder', 'POST', '/v1/log/records/_search', {}],
  ['a record that is not there', 'toezichthouder', 'GET', '/v1/log/records/999999'],
  ['an exchange that is not there', 'toezichthouder', 'GET', `/v1/log/exchanges/${UNKNOWN}`],
  ['a check', 'politie', 'POST', '/v1/exchanges/_check', policeReport()],
]

test.each(READS)(
  '%s is recorded before its answer, whatever the answer is',
  async (_what, client, method, path, body) => {
    const before = (await readLog(gateway)).length
    const caller = clients.get(client)!
    const response = body === undefined ? await caller.request(method, path) : await post(caller, path, body)
    expect(response.status).toBeLessThan(500)
    expect((await readLog(gateway)).length).toBe(before + 1)
  },
)
