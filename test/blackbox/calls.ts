import { expect } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { type WireName, wire } from '../../src/http/wire/schemas.ts'

export const post = (
  client: Client,
  path: string,
  body: Json | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  client.request('POST', path, {
    headers: { 'content-type': 'application/json', ...headers },
    body: body instanceof Uint8Array ? body : JSON.stringify(body),
  })

/** Sends a report under an idempotency key, a new one unless given. */
export const submit = (client: Client, report: Json, idempotencyKey: string = crypto.randomUUID()): Promise<Response> =>
  post(client, '/v1/exchanges', report, { 'idempotency-key': idempotencyKey })

/** The body of an answer, which must be exactly what the schema says and no member more. */
export async function readAs<Name extends WireName>(
  name: Name,
  response: Response,
): Promise<z.infer<(typeof wire)[Name]>> {
  const body: unknown = await response.json()
  const parsed = wire[name].parse(body) as z.infer<(typeof wire)[Name]>
  expect(parsed).toEqual(body)
  return parsed
}

/** The last segment of a problem's type, with the status that must go with it. */
export async function readProblem(response: Response): Promise<{ status: number; code: string }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { type, status } = await readAs('Problem', response)
  expect(status).toBe(response.status)
  return { status, code: type.replace('/problems/', '') }
}

/** Every delivery in an inbox after a cursor, and the cursor it ends at. */
export async function listInbox(client: Client, from?: string) {
  const deliveries: z.infer<typeof wire.DeliverySummary>[] = []
  let cursor = from
  for (;;) {
    const query = cursor === undefined ? '' : `?cursor=${cursor}`
    const page = await readAs('DeliveryPage', await client.request('GET', `/v1/deliveries${query}`))
    deliveries.push(...page.deliveries)
    cursor = page.cursor
    if (!page.hasMore) return { deliveries, cursor }
  }
}

/** Size of the tree that the newest checkpoint covers. */
export async function readTreeSize(send: (request: Request) => Promise<Response>, issuer: string): Promise<number> {
  const note = await (await send(new Request(`${issuer}/checkpoint`))).text()
  return Number(note.split('\n')[1])
}
