import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Identifiers } from '../../src/model/identifier.ts'
import { type Verdict, weighEvidence } from '../../src/pseudonym/evidence.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import { canonicalOf, testKeyring } from './fixtures.ts'

type Person = Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>

const keyring = testKeyring()

/** Match tokens of a person whose members are kinds, each with a value or a list of them. */
async function tokensOf(person: Person) {
  const lists = Object.entries(person).map(([kind, value]) => [kind, Array.isArray(value) ? value : [value]])
  const identifiers = canonicalOf(Object.fromEntries(lists) as Identifiers)
  const { tokens } = await deriveMatchKeys(keyring, 'comensha-registratie', 1, identifiers)
  return tokens
}

const compare = async (one: Person, other: Person) =>
  weighEvidence(await tokensOf(one), await tokensOf(other), () => false)

const adres = { postcode: '1234AB', huisnummer: '12', straat: 'Teststraat', plaats: 'Utrecht', land: 'NL' }
const home = { adres, geboorteplaats: 'Utrecht', nationaliteit: 'NL' }
const maria = { voornaam: 'Maria', tussenvoegsel: 'van der', achternaam: 'Wielinga', geboortedatum: '1990-05-17' }
const klara = { ...maria, voornaam: 'Klara' }

describe('one person is linked', () => {
  const rows: readonly (readonly [string, Person, Person])[] = [
    ['by the same names and date', maria, maria],
    [
      'with name fields swapped',
      { ...maria, ...home },
      { ...maria, voornaam: 'Wielinga', achternaam: 'Maria', ...home },
    ],
    [
      'with the tussenvoegsel in the family name',
      maria,
      { ...maria, tussenvoegsel: [], achternaam: 'van der Wielinga' },
    ],
    ['without a tussenvoegsel', maria, { ...maria, tussenvoegsel: [] }],
    ['in upper case and with marks', maria, { ...maria, voornaam: 'MARÍA', achternaam: 'WIËLINGA' }],
    ['with a second given name behind the first', { ...maria, ...home }, { ...maria, voornaam: 'Maria Anna', ...home }],
    ['with a second family name', maria, { ...maria, achternaam: 'Wielinga-Jansen' }],
    ['by a BSN and nothing else', { bsn: '999990639', ...maria }, { bsn: '9999.90.639' }],
    ['by a V-nummer and nothing else', { 'v-nummer': '1234567890', ...maria }, { 'v-nummer': '1234 567 890' }],
    [
      'by a document number and nothing else',
      { documentnummer: 'SPEC12014', ...maria },
      { documentnummer: 'spec-12014' },
    ],
    [
      'by a V-nummer under another name',
      { 'v-nummer': '1234567890', ...maria },
      { 'v-nummer': '1234567890', achternaam: 'Jansen' },
    ],
    ['with one letter wrong in the first name', { ...maria, ...home }, { ...maria, ...home, voornaam: 'Marria' }],
    [
      'with one digit wrong in a document number and a given name in its place',
      { ...maria, ...home, documentnummer: 'SPEC12014' },
      { ...maria, ...home, documentnummer: 'SPFC12014', voornaam: 'Roos' },
    ],
    [
      'by a document number under another name',
      { ...maria, documentnummer: 'SPEC12014' },
      { ...klara, achternaam: 'Jansen', documentnummer: 'SPEC12014' },
    ],
    ['with one letter wrong in the family name', { ...maria, ...home }, { ...maria, ...home, achternaam: 'Wielimga' }],
    [
      'in another script',
      { ...maria, voornaam: 'Олена', achternaam: 'Тестова', ...home },
      { ...maria, voornaam: 'Olena', achternaam: 'Testova', ...home },
    ],
  ]
  test.each(rows)('one person is linked %s', async (_, one, other) => {
    expect((await compare(one, other)).verdict).toBe('automatic' satisfies Verdict)
    expect((await compare(other, one)).verdict).toBe('automatic' satisfies Verdict)
  })
})

describe('one person in two scripts', () => {
  test.each([
    ['Arabic', ['حسن', 'حداد'], ['Hassan', 'Haddad']],
    ['Arabic with other spellings', ['خديجة', 'الحلبي'], ['Khadija', 'Al-Halaby']],
    ['Persian', ['حسین', 'بهرامی'], ['Hossein', 'Bahrami']],
    ['Greek', ['Γιώργος', 'Παπαδόπουλος'], ['Giorgos', 'Papadopoulos']],
    ['Amharic', ['ሰምሃር', 'ተስፋይ'], ['Semhar', 'Tesfay']],
  ])('one person in two scripts is at least a possible match by names and date: %s', async (_, native, latin) => {
    const [one, other] = [native, latin].map(([voornaam, achternaam]) => ({
      voornaam: voornaam!,
      achternaam: achternaam!,
      geboortedatum: '1994-05-17',
      nationaliteit: 'SY',
    }))
    expect((await compare(one!, other!)).verdict).not.toBe('none' satisfies Verdict)
  })
})

describe('two people are not linked', () => {
  const twins = { ...maria, ...home, telefoon: '0612345678' }
  const rows: readonly (readonly [string, Person, Person])[] = [
    ['twins with one address, telephone and place of birth', twins, { ...twins, voornaam: 'Klara' }],
    ['twins who share a second given name', { ...twins, voornaam: 'Maria Anna' }, { ...twins, voornaam: 'Klara Anna' }],
    [
      'twins with a double family name',
      { ...twins, achternaam: 'Wielinga-Jansen' },
      { ...twins, voornaam: 'Klara', achternaam: 'Wielinga-Jansen' },
    ],
    [
      'twins whose full names fill both fields',
      { ...twins, voornaam: 'Maria Jansen Wielinga', achternaam: 'Jansen Wielinga' },
      { ...twins, voornaam: 'Klara Jansen Wielinga', achternaam: 'Jansen Wielinga' },
    ],
    ['twins of whom one has no given name yet', twins, { ...twins, voornaam: [] }],
    [
      'twins with names that sound alike',
      { ...twins, voornaam: 'Hassan', achternaam: 'Testani' },
      { ...twins, voornaam: 'Hussein', achternaam: 'Testani' },
    ],
    [
      'twins of whom one is called by what is the second name of the other',
      { ...twins, voornaam: 'Klara Maria' },
      twins,
    ],
    ['twins with names that differ in one letter', { ...twins, voornaam: 'Lina' }, { ...twins, voornaam: 'Lisa' }],
    ['twins with a marker of their sex', { ...twins, voornaam: 'Thị Lan' }, { ...twins, voornaam: 'Thị Hoa' }],
    [
      'mother and daughter of one name at one address',
      { ...maria, ...home },
      { ...maria, ...home, geboortedatum: '2012-11-02' },
    ],
    [
      'father and son of one name, address and telephone, of whom one was born on an unknown day',
      { ...twins, geboortedatum: '1958-01-01' },
      twins,
    ],
    [
      'people of one given name, day, birthplace and nationality',
      { ...maria, ...home },
      { ...maria, achternaam: 'Jansen', ...home },
    ],
    [
      'people of one given name, day, birthplace and nationality whose family names have the same consonants by class only',
      { ...maria, ...home, achternaam: 'Haddad' },
      { ...maria, ...home, achternaam: 'Kattat' },
    ],
    ['people of whom one has no family name', { ...maria, ...home }, { ...maria, achternaam: [], ...home }],
    [
      'people with one document between them',
      { ...maria, documentnummer: 'SPEC12014' },
      { voornaam: 'Bo', achternaam: 'Jansen', geboortedatum: '1971-03-02', documentnummer: 'SPEC12014' },
    ],
    ['namesakes of another day', maria, { ...maria, geboortedatum: '1991-08-29' }],
    ['people of one given name and day', maria, { ...maria, achternaam: 'Jansen' }],
    [
      'people of one name and the first of January',
      { ...maria, geboortedatum: '1990-01-01' },
      { ...maria, geboortedatum: '1990-01-01' },
    ],
    [
      'people with the same names, date and another BSN',
      { ...maria, bsn: '999990639' },
      { ...maria, bsn: '999993653' },
    ],
    [
      'people with the same names, date and another V-nummer',
      { ...maria, 'v-nummer': '1234567890' },
      { ...maria, 'v-nummer': '2234567891' },
    ],
    [
      'people who share a telephone, an e-mail address and an account',
      { ...maria, telefoon: '0612345678', email: 'a@voorbeeld.nl', iban: 'NL91ABNA0417164300' },
      {
        voornaam: 'Bo',
        achternaam: 'Test',
        telefoon: '0612345678',
        email: 'a@voorbeeld.nl',
        iban: 'NL91ABNA0417164300',
      },
    ],
    [
      'people whose names are not known',
      { ...maria, voornaam: 'Onbekend', achternaam: 'N.N.' },
      { ...maria, voornaam: 'onbekend', achternaam: 'NN' },
    ],
  ]
  test.each(rows)('two people are not linked: %s', async (_, one, other) => {
    expect((await compare(one, other)).verdict).not.toBe('automatic' satisfies Verdict)
    expect((await compare(other, one)).verdict).not.toBe('automatic' satisfies Verdict)
  })
})

describe('evidence', () => {
  test('evidence contradicts for twins, and for two BSNs', async () => {
    expect((await compare(maria, klara)).contradicts).toBe(true)
    expect((await compare({ ...maria, bsn: '999990639' }, { ...maria, bsn: '999993653' })).contradicts).toBe(true)
    expect((await compare(maria, maria)).contradicts).toBe(false)
  })

  test('evidence from tokens that too many people share counts for nothing', async () => {
    const tokens = await tokensOf(maria)
    expect(weighEvidence(tokens, tokens, () => true)).toEqual({ verdict: 'none', score: 0, contradicts: false })
  })

  test('evidence is symmetric, whichever person is compared with the other', async () => {
    const names = ['Maria', 'Klara', 'Anna Maria', 'Marya', '']
    const dates = ['1990-05-17', '1990-17-05'.replace('17-05', '05-18'), '1990-05-00', '']
    const person = fc.record({
      voornaam: fc.constantFrom(...names),
      achternaam: fc.constantFrom('Wielinga', 'Wielimga', 'Jansen', ''),
      geboortedatum: fc.constantFrom(...dates),
      geboorteplaats: fc.constantFrom('Utrecht', 'Lagos', ''),
      'v-nummer': fc.constantFrom('1234567890', ''),
    })
    const present = (made: Person) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== ''))
    await fc.assert(
      fc.asyncProperty(person, person, async (one, other) => {
        expect(await compare(present(one), present(other))).toEqual(await compare(present(other), present(one)))
      }),
      { numRuns: 60 },
    )
  })

  test('evidence of an unknown family is refused', () => {
    const token = { family: 254, token: new Uint8Array(16) }
    expect(() => weighEvidence([token], [token], () => false)).toThrow(RangeError)
  })
})
