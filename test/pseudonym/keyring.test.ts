import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBase64Url, formatHex } from '../../src/encoding.ts'
import type { KeyUse } from '../../src/ports.ts'
import { createKeyring, formatKeyring, type KeyringMaterial, parseKeyring } from '../../src/pseudonym/keyring.ts'
import { secret } from '../../src/secret.ts'

const bytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill)
const material = (epochs: readonly (readonly [number, Uint8Array])[], currentEpoch = 1): KeyringMaterial => ({
  currentEpoch,
  epochs: new Map(epochs.map(([epoch, master]) => [epoch, secret(master)])),
})
const spell = (value: Uint8Array) => formatBase64Url(value)

describe('createKeyring', () => {
  it('derives 32 bytes, the same every time', () => {
    const [one, other] = [1, 2].map(() => createKeyring(material([[1, bytes(7)]])))
    const key = one!.derive('match', 'a', 1).reveal()
    expect(key).toHaveLength(32)
    expect(other!.derive('match', 'a', 1).reveal()).toEqual(key)
    expect(one!.derive('match', 'a', 1)).toBe(one!.derive('match', 'a', 1))
  })

  it('keeps its keys from one release to the next', () => {
    expect(
      formatHex(
        createKeyring(material([[1, bytes(7)]]))
          .derive('match', 'comensha-registratie', 1)
          .reveal(),
      ),
    ).toBe('93293c63ed7e053e4982f6f8ca755f8b97f67c56aa715e3882b3a8150dedc56b')
  })

  it('gives another key for another use, domain, epoch or master secret', () => {
    const keyring = createKeyring(
      material([
        [1, bytes(7)],
        [2, bytes(7)],
        [12, bytes(8)],
      ]),
    )
    const uses: readonly KeyUse[] = ['match', 'pseudonym', 'reference', 'idempotency']
    const names = uses.flatMap((use) =>
      ['', 'a', 'a1', '1'].flatMap((domain) => [1, 2, 12].map((epoch) => [use, domain, epoch] as const)),
    )
    const keys = names.map((name) => formatHex(keyring.derive(...name).reveal()))
    expect(new Set(keys).size).toBe(names.length)
  })

  it('is not touched by a later change of what it was made from', () => {
    const epochs = new Map([[1, secret(bytes(7))]])
    const keyring = createKeyring({ currentEpoch: 1, epochs })
    epochs.delete(1)
    expect(keyring.derive('match', 'a', 1).reveal()).toHaveLength(32)
  })

  it.each([
    ['an epoch below one', material([[0, bytes(7)]], 0), /epoch/],
    ['an epoch that is not whole', material([[1.5, bytes(7)]], 1.5), /epoch/],
    ['a secret that is too short', material([[1, bytes(7, 31)]]), /too short/],
    ['a current epoch without a secret', material([[1, bytes(7)]], 2), /current epoch/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => createKeyring(wrong)).toThrow(RangeError)
    expect(() => createKeyring(wrong)).toThrow(message)
  })

  it('refuses an epoch it does not hold', () => {
    expect(() => createKeyring(material([[1, bytes(7)]])).derive('match', 'a', 2)).toThrow(RangeError)
  })
})

describe('the JSON form of a keyring', () => {
  it('is the documented one', () => {
    expect(
      JSON.parse(
        formatKeyring(
          material(
            [
              [2, bytes(2)],
              [1, bytes(1)],
            ],
            2,
          ),
        ),
      ),
    ).toEqual({
      version: 1,
      currentEpoch: 2,
      epochs: [
        { epoch: 1, secret: spell(bytes(1)) },
        { epoch: 2, secret: spell(bytes(2)) },
      ],
    })
  })

  it('gives back the keyring it was made from', () => {
    const masters = fc.dictionary(
      fc.integer({ min: 1, max: 99 }).map(String),
      fc.uint8Array({ minLength: 32, maxLength: 64 }),
      { minKeys: 1 },
    )
    fc.assert(
      fc.property(masters, (dictionary) => {
        const epochs = Object.entries(dictionary).map(([epoch, master]) => [Number(epoch), master] as const)
        const original = material(epochs, epochs[0]![0])
        const reread = parseKeyring(formatKeyring(original))
        expect(reread.currentEpoch).toBe(original.currentEpoch)
        for (const [epoch, master] of epochs)
          expect(reread.epochs.get(epoch)!.reveal()).toEqual(Uint8Array.from(master))
      }),
    )
  })

  const good = spell(bytes(200))
  it.each([
    ['cut off', `{"version":1,"currentEpoch":1,"epochs":[{"epoch":1,"secret":"${good}`, 'not JSON'],
    ['a bare secret', good, 'not JSON'],
    ['a list', `["${good}"]`, 'the whole text'],
    ['another version', `{"version":2,"currentEpoch":1,"epochs":[{"epoch":1,"secret":"${good}"}]}`, 'version'],
    ['no epochs', '{"version":1,"currentEpoch":1,"epochs":[]}', 'epochs'],
    ['a secret as member name', `{"version":1,"currentEpoch":1,"epochs":[{"epoch":1,"${good}":1}]}`, 'epochs.0'],
    [
      'an epoch as text',
      `{"version":1,"currentEpoch":1,"epochs":[{"epoch":"${good}","secret":"${good}"}]}`,
      'epochs.0.epoch',
    ],
    [
      'an epoch twice',
      `{"version":1,"currentEpoch":1,"epochs":[{"epoch":1,"secret":"${good}"},{"epoch":1,"secret":"${good}"}]}`,
      'epochs.1.epoch',
    ],
    [
      'a current epoch without a secret',
      `{"version":1,"currentEpoch":2,"epochs":[{"epoch":1,"secret":"${good}"}]}`,
      'currentEpoch',
    ],
    [
      'a secret with padding',
      `{"version":1,"currentEpoch":1,"epochs":[{"epoch":1,"secret":"${good}="}]}`,
      'epochs.0.secret',
    ],
    [
      'a short secret',
      `{"version":1,"currentEpoch":1,"epochs":[{"epoch":1,"secret":"${good.slice(0, 40)}"}]}`,
      'epochs.0.secret',
    ],
  ])('is refused when it is %s, in words that hold nothing of it', (_, text, place) => {
    let caught: unknown
    try {
      parseKeyring(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(SyntaxError)
    expect((caught as Error).message).toContain(place)
    // A stretch as short as an engine quotes.
    expect(inspect(caught, { depth: 9 })).not.toContain(good.slice(0, 8))
  })
})

describe('a keyring never shows its secrets', () => {
  const master = Uint8Array.from({ length: 32 }, (_, index) => 0x60 + index)
  const original = material([[1, master]])
  const keyring = createKeyring(original)
  const key = keyring.derive('match', 'a', 1)
  const spellings = [master, key.reveal()].flatMap((value) => [
    formatHex(value),
    spell(value),
    value.join(','),
    value.join(', '),
  ])

  it.each([
    ['util.inspect', (value: unknown) => inspect(value, { depth: 9, showHidden: true })],
    ['JSON.stringify', (value: unknown) => JSON.stringify(value)],
    ['JSON.stringify of the entries', (value: unknown) => JSON.stringify(Object.entries(value as object))],
    ['a template', (value: unknown) => `${value}`],
  ])('in %s', (_, print) => {
    for (const value of [keyring, original, { keyring, key, epochs: [...original.epochs] }]) {
      const text = print(value)
      for (const spelling of spellings) expect(text).not.toContain(spelling)
      expect(text).not.toMatch(/Uint8Array/)
    }
  })
})
