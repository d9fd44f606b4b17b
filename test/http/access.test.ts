import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../src/auth/client.ts'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { SCOPES, type Scope } from '../../src/model/party.ts'
import { findClient } from '../../src/policy/clients.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

/** Who may call what, written down apart from the route table and the parties: a change in either must be meant. */
const SUBMITTING = ['submitExchange', 'listExchanges', 'getExchange', 'getReceipt', 'recallExchange']
const ASKING = ['checkExchange', 'evaluateAccess', 'evaluateAccesses']
const RECEIVING = [
  'listDeliveries',
  'listNewestDeliveries',
  'countDeliveries',
  'listDeliveryReceipts',
  'getDelivery',
  'acknowledgeDelivery',
]
/** Who a person is can be asked, and a person can ask what was shared; the gateway answers neither by itself. */
const IDENTIFYING = ['askIdentity']
const ANSWERING_PERSONS = ['makeSubjectRequest']
const MATCHING = ['listMatches', 'countMatches', 'getMatch', 'confirmMatch', 'rejectMatch']
const APPROVING = ['listApprovals', 'approveExchange', 'refuseExchange']
const GOVERNING = [
  'proposePolicySet',
  'listPolicyProposals',
  'getPolicyProposal',
  'reviewPolicyProposal',
  'approvePolicyProposal',
  'withdrawPolicyProposal',
]
const EXCHANGING = [...SUBMITTING, ...ASKING, ...RECEIVING]
/** Systems of parties, and people of theirs: these have nothing of what their party has, unless it is granted again. */
const MATRIX: Readonly<Record<string, readonly string[]>> = {
  politie: [...EXCHANGING, ...MATCHING],
  fier: [...EXCHANGING, ...MATCHING],
  comensha: [...EXCHANGING, ...MATCHING, ...IDENTIFYING],
  'nationaal-rapporteur': [...EXCHANGING, ...MATCHING, 'getGapReport'],
  toezichthouder: [
    'getEntryBundle',
    'searchLog',
    'exportLog',
    'showRecord',
    'showExchange',
    'getArchivedPolicy',
    'rederiveLog',
    'getMonthlyReport',
  ],
  'politie.functionaris-1': [...ASKING, ...GOVERNING, ...ANSWERING_PERSONS],
  'politie.teamleider-1': [...SUBMITTING, ...ASKING, ...APPROVING],
  'politie.teamleider-2': [...ASKING, ...APPROVING],
  'comensha.functionaris-1': [...ASKING, ...GOVERNING, ...ANSWERING_PERSONS],
  'comensha.teamleider-1': [...ASKING, ...APPROVING, ...MATCHING],
}
const OPEN = [
  'getVocabulary',
  'listPolicies',
  'getPolicy',
  'getLogKey',
  'getCheckpoint',
  'getTile',
  'getLogStatus',
  'getRecordSchema',
  'getHealth',
  'getReadiness',
]

const guarded = ROUTES.filter(({ scope }) => scope !== undefined)
const addressOf = (path: string) =>
  path
    .replace('{id}', '01a201c8-ce67-77ef-8e37-8fdaec38babb')
    .replace('{hash}', '0'.repeat(64))
    .replace('{leafIndex}', '0')
    .replace('{level}', '0')
    .replace('{index}', '000.p/1')

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

function connectWith(party: string, scopes: readonly Scope[]): Promise<Client> {
  return createClient({
    issuer: gateway.issuer,
    party,
    signingKey: readPartyKeys(gateway.partyFolder, party).signing,
    scopes,
    fetch: (request) => fetch(request),
    now: () => new Date(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
}

async function problemOf(response: Response): Promise<string | undefined> {
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  const type = isProblem ? ((await response.json()) as { type: string }).type : undefined
  return type?.replace('/problems/', '')
}

describe('access', () => {
  test('access is open to everybody for exactly the public routes', () => {
    expect(ROUTES.filter(({ scope }) => scope === undefined).map(({ operationId }) => operationId)).toEqual(OPEN)
    expect(guarded.map(({ operationId }) => operationId).toSorted()).toEqual(
      [...new Set(Object.values(MATRIX).flat())].toSorted(),
    )
  })

  test.each(guarded)(
    'access without a token is refused at $method $path, with a challenge',
    async ({ method, path }) => {
      const response = await fetch(gateway.issuer + addressOf(path), { method: method.toUpperCase() })
      expect(response.status).toBe(401)
      expect(await problemOf(response)).toBe('token-missing')
      expect(response.headers.get('www-authenticate')).toMatch(/^DPoP .*resource_metadata=/)
      const challenged = await fetch(/resource_metadata="([^"]+)"/.exec(response.headers.get('www-authenticate')!)![1]!)
      expect(await challenged.json()).toMatchObject({ resource: gateway.issuer })
    },
  )

  describe.each(Object.keys(MATRIX))('of %s', (name) => {
    test(`access of ${name} is what the matrix says, with everything that was granted`, async () => {
      const client = await gateway.connect(name)
      for (const { operationId, method, path } of guarded) {
        const response = await client.request(method.toUpperCase(), addressOf(path))
        const problem = await problemOf(response)
        if (MATRIX[name]!.includes(operationId)) {
          expect([200, 400, 404, 415], operationId).toContain(response.status)
        } else {
          expect([response.status, problem], operationId).toEqual([403, 'scope-insufficient'])
        }
      }
    })

    test(`access of ${name} ends at the scopes of the token, whatever else was granted`, async () => {
      const granted = findClient(gateway.gateway.policySet.parties, name)!.scopes
      for (const scope of granted) {
        const client = await connectWith(name, [scope])
        for (const route of guarded) {
          const response = await client.request(route.method.toUpperCase(), addressOf(route.path))
          const isRefused = (await problemOf(response)) === 'scope-insufficient'
          expect(isRefused, `${route.operationId} with ${scope}`).toBe(route.scope !== scope)
        }
      }
      for (const scope of SCOPES.filter((scope) => !granted.includes(scope))) {
        const client = await connectWith(name, [scope])
        await expect(client.request('GET', '/v1/deliveries'), scope).rejects.toThrow(/invalid_scope/)
      }
    })
  })

  test('access does not reach what belongs to another party', async () => {
    const [police, shelter, comensha, leader] = await Promise.all(
      ['politie', 'fier', 'comensha', 'comensha.teamleider-1'].map(gateway.connect),
    )
    const example = ROUTES.find(({ operationId }) => operationId === 'submitExchange')!.bodyExample
    const response = await police!.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'own' },
      body: JSON.stringify(example),
    })
    const { id } = (await response.json()) as { id: string }
    const { deliveries } = (await (await comensha!.request('GET', '/v1/deliveries')).json()) as {
      deliveries: { id: string }[]
    }
    const delivery = deliveries[0]!.id
    for (const [client, method, path] of [
      [shelter!, 'GET', `/v1/exchanges/${id}`],
      [comensha!, 'GET', `/v1/exchanges/${id}`],
      [police!, 'GET', `/v1/deliveries/${delivery}`],
      [shelter!, 'GET', `/v1/deliveries/${delivery}`],
      [shelter!, 'POST', `/v1/deliveries/${delivery}/_acknowledge`],
      [leader!, 'POST', `/v1/exchanges/${id}/_approve`],
      [leader!, 'POST', `/v1/exchanges/${id}/_refuse`],
    ] as const) {
      const [refused, absent] = await Promise.all(
        [path, path.replace(/[0-9a-f]{12}(?=$|\/)/, '000000000000')].map((address) => client.request(method, address)),
      )
      expect(refused!.status).toBe(404)
      // Not to be told apart from what does not exist.
      expect(await refused!.text()).toBe(await absent!.text())
    }
    expect(await (await shelter!.request('GET', '/v1/deliveries')).json()).toEqual({
      deliveries: [],
      cursor: '0',
      hasMore: false,
    })
  })
})
