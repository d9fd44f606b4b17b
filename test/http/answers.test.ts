import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { reportWithoutConsent } from '../../src/cli/demo/reports.ts'
import type { Json } from '../../src/encoding/json.ts'
import { checkExample, submissionExample } from '../../src/http/examples.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { type WireName, wire } from '../../src/http/wire/schemas.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

let gateway: TestGateway
let police: Client
let shelter: Client
let comensha: Client

beforeAll(async () => {
  gateway = await startTestGateway()
  ;[police, shelter, comensha] = await Promise.all([
    gateway.connect('politie'),
    gateway.connect('fier'),
    gateway.connect('comensha'),
  ])
})
afterAll(() => gateway.stop())

const post = (client: Client, path: string, body: Json, key: string = crypto.randomUUID()) =>
  client.request('POST', path, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': key },
    body: JSON.stringify(body),
  })

/** The body of an answer, which is what its schema in the OpenAPI document says and nothing more. */
async function read(response: Response, schema: WireName): Promise<Record<string, Json>> {
  const body = (await response.json()) as Record<string, Json>
  expect(wire[schema].parse(body), schema).toEqual(body)
  return body
}

describe('the examples of the documentation', () => {
  test('the report in the documentation passes', async () => {
    const response = await post(police, '/v1/exchanges', submissionExample)
    expect(response.status).toBe(201)
    const { id } = await read(response, 'Exchange')
    expect(response.headers.get('location')).toBe(`/v1/exchanges/${id}`)
  })

  test('the check in the documentation is answered', async () => {
    const response = await post(police, '/v1/exchanges/_check', checkExample)
    expect(response.status).toBe(200)
    expect(await read(response, 'Check')).toHaveProperty('options')
  })

  test('the rule file in the documentation exists', async () => {
    const example = ROUTES.find(({ operationId }) => operationId === 'getPolicy')!.parameters![0]!.example
    const response = await fetch(`${gateway.issuer}/v1/policies/${example}`)
    expect(response.status).toBe(200)
    expect(await read(response, 'Policy')).toMatchObject({ id: example as string })
  })
})

describe('an answer is what its schema says', () => {
  test.each(['/v1/vocabulary', '/v1/policies', '/healthz', '/readyz'] as const)(
    'the answer at GET %s is what its schema says',
    async (path) => {
      const response = await fetch(gateway.issuer + path)
      expect(response.status).toBe(200)
      const { answer } = ROUTES.find((route) => route.path === path)!
      await read(response, answer.schema!)
    },
  )

  test('the answers when an exchange passes, is looked up, delivered and acknowledged are what their schemas say', async () => {
    const submitted = await read(await post(police, '/v1/exchanges', submissionExample), 'Exchange')
    const found = await police.request('GET', `/v1/exchanges/${submitted.id}`)
    const delivery = { state: 'placed', placedAt: expect.any(String) }
    expect(await read(found, 'Exchange')).toEqual({ ...submitted, delivery })

    const page = await read(await comensha.request('GET', '/v1/deliveries'), 'DeliveryPage')
    const { id } = (page.deliveries as { id: string; exchangeId: string }[]).find(
      ({ exchangeId }) => exchangeId === submitted.id,
    )!
    expect(await read(await comensha.request('GET', `/v1/deliveries/${id}`), 'Delivery')).toMatchObject({
      receipt: submitted.receipt as object,
    })
    const counts = await read(await comensha.request('GET', '/v1/deliveries/_count'), 'DeliveryCounts')
    expect(counts).toMatchObject({ unread: 1, overdue: 0 })
    const acknowledged = await read(
      await comensha.request('POST', `/v1/deliveries/${id}/_acknowledge`),
      'Acknowledgement',
    )
    expect(await read(await comensha.request('GET', `/v1/deliveries/${id}`), 'Delivery')).toMatchObject({
      acknowledgedAt: acknowledged.acknowledgedAt as string,
    })
    const newest = await read(await comensha.request('GET', '/v1/deliveries/_newest'), 'NewestDeliveries')
    expect((newest.deliveries as object[])[0]).toMatchObject({ id, state: 'acknowledged' })
    const older = await read(await comensha.request('GET', `/v1/deliveries/_newest?before=${id}`), 'NewestDeliveries')
    expect((older.deliveries as { id: string }[]).map((entry) => entry.id)).not.toContain(id)
  })

  test('the answer when an exchange is refused, and when the same report is sent again, is what its schema says', async () => {
    const key = crypto.randomUUID()
    const responses = [
      await post(shelter, '/v1/exchanges', reportWithoutConsent, key),
      await post(shelter, '/v1/exchanges', reportWithoutConsent, key),
    ]
    expect(responses.map(({ status }) => status)).toEqual([403, 403])
    expect(responses[0]!.headers.get('content-type')).toBe('application/problem+json')
    const [first, second] = await Promise.all(responses.map((response) => read(response, 'Refusal')))
    expect(second).toEqual(first)
    expect(first).toMatchObject({ type: '/problems/refused-no-legal-basis', outcome: 'geweigerd' })
    const found = await shelter.request('GET', `/v1/exchanges/${first!.id}`)
    expect(found.status).toBe(200)
    expect((await read(found, 'Exchange')).receipt).toEqual(first!.receipt)
  })

  test('a body with faults is answered with every one of them, in the language of the request', async () => {
    const body = { ...Object(submissionExample), purpose: 'iets', kind: 'iets' }
    const details = new Set<string>()
    for (const language of ['nl', 'en']) {
      const response = await police.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': 'faulty', 'accept-language': language },
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(400)
      const problem = await read(response, 'Problem')
      expect((problem.errors as { pointer: string }[]).map(({ pointer }) => pointer).toSorted()).toEqual([
        '/kind',
        '/purpose',
      ])
      details.add(problem.detail as string)
    }
    expect(details.size).toBe(2)
  })

  test('an inbox with more than a page has a cursor that leads to every delivery once', async () => {
    await Promise.all(Array.from({ length: 105 }, () => post(police, '/v1/exchanges', submissionExample)))
    const ids: string[] = []
    const sizes: number[] = []
    for (let cursor = '0', hasMore = true; hasMore; ) {
      const page = await read(await comensha.request('GET', `/v1/deliveries?cursor=${cursor}`), 'DeliveryPage')
      const deliveries = page.deliveries as { id: string }[]
      ids.push(...deliveries.map(({ id }) => id))
      sizes.push(deliveries.length)
      cursor = page.cursor as string
      hasMore = page.hasMore as boolean
    }
    expect(sizes[0]).toBe(100)
    expect(sizes.length).toBe(2)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThanOrEqual(105)
  })
})
