import { calculateJwkThumbprint } from 'jose'
import { describe, expect, test } from 'vitest'
import { formatPublicJwk, generateSigningKey, isKeyFor, type SignatureAlgorithm } from '../../src/auth/keys.ts'

describe('a signing key', () => {
  test.each(['EdDSA', 'ES256'] as const)(
    'a signing key for %s names itself by its thumbprint and states its use',
    async (alg) => {
      const { privateJwk, publicJwk } = await generateSigningKey(alg)
      expect(publicJwk).toMatchObject({ use: 'sig', alg, kid: await calculateJwkThumbprint({ ...publicJwk }) })
      expect(publicJwk).not.toHaveProperty('d')
      expect(formatPublicJwk(privateJwk)).toEqual(publicJwk)
      expect(isKeyFor(alg, publicJwk)).toBe(true)
    },
  )

  test('a signing key drops unknown members of a private key', async () => {
    const { privateJwk, publicJwk } = await generateSigningKey()
    expect(formatPublicJwk({ ...privateJwk, p: 'secret', note: 'text' })).toEqual(publicJwk)
  })
})

describe('a key fits an algorithm', () => {
  const ec = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
  const rows: readonly [name: string, alg: SignatureAlgorithm, jwk: Record<string, unknown>, expected: boolean][] = [
    ['when its form is right', 'ES256', ec, true],
    ['not on another curve', 'ES256', { ...ec, crv: 'P-384' }, false],
    ['not without a coordinate', 'ES256', { ...ec, y: undefined }, false],
    ['not when it is for encryption', 'ES256', { ...ec, use: 'enc' }, false],
    ['not when it is for another algorithm', 'ES256', { ...ec, alg: 'ES384' }, false],
    ['not when it is for key agreement', 'EdDSA', { kty: 'OKP', crv: 'X25519', x: 'x' }, false],
    ['under either name of Ed25519', 'Ed25519', { kty: 'OKP', crv: 'Ed25519', x: 'x', alg: 'EdDSA' }, true],
    ['under either name of EdDSA', 'EdDSA', { kty: 'OKP', crv: 'Ed25519', x: 'x', alg: 'Ed25519' }, true],
    ['when its modulus has 4096 bits', 'PS256', { kty: 'RSA', n: 'n'.repeat(683), e: 'AQAB' }, true],
    ['not when its modulus is longer', 'PS256', { kty: 'RSA', n: 'n'.repeat(684), e: 'AQAB' }, false],
  ]
  test.each(rows)('a key fits an algorithm, %s', (_name, alg, jwk, expected) => {
    expect(isKeyFor(alg, jwk)).toBe(expected)
  })
})
