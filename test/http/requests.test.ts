import { connect } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../src/auth/client.ts'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import { ERROR_CODES, type ErrorCode } from '../../src/errors.ts'
import { submissionExample } from '../../src/http/examples.ts'
import { ROUTES } from '../../src/http/routes/table.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'

let gateway: TestGateway
let police: Client
let comensha: Client

beforeAll(async () => {
  gateway = await startTestGateway()
  ;[police, comensha] = await Promise.all([gateway.connect('politie'), gateway.connect('comensha')])
})
afterAll(() => gateway.stop())

const treeSize = async () => Number((await (await fetch(`${gateway.issuer}/checkpoint`)).text()).split('\n')[1])

async function expectProblem(response: Response, code: ErrorCode): Promise<void> {
  expect(await response.json()).toMatchObject({ type: `/problems/${code}`, status: ERROR_CODES[code].status })
  expect(response.status).toBe(ERROR_CODES[code].status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
}

describe('an address', () => {
  test.each([
    '/nothing',
    '/v1',
    '/v1/',
    '/v1/exchanges/',
    '/v2/exchanges',
    '/problems/nothing',
    '/problems/',
    '/tile/0',
    '/docs/x',
    '/%00',
    '/..%2f..%2fetc/passwd',
  ])('an address that does not exist is a problem: %s', async (path) =>
    expectProblem(await fetch(gateway.issuer + path), 'not-found'),
  )

  const open = [
    ['/', 'GET'],
    ['/docs', 'GET'],
    ['/style.css', 'GET'],
    ['/openapi.json', 'GET'],
    ['/problems/not-found', 'GET'],
    ['/.well-known/oauth-authorization-server', 'GET'],
    ['/oauth/token', 'POST'],
  ] as const
  const ofTable = ROUTES.map(({ path }) => {
    const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method.toUpperCase())
    return [
      path
        .replace('{index}', '000.p/1')
        .replace('{level}', '0')
        .replaceAll(/\{\w+\}/g, 'not-found'),
      methods.join(', '),
    ] as const
  })
  test.each([...open, ...ofTable])('an address accepts no other methods than it lists: %s %s', async (path, known) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (known.includes(method)) continue
      const response = await fetch(gateway.issuer + path, { method })
      expect(response.status, method).toBe(405)
      expect(response.headers.get('allow')?.replace(/, HEAD$/, ''), method).toBe(known)
    }
  })

  test('an address answers OPTIONS with its methods', async () => {
    const response = await fetch(`${gateway.issuer}/v1/vocabulary`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
    await expectProblem(await fetch(`${gateway.issuer}/nothing`, { method: 'OPTIONS' }), 'not-found')
  })

  test.each(['/healthz', '/checkpoint', '/openapi.json', '/docs', '/v1/vocabulary'])(
    'an open address answers HEAD as GET, without a body: %s',
    async (path) => {
      const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => fetch(gateway.issuer + path, { method })))
      expect(head!.status).toBe(200)
      expect(await head!.text()).toBe('')
      expect(head!.headers.get('content-type')).toBe(get!.headers.get('content-type'))
    },
  )

  test('the address of a delivery does not accept HEAD: it would record that something was handed over', async () => {
    await police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': 'head' },
      body: JSON.stringify(submissionExample),
    })
    const inbox = await comensha.request('GET', '/v1/deliveries')
    const { deliveries } = (await inbox.json()) as { deliveries: { id: string }[] }
    const before = await treeSize()
    const response = await comensha.request('HEAD', `/v1/deliveries/${deliveries[0]!.id}`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
    expect(await treeSize()).toBe(before)
  })

  test.each([
    ['an unknown key', '/v1/deliveries?limit=1'],
    ['a key twice', '/v1/deliveries?cursor=0&cursor=0'],
    ['a cursor that is no number', '/v1/deliveries?cursor=first'],
    ['a cursor below zero', '/v1/deliveries?cursor=-1'],
    ['an empty cursor', '/v1/deliveries?cursor='],
    ['a key where none is known', '/v1/exchanges/01a201c8-ce67-77ef-8e37-8fdaec38babb?x'],
  ])('an address with %s is refused', async (_, path) => {
    const client = path.startsWith('/v1/exchanges') ? police : comensha
    await expectProblem(await client.request('GET', path), 'query-invalid')
  })

  test('an unknown query key is refused where no token is needed', async () => {
    await expectProblem(await fetch(`${gateway.issuer}/v1/vocabulary?lang=nl`), 'query-invalid')
  })
})

describe('every answer', () => {
  test.each([
    '/docs',
    '/v1/vocabulary',
    '/nothing',
    '/v1/deliveries',
    '/oauth/token',
    '/checkpoint',
    '/.well-known/oauth-authorization-server',
  ])('every answer carries the version and lets a browser do nothing it need not: %s', async (path) => {
    const { headers } = await fetch(gateway.issuer + path)
    expect(headers.get('api-version')).toMatch(/^\d+\.\d+\.\d+$/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/)
    expect(headers.get('cache-control')).toBeTruthy()
    expect(headers.has('x-powered-by') || headers.has('server')).toBe(false)
  })

  test('an answer about a party is kept by no cache', async () => {
    for (const path of ['/v1/deliveries', '/v1/exchanges/nothing']) {
      expect((await police.request('GET', path)).headers.get('cache-control')).toBe('no-store')
    }
  })
})

describe('a body', () => {
  const json = JSON.stringify(submissionExample)
  const bytes = (text: string) => new TextEncoder().encode(text)
  const cases: readonly [string, string | Uint8Array<ArrayBuffer>, ErrorCode][] = [
    ['that is empty', '', 'json-syntax'],
    ['that is cut off', json.slice(0, -5), 'json-syntax'],
    ['with something behind it', `${json} x`, 'json-syntax'],
    ['with a key twice', `{"kind":"melding",${json.slice(1)}`, 'json-duplicate-key'],
    ['with a byte order mark', `\ufeff${json}`, 'json-byte-order-mark'],
    ['that is not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'json-invalid-utf8'],
    ['with half of a character', `["\\ud83d"]`, 'json-lone-surrogate'],
    ['with NUL in a text', `["\\u0000"]`, 'json-control-character'],
    ['with a key that reaches for a prototype', `{"__proto__":{}}`, 'json-forbidden-key'],
    ['that is nested too deep', '['.repeat(5000) + ']'.repeat(5000), 'json-too-deep'],
    ['that is a list', '[]', 'value-invalid'],
    ['without what is required', '{}', 'member-missing'],
    ['with a member nobody knows', `{"x":1,${json.slice(1)}`, 'member-unknown'],
    ['of more than 1 MiB', bytes(`${' '.repeat(1_100_000)}${json}`), 'body-too-large'],
  ]
  test.each(cases)('a body that is %s is refused and leaves no record', async (_, body, code) => {
    const before = await treeSize()
    for (const path of ['/v1/exchanges', '/v1/exchanges/_check']) {
      const response = await police.request('POST', path, {
        headers: { 'content-type': 'application/json', 'idempotency-key': 'wrong' },
        body,
      })
      await expectProblem(response, code)
    }
    expect(await treeSize()).toBe(before)
  })

  /** A body without a declared length. */
  const streamed = (length: number): RequestInit => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes(' '.repeat(length)))
        controller.enqueue(bytes(json))
        controller.close()
      },
    })
    return { body: stream, duplex: 'half' }
  }

  test('a body without a stated length passes, up to 1 MiB', async () => {
    const { signing } = readPartyKeys(gateway.partyFolder, 'politie')
    const connectStreaming = (length: number) =>
      createClient({
        issuer: gateway.issuer,
        party: 'politie',
        signingKey: signing,
        fetch: (request) => {
          if (!request.url.includes('/v1/')) return fetch(request)
          return fetch(request.url, { method: request.method, headers: request.headers, ...streamed(length) })
        },
        now: () => new Date(),
        random: (size) => crypto.getRandomValues(new Uint8Array(size)),
      })
    for (const [length, status] of [
      [1000, 201],
      [1_100_000, 413],
    ] as const) {
      const client = await connectStreaming(length)
      const response = await client.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': `streamed-${length}` },
      })
      expect(response.status).toBe(status)
    }
  })

  test('a body without a good token is not read, however long it is', async () => {
    const init = { method: 'POST', headers: { authorization: 'DPoP x' }, ...streamed(2_000_000) }
    await expectProblem(await fetch(`${gateway.issuer}/v1/exchanges`, init), 'token-invalid')
  })

  test.each([undefined, 'text/plain', 'application/jsonx', 'application/json; charset=iso-8859-1', 'application/xml'])(
    'a body of another type is refused: %s',
    async (type) => {
      const headers = { 'idempotency-key': 'type', ...(type !== undefined && { 'content-type': type }) }
      const response = await police.request('POST', '/v1/exchanges', { headers, body: json })
      await expectProblem(response, 'content-type-unsupported')
    },
  )

  test.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip', 'x'])(
    'a body with a Content-Encoding is refused, also one that is mislabelled: %s',
    async (coding) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': 'coding', 'content-encoding': coding }
      for (const body of [json, gzipSync(json)]) {
        const response = await police.request('POST', '/v1/exchanges', { headers, body })
        expect(response.headers.get('accept-encoding')).toBe('identity')
        await expectProblem(response, 'content-encoding-unsupported')
      }
      const token = await fetch(`${gateway.issuer}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': coding },
        body: 'grant_type=client_credentials',
      })
      expect([token.status, token.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    },
  )

  test.each([
    ['two lines', ['Host: a', 'Host: a'], 400],
    ['lines in another case', ['Host: a', 'X: host', 'hOST: b'], 400],
    ['one line', ['Host: a', 'X-Host: a'], 200],
  ])('a request has one Host line: %s', async (_, lines, status) => {
    const { hostname, port } = new URL(gateway.issuer)
    const socket = connect(Number(port), hostname)
    socket.end(['GET /healthz HTTP/1.1', ...lines, 'Connection: close', '', ''].join('\r\n'))
    expect(await readText(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  test.each([
    ['absent', undefined],
    ['too long', 'x'.repeat(129)],
    ['with a space', 'a b'],
    ['beyond ASCII', 'caf\u00e9'],
  ])('a submission needs an Idempotency-Key that is not %s', async (_, key) => {
    const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) }
    await expectProblem(
      await police.request('POST', '/v1/exchanges', { headers, body: json }),
      'idempotency-key-missing',
    )
  })

  test('a submission under the Idempotency-Key of another body is refused', async () => {
    const submit = (body: string) =>
      police.request('POST', '/v1/exchanges', {
        headers: { 'content-type': 'application/json', 'idempotency-key': 'reused' },
        body,
      })
    expect((await submit(json)).status).toBe(201)
    await expectProblem(await submit(json.replace('"NG"', '"RO"')), 'idempotency-key-reused')
  })
})
