import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../src/audit/record/access.ts'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { PartyLimit } from '../../src/exchange/budgets/limits.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { policeReport } from '../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { post, readAs, readProblem, submit } from './duty-gateway.ts'
import { readLog } from './party-mail.ts'

/** What a call spends, or why it spends nothing: it writes no record. */
type Spends = PartyLimit | 'reads what is its own' | 'is open, and the same for everybody'

interface Call {
  readonly client?: string
  readonly path: string
  readonly body?: Json
}

const UNKNOWN = '01a201c8-ce67-77ef-8e37-8fdaec38babb'
const HASH = '0'.repeat(64)
const NOBODY = { voornaam: 'Nergens', achternaam: 'Bekend', geboortedatum: '1971-03-04' }

const police = (path: string, body?: Json): Call => ({ client: 'politie', path, ...(body !== undefined && { body }) })
const leader = (path: string): Call => ({ client: 'politie.teamleider-1', path })
const officer = (path: string, body?: Json): Call => ({ ...police(path, body), client: 'politie.functionaris-1' })
const comensha = (path: string, body?: Json): Call => ({ ...police(path, body), client: 'comensha' })
const auditor = (path: string, body?: Json): Call => ({ ...police(path, body), client: 'toezichthouder' })
const anybody = (path: string): Call => ({ path })

const EVALUATION = {
  subject: { type: 'party', id: 'politie' },
  action: { name: 'share' },
  context: { recipient: 'comensha', purpose: 'registratie-mensenhandel' },
}
const field = (id: string) => ({ type: 'field', id, properties: { role: 'slachtoffer' } })
const QUESTION = {
  dataSubject: 0,
  purpose: 'navraag-identiteit',
  legalBasis: 'identiteitsvraag',
  circumstances: { toestemming: false },
  assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'coördinator', on: '2026-11-22' }],
  fields: ['voornaam', 'achternaam'],
}

/** Every route, with a call that it answers; `EXCHANGE` stands for an exchange that CoMensha received. */
const CALLS: Readonly<Record<string, readonly [Spends, Call]>> = {
  submitExchange: ['reports', police('/v1/exchanges', policeReport({ documentnummer: 'SPECI2014' }))],
  askIdentity: ['reports', comensha('/v1/exchanges/EXCHANGE/_ask', QUESTION)],
  makeSubjectRequest: ['subject-requests', officer('/v1/subject-requests', { request: 'access', identifiers: NOBODY })],
  checkExchange: ['checks', police('/v1/exchanges/_check', policeReport())],
  evaluateAccess: ['checks', police('/access/v1/evaluation', { ...EVALUATION, resource: field('nationaliteit') })],
  evaluateAccesses: [
    'checks',
    police('/access/v1/evaluations', { ...EVALUATION, evaluations: [{ resource: field('bsn') }] }),
  ],
  getDelivery: ['deliveries', comensha(`/v1/deliveries/${UNKNOWN}`)],
  acknowledgeDelivery: ['deliveries', comensha(`/v1/deliveries/${UNKNOWN}/_acknowledge`)],
  listMatches: ['matches', comensha('/v1/matches')],
  getMatch: ['matches', comensha(`/v1/matches/${UNKNOWN}`)],
  confirmMatch: ['matches', comensha(`/v1/matches/${UNKNOWN}/_confirm`)],
  rejectMatch: ['matches', comensha(`/v1/matches/${UNKNOWN}/_reject`)],
  approveExchange: ['approvals', leader(`/v1/exchanges/${UNKNOWN}/_approve`)],
  refuseExchange: ['approvals', leader(`/v1/exchanges/${UNKNOWN}/_refuse`)],
  recallExchange: ['recalls', police(`/v1/exchanges/${UNKNOWN}/_recall`, { ground: 'onjuist' })],
  searchLog: ['log-uses', auditor('/v1/log/records/_search', {})],
  exportLog: ['log-uses', auditor('/v1/log/records/_export', {})],
  showRecord: ['log-uses', auditor('/v1/log/records/0')],
  showExchange: ['log-uses', auditor(`/v1/log/exchanges/${UNKNOWN}`)],
  getArchivedPolicy: ['log-uses', auditor(`/v1/log/policies/${HASH}`)],
  rederiveLog: ['log-uses', auditor('/v1/log/records/_rederive', {})],
  getMonthlyReport: ['log-uses', auditor('/v1/log/report?month=2026-11')],
  getEntryBundle: ['log-uses', auditor('/tile/entries/000.p/1')],
  getGapReport: ['log-uses', { client: 'nationaal-rapporteur', path: '/v1/gap-report' }],
  proposePolicySet: ['proposals', officer('/v1/policy-proposals', { files: [{ path: 'policies/a.yaml', text: '' }] })],
  approvePolicyProposal: ['proposals', officer(`/v1/policy-proposals/${HASH}/_approve`, {})],
  withdrawPolicyProposal: ['proposals', officer(`/v1/policy-proposals/${HASH}/_withdraw`)],
  listApprovals: ['reads what is its own', leader('/v1/approvals')],
  getExchange: ['reads what is its own', police('/v1/exchanges/EXCHANGE')],
  listExchanges: ['reads what is its own', police('/v1/exchanges')],
  getReceipt: ['reads what is its own', police('/v1/exchanges/EXCHANGE/receipt')],
  listDeliveries: ['reads what is its own', comensha('/v1/deliveries')],
  listNewestDeliveries: ['reads what is its own', comensha('/v1/deliveries/_newest')],
  countDeliveries: ['reads what is its own', comensha('/v1/deliveries/_count')],
  countMatches: ['reads what is its own', comensha('/v1/matches/_count')],
  listDeliveryReceipts: ['reads what is its own', comensha('/v1/delivery-receipts')],
  listPolicyProposals: ['reads what is its own', officer('/v1/policy-proposals')],
  getPolicyProposal: ['reads what is its own', officer(`/v1/policy-proposals/${HASH}`)],
  reviewPolicyProposal: ['reads what is its own', officer(`/v1/policy-proposals/${HASH}/review`)],
  getVocabulary: ['is open, and the same for everybody', anybody('/v1/vocabulary')],
  listPolicies: ['is open, and the same for everybody', anybody('/v1/policies')],
  getPolicy: ['is open, and the same for everybody', anybody('/v1/policies/wpg-bpg-4-2-comensha')],
  getLogStatus: ['is open, and the same for everybody', anybody('/v1/log/status')],
  getRecordSchema: ['is open, and the same for everybody', anybody('/v1/log/record-schema.json')],
  getLogKey: ['is open, and the same for everybody', anybody('/v1/log/key')],
  getCheckpoint: ['is open, and the same for everybody', anybody('/checkpoint')],
  getTile: ['is open, and the same for everybody', anybody('/tile/0/000.p/1')],
  getHealth: ['is open, and the same for everybody', anybody('/healthz')],
  getReadiness: ['is open, and the same for everybody', anybody('/readyz')],
}

const isLimit = (spends: Spends): spends is PartyLimit => (LIMITS as readonly string[]).includes(spends)
const BUDGETED = Object.entries(CALLS).flatMap(([id, [spends, call]]) =>
  isLimit(spends) ? [[id, spends, call] as const] : [],
)
const FREE = Object.entries(CALLS).flatMap(([id, [spends, call]]) =>
  isLimit(spends) ? [] : [[id, spends, call] as const],
)

const ONE_EACH = Object.fromEntries(
  [
    'REPORTS',
    'SUBJECT_REQUESTS',
    'CHECKS',
    'DELIVERIES',
    'MATCHES',
    'APPROVALS',
    'RECALLS',
    'LOG_USES',
    'PROPOSALS',
  ].map((name) => [`SLUIS_${name}_PER_HOUR`, '1']),
)

let gateway: TestGateway
let received: string
const clients = new Map<string, Client>()

beforeAll(async () => {
  gateway = await startTestGateway(ONE_EACH)
  const parties = ['politie', 'politie.functionaris-1', 'politie.teamleider-1', 'comensha', 'toezichthouder']
  for (const id of [...parties, 'nationaal-rapporteur']) clients.set(id, await gateway.connect(id))
  received = (await readAs('Exchange', 201, await submit(clients.get('politie')!, policeReport()))).id
})
afterAll(() => gateway?.stop())

function send(operationId: string, { client, path, body }: Call): Promise<Response> {
  const address = path.replace('EXCHANGE', received)
  const method = ROUTES.find((route) => route.operationId === operationId)!.method.toUpperCase()
  if (client === undefined) return fetch(gateway.issuer + address, { method })
  const caller = clients.get(client)!
  if (method === 'GET') return caller.request('GET', address)
  return post(caller, address, body, { 'idempotency-key': crypto.randomUUID() })
}

test('every route says what a call spends, or why nothing', () => {
  const declared = ROUTES.map(({ operationId, budget }) => [operationId, budget])
  const expected = ROUTES.map(({ operationId }) => {
    const [spends] = CALLS[operationId] ?? ['is in no line of this table']
    return [operationId, isLimit(spends as Spends) ? spends : CALLS[operationId] ? undefined : spends]
  })
  expect(declared).toEqual(expected)
  expect(Object.keys(CALLS).toSorted()).toEqual(ROUTES.map(({ operationId }) => operationId).toSorted())
})

test.each(BUDGETED)('%s is refused when its budget (%s) is spent, and writes nothing more', async (id, limit, call) => {
  // Several, so that two in a row are refused even when the hour turns in between.
  let refusals = 0
  let size = 0
  for (let attempt = 0; attempt < 6 && refusals < 2; attempt++) {
    const response = await send(id, call)
    expect(response.status, await response.clone().text()).toBeLessThan(500)
    if (response.status !== 429) {
      refusals = 0
      continue
    }
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await readProblem(response)).toBe('429 too-many-requests')
    refusals += 1
    const { length } = await readLog(gateway)
    if (refusals === 2) expect(length).toBe(size)
    size = length
  }
  expect(refusals).toBe(2)
  const party = call.client!.split('.')[0]!
  const hours = (await readLog(gateway)).flatMap((record) =>
    record.type === 'access' && record.what === 'limit' && record.limit === limit && record.by.startsWith(party)
      ? [record.at.slice(0, 'YYYY-MM-DDThh'.length)]
      : [],
  )
  expect(hours.length).toBeGreaterThan(0)
  expect(new Set(hours).size, 'one record in an hour').toBe(hours.length)
})

test.each(FREE)('%s writes no record, because it %s', async (id, _why, call) => {
  const before = (await readLog(gateway)).length
  const response = await send(id, call)
  expect([200, 404]).toContain(response.status)
  expect((await readLog(gateway)).length).toBe(before)
})

test('each evaluation of a batch is counted', async () => {
  const body = { ...EVALUATION, evaluations: ['bsn', 'nationaliteit'].map((id) => ({ resource: field(id) })) }
  const subject = { type: 'party', id: 'comensha' }
  const before = (await readLog(gateway)).length
  const context = { ...EVALUATION.context, recipient: 'politie' }
  const batch = await post(clients.get('comensha')!, '/access/v1/evaluations', { ...body, subject, context })
  expect(await readProblem(batch)).toBe('429 too-many-requests')
  const records = await readLog(gateway)
  expect(records.slice(before)).toMatchObject([{ type: 'access', what: 'limit', limit: 'checks', by: 'comensha' }])
})
