import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyClientAssertion } from '../../src/auth/client-assertion.ts'
import { createDpopPolicy, verifyDpopProof } from '../../src/auth/dpop.ts'
import { parseForm } from '../../src/auth/form.ts'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { prefersSecond } from '../../src/http/accept.ts'
import { readIdempotencyKey } from '../../src/http/idempotency-key.ts'
import { preferredLanguage } from '../../src/http/language.ts'
import { readTrace } from '../../src/http/traceparent.ts'
import { parseClientId } from '../../src/model/client-id.ts'
import { parseJson } from '../../src/report/json.ts'
import { FREE_TEXT_SIZES, findSteep, measureGrowth, RUNS, TEXT_RUNS } from '../growth.ts'
import { type LogApp, openLogApp } from './log-app.ts'

const ISSUER = 'https://sluis.example'
const NOW = new Date('2026-11-22T09:00:00Z')
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const BARE = ['', ''] as const
const AROUND = ['a', '!'] as const

/** Errors are expected: only the time counts. */
const settled = (work: (text: string) => unknown) => async (text: string) => {
  try {
    await work(text)
  } catch {}
}
const requestWith = (name: string, value: string) => new Request(ISSUER, { headers: { [name]: value } })

test('the measurement recognises quadratic work', async () => {
  const quadratic = (text: string) => /\s+$/.test(text)
  expect(await measureGrowth(quadratic, ' ', AROUND, FREE_TEXT_SIZES.near)).toBeGreaterThan(2.5)
  expect(await findSteep(quadratic, [' ', 'a'], [AROUND], FREE_TEXT_SIZES)).toEqual([
    expect.stringContaining('["a"," ","!"]'),
  ])
})

describe('the time for a text grows no faster than the text', () => {
  let app: LogApp
  beforeAll(async () => {
    app = await openLogApp()
  })
  afterAll(() => app.close())

  const headers: readonly (readonly [name: string, ...starts: string[]])[] = [
    ['accept-language', 'en;', 'en;q='],
    ['accept', 'text/html;', 'text/html;q='],
    ['authorization', 'DPoP ', 'DPoP a', 'DPoP a.'],
    ['dpop', 'a.', 'eyJhbGciOiJFUzI1NiJ9.'],
    ['content-type', 'application/json;', 'application/json; charset='],
    ['content-encoding', 'gzip,'],
    ['content-length', '0'],
    ['cookie', 'a='],
    ['if-none-match', 'W/"'],
    ['x-request-id', 'a'],
    ['traceparent', '00-', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-'],
    ['idempotency-key', 'a'],
  ]
  test.each(headers)('the header %s', { timeout: 120_000 }, async (name, ...starts) => {
    const surroundings = [BARE, AROUND, ...starts.map((start) => [start, '!'] as const)]
    const path = name === 'accept' ? '/docs' : name === 'if-none-match' ? '/checkpoint' : '/v1/exchanges/x'
    const method = name.startsWith('content-') ? 'POST' : 'GET'
    const work = settled((text) => app.get(path, { method, headers: { [name]: text } }))
    expect(await findSteep(work, RUNS, surroundings)).toEqual([])
  })

  test.each([
    '/',
    '/v1/exchanges/',
    '/v1/log/',
    '/tile/0/',
    '/tile/8/data/',
    '/problems/',
    '/docs?cursor=',
    '/docs?',
    '/v1/exchanges/_',
  ])('the address %s', { timeout: 120_000 }, async (path) => {
    const work = settled((text) => app.get(path + encodeURI(text)))
    expect(await findSteep(work, RUNS, [BARE, AROUND])).toEqual([])
    const decoded = settled((text) => app.get(path + text))
    expect(await findSteep(decoded, ['%2', '%41', '%', '%2f', '%00', '/', '..', '?'], [BARE, AROUND])).toEqual([])
  })

  const readers: readonly (readonly [name: string, work: (text: string) => unknown])[] = [
    ['Accept-Language', (text) => preferredLanguage(text)],
    ['Accept', (text) => prefersSecond(text, ['text/html', 'application/json'])],
    ['Idempotency-Key', (text) => readIdempotencyKey(requestWith('idempotency-key', text))],
    ['traceparent', (text) => readTrace(requestWith('traceparent', text))],
    ['a client id', (text) => parseClientId(text)],
    [
      'a form',
      (body) =>
        parseForm(
          new Request(ISSUER, {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          }),
          1_000_000,
        ),
    ],
    [
      'a client assertion',
      (assertion) =>
        verifyClientAssertion({ assertion, clientId: 'a', audiences: [ISSUER], keys: { find: () => [] }, now: NOW }),
    ],
    ['a body', (text) => parseJson(formatUtf8(text))],
    ['a text in a body', (text) => parseJson(formatUtf8(JSON.stringify({ [text]: text })))],
  ]
  test.each(readers)('%s', { timeout: 120_000 }, async (_name, work) => {
    expect(await findSteep(settled(work), TEXT_RUNS, [BARE, AROUND])).toEqual([])
  })

  test('a body of numbers, brackets and escapes', { timeout: 120_000 }, async () => {
    const work = settled((text) => parseJson(formatUtf8(text)))
    const runs = ['[', '{', '{"a":', '[0,', '0,', '"",', '\\u0041', '\\', '1e', '0.0', '00', ' ']
    const surroundings = [
      ['[', ''],
      ['["', '"]'],
      ['[1.', '1]'],
      ['[0.', '1e5]'],
      ['{"', '":1}'],
    ] as const
    expect(await findSteep(work, runs, surroundings)).toEqual([])
  })

  test('the claims of a signed proof, which anybody may sign', { timeout: 120_000 }, async () => {
    const { privateJwk, publicJwk } = await generateSigningKey()
    const { kty, crv, x } = publicJwk
    const policy = createDpopPolicy({ startedAt: NOW, random })
    const steep: string[] = []
    for (const run of ['%', '%4', '%41', '/', '..', '/./', '?', '#', ' ', 'a']) {
      const proofs = new Map<string, string>()
      const prepare = async (text: string) => {
        const claims = { htm: 'GET', htu: `${ISSUER}/${text}`, iat: NOW.getTime() / 1000, jti: 'a', ath: text }
        const jwk = JSON.parse(JSON.stringify({ kty, crv, x }))
        return new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'dpop+jwt', jwk }).sign(privateJwk)
      }
      const work = settled(async (text) => {
        const proof = proofs.get(text) ?? (await prepare(text))
        proofs.set(text, proof)
        await verifyDpopProof({ proof, method: 'GET', url: `${ISSUER}/v1`, now: NOW, policy })
      })
      steep.push(...(await findSteep(work, [run], [BARE, AROUND])))
    }
    expect(steep).toEqual([])
  })
})
