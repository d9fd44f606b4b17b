import { sha256 } from '@noble/hashes/sha2.js'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { generateKeyPair as generateProofKey } from 'oauth4webapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatBase64Url, formatUtf8 } from '../../src/encoding/bytes.ts'
import { readProblem } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { createOAuthClient, withNonce } from './oauth-client.ts'

type CryptoKeyPair = Awaited<ReturnType<typeof generateProofKey>>

const signProof = async ({ privateKey, publicKey }: CryptoKeyPair, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT({ htm: 'GET', jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(publicKey) })
    .setIssuedAt()
    .sign(privateKey)

/** The claims of a real token under the signature of a stranger. */
const forgeToken = async (token: string): Promise<string> =>
  new SignJWT(decodeJwt(token))
    .setProtectedHeader({ ...decodeProtectedHeader(token), alg: 'EdDSA' })
    .sign((await generateKeyPair('EdDSA')).privateKey)

export function accessCases(gateway: () => BlackBox): void {
  describe('access', () => {
    const path = '/v1/deliveries'
    let token: string
    let bound: CryptoKeyPair
    /** What the gateway asks for in proofs, learned from a proof with another one. */
    let nonce: string

    const call = (headers: Record<string, string>, query = '') =>
      gateway().send(new Request(gateway().issuer + path + query, { headers }))
    const prove = (key: CryptoKeyPair, claims: Record<string, unknown> = {}) =>
      signProof(key, {
        htu: gateway().issuer + path,
        ath: formatBase64Url(sha256(formatUtf8(token))),
        nonce,
        ...claims,
      })

    beforeAll(async () => {
      const police = await createOAuthClient(gateway(), 'politie')
      bound = police.proofKey
      token = (await withNonce(() => police.requestToken('inbox:read'))).access_token
      const refusal = await call({
        authorization: `DPoP ${token}`,
        dpop: await prove(bound, { nonce: 'of-yesterday' }),
      })
      nonce = refusal.headers.get('dpop-nonce') ?? ''
    })

    test('the token with a proof by its key opens the route', async () => {
      expect((await call({ authorization: `DPoP ${token}`, dpop: await prove(bound) })).status).toBe(200)
    })

    test('the answer to a proof with another nonce carries the right one', async () => {
      const refusal = await call({
        authorization: `DPoP ${token}`,
        dpop: await prove(bound, { nonce: 'of-yesterday' }),
      })
      expect(refusal.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"')
      expect(refusal.headers.get('dpop-nonce')).toBe(nonce)
      expect(await readProblem(refusal)).toEqual({ status: 401, code: 'dpop-nonce-required' })
    })

    const refusals: readonly [
      what: string,
      headers: () => Promise<Record<string, string>>,
      status: number,
      code: string,
      error: string | undefined,
      query?: string,
    ][] = [
      ['no token', async () => ({}), 401, 'token-missing', undefined],
      [
        'a bound token as Bearer',
        async () => ({ authorization: `Bearer ${token}`, dpop: await prove(bound) }),
        401,
        'token-invalid',
        'invalid_token',
      ],
      [
        'a token without a proof',
        async () => ({ authorization: `DPoP ${token}` }),
        401,
        'dpop-invalid',
        'invalid_dpop_proof',
      ],
      [
        'a proof by another key',
        async () => ({ authorization: `DPoP ${token}`, dpop: await prove(await generateProofKey('ES256')) }),
        401,
        'dpop-invalid',
        'invalid_dpop_proof',
      ],
      [
        'a proof for another method',
        async () => ({ authorization: `DPoP ${token}`, dpop: await prove(bound, { htm: 'POST' }) }),
        401,
        'dpop-invalid',
        'invalid_dpop_proof',
      ],
      [
        'a proof for another address',
        async () => ({
          authorization: `DPoP ${token}`,
          dpop: await prove(bound, { htu: `https://elders.example${path}` }),
        }),
        401,
        'dpop-invalid',
        'invalid_dpop_proof',
      ],
      [
        'a token that somebody else signed',
        async () => ({ authorization: `DPoP ${await forgeToken(token)}`, dpop: await prove(bound) }),
        401,
        'token-invalid',
        'invalid_token',
      ],
      [
        'a token in the address',
        async () => ({ authorization: `DPoP ${token}`, dpop: await prove(bound) }),
        401,
        'token-invalid',
        'invalid_token',
        '?access_token=abc',
      ],
    ]
    for (const [what, headers, status, code, error, query] of refusals) {
      test(`${what} is refused with ${code}`, async () => {
        const response = await call(await headers(), query)
        const challenge = response.headers.get('www-authenticate') ?? ''
        expect(challenge).toMatch(/^DPoP /)
        expect(/error="([a-z_]+)"/.exec(challenge)?.[1]).toBe(error)
        expect(challenge).toContain(`resource_metadata="${gateway().issuer}/.well-known/oauth-protected-resource"`)
        expect(await readProblem(response)).toEqual({ status, code })
      })
    }

    test('a proof is accepted once', async () => {
      const headers = { authorization: `DPoP ${token}`, dpop: await prove(bound) }
      expect((await call(headers)).status).toBe(200)
      expect(await readProblem(await call(headers))).toEqual({ status: 401, code: 'dpop-invalid' })
    })

    const outOfScope: readonly [party: string, method: string, path: string][] = [
      ['politie', 'GET', '/tile/entries/000'],
      ['toezichthouder', 'GET', '/v1/deliveries'],
      ['toezichthouder', 'POST', '/v1/exchanges'],
      ['toezichthouder', 'POST', '/v1/exchanges/_check'],
    ]
    for (const [party, method, path] of outOfScope) {
      test(`${party} has no right to ${method} ${path}`, async () => {
        const response = await (await gateway().connect(party)).request(method, path)
        expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
        expect(await readProblem(response)).toEqual({ status: 403, code: 'scope-insufficient' })
      })
    }
  })
}
