import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derivePseudonym, derivePseudonyms, newPersonId, PSEUDONYM_PATTERN } from '../../src/pseudonym/pseudonym.ts'
import { testKeyring } from './fixtures.ts'

const keyring = testKeyring()
const epoch = fc.integer({ min: 1, max: 3 })

describe('derivePseudonym', () => {
  test('derivePseudonym gives one person one pseudonym in one domain and epoch', async () => {
    expect(await derivePseudonym(keyring, 'a', 1, 'p')).toBe(await derivePseudonym(testKeyring(), 'a', 1, 'p'))
  })

  // Computed apart from this project, as the vectors in keyring-contract.ts; base32 is Python's too.
  test.each([
    ['comensha-registratie', 1, 'AAAAAAAAAAAAAAAAAAAAAA', 'xfaehhlb-omcfpg5v-lr7szvkb-c4n45y3p'],
    ['comensha-registratie', 2, 'AAAAAAAAAAAAAAAAAAAAAA', 'pg5gdbjv-vf3ua3tz-xlsijusn-xp23zeva'],
    ['comensha-opvang', 1, '_____________________w', 'jijmtxy2-oe7kcg3a-wwqjbjdc-ytmcwtiv'],
  ])('the pseudonym of %s in epoch %i for %s is the published one', async (domain, epoch, personId, pseudonym) => {
    expect(await derivePseudonym(keyring, domain, epoch, personId)).toBe(pseudonym)
  })

  test('a pseudonym always has the published shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), epoch, fc.string(), async (domain, at, id) =>
        PSEUDONYM_PATTERN.test(await derivePseudonym(keyring, domain, at, id)),
      ),
    )
  })

  test('a pseudonym differs between persons, domains and epochs', async () => {
    const key = fc.tuple(fc.string(), epoch, fc.string())
    await fc.assert(
      fc.asyncProperty(key, key, async (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other))
        expect(await derivePseudonym(keyring, ...one)).not.toBe(await derivePseudonym(keyring, ...other))
      }),
    )
  })

  test('pseudonyms of two domains begin alike no more often than by chance', async () => {
    const ids = Array.from({ length: 512 }, (_, index) => String(index))
    const [inA, inB] = await Promise.all(['a', 'b'].map((domain) => derivePseudonyms(keyring, domain, 1, ids)))
    const alike = ids.filter((_, index) => inA![index]![0] === inB![index]![0])
    // 512 draws of one letter out of 32: 16 expected, and these keys are fixed.
    expect(alike.length).toBeLessThan(32)
  })

  test('derivePseudonyms returns for many at once what it returns one by one', async () => {
    const ids = ['p', 'q', 'p']
    expect(await derivePseudonyms(keyring, 'a', 1, ids)).toEqual(
      await Promise.all(ids.map((id) => derivePseudonym(keyring, 'a', 1, id))),
    )
  })
})

describe('newPersonId', () => {
  test('a new person id is made of 128 fresh bits and nothing else', () => {
    const asked: number[] = []
    const random = (length: number) => {
      asked.push(length)
      return new Uint8Array(length).fill(0xff)
    }
    expect(newPersonId(random)).toBe('_____________________w')
    expect(asked).toEqual([16])
  })
})
