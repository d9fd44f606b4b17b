import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { createTokenEndpoint } from '../../src/auth/token-endpoint.ts'
import { sluisError } from '../../src/errors.ts'
import {
  type Change,
  createGateway,
  type Draft,
  ISSUER,
  NOW,
  NOW_SECONDS,
  partyKeys,
  sign,
  testContext,
  withHeader,
} from './context.ts'

const TOKEN_URL = `${ISSUER}/oauth/token`
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

type Context = Awaited<ReturnType<typeof testContext>>
let context: Context
const { privateJwk: proofKey } = await generateSigningKey()
const { privateJwk: strangerKey } = await generateSigningKey('ES256')

beforeEach(async () => {
  context = await testContext()
})

let serial = 0
const draft = (): Draft => ({
  header: { alg: 'ES256', kid: context.police.privateJwk.kid },
  claims: { iss: 'politie', sub: 'politie', aud: ISSUER, exp: NOW_SECONDS + 60, jti: `assertion-${serial++}` },
  key: context.police.privateJwk,
})

/** The same assertion, made by another party. */
const by = (party: string): Change => ({
  header: { alg: 'EdDSA', kid: context.comensha.privateJwk.kid },
  claims: { iss: party, sub: party },
  key: context.comensha.privateJwk,
})

const signProof = (claims: Change['claims'] = {}) =>
  sign(
    {
      header: { typ: 'dpop+jwt', alg: 'EdDSA', jwk: { kty: 'OKP', crv: 'Ed25519', x: proofKey.x } },
      claims: { htm: 'POST', htu: TOKEN_URL, iat: NOW_SECONDS, jti: `proof-${serial++}` },
      key: proofKey,
    },
    { claims },
  )

async function form(changes: Record<string, string> = {}): Promise<URLSearchParams> {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: JWT_BEARER,
    client_assertion: await sign(draft()),
    ...changes,
  })
}

/** Every member that a token endpoint answers with is text, but for `expires_in`. */
const parseAnswer = async (response: Response) => (await response.json()) as Record<string, string | undefined>

async function post(body: URLSearchParams | string, headers: Record<string, string> = {}, url = TOKEN_URL) {
  const sent = {
    'content-type': 'application/x-www-form-urlencoded',
    dpop: await signProof(),
    ...headers,
  }
  const response = await context.fetch(new Request(url, { method: 'POST', body: String(body), headers: sent }))
  return { response, status: response.status, answer: await parseAnswer(response) }
}

describe('the token endpoint', () => {
  test('the token endpoint issues a DPoP-bound token for the scopes of the party', async () => {
    const { response, status, answer } = await post(await form())
    expect(status).toBe(200)
    expect(answer).toMatchObject({ token_type: 'DPoP', expires_in: 300, scope: 'exchange:submit exchange:check' })
    expect(decodeJwt(answer.access_token ?? '')).toMatchObject({ sub: 'politie', cnf: { jkt: proofKey.kid } })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('the token endpoint grants fewer scopes when fewer are requested', async () => {
    const { answer } = await post(await form({ scope: 'exchange:check' }))
    expect(answer.scope).toBe('exchange:check')
  })

  const formRows: readonly [name: string, change: Record<string, string>, status: number, error: string][] = [
    ['another grant is refused', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['a grant without a value counts as missing', { grant_type: '' }, 400, 'invalid_request'],
    ['another way of authenticating is refused', { client_assertion_type: 'other' }, 401, 'invalid_client'],
    ['a missing assertion is refused', { client_assertion: '' }, 401, 'invalid_client'],
    ['an assertion that is no JWT is refused', { client_assertion: 'a.b.c' }, 401, 'invalid_client'],
    ['the identifier of another client is refused', { client_id: 'comensha' }, 401, 'invalid_client'],
    ['the client’s own identifier is accepted', { client_id: 'politie' }, 200, ''],
    ['a scope of another party is refused', { scope: 'inbox:read' }, 400, 'invalid_scope'],
    ['a scope beside a granted one is refused', { scope: 'exchange:submit audit:read' }, 400, 'invalid_scope'],
    ['an unknown scope is refused', { scope: 'everything' }, 400, 'invalid_scope'],
    ['an unknown parameter is ignored', { resource: ISSUER }, 200, ''],
  ]
  test.each(formRows)('the token endpoint: %s', async (_name, change, status, error) => {
    const result = await post(await form(change))
    expect([result.status, result.answer.error ?? '']).toEqual([status, error])
    expect(result.response.headers.get('cache-control')).toBe('no-store')
  })

  test('a party without scopes gets no token', async () => {
    const { status, answer } = await post(await form({ client_assertion: await sign(draft(), by('zonder-rechten')) }))
    expect([status, answer.error]).toEqual([400, 'invalid_scope'])
  })

  test('a token request with a parameter that is sent twice is refused', async () => {
    const body = await form()
    body.append('scope', 'exchange:check')
    body.append('scope', 'exchange:submit')
    const { status, answer } = await post(body)
    expect([status, answer.error]).toEqual([400, 'invalid_request'])
  })

  test('a token request with parameters in the address is refused', async () => {
    const body = await form()
    const { status, answer } = await post(body, {}, `${TOKEN_URL}?scope=exchange:check`)
    expect([status, answer.error]).toEqual([400, 'invalid_request'])
  })

  test('a token request with a body of another type is refused', async () => {
    const { status, answer } = await post('{}', { 'content-type': 'application/json' })
    expect([status, answer.error]).toEqual([400, 'invalid_request'])
  })

  test('a token request with a body over 16 KiB is refused', async () => {
    const body = await form({ padding: 'a'.repeat(16 * 1024) })
    const { status, answer } = await post(body)
    expect([status, answer.error]).toEqual([413, 'invalid_request'])
  })

  test('a token request with another method is refused', async () => {
    const response = await context.fetch(new Request(TOKEN_URL))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('a token request without a proof is refused', async () => {
    const request = new Request(TOKEN_URL, { method: 'POST', body: await form() })
    const response = await context.fetch(request)
    expect([response.status, (await parseAnswer(response)).error]).toEqual([400, 'invalid_dpop_proof'])
  })

  test('a token request with a proof for another address is refused', async () => {
    const { status, answer } = await post(await form(), { dpop: await signProof({ htu: `${ISSUER}/v1/exchanges` }) })
    expect([status, answer.error]).toEqual([400, 'invalid_dpop_proof'])
  })

  test('a token request with two proofs is refused', async () => {
    const { status, answer } = await post(await form(), { dpop: `${await signProof()}, ${await signProof()}` })
    expect([status, answer.error]).toEqual([400, 'invalid_dpop_proof'])
  })
})

describe('a client assertion', () => {
  const rows: readonly [name: string, change: Change, expected: string][] = [
    ['as RFC 7523 has it is accepted', {}, ''],
    ['for the address of the endpoint is accepted', { claims: { aud: TOKEN_URL } }, ''],
    ['for a list of one audience is accepted', { claims: { aud: [ISSUER] } }, ''],
    ['of 300 seconds is accepted', { claims: { exp: NOW_SECONDS + 300 } }, ''],
    ['typed as a JWT is accepted', { header: { typ: 'JWT' } }, ''],
    ['for two audiences is refused', { claims: { aud: [ISSUER, 'https://elders.example'] } }, 'invalid_client'],
    ['for another audience is refused', { claims: { aud: 'https://elders.example' } }, 'invalid_client'],
    ['for nobody is refused', { claims: { aud: undefined } }, 'invalid_client'],
    ['of an unknown client is refused', { claims: { iss: 'onbekend', sub: 'onbekend' } }, 'invalid_client'],
    ['in the name of another party is refused', { claims: { iss: 'comensha', sub: 'comensha' } }, 'invalid_client'],
    ['about another party is refused', { claims: { sub: 'comensha' } }, 'invalid_client'],
    ['without an issuer is refused', { claims: { iss: undefined } }, 'invalid_client'],
    ['without a key identifier is refused', { header: { kid: undefined } }, 'invalid_client'],
    ['with an unknown key identifier is refused', { header: { kid: 'unknown' } }, 'invalid_client'],
    ['signed with an unregistered key is refused', { key: strangerKey }, 'invalid_client'],
    ['that is an access token is refused', { header: { typ: 'at+jwt' } }, 'invalid_client'],
    [
      'with a critical extension is refused',
      { header: { crit: ['urn:example:extension'], 'urn:example:extension': 1 } },
      'invalid_client',
    ],
    ['that has ended is refused', { claims: { exp: NOW_SECONDS - 10 } }, 'invalid_client'],
    ['that never ends is refused', { claims: { exp: undefined } }, 'invalid_client'],
    ['that ends in ten minutes is refused', { claims: { exp: NOW_SECONDS + 600 } }, 'invalid_client'],
    [
      'of a clock that is 10 seconds ahead is accepted',
      { claims: { iat: NOW_SECONDS + 10, nbf: NOW_SECONDS + 10, exp: NOW_SECONDS + 310 } },
      '',
    ],
    ['that begins 11 seconds ahead is refused', { claims: { nbf: NOW_SECONDS + 11 } }, 'invalid_client'],
    ['dated 11 seconds ahead is refused', { claims: { iat: NOW_SECONDS + 11 } }, 'invalid_client'],
    ['dated an hour ahead is refused', { claims: { iat: NOW_SECONDS + 3600 } }, 'invalid_client'],
    ['dated in words is refused', { claims: { iat: String(NOW_SECONDS) } }, 'invalid_client'],
    ['without an identifier is refused', { claims: { jti: undefined } }, 'invalid_client'],
    ['with a number for an identifier is refused', { claims: { jti: 1 } }, 'invalid_client'],
  ]
  test.each(rows)('a client assertion %s', async (_name, change, expected) => {
    const { status, answer } = await post(await form({ client_assertion: await sign(draft(), change) }))
    expect([status, answer.error ?? '']).toEqual([expected === '' ? 200 : 401, expected])
  })

  test.each(['none', 'HS256', 'RS256', 'ES384'])(
    'a client assertion that claims the algorithm %s is refused',
    async (alg) => {
      const honest = draft()
      const assertion = withHeader(await sign(honest), { ...honest.header, alg })
      const { status, answer } = await post(await form({ client_assertion: assertion }))
      expect([status, answer.error]).toEqual([401, 'invalid_client'])
    },
  )

  test('a client assertion is accepted once, and its identifier is counted for that party only', async () => {
    const honest = draft()
    const assertion = await sign(honest)
    expect((await post(await form({ client_assertion: assertion }))).status).toBe(200)
    const again = await post(await form({ client_assertion: assertion }))
    expect([again.status, again.answer.error]).toEqual([401, 'invalid_client'])

    const other = await sign(honest, by('comensha'))
    expect((await post(await form({ client_assertion: other }))).status).toBe(200)
  })

  test('a client assertion with a wrong signature does not burn the identifier of a right one', async () => {
    const honest = draft()
    const forged = await sign(honest, { key: strangerKey })
    expect((await post(await form({ client_assertion: forged }))).status).toBe(401)
    expect((await post(await form({ client_assertion: await sign(honest) }))).status).toBe(200)
  })

  test('a client assertion is not used up by a proof that must be made again', async () => {
    context = await testContext({ startedAt: NOW })
    const body = await form()
    const first = await post(body)
    expect([first.status, first.answer.error]).toEqual([400, 'use_dpop_nonce'])
    const nonce = first.response.headers.get('dpop-nonce')
    expect((await post(body, { dpop: await signProof({ nonce }) })).status).toBe(200)
  })

  test('a client assertion of an unknown client is answered as one with a wrong signature', async () => {
    const changes: readonly Change[] = [{ claims: { iss: 'onbekend', sub: 'onbekend' } }, { key: strangerKey }]
    const answers = await Promise.all(
      changes.map(async (change) => post(await form({ client_assertion: await sign(draft(), change) }))),
    )
    expect(answers[0]?.answer).toEqual(answers[1]?.answer)
    expect(answers[0]?.status).toBe(answers[1]?.status)
  })

  test('a client assertion signed with an encryption key is refused', async () => {
    const { publicJwk } = context.police
    const deps = { ...context.deps, partyKeys: partyKeys({ politie: [{ ...publicJwk, use: 'enc' }] }) }
    const request = new Request(TOKEN_URL, { method: 'POST', body: await form(), headers: { dpop: await signProof() } })
    expect((await createTokenEndpoint(deps)(request)).status).toBe(401)
  })
})

describe('when the gateway cannot remember', () => {
  test('while the gateway cannot remember a proof, the client must wait', async () => {
    context = await testContext({ dpop: { replay: { remember: () => 'full' } } })
    const { status, answer } = await post(await form())
    expect([status, answer.error]).toEqual([429, 'temporarily_unavailable'])
  })

  test('while the gateway cannot remember an assertion, no token is issued', async () => {
    const unavailable = sluisError('log-unavailable', { nl: 'opslag: niet bereikbaar', en: 'store: not reachable' })
    const store = { rememberJti: () => Promise.reject(unavailable) }
    const request = new Request(TOKEN_URL, { method: 'POST', body: await form(), headers: { dpop: await signProof() } })
    await expect(createTokenEndpoint({ ...context.deps, store })(request)).rejects.toBe(unavailable)
  })
})

describe('a signing key that expires', () => {
  const at = async (now: string) => {
    const { fetch, deps, tokens, police } = await testContext({ now: () => new Date(now) })
    context = { ...context, police, fetch }
    const lasting = { ...police.publicJwk, expires: '2026-12-01' }
    context.fetch = createGateway({ ...deps, partyKeys: partyKeys({ politie: [lasting] }) }, tokens)
    const seconds = Date.parse(now) / 1000
    const assertion = await sign(draft(), { claims: { exp: seconds + 60 } })
    return post(await form({ client_assertion: assertion }), { dpop: await signProof({ iat: seconds }) })
  }

  test('a signing key gives tokens until the end of its last day in Amsterdam', async () => {
    expect(await at('2026-12-01T22:59:59Z')).toMatchObject({ status: 200 })
  })

  test('an expired signing key gives no token, and the answer says since when and what to do', async () => {
    expect(await at('2026-12-01T23:00:00Z')).toMatchObject({
      status: 401,
      answer: {
        error: 'invalid_client',
        error_description:
          'client_assertion: the signing key was valid until 2026-12-01; make new keys (`sluis party keys`) and give the public ones to the operator of the gateway',
      },
    })
  })
})
