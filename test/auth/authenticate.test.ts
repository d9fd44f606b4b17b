import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Grant } from '../../src/auth/access-token.ts'
import { createAuthenticator, formatChallenge } from '../../src/auth/authenticate.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { ERROR_CODES, type ErrorCode, SluisError, sluisError } from '../../src/errors.ts'
import { ISSUER, NOW, NOW_SECONDS, sign, testContext } from './context.ts'

const URL_HERE = `${ISSUER}/v1/exchanges`
const context = await testContext()
const authenticate = createAuthenticator(context.deps)
const { privateJwk: key } = await generateSigningKey()
const { privateJwk: otherKey } = await generateSigningKey()

let serial = 0
const grantToken = (grant: Partial<Grant> = {}) =>
  context.tokens.issue(
    { party: 'politie', scopes: ['exchange:submit'], jkt: key.kid, ...grant },
    `token-${serial++}`,
    NOW,
  )

const prove = (accessToken: string, signer = key, url = URL_HERE) =>
  sign({
    header: { typ: 'dpop+jwt', alg: 'EdDSA', jwk: { kty: 'OKP', crv: 'Ed25519', x: signer.x } },
    claims: {
      htm: 'POST',
      htu: url,
      iat: NOW_SECONDS,
      jti: `proof-${serial++}`,
      ath: createHash('sha256').update(accessToken).digest('base64url'),
    },
    key: signer,
  })

const codeOf = (headers: Record<string, string>, url = URL_HERE) =>
  authenticate(new Request(url, { method: 'POST', headers }), 'exchange:submit').then(
    () => 'accepted',
    (error: unknown) => (error instanceof SluisError ? error.code : Promise.reject(error)),
  )

describe('the authenticator', () => {
  test('the authenticator returns the party, its scopes and its key', async () => {
    const token = await grantToken()
    const headers = { authorization: `DPoP ${token}`, dpop: await prove(token) }
    const principal = await authenticate(new Request(URL_HERE, { method: 'POST', headers }), 'exchange:submit')
    expect(principal).toEqual({ party: 'politie', scopes: ['exchange:submit'], jkt: key.kid })
  })

  test('the authenticator takes the public address from its configuration, not from the requested host', async () => {
    const token = await grantToken()
    const headers = { authorization: `dpop ${token}`, dpop: await prove(token) }
    expect(await codeOf(headers, 'http://10.0.0.1:8080/v1/exchanges?limit=1')).toBe('accepted')
    const elsewhere = await prove(token, key, 'http://10.0.0.1:8080/v1/exchanges')
    expect(await codeOf({ ...headers, dpop: elsewhere }, 'http://10.0.0.1:8080/v1/exchanges')).toBe('dpop-invalid')
  })

  test('a request without a token is refused', async () => {
    expect(await codeOf({})).toBe('token-missing')
  })

  test('the Bearer scheme is refused, also with a proof', async () => {
    const token = await grantToken()
    expect(await codeOf({ authorization: `Bearer ${token}`, dpop: await prove(token) })).toBe('token-invalid')
  })

  test('a token in the address is refused', async () => {
    const token = await grantToken()
    expect(await codeOf({ dpop: await prove(token) }, `${URL_HERE}?access_token=${token}`)).toBe('token-invalid')
  })

  test('a token without a proof is refused', async () => {
    expect(await codeOf({ authorization: `DPoP ${await grantToken()}` })).toBe('dpop-invalid')
  })

  test('a token that is bound to another key is refused', async () => {
    const token = await grantToken()
    expect(await codeOf({ authorization: `DPoP ${token}`, dpop: await prove(token, otherKey) })).toBe('dpop-invalid')
  })

  test('a proof that was made for another token is refused', async () => {
    const token = await grantToken()
    const other = await grantToken()
    expect(await codeOf({ authorization: `DPoP ${token}`, dpop: await prove(other) })).toBe('dpop-invalid')
  })

  test('a request that is sent twice is refused', async () => {
    const token = await grantToken()
    const headers = { authorization: `DPoP ${token}`, dpop: await prove(token) }
    expect(await codeOf(headers)).toBe('accepted')
    expect(await codeOf(headers)).toBe('dpop-invalid')
  })

  test('a token without the scope of the route is refused', async () => {
    const token = await grantToken({ scopes: ['exchange:check', 'inbox:read'] })
    expect(await codeOf({ authorization: `DPoP ${token}`, dpop: await prove(token) })).toBe('scope-insufficient')
  })

  test('an expired token is refused', async () => {
    const late = await testContext({ now: () => new Date(NOW.getTime() + 301_000) })
    const token = await context.tokens.issue(
      { party: 'politie', scopes: ['exchange:submit'], jkt: key.kid },
      'old',
      NOW,
    )
    const gate = createAuthenticator({ ...late.deps, tokens: context.tokens })
    const request = new Request(URL_HERE, { method: 'POST', headers: { authorization: `DPoP ${token}` } })
    await expect(gate(request, 'exchange:submit')).rejects.toMatchObject({ code: 'token-invalid' })
  })
})

describe('a challenge', () => {
  const challenge = (code: ErrorCode) => formatChallenge(sluisError(code, { nl: '-', en: '-' }), context.deps)
  const suffix = `algs="ES256 EdDSA Ed25519 PS256", resource_metadata="${ISSUER}/.well-known/oauth-protected-resource"`
  const rows: readonly [ErrorCode, string][] = [
    ['token-missing', `DPoP ${suffix}`],
    ['token-invalid', `DPoP error="invalid_token", ${suffix}`],
    ['dpop-invalid', `DPoP error="invalid_dpop_proof", ${suffix}`],
    ['dpop-nonce-required', `DPoP error="use_dpop_nonce", ${suffix}`],
    ['scope-insufficient', `DPoP error="insufficient_scope", ${suffix}`],
  ]
  test.each(rows)('the challenge for %s states how to try again', (code, expected) => {
    expect(challenge(code)['WWW-Authenticate']).toBe(expected)
  })

  test('a challenge goes with every error that answers 401', () => {
    const codes = Object.entries(ERROR_CODES).flatMap(([code, { status }]) =>
      status === 401 ? [code as ErrorCode] : [],
    )
    for (const code of codes) expect(challenge(code)).toHaveProperty('WWW-Authenticate')
  })

  test('a challenge carries the nonce only when one is needed', () => {
    expect(challenge('dpop-nonce-required')['DPoP-Nonce']).toBe(context.dpop.nonce)
    expect(challenge('dpop-invalid')).not.toHaveProperty('DPoP-Nonce')
  })

  test('a challenge does not go with other errors', () => {
    expect(challenge('not-found')).toEqual({})
  })
})
