import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../src/auth/keys.ts'
import { openGatewayKeys } from '../../src/boot/key-files.ts'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import type { PublicJwk } from '../../src/model/party.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'

const ONE = 'politie.functionaris-1'
const TWO = 'comensha.functionaris-1'
const NAMED = /keys of politie\.functionaris-1 and comensha\.functionaris-1: the same key under two clients/

const edwards = (await generateSigningKey()).publicJwk
const curve = (await generateSigningKey('ES256')).publicJwk
const encryption = (await generateEncryptionKey()).publicJwk
const rsa = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid: 'rsa',
  use: 'sig',
} as unknown as PublicJwk

/** Another spelling of base64url whose last digit has spare bits. */
function respell(text: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return text.slice(0, -1) + digits[digits.indexOf(text.at(-1)!) + 1]
}

describe('the keys of parties', () => {
  test.each<[what: string, one: PublicJwk, two: PublicJwk]>([
    ['the same key', edwards, edwards],
    [
      'the same key with another kid and without alg',
      edwards,
      { kty: 'OKP', crv: 'Ed25519', x: edwards.x!, kid: 'b', use: 'sig' },
    ],
    ['the same key in another spelling', edwards, { ...edwards, x: respell(edwards.x!) }],
    ['the same key with padding', edwards, { ...edwards, x: `${edwards.x}=` }],
    ['the same key for another use', curve, { ...curve, use: 'enc' }],
    ['the mirror image of a point', curve, { ...curve, y: edwards.x! }],
    ['one encryption key', encryption, encryption],
    ['one modulus with another exponent', rsa, { ...rsa, e: 'Aw' }],
    [
      'one modulus with a zero in front',
      rsa,
      { ...rsa, n: Buffer.from(`00${Buffer.from(rsa.n!, 'base64url').toString('hex')}`, 'hex').toString('base64url') },
    ],
  ])('%s under two clients is refused by name', (_, one, two) => {
    expect(() =>
      createPartyKeys(
        new Map([
          [ONE, [one]],
          [TWO, [two]],
        ]),
      ),
    ).toThrow(NAMED)
  })

  test('a client has several keys, and keys of two clients differ', async () => {
    const other = (await generateSigningKey()).publicJwk
    const keys = createPartyKeys(
      new Map([
        [ONE, [edwards, curve, encryption, edwards]],
        [TWO, [other, rsa]],
      ]),
    )
    expect(keys.find(ONE, 'sig')).toHaveLength(3)
    expect(keys.find(TWO, 'sig')).toEqual([other, rsa])
  })

  test('a gateway does not open key files of two clients with one key', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'party-keys'))
    for (const client of [ONE, TWO])
      writeFileSync(join(folder, 'party-keys', `${client}.jwks.json`), JSON.stringify({ keys: [edwards] }))
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
    const opening = openGatewayKeys({ folder, issuer: 'https://sluis.example', clock: () => new Date(), random })
    await expect(opening).rejects.toThrow(/the same key under two clients/)
  })
})
