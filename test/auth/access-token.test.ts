import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { createAccessTokens, type Grant } from '../../src/auth/access-token.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { SluisError } from '../../src/errors.ts'
import { type Change, ISSUER, NOW, NOW_SECONDS, sign, withHeader } from './context.ts'

const { privateJwk: signingKey } = await generateSigningKey()
const { privateJwk: otherKey } = await generateSigningKey()
const tokens = await createAccessTokens({ issuer: ISSUER, audience: ISSUER, signingKey })
const grant: Grant = { party: 'politie', scopes: ['exchange:submit', 'inbox:read'], jkt: 'thumbprint' }

const verify = (token: string, now = NOW) =>
  tokens.verify(token, now).then(
    () => 'accepted',
    (error: unknown) => (error instanceof SluisError ? error.code : Promise.reject(error)),
  )

describe('an access token', () => {
  test('an access token carries the claims of RFC 9068 and the key binding of RFC 9449', async () => {
    const token = await tokens.issue(grant, 'id-1', NOW)
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'at+jwt', alg: 'EdDSA', kid: signingKey.kid })
    expect(decodeJwt(token)).toEqual({
      iss: ISSUER,
      sub: 'politie',
      client_id: 'politie',
      aud: ISSUER,
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + 300,
      jti: 'id-1',
      scope: 'exchange:submit inbox:read',
      cnf: { jkt: 'thumbprint' },
    })
  })

  test('an access token returns what was granted', async () => {
    expect(await tokens.verify(await tokens.issue(grant, 'id-1', NOW), NOW)).toEqual({ ...grant, jti: 'id-1' })
  })

  test('an access token expires after its lifetime', async () => {
    const token = await tokens.issue(grant, 'id-1', NOW)
    expect(await verify(token, new Date(NOW.getTime() + 299_000))).toBe('accepted')
    expect(await verify(token, new Date(NOW.getTime() + 300_000))).toBe('token-invalid')
  })

  const rows: readonly [name: string, change: Change, expected: string][] = [
    ['with every claim is accepted', {}, 'accepted'],
    [
      'with a scope of a later version keeps the scopes we know',
      { claims: { scope: 'inbox:read later:scope' } },
      'accepted',
    ],
    ['of another issuer is refused', { claims: { iss: 'https://elders.example' } }, 'token-invalid'],
    ['for another audience is refused', { claims: { aud: 'https://elders.example' } }, 'token-invalid'],
    ['of another type is refused', { header: { typ: 'JWT' } }, 'token-invalid'],
    ['signed with another key is refused', { key: otherKey }, 'token-invalid'],
    ['without an end is refused', { claims: { exp: undefined } }, 'token-invalid'],
    ['without a key binding is refused', { claims: { cnf: undefined } }, 'token-invalid'],
    ['with an empty key binding is refused', { claims: { cnf: {} } }, 'token-invalid'],
    ['without scope is refused', { claims: { scope: undefined } }, 'token-invalid'],
    ['without an identifier is refused', { claims: { jti: undefined } }, 'token-invalid'],
    ['whose client is not its subject is refused', { claims: { client_id: 'comensha' } }, 'token-invalid'],
  ]
  test.each(rows)('an access token %s', async (_name, change, expected) => {
    const token = await tokens.issue(grant, 'id-1', NOW)
    const draft = { header: { ...decodeProtectedHeader(token) }, claims: { ...decodeJwt(token) }, key: signingKey }
    expect(await verify(await sign(draft, change))).toBe(expected)
  })

  test.each(['none', 'HS256', 'ES256'])('an access token that claims the algorithm %s is refused', async (alg) => {
    const token = await tokens.issue(grant, 'id-1', NOW)
    expect(await verify(withHeader(token, { typ: 'at+jwt', alg, kid: signingKey.kid }))).toBe('token-invalid')
  })

  test('an access token signed with the public key as if it were a shared secret is refused', async () => {
    const token = await tokens.issue(grant, 'id-1', NOW)
    const [, claims] = token.split('.')
    const header = btoa(JSON.stringify({ typ: 'at+jwt', alg: 'HS256', kid: signingKey.kid })).replaceAll('=', '')
    const secret = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(tokens.publicJwk.x ?? ''),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    const mac = await crypto.subtle.sign('HMAC', secret, new TextEncoder().encode(`${header}.${claims}`))
    expect(await verify(`${header}.${claims}.${Buffer.from(mac).toString('base64url')}`)).toBe('token-invalid')
  })

  test('the issuer of access tokens publishes no private member of its key', () => {
    expect(Object.keys(tokens.publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })
})
