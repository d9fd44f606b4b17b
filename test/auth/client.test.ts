import { describe, expect, test } from 'vitest'
import { type ClientOptions, createClient } from '../../src/auth/client.ts'
import { createDpopPolicy } from '../../src/auth/dpop.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { createGateway, ISSUER, NOW, random, testContext } from './context.ts'

/** A client of the police, and the paths it asked for. */
async function connect(context: Awaited<ReturnType<typeof testContext>>, overrides: Partial<ClientOptions> = {}) {
  const paths: string[] = []
  const gateway = { fetch: context.fetch }
  const client = await createClient({
    issuer: ISSUER,
    party: 'politie',
    signingKey: context.police.privateJwk,
    fetch: (request) => {
      paths.push(new URL(request.url).pathname)
      return gateway.fetch(request)
    },
    now: () => NOW,
    random,
    ...overrides,
  })
  return { client, paths, gateway }
}

describe('the client', () => {
  test('the client fetches a token once and signs every request', async () => {
    const { client, paths } = await connect(await testContext())
    const first = await client.request('POST', '/v1/exchanges', {
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    const second = await client.request('GET', '/v1/exchanges?limit=1')
    expect([first.status, second.status]).toEqual([200, 200])
    expect(paths).toEqual(['/oauth/token', '/v1/exchanges', '/v1/exchanges'])
  })

  test('the client requests one token when many requests start at once', async () => {
    const { client, paths } = await connect(await testContext())
    await Promise.all(Array.from({ length: 5 }, () => client.request('GET', '/v1/exchanges')))
    expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(1)
  })

  test('the client requests the scopes it was given', async () => {
    const { client } = await connect(await testContext(), { scopes: ['exchange:submit'] })
    expect(await (await client.request('GET', '/v1/exchanges')).json()).toMatchObject({ scopes: ['exchange:submit'] })
  })

  test('the client renews the token before it ends', async () => {
    let now = NOW
    const { client, paths } = await connect(await testContext({ now: () => now }), { now: () => now })
    await client.request('GET', '/v1/exchanges')
    now = new Date(NOW.getTime() + 269_000)
    await client.request('GET', '/v1/exchanges')
    expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(1)
    now = new Date(NOW.getTime() + 270_000)
    await client.request('GET', '/v1/exchanges')
    expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(2)
  })

  test('the client learns the nonce of a gateway that just started', async () => {
    const { client, paths } = await connect(await testContext({ startedAt: NOW }))
    expect((await client.request('GET', '/v1/exchanges')).status).toBe(200)
    expect((await client.request('GET', '/v1/exchanges')).status).toBe(200)
    expect(paths).toEqual(['/oauth/token', '/oauth/token', '/v1/exchanges', '/v1/exchanges'])
  })

  test('the client gets through a restart of the gateway, also with many requests at once', async () => {
    const context = await testContext()
    const { client, gateway } = await connect(context)
    await client.request('GET', '/v1/exchanges')
    const restarted = { ...context.deps, dpop: createDpopPolicy({ startedAt: NOW, random }) }
    gateway.fetch = createGateway(restarted, context.tokens)
    const responses = await Promise.all(Array.from({ length: 5 }, () => client.request('GET', '/v1/exchanges')))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  test('the client gets through a change of the gateway’s token key', async () => {
    const context = await testContext()
    const { client, gateway, paths } = await connect(context)
    await client.request('GET', '/v1/exchanges')
    const other = await testContext()
    gateway.fetch = createGateway({ ...context.deps, tokens: other.tokens }, other.tokens)
    expect((await client.request('GET', '/v1/exchanges')).status).toBe(200)
    expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(2)
  })

  test('the client returns a refusal as it is', async () => {
    const { client, paths } = await connect(await testContext(), { scopes: ['exchange:check'] })
    expect((await client.request('GET', '/v1/exchanges')).status).toBe(403)
    expect(paths).toEqual(['/oauth/token', '/v1/exchanges'])
  })

  test('the client reports why it got no token, and tries again the next time', async () => {
    const { privateJwk } = await generateSigningKey()
    const { client, paths } = await connect(await testContext(), { signingKey: privateJwk })
    const refused = { code: 'token-invalid', message: expect.stringContaining('invalid_client') }
    await expect(client.request('GET', '/v1/exchanges')).rejects.toMatchObject(refused)
    await expect(client.request('GET', '/v1/exchanges')).rejects.toMatchObject(refused)
    expect(paths).toEqual(['/oauth/token', '/oauth/token'])
  })

  test.each([
    ['a page instead of JSON', () => new Response('<p>', { status: 502 })],
    ['a bearer token', () => Response.json({ access_token: 'a', token_type: 'Bearer', expires_in: 300 })],
    ['null', () => Response.json(null)],
  ])('the client accepts no token from %s', async (_name, answer) => {
    const { client } = await connect(await testContext(), { fetch: async () => answer() })
    await expect(client.request('GET', '/v1/exchanges')).rejects.toMatchObject({ code: 'token-invalid' })
  })
})
