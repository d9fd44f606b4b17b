import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivePseudonym, newPersonId, PSEUDONYM_PATTERN } from '../../src/pseudonym/pseudonym.ts'
import { testKeyring } from './fixtures.ts'

const keyring = testKeyring()
const epoch = fc.integer({ min: 1, max: 3 })

describe('derivePseudonym', () => {
  it('gives one person one pseudonym in one domain and epoch', () => {
    expect(derivePseudonym(keyring, 'a', 1, 'p')).toBe(derivePseudonym(testKeyring(), 'a', 1, 'p'))
  })

  it('keeps its pseudonyms from one release to the next', () => {
    expect(derivePseudonym(keyring, 'comensha-registratie', 1, 'AAAAAAAAAAAAAAAAAAAAAA')).toBe(
      'pzas2uio-65yc7lo7-vs6xdwya-7gnvsd5z',
    )
  })

  it('always has the shape that is published', () => {
    fc.assert(
      fc.property(fc.string(), epoch, fc.string(), (domain, at, id) =>
        PSEUDONYM_PATTERN.test(derivePseudonym(keyring, domain, at, id)),
      ),
    )
  })

  it('differs between persons, domains and epochs', () => {
    const key = fc.tuple(fc.string(), epoch, fc.string())
    fc.assert(
      fc.property(key, key, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        expect(derivePseudonym(keyring, ...one)).not.toBe(derivePseudonym(keyring, ...other))
      }),
    )
  })

  it('begins alike for two domains no more often than chance does', () => {
    const ids = Array.from({ length: 512 }, (_, index) => String(index))
    const alike = ids.filter(
      (id) => derivePseudonym(keyring, 'a', 1, id)[0] === derivePseudonym(keyring, 'b', 1, id)[0],
    )
    // 512 draws of one letter out of 32: 16 expected, and these keys are fixed.
    expect(alike.length).toBeLessThan(32)
  })
})

describe('newPersonId', () => {
  it('is made of 128 fresh bits and nothing else', () => {
    const asked: number[] = []
    const random = (length: number) => {
      asked.push(length)
      return new Uint8Array(length).fill(0xff)
    }
    expect(newPersonId(random)).toBe('_____________________w')
    expect(asked).toEqual([16])
  })
})
