import fc from 'fast-check'
import {
  calculateJwkThumbprint,
  decodeProtectedHeader,
  exportJWK,
  type GeneralJWE,
  generalDecrypt,
  generateKeyPair,
} from 'jose'
import { describe, expect, test } from 'vitest'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { openSealed } from '../../src/delivery/open.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import { formatUtf8, parseUtf8 } from '../../src/encoding/bytes.ts'
import type { PrivateJwk, PublicJwk } from '../../src/model/party.ts'

const [first, second, third] = await Promise.all([
  generateEncryptionKey(),
  generateEncryptionKey(),
  generateEncryptionKey(),
])

const sealerAt = (at: string, ...keys: readonly PublicJwk[]) =>
  createSealer({ find: (party, use) => (party === 'comensha' && use === 'enc' ? keys : []) }, () => new Date(at))
const sealerFor = (...keys: readonly PublicJwk[]) => sealerAt('2026-11-22T10:00:00Z', ...keys)

const TEXT = '{"melding":"één"}'
const seal = (text: string, ...keys: readonly PublicJwk[]) => sealerFor(...keys).seal('comensha', formatUtf8(text))
const open = async (sealed: string, ...keys: readonly PrivateJwk[]) => parseUtf8(await openSealed(sealed, keys))

const X25519 = async () => {
  const pair = await generateKeyPair('ECDH-ES+A256KW', { crv: 'X25519', extractable: true })
  const jwk = (await exportJWK(pair.privateKey)) as Record<string, string> & { kty: string; d: string }
  const privateJwk: PrivateJwk = { ...jwk, kid: 'x25519', use: 'enc' }
  const { d: _, ...publicJwk } = privateJwk
  return { privateJwk, publicJwk: publicJwk as PublicJwk }
}

describe('an encryption key', () => {
  test('an encryption key names itself by its thumbprint and states its use', async () => {
    const { d: _, ...publicMembers } = first.privateJwk
    expect(first.publicJwk).toEqual(publicMembers)
    expect(first.publicJwk).toMatchObject({ use: 'enc', alg: 'ECDH-ES+A256KW', crv: 'P-256' })
    expect(first.publicJwk.kid).toBe(await calculateJwkThumbprint({ ...first.publicJwk }))
  })
})

describe('sealed content', () => {
  test('sealed content opens to what was sealed', async () => {
    const json = fc.json({ maxDepth: 2 }).map((text) => JSON.stringify(JSON.parse(text)))
    await fc.assert(
      fc.asyncProperty(json, async (text) => {
        expect(await open(await seal(text, first.publicJwk), first.privateJwk)).toBe(text)
      }),
      { numRuns: 30 },
    )
  })

  test('sealed content opens with either of two keys, and with no third', async () => {
    const sealed = await seal(TEXT, first.publicJwk, second.publicJwk)
    expect(await open(sealed, first.privateJwk)).toBe(TEXT)
    expect(await open(sealed, third.privateJwk, second.privateJwk)).toBe(TEXT)
    await expect(open(sealed, third.privateJwk)).rejects.toMatchObject({ code: 'recipient-without-key' })
  })

  test('content may be sealed to X25519', async () => {
    const { privateJwk, publicJwk } = await X25519()
    expect(await open(await seal(TEXT, publicJwk), privateJwk)).toBe(TEXT)
  })

  test('sealed content opens with any JWE library to JSON', async () => {
    const jwe: GeneralJWE = JSON.parse(await seal(TEXT, first.publicJwk))
    const { plaintext } = await generalDecrypt(jwe, { ...first.privateJwk })
    expect(JSON.parse(parseUtf8(plaintext))).toEqual(JSON.parse(TEXT))
  })

  test('sealed content shows the form of the content and the keys, nothing else', async () => {
    const jwe: GeneralJWE = JSON.parse(await seal(TEXT, first.publicJwk, second.publicJwk))
    expect(Object.keys(jwe).sort()).toEqual(['ciphertext', 'iv', 'protected', 'recipients', 'tag'])
    expect(decodeProtectedHeader(jwe)).toEqual({ typ: 'JOSE+JSON', cty: 'application/json', enc: 'A256GCM' })
    expect(jwe.recipients.map(({ header }) => Object.keys(header ?? {}).sort())).toEqual([
      ['alg', 'epk', 'kid'],
      ['alg', 'epk', 'kid'],
    ])
  })

  test('sealed content has one form, for one key as for two', async () => {
    const jwe: GeneralJWE = JSON.parse(await seal(TEXT, first.publicJwk))
    expect(jwe.recipients).toHaveLength(1)
    expect(jwe.recipients[0]?.header).toMatchObject({ alg: 'ECDH-ES+A256KW', kid: first.publicJwk.kid })
  })

  test('sealed content differs each time', async () => {
    expect(await seal(TEXT, first.publicJwk)).not.toBe(await seal(TEXT, first.publicJwk))
  })

  const ciphertextLength = async (bytes: number): Promise<number> => {
    const jwe: GeneralJWE = JSON.parse(await seal('a'.repeat(bytes), first.publicJwk))
    return Buffer.from(jwe.ciphertext, 'base64url').length
  }
  test.each([
    [0, 1024],
    [1, 1024],
    [1023, 1024],
    [1024, 1024],
    [1025, 2048],
    [5000, 8192],
    [9000, 16_384],
    [70_000, 131_072],
    [1_000_000, 1_048_576],
    [1_048_577, 1_310_720],
  ])('sealed content of %i bytes is as long as %i', async (bytes, expected) => {
    expect(await ciphertextLength(bytes)).toBe(expected)
  })
})

test('sealed content has few lengths, and is padded to at most twice its own', async () => {
  const lengths = new Set<number>()
  for (let bytes = 1024; bytes <= 65_536; bytes += 1024) {
    const jwe: GeneralJWE = JSON.parse(await seal('a'.repeat(bytes), first.publicJwk))
    const { length } = Buffer.from(jwe.ciphertext, 'base64url')
    expect(length).toBeLessThan(2 * bytes)
    lengths.add(length)
  }
  expect([...lengths]).toEqual([1024, 2048, 4096, 8192, 16_384, 32_768, 65_536])
})

describe('sealing is refused', () => {
  const unfit = (changes: Record<string, string>): PublicJwk => ({ ...first.publicJwk, ...changes })
  const rows: readonly [name: string, keys: readonly PublicJwk[]][] = [
    ['to a recipient without a key', []],
    ['to a signing key', [unfit({ use: 'sig' })]],
    ['to a key on another curve', [unfit({ crv: 'P-384' })]],
    ['to a key for another algorithm', [unfit({ alg: 'RSA-OAEP-256' })]],
    ['when one of two keys does not fit', [first.publicJwk, unfit({ kty: 'RSA' })]],
  ]
  test.each(rows)('sealing is refused %s', async (_name, keys) => {
    await expect(seal(TEXT, ...keys)).rejects.toMatchObject({ code: 'recipient-without-key' })
  })

  test('sealing is refused to another party than the one that has the key', async () => {
    await expect(sealerFor(first.publicJwk).seal('politie', formatUtf8(TEXT))).rejects.toMatchObject({
      code: 'recipient-without-key',
    })
  })
})

describe('a key that expires', () => {
  const lasting = { ...first.publicJwk, expires: '2026-12-01' }

  test('content is sealed to a key until the end of its last day in Amsterdam, and not a second longer', async () => {
    const sealed = await sealerAt('2026-12-01T22:59:59Z', lasting).seal('comensha', formatUtf8(TEXT))
    expect((await open(sealed, first.privateJwk)).trimEnd()).toBe(TEXT)
    await expect(sealerAt('2026-12-01T23:00:00Z', lasting).seal('comensha', formatUtf8(TEXT))).rejects.toMatchObject({
      code: 'recipient-without-key',
    })
  })

  test('content is sealed to the other keys of the recipient only, once one has expired', async () => {
    const sealed = await sealerAt('2026-12-02T10:00:00Z', lasting, second.publicJwk).seal('comensha', formatUtf8(TEXT))
    expect((await open(sealed, second.privateJwk)).trimEnd()).toBe(TEXT)
    await expect(open(sealed, first.privateJwk)).rejects.toMatchObject({ code: 'recipient-without-key' })
  })

  test('what must not wait for a new key is sealed to expired keys only when there is no other', async () => {
    const sealToAll = (...keys: readonly PublicJwk[]) =>
      sealerAt('2026-12-02T10:00:00Z', ...keys).seal('comensha', formatUtf8(TEXT), 'all')
    expect((await open(await sealToAll(lasting), first.privateJwk)).trimEnd()).toBe(TEXT)
    const sealed = await sealToAll(lasting, second.publicJwk)
    await expect(open(sealed, first.privateJwk)).rejects.toMatchObject({ code: 'recipient-without-key' })
  })
})

describe('opening is refused', () => {
  type Change = (jwe: GeneralJWE) => unknown
  const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
  const rows: readonly [name: string, change: Change, code: string][] = [
    ['of changed content', (jwe) => ({ ...jwe, ciphertext: flip(jwe.ciphertext) }), 'value-invalid'],
    ['of content that was cut off', (jwe) => ({ ...jwe, ciphertext: jwe.ciphertext.slice(0, -8) }), 'value-invalid'],
    ['with a changed tag', (jwe) => ({ ...jwe, tag: flip(jwe.tag ?? '') }), 'value-invalid'],
    ['without a tag', ({ tag: _, ...jwe }) => jwe, 'value-invalid'],
    [
      'with a changed header',
      (jwe) => ({ ...jwe, protected: btoa('{"enc":"A256GCM"}').replaceAll('=', '') }),
      'value-invalid',
    ],
    [
      'with another way of encrypting',
      (jwe) => ({ ...jwe, protected: btoa('{"enc":"A128GCM"}').replaceAll('=', '') }),
      'value-invalid',
    ],
    ['without recipients', (jwe) => ({ ...jwe, recipients: [] }), 'recipient-without-key'],
    ['of something else that is JSON', () => [], 'value-invalid'],
    ['of null', () => null, 'value-invalid'],
    ['of recipients of another form', (jwe) => ({ ...jwe, recipients: [null] }), 'value-invalid'],
    ['of recipients with another header', (jwe) => ({ ...jwe, recipients: [{ header: null }] }), 'value-invalid'],
  ]
  test.each(rows)('opening is refused: %s', async (_name, change, code) => {
    const changed = change(JSON.parse(await seal(TEXT, first.publicJwk)))
    await expect(open(JSON.stringify(changed), first.privateJwk)).rejects.toMatchObject({ code })
  })

  test('opening is refused for text that is not JSON', async () => {
    await expect(open('not sealed', first.privateJwk)).rejects.toMatchObject({ code: 'value-invalid' })
  })

  test('opening is refused with the key of another party that claims the same name', async () => {
    const sealed = await seal(TEXT, first.publicJwk)
    const impostor = { ...second.privateJwk, kid: first.publicJwk.kid }
    await expect(open(sealed, impostor)).rejects.toMatchObject({ code: 'value-invalid' })
  })
})
