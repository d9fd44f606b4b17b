import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { formatBase64Url, formatHex, formatUtf8 } from '../../src/encoding/bytes.ts'
import { secret } from '../../src/model/secret.ts'
import { deriveKeyCheck, isSameKeyCheck } from '../../src/pseudonym/key-check.ts'
import { createKeyring, type KeyringMaterial } from '../../src/pseudonym/keyring.ts'
import { testKeyring, testMaterial } from './fixtures.ts'

// What a keyring promises to everybody who asks is in keyring-contract.ts; here is what only this one does.

const bytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill)
const [first] = testMaterial([1]).epochs

describe('createKeyring', () => {
  test('a keyring is not touched by a later change of the material it was made from', async () => {
    const epochs = [...testMaterial([1]).epochs]
    const keyring = createKeyring({ epochs })
    epochs.length = 0
    expect(await keyring.mac({ use: 'match', domain: 'a', family: '', epoch: 1 }, [bytes(0)])).toHaveLength(1)
  })

  test('a keyring returns the same code when a key has left its memory', async () => {
    const keyring = testKeyring([1])
    const ask = (domain: number) =>
      keyring.mac({ use: 'match', domain: String(domain), family: '', epoch: 1 }, [bytes(0)])
    const [before] = await ask(0)
    for (let domain = 1; domain <= 4096; domain++) await ask(domain)
    const [after] = await ask(0)
    expect(formatHex(after!)).toBe(formatHex(before!))
  })

  const wrong: readonly (readonly [what: string, material: KeyringMaterial, message: RegExp])[] = [
    ['no epochs', { epochs: [] }, /no epoch serves match/],
    ['an epoch below one', testMaterial([0]), /positive whole number/],
    ['an epoch that is not whole', testMaterial([1.5]), /positive whole number/],
    ['an epoch twice', testMaterial([1, 1]), /twice/],
    ['a secret that is too short', { epochs: [{ ...first!, secret: secret(bytes(7, 31)) }] }, /too short/],
    [
      'a use that no epoch serves',
      { epochs: [{ ...first!, uses: ['match', 'pseudonym', 'reference'] }] },
      /serves idempotency/,
    ],
    ['nothing but retired epochs', { epochs: [{ ...first!, uses: [] }] }, /no epoch serves/],
  ]
  test.each(wrong)('createKeyring refuses %s', (_, material, message) => {
    expect(() => createKeyring(material)).toThrow(RangeError)
    expect(() => createKeyring(material)).toThrow(message)
  })
})

describe('a key check value', () => {
  // Computed apart from this project, as the vectors in keyring-contract.ts.
  test.each([
    [1, 'Vt_lpSte0i4MjeI7ZNq3tg'],
    [2, 'xzJ7p4VW_QZnKv7PnF-EnA'],
    [3, 'aardhScNwbFYFo0f_c5_Yw'],
  ])('the key check value of epoch %i is the published one', async (epoch, check) => {
    expect(formatBase64Url(await deriveKeyCheck(testKeyring(), epoch))).toBe(check)
  })

  test('two key check values are the same only when every bit is', () => {
    const value = formatUtf8('0123456789abcdef')
    expect(isSameKeyCheck(value, Uint8Array.from(value))).toBe(true)
    for (let bit = 0; bit < value.length * 8; bit++) {
      const other = Uint8Array.from(value)
      other[bit >> 3]! ^= 1 << (bit & 7)
      expect(isSameKeyCheck(value, other)).toBe(false)
    }
    expect(isSameKeyCheck(value, value.subarray(0, 15))).toBe(false)
  })
})

describe('what a keyring is made from never shows its secrets', () => {
  const master = Uint8Array.from({ length: 32 }, (_, index) => 0x60 + index)
  const material: KeyringMaterial = { epochs: [{ ...first!, secret: secret(master) }] }
  test.each([
    ['util.inspect', (value: unknown) => inspect(value, { depth: 9, showHidden: true })],
    ['JSON.stringify', (value: unknown) => JSON.stringify(value)],
    ['a template', (value: unknown) => `${value}`],
  ])('keyring material never shows its secrets in %s', (_, print) => {
    for (const value of [material, material.epochs, material.epochs[0]!.secret]) {
      for (const spelling of [formatHex(master), formatBase64Url(master), master.join(','), master.join(', ')])
        expect(print(value)).not.toContain(spelling)
      expect(print(value)).not.toMatch(/Uint8Array/)
    }
  })
})
