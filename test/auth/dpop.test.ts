import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { createDpopPolicy, type DpopCheck, verifyDpopProof } from '../../src/auth/dpop.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { createReplayMemory } from '../../src/auth/replay.ts'
import { SluisError } from '../../src/errors.ts'
import type { PrivateJwk } from '../../src/model/party.ts'
import { type Change, type Draft, ISSUER, NOW, NOW_SECONDS, random, sign, withHeader } from './context.ts'

const URL_HERE = `${ISSUER}/v1/exchanges`
const ACCESS_TOKEN = 'header.payload.signature'

const { privateJwk: key } = await generateSigningKey()
const { privateJwk: other } = await generateSigningKey()
const { privateJwk: ec } = await generateSigningKey('ES256')
const rsaPair = await generateKeyPair('PS256', { extractable: true })
const rsa: PrivateJwk = { ...((await exportJWK(rsaPair.privateKey)) as PrivateJwk), kid: 'rsa', use: 'sig' }

const publicPart = ({ kty, crv, x, y, n, e }: PrivateJwk) => JSON.parse(JSON.stringify({ kty, crv, x, y, n, e }))

const policy = () => createDpopPolicy({ startedAt: new Date('2026-11-22T08:00:00Z'), random })

const draft = (): Draft => ({
  header: { typ: 'dpop+jwt', alg: 'EdDSA', jwk: publicPart(key) },
  claims: {
    htm: 'POST',
    htu: URL_HERE,
    iat: NOW_SECONDS,
    jti: 'unique',
    ath: createHash('sha256').update(ACCESS_TOKEN).digest('base64url'),
  },
  key,
})

const check = (proof: string, changes: Partial<DpopCheck> = {}): DpopCheck => ({
  proof,
  method: 'POST',
  url: URL_HERE,
  accessToken: ACCESS_TOKEN,
  now: NOW,
  policy: policy(),
  ...changes,
})

async function verify(proof: string, changes?: Partial<DpopCheck>): Promise<string> {
  try {
    await verifyDpopProof(check(proof, changes))
    return 'accepted'
  } catch (error) {
    if (!(error instanceof SluisError)) throw error
    return error.code
  }
}

describe('a DPoP proof', () => {
  const rows: readonly [name: string, change: Change, expected: string][] = [
    ['as RFC 9449 has it is accepted', {}, 'accepted'],
    ['of another type is refused', { header: { typ: 'JWT' } }, 'dpop-invalid'],
    ['without a type is refused', { header: { typ: undefined } }, 'dpop-invalid'],
    ['without a key is refused', { header: { jwk: undefined } }, 'dpop-invalid'],
    [
      'with the private key in its header is refused',
      { header: { jwk: { ...publicPart(key), d: key.d } } },
      'dpop-invalid',
    ],
    [
      'with a symmetric key in its header is refused',
      { header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } },
      'dpop-invalid',
    ],
    ['with a key of another kind than its algorithm is refused', { header: { jwk: publicPart(ec) } }, 'dpop-invalid'],
    [
      'with part of a private key in its header is refused',
      { header: { jwk: { ...publicPart(key), q: 'q' } } },
      'dpop-invalid',
    ],
    ['with nothing in the place of its key is refused', { header: { jwk: null } }, 'dpop-invalid'],
    ['with a text in the place of its key is refused', { header: { jwk: 'key' } }, 'dpop-invalid'],
    [
      'with a critical extension is refused',
      { header: { crit: ['urn:example:extension'], 'urn:example:extension': 1 } },
      'dpop-invalid',
    ],
    ['signed by another key than the one it carries is refused', { key: other }, 'dpop-invalid'],
    ['for another method is refused', { claims: { htm: 'GET' } }, 'dpop-invalid'],
    ['for the method in lower case is refused', { claims: { htm: 'post' } }, 'dpop-invalid'],
    ['for another path is refused', { claims: { htu: `${ISSUER}/v1/inbox` } }, 'dpop-invalid'],
    ['for another host is refused', { claims: { htu: 'https://elders.example/v1/exchanges' } }, 'dpop-invalid'],
    [
      'for the address without encryption is refused',
      { claims: { htu: URL_HERE.replace('https', 'http') } },
      'dpop-invalid',
    ],
    ['for something that is no address is refused', { claims: { htu: '/v1/exchanges' } }, 'dpop-invalid'],
    ['without an address is refused', { claims: { htu: undefined } }, 'dpop-invalid'],
    ['with the query in its address is accepted', { claims: { htu: `${URL_HERE}?limit=1#top` } }, 'accepted'],
    [
      'with its address spelt otherwise is accepted',
      { claims: { htu: 'HTTPS://SLUIS.example:443/v1/%65xchanges' } },
      'accepted',
    ],
    ['of 60 seconds old is accepted', { claims: { iat: NOW_SECONDS - 60 } }, 'accepted'],
    ['of 61 seconds old is refused', { claims: { iat: NOW_SECONDS - 61 } }, 'dpop-invalid'],
    ['dated 10 seconds ahead is accepted', { claims: { iat: NOW_SECONDS + 10 } }, 'accepted'],
    ['dated 11 seconds ahead is refused', { claims: { iat: NOW_SECONDS + 11 } }, 'dpop-invalid'],
    ['that begins 10 seconds ahead is accepted', { claims: { nbf: NOW_SECONDS + 10 } }, 'accepted'],
    ['that begins 11 seconds ahead is refused', { claims: { nbf: NOW_SECONDS + 11 } }, 'dpop-invalid'],
    ['with a date in words is refused', { claims: { iat: String(NOW_SECONDS) } }, 'dpop-invalid'],
    ['without a date is refused', { claims: { iat: undefined } }, 'dpop-invalid'],
    ['without an identifier is refused', { claims: { jti: undefined } }, 'dpop-invalid'],
    ['with an empty identifier is refused', { claims: { jti: '' } }, 'dpop-invalid'],
    ['with an identifier of 257 characters is refused', { claims: { jti: 'a'.repeat(257) } }, 'dpop-invalid'],
    ['without the hash of the token is refused', { claims: { ath: undefined } }, 'dpop-invalid'],
    [
      'with the hash of another token is refused',
      { claims: { ath: createHash('sha256').digest('base64url') } },
      'dpop-invalid',
    ],
    ['with a nonce of another process asks for ours', { claims: { nonce: 'elsewhere' } }, 'dpop-nonce-required'],
  ]
  test.each(rows)('a DPoP proof %s', async (_name, change, expected) => {
    expect(await verify(await sign(draft(), change))).toBe(expected)
  })

  test.each(['', 'one', 'a.b', 'a.b.c', '{}', 'é.é.é'])(
    'a DPoP proof that is no JWT at all is refused (%j)',
    async (proof) => {
      expect(await verify(proof)).toBe('dpop-invalid')
    },
  )

  test.each(['none', 'HS256', 'RS256', 'ES384', 'EdDSA '])(
    'a DPoP proof that claims the algorithm %j is refused',
    async (alg) => {
      const { header } = draft()
      expect(await verify(withHeader(await sign(draft()), { ...header, alg }))).toBe('dpop-invalid')
    },
  )

  test('a DPoP proof without a signature is refused', async () => {
    const [header, claims] = (await sign(draft())).split('.')
    expect(await verify(`${header}.${claims}.`)).toBe('dpop-invalid')
  })

  test('a DPoP proof may be signed with ES256 or PS256', async () => {
    const es256 = { header: { alg: 'ES256', jwk: publicPart(ec) }, key: ec }
    const ps256 = { header: { alg: 'PS256', jwk: publicPart(rsa) }, key: rsa }
    expect(await verify(await sign(draft(), es256))).toBe('accepted')
    expect(await verify(await sign(draft(), ps256))).toBe('accepted')
  })

  test('a DPoP proof yields the thumbprint of its key', async () => {
    const jkt = await verifyDpopProof(check(await sign(draft())))
    expect(jkt).toBe(await calculateJwkThumbprint(publicPart(key)))
    expect(jkt).toBe(key.kid)
  })

  test('a DPoP proof of another key than the token is bound to is refused, and not used up', async () => {
    const proof = await sign(draft())
    const shared = policy()
    expect(await verify(proof, { policy: shared, jkt: other.kid })).toBe('dpop-invalid')
    expect(await verify(proof, { policy: shared, jkt: key.kid })).toBe('accepted')
  })

  test('a DPoP proof is accepted once', async () => {
    const proof = await sign(draft())
    const shared = policy()
    expect(await verify(proof, { policy: shared })).toBe('accepted')
    expect(await verify(proof, { policy: shared })).toBe('dpop-invalid')
    expect(await verify(proof, { policy: shared, now: new Date(NOW.getTime() + 60_000) })).toBe('dpop-invalid')
  })

  test('a DPoP proof with the identifier of somebody else’s proof is accepted', async () => {
    const shared = policy()
    const theirs = { header: { jwk: publicPart(other) }, key: other }
    expect(await verify(await sign(draft()), { policy: shared })).toBe('accepted')
    expect(await verify(await sign(draft(), theirs), { policy: shared })).toBe('accepted')
  })

  test('a DPoP proof with a wrong signature does not burn the identifier', async () => {
    const proof = await sign(draft())
    const shared = policy()
    const forged = `${proof.slice(0, -8)}AAAAAAAA`
    expect(await verify(forged, { policy: shared })).toBe('dpop-invalid')
    expect(await verify(proof, { policy: shared })).toBe('accepted')
  })

  test('a DPoP proof is refused while the memory is full', async () => {
    const full = { ...policy(), replay: createReplayMemory({ capacity: 1 }) }
    const second = await sign(draft(), { claims: { jti: 'second' } })
    expect(await verify(await sign(draft()), { policy: full })).toBe('accepted')
    expect(await verify(second, { policy: full })).toBe('too-many-requests')
  })

  test('errors about DPoP proofs repeat nothing that was sent', async () => {
    const marked = { claims: { htu: 'https://gemerkt.example', jti: 'gemerkt' } }
    const error = await verifyDpopProof(check(await sign(draft(), marked))).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SluisError)
    expect(JSON.stringify((error as SluisError).faults)).not.toContain('gemerkt')
  })
})

describe('after a restart', () => {
  const restarted = () => createDpopPolicy({ startedAt: NOW, random })
  const rows: readonly [name: string, iat: number, expected: string][] = [
    ['a proof from before it needs the nonce', NOW_SECONDS - 1, 'dpop-nonce-required'],
    [
      'a proof that the process before may have accepted in advance needs it too',
      NOW_SECONDS + 9,
      'dpop-nonce-required',
    ],
    ['a proof that the process before cannot have accepted does not', NOW_SECONDS + 10, 'accepted'],
  ]
  test.each(rows)('after a restart, %s', async (_name, iat, expected) => {
    const proof = await sign(draft(), { claims: { iat } })
    expect(await verify(proof, { policy: restarted() })).toBe(expected)
  })

  test('after a restart, a proof with the new nonce is accepted, once', async () => {
    const shared = restarted()
    const proof = await sign(draft(), { claims: { iat: NOW_SECONDS - 30, nonce: shared.nonce } })
    expect(await verify(proof, { policy: shared })).toBe('accepted')
    expect(await verify(proof, { policy: shared })).toBe('dpop-invalid')
  })

  test('after a restart, a proof with the nonce of the process before is refused', async () => {
    const before = restarted()
    const proof = await sign(draft(), { claims: { nonce: before.nonce } })
    expect(await verify(proof, { policy: before })).toBe('accepted')
    expect(await verify(proof, { policy: restarted() })).toBe('dpop-nonce-required')
  })
})
