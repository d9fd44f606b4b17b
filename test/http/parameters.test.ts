import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { addressesOf, type Parameter, type Route } from '../../src/http/route.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import type { Scope } from '../../src/model/party.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

/** Every parameter of every route, at and beyond what its schema in the API description allows. */

const CALLERS: Readonly<Partial<Record<Scope, string>>> = {
  'exchange:submit': 'politie',
  'exchange:check': 'politie',
  'exchange:approve': 'politie.teamleider-1',
  'identity:ask': 'comensha',
  'inbox:read': 'comensha',
  'match:review': 'comensha',
  'audit:read': 'toezichthouder',
  'policy:write': 'politie.functionaris-1',
}

let gateway: TestGateway
const clients = new Map<string, Client>()
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const id of new Set(Object.values(CALLERS))) clients.set(id, await gateway.connect(id))
})
afterAll(() => gateway?.stop())

const HEX = '0123456789abcdef'.repeat(4)
const UUID = '01a201c8-ce67-77ef-8e37-8fdaec38babb'
/** Texts of which at least one fits each pattern in the table; the longest of them count as its limit. */
const SAMPLES = [UUID, HEX, '2026-10', '2026-10-31', '0', '5', `${'9'.repeat(15)}.${HEX.slice(0, 32)}`, 'x'.repeat(128)]

interface Values {
  readonly fit: readonly string[]
  readonly unfit: readonly string[]
}

function valuesOf({ name, schema, example }: Parameter): Values {
  const { type, format, pattern, maximum, maxLength, ...rest } = Object(schema)
  const words: string[] | undefined = rest.enum
  if (words) return { fit: words, unfit: ['', `${words[0]}x`, words[0]!.toUpperCase(), 'x'.repeat(5000)] }
  if (type === 'integer')
    return { fit: ['0', String(maximum)], unfit: [String(maximum + 1), '-1', '1.5', '1e1', '01', '9'.repeat(5000)] }
  const form: string | undefined = format === 'uuid' ? `^${UUID.replace(/[0-9a-f]/g, '[0-9a-f]')}$` : pattern
  // A word of the rule files has to be one of theirs, and its example is.
  if (form === undefined) return { fit: [String(example ?? 'x'.repeat(maxLength))], unfit: ['x'.repeat(maxLength + 1)] }
  const fit = SAMPLES.filter((sample) => new RegExp(form).test(sample))
  if (fit.length === 0) throw new Error(`SAMPLES has nothing for ${name}; add a text that fits ${form}`)
  const longest = fit.toSorted((one, other) => other.length - one.length)[0]!
  return { fit, unfit: ['', `${longest}x`, ` ${longest}`, 'x'.repeat(5000)] }
}

/** The path of a route with `name` filled in, and a plain value for every other part. */
function fill(route: Route, address: string, name: string, value: string): string {
  return (route.parameters ?? [])
    .filter((parameter) => parameter.in === 'path')
    .reduce((path, parameter) => {
      const text = parameter.name === name ? value : valuesOf(parameter).fit[0]!
      return path.replace(`{${parameter.name}}`, encodeURIComponent(text))
    }, address)
}

function send(route: Route, address: string, headers: Record<string, string> = {}): Promise<Response> {
  const method = route.method.toUpperCase() as 'GET' | 'POST'
  if (route.scope === undefined) return fetch(gateway.issuer + address, { method, headers })
  const body =
    method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json', ...headers } } : { headers }
  return clients.get(CALLERS[route.scope]!)!.request(method, address, body)
}

const answerOf = async (response: Response) => ({
  status: response.status,
  ...((response.headers.get('content-type') ?? '').includes('json') ? Object(await response.json()) : {}),
})

const rows = (where: Parameter['in']) =>
  ROUTES.flatMap((route) =>
    (route.parameters ?? [])
      .filter((parameter) => parameter.in === where)
      .map((parameter) => [route.operationId, parameter.name, route, parameter] as const),
  )

describe('every query parameter takes what its schema allows, and no more', () => {
  test.each(rows('query'))('%s: %s', async (_, name, route, parameter) => {
    const { fit, unfit } = valuesOf(parameter)
    const path = fill(route, route.path, '', '')
    for (const value of fit) expect((await send(route, `${path}?${name}=${value}`)).status).not.toBe(400)
    for (const value of unfit) {
      for (const language of ['nl', 'en']) {
        const query = new URLSearchParams({ [name]: value })
        const answer = await answerOf(await send(route, `${path}?${query}`, { 'accept-language': language }))
        expect(answer).toMatchObject({ status: 400, detail: expect.stringContaining(`\`${name}\``) })
        if (value !== '') expect(answer.detail).not.toContain(value)
      }
    }
    const twice = await answerOf(await send(route, `${path}?${name}=${fit[0]}&${name}=${fit[0]}`))
    expect(twice).toMatchObject({ status: 400, detail: expect.stringContaining(`\`${name}\``) })
  })
})

describe('a part of an address that its schema does not allow is not found, and leaves no record', () => {
  const treeSize = async () => (await gateway.gateway.store.log.checkpoint())!.treeSize
  test.each(rows('path'))('%s: %s', async (_, name, route, parameter) => {
    const { fit, unfit } = valuesOf(parameter)
    for (const address of addressesOf(route)) {
      for (const value of fit) expect((await send(route, fill(route, address, name, value))).status).toBeLessThan(500)
      const before = await treeSize()
      for (const value of unfit.filter((text) => text !== '')) {
        const answer = await answerOf(await send(route, fill(route, address, name, value)))
        expect(answer.status, value).toBe(404)
      }
      expect(await treeSize()).toBe(before)
    }
  })
})

describe('headers', () => {
  test.each(rows('header').filter(([, name]) => name === 'Idempotency-Key'))(
    '%s takes an %s of 1 to 128 characters, and names it when it refuses one',
    async (_, name, route, parameter) => {
      const { fit } = valuesOf(parameter)
      const path = fill(route, route.path, '', '')
      for (const value of [...fit, 'x']) {
        const { type } = await answerOf(await send(route, path, { [name]: value }))
        expect(type).not.toMatch(/idempotency-key-missing/)
      }
      for (const value of ['', 'x'.repeat(129), 'x y', 'é', 'x'.repeat(5000)]) {
        const answer = await answerOf(await send(route, path, { [name]: value }))
        expect(answer).toMatchObject({ status: 400, detail: expect.stringContaining(`\`${name}\``) })
        expect(answer.type).toMatch(/idempotency-key-missing$/)
      }
    },
  )

  test('a list of checkpoints counts up to the length of its schema, and is ignored above it', async () => {
    const route = ROUTES.find(({ operationId }) => operationId === 'getCheckpoint')!
    const { maxLength } = Object(route.parameters![0]!.schema)
    const etag = (await send(route, route.path)).headers.get('etag')!
    const padded = `${etag},`.padEnd(maxLength, ' ')
    expect((await send(route, route.path, { 'if-none-match': `"${'x'.repeat(100)}", ${etag}` })).status).toBe(304)
    expect((await send(route, route.path, { 'if-none-match': `${padded.slice(0, -1)}x` })).status).toBe(304)
    expect((await send(route, route.path, { 'if-none-match': `${padded}x` })).status).toBe(200)
  })

  test.each([
    ['en, '.repeat(1500), 'en'],
    [`${'fr, '.repeat(32)}en`, 'nl'],
    ['x'.repeat(8000), 'nl'],
    [`${';q=1'.repeat(1000)}en`, 'nl'],
  ])('an Accept-Language of any length is answered in a language of the gateway', async (header, language) => {
    const response = await fetch(`${gateway.issuer}/v1/nothing`, { headers: { 'accept-language': header } })
    const { title } = (await response.json()) as { title: string }
    expect([response.status, title]).toEqual([404, language === 'en' ? 'Not found' : 'Niet gevonden'])
  })
})
