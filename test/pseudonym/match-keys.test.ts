import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { formatHex, formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Identifiers } from '../../src/model/identifier.ts'
import { MATCH_FAMILIES } from '../../src/pseudonym/match-families.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import { canonicalOf, testKeyring } from './fixtures.ts'

const keyring = testKeyring([1, 2])
const person = { voornaam: ['Maria'], achternaam: ['Wielinga'], geboortedatum: ['1990-05-17'] } as const
const complete: Identifiers = {
  bsn: ['999990639'],
  'v-nummer': ['1234567890'],
  documentnummer: ['SPEC12014'],
  iban: ['NL91ABNA0417164300'],
  telefoon: ['0612345678'],
  email: ['maria@voorbeeld.nl'],
  voornaam: ['Maria Anna Berta Cora'],
  tussenvoegsel: ['van der'],
  achternaam: ['Wielinga Jansen Klaver'],
  alias: ['Roos', 'Bloem', 'Ster'],
  geboortedatum: ['1990-05-17'],
  geboorteplaats: ['Utrecht'],
  nationaliteit: ['NL'],
  geslacht: ['vrouw'],
  adres: [{ postcode: '1234AB', huisnummer: '12', straat: 'Teststraat', plaats: 'Utrecht', land: 'NL' }],
}

async function tokensOf(identifiers: Identifiers, domain = 'comensha-registratie', epoch = 1) {
  const { tokens } = await deriveMatchKeys(keyring, domain, epoch, canonicalOf(identifiers))
  return tokens
}
const namesOf = async (...of: Parameters<typeof tokensOf>) =>
  (await tokensOf(...of)).map(({ token }) => formatHex(token))

describe('match keys', () => {
  test('match keys have families whose numbers and sizes fit in one mention', () => {
    expect(new Set(MATCH_FAMILIES.map(({ id }) => id)).size).toBe(MATCH_FAMILIES.length)
    expect(MATCH_FAMILIES.every(({ id }) => id > 0 && id < 255)).toBe(true)
    // The mask of `padding.ts` has so many bits.
    expect(MATCH_FAMILIES.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(128)
  })

  test('match keys of no family rest on one name, a sex or a nationality alone', () => {
    const weak: readonly string[] = [
      'firstName',
      'otherName',
      'familyName',
      'alias',
      'calledName',
      'nameEdge',
      'sex',
      'nationality',
    ]
    expect(MATCH_FAMILIES.filter(({ parts }) => parts.every((part) => weak.includes(part)))).toEqual([])
  })

  test('match keys are at most as many of a family as its size, each once, whatever is known', async () => {
    const tokens = await tokensOf(complete)
    for (const { id, size } of MATCH_FAMILIES) {
      expect(tokens.filter(({ family }) => family === id).length).toBeLessThanOrEqual(size)
    }
    expect(new Set(tokens.map(({ token }) => formatHex(token))).size).toBe(tokens.length)
    expect(tokens.every(({ token }) => token.length === 16)).toBe(true)
  })

  // Another value means that stored people are not found again by these tokens: then FORM_VERSIONS must rise as well.
  test('match keys are the same from one release to the next', async () => {
    const names = (await tokensOf(complete)).map(({ family, token }) => `${family} ${formatHex(token)}`)
    expect(names.length).toBe(49)
    expect(formatHex(sha256(formatUtf8(names.join('\n'))))).toBe(
      '4de6b35954743c8c6ff0ec655dfd9b5f4192ef4fb9c4b87e2d673b0d2a0402a4',
    )
  })

  test('match keys without names are those of before names had another canonical form', async () => {
    const { voornaam, tussenvoegsel, achternaam, alias, geboorteplaats, adres, ...others } = complete
    const names = (await tokensOf(others)).map(({ family, token }) => `${family} ${formatHex(token)}`)
    expect(names.length).toBe(10)
    expect(formatHex(sha256(formatUtf8(names.join('\n'))))).toBe(
      '6f92dadfb39817a8a7ab862ebab77071be7db156e02abff875e9648f7764d6ed',
    )
  })

  test('match keys do not depend on the order of the members', async () => {
    expect(await namesOf(Object.fromEntries(Object.entries(complete).reverse()))).toEqual(await namesOf(complete))
  })

  test('match keys of two domains, and of two epochs of one domain, have nothing in common', async () => {
    const spaces = [
      await namesOf(complete),
      await namesOf(complete, 'comensha-opvang'),
      await namesOf(complete, undefined, 2),
    ]
    expect(new Set(spaces.flat()).size).toBe(spaces.flat().length)
  })

  test('match keys do not take one kind of number for another', async () => {
    const known = await namesOf({ 'v-nummer': ['1234567890'] })
    expect((await namesOf({ documentnummer: ['1234567890'] })).filter((token) => known.includes(token))).toEqual([])
  })

  test('match keys use no BSN unless a BSN is given', async () => {
    const { bsn: _, ...others } = complete
    const families = (await tokensOf(others)).map(({ family }) => family)
    expect(families).not.toContain(MATCH_FAMILIES.find(({ key }) => key === 'bsn')!.id)
  })

  test.each<[string, Identifiers]>([
    ['nothing', {}],
    ['a given name and a date of birth without a day', { voornaam: ['Maria'], geboortedatum: ['1990-05-00'] }],
    ['a name', { achternaam: ['Wielinga'] }],
    ['a sex and a nationality', { geslacht: ['vrouw'], nationaliteit: ['NL'] }],
    ['a telephone number', { telefoon: ['0612345678'] }],
    ['unknown names and a date', { ...person, voornaam: ['Onbekend'], achternaam: ['N.N.'] }],
  ])('a person of whom only %s is known has no match keys and is not linkable', async (_, identifiers) => {
    const derived = await deriveMatchKeys(keyring, 'test', 1, canonicalOf(identifiers))
    expect(derived).toEqual({ tokens: [], isLinkable: false })
  })

  test('match keys of an epoch that the keyring does not hold are refused', async () => {
    await expect(tokensOf(complete, undefined, 3)).rejects.toThrow(RangeError)
  })

  test('match keys of one name in NFC and NFD are the same', async () => {
    const named = (name: string) => namesOf({ ...person, achternaam: [name] })
    expect(await named('Wïélinga'.normalize('NFD'))).toEqual(await named('Wïélinga'.normalize('NFC')))
  })
})
