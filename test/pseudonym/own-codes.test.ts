import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatHex } from '../../src/encoding/bytes.ts'
import { IDENTIFIER_KINDS, type Identifiers } from '../../src/model/identifier.ts'
import { deriveOwnQuestion, findAgreement, formOwnCodes, readOwnCodes } from '../../src/pseudonym/own-codes.ts'
import { canonicalOf, testKeyring } from './fixtures.ts'

const keyring = testKeyring([1, 2])
const PLACE = { sender: 'politie', epoch: 1 }
const SEMHAR = { voornaam: ['Semhar'], achternaam: ['Tesfay'], geboortedatum: ['1996-01-01'], nationaliteit: ['ER'] }

const form = (identifiers: Identifiers, id = 'a', place = PLACE) =>
  formOwnCodes(keyring, place, { id, identifiers: canonicalOf(identifiers) })

/** The kinds that a report and a request have in common, if they are shown. */
async function agree(reported: Identifiers, requested: Identifiers, asked = PLACE): Promise<string[] | undefined> {
  const [codes] = await readOwnCodes(keyring, PLACE, [{ id: 'a', ownCodes: await form(reported) }])
  const found = findAgreement(await deriveOwnQuestion(keyring, asked, canonicalOf(requested)), codes!)
  return found && [...found].toSorted()
}

const names = fc.array(
  fc.constantFrom('Semhar', 'van der Berg', 'J.', 'Le Thi', 'Mohamed Ali', 'بن علي', 'Baby', 'Ng'),
  {
    minLength: 1,
    maxLength: 3,
  },
)
/** Values that are in order, among them those that hardly tell anything. */
const anyIdentifiers: fc.Arbitrary<Identifiers> = fc.record(
  {
    voornaam: names,
    tussenvoegsel: fc.constant(['van der']),
    achternaam: names,
    alias: fc.array(
      fc.string({ unit: fc.constantFrom(...'abcdefg '), minLength: 3, maxLength: 40 }).map((text) => `x${text}`),
    ),
    geboortedatum: fc.constantFrom(['1996-01-01'], ['1995-00-00'], ['1990-05-00'], ['1985-12-03']),
    geboorteplaats: fc.constantFrom(['Asmara'], ['onbekend']),
    nationaliteit: fc.constantFrom(['ER'], ['NL']),
    geslacht: fc.constantFrom(['vrouw'], ['onbekend']),
    'v-nummer': fc.constantFrom(['1234567890']),
    telefoon: fc.constant(['+31612345678']),
    adres: fc.constantFrom([{ plaats: 'Tilburg' }], [{ postcode: '1012AB', huisnummer: '3' }]),
  },
  { requiredKeys: [] },
)

describe('own codes', () => {
  test('own codes of a report agree with a request that has everything of the report, and more, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyIdentifiers, anyIdentifiers, async (reported, more) => {
        const known = canonicalOf(reported)
        const isNobody = IDENTIFIER_KINDS.every((kind) => (known[kind] ?? []).length === 0)
        const requested = Object.fromEntries(
          IDENTIFIER_KINDS.map((kind) => [kind, [...(more[kind] ?? []), ...(reported[kind] ?? [])]]),
        )
        expect((await agree(reported, requested)) !== undefined).toBe(!isNobody)
      }),
      { numRuns: 300 },
    )
  })

  test.each<[string, Identifiers, Identifiers, string[] | undefined]>([
    ['the same, on the first of January', SEMHAR, SEMHAR, ['achternaam', 'geboortedatum', 'nationaliteit', 'voornaam']],
    [
      'the same, of which only the year is known',
      { ...SEMHAR, geboortedatum: ['1995-00-00'] },
      { ...SEMHAR, geboortedatum: ['1995-00-00'] },
      ['achternaam', 'geboortedatum', 'nationaliteit', 'voornaam'],
    ],
    ['the same name only', { voornaam: ['Semhar'] }, { voornaam: ['Semhar'] }, ['voornaam']],
    ['one name of a longer report', SEMHAR, { voornaam: ['Semhar'] }, ['voornaam']],
    [
      'two names and another date',
      SEMHAR,
      { ...SEMHAR, geboortedatum: ['1990-05-06'] },
      ['achternaam', 'nationaliteit', 'voornaam'],
    ],
    ['both names in one field', SEMHAR, { voornaam: ['SEMHAR TESFAY'], geboortedatum: ['1990-05-06'] }, ['voornaam']],
    [
      'a name with a day in the year that is known',
      { voornaam: ['Semhar'], geboortedatum: ['1996-00-00'], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], geboortedatum: ['1996-05-06'] },
      ['voornaam'],
    ],
    [
      'a name with the year of a day that is known',
      { voornaam: ['Semhar'], geboortedatum: ['1996-05-06'], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], geboortedatum: ['1996-01-01'] },
      ['voornaam'],
    ],
    [
      'a name with another day of one year',
      { voornaam: ['Semhar'], geboortedatum: ['1996-05-06'], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], geboortedatum: ['1996-05-07'] },
      undefined,
    ],
    [
      'a name with another year',
      { voornaam: ['Semhar'], geboortedatum: ['1995-00-00'], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], geboortedatum: ['1996-00-00'] },
      undefined,
    ],
    [
      'a name at one front door',
      { voornaam: ['Semhar'], adres: [{ postcode: '1012AB', huisnummer: '3' }], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], adres: [{ postcode: '1012 ab', huisnummer: '3' }], geslacht: ['man'] },
      ['adres', 'voornaam'],
    ],
    [
      'a name in one town',
      { voornaam: ['Semhar'], adres: [{ plaats: 'Tilburg' }], nationaliteit: ['ER'] },
      { voornaam: ['Semhar'], adres: [{ plaats: 'Tilburg' }], geslacht: ['man'] },
      undefined,
    ],
    [
      'a telephone',
      { ...SEMHAR, telefoon: ['+31612345678'] },
      { voornaam: ['Chidi'], telefoon: ['06 12345678'] },
      ['telefoon'],
    ],
    [
      'a date and nothing else that both have',
      SEMHAR,
      { voornaam: ['Chidi'], geboortedatum: ['1996-01-01'] },
      undefined,
    ],
    ['a nationality beside other names', SEMHAR, { voornaam: ['Chidi'], nationaliteit: ['ER'] }, undefined],
    ['nothing', SEMHAR, { voornaam: ['Chidi'] }, undefined],
    [
      'a citizen service number, by which nobody is searched',
      { bsn: ['999990019'] },
      { bsn: ['999990019'] },
      undefined,
    ],
    [
      'words for an unknown value',
      { voornaam: ['NN'], achternaam: ['.'] },
      { voornaam: ['NN'], achternaam: ['.'] },
      undefined,
    ],
  ])('own codes of a report and a request agree in %s as they should', async (_, reported, requested, kinds) => {
    expect(await agree(reported, requested)).toEqual(kinds)
  })

  test('own codes have one length for every mention, and no bytes in common where the persons are the same', async () => {
    const many = {
      ...SEMHAR,
      alias: Array.from(
        { length: 40 },
        (_, index) => `Naam${[...`${index + 10}`].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`,
      ),
    }
    const written = await Promise.all([
      ...['a', 'b', 'c'].map((id) => form(SEMHAR, id)),
      form(SEMHAR, 'a', { ...PLACE, epoch: 2 }),
      form(SEMHAR, 'a', { ...PLACE, sender: 'kmar' }),
      form({}, 'd'),
      form(many, 'e'),
    ])
    expect(new Set(written.map(({ length }) => length))).toEqual(new Set([126]))
    const pieces = written.flatMap((bytes) => [...formatHex(bytes).matchAll(/.{10}/g)].map(([piece]) => piece))
    expect(new Set(pieces).size).toBe(pieces.length)
    // More values than there is room for still agree with themselves.
    expect(await agree(many, many)).toBeDefined()
  })

  test('own codes agree with no question of another sender or epoch, and none were kept of a mention without', async () => {
    expect(await agree(SEMHAR, SEMHAR, { sender: 'kmar', epoch: 1 })).toBeUndefined()
    expect(await agree(SEMHAR, SEMHAR, { sender: 'politie', epoch: 2 })).toBeUndefined()
    const read = await readOwnCodes(keyring, PLACE, [
      { id: 'b', ownCodes: new Uint8Array() },
      { id: 'a', ownCodes: await form(SEMHAR) },
    ])
    expect(read.map(({ codes }) => codes.size)).toEqual([0, 4])
  })
})
