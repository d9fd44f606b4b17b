import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IDENTIFIER_KINDS, type IdentifierKind, type IdentifierValue } from '../../src/model/identifier.ts'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'

const refusalOf = (kind: IdentifierKind, value: IdentifierValue): string | undefined => {
  const result = canonicalise(kind, value)
  return result.ok ? undefined : result.detail.en
}

describe('a bad identifier', () => {
  test.each<[what: string, kind: IdentifierKind, value: IdentifierValue, refusal: RegExp]>([
    ['a date that does not exist', 'geboortedatum', '1990-02-30', /does not exist/],
    ['a day without a month', 'geboortedatum', '1990-00-31', /day without a month/],
    ['a date without a year', 'geboortedatum', '0000-01-31', /no year/],
    ['a BSN that fails the eleven test', 'bsn', '999990638', /eleven test/],
    ['an IBAN with wrong check digits', 'iban', 'NL92ABNA0417164300', /check digits/],
    ['an IBAN with two digits swapped', 'iban', 'NL91ABNA0417163400', /check digits/],
    ['an IBAN of no country', 'iban', 'XX91ABNA0417164300', /not an IBAN/],
    ['a telephone number that is too short', 'telefoon', '06123456', /not a telephone number/],
    ['a name of 200 parts', 'voornaam', 'a '.repeat(200), /too long/],
    ['a name of 61 parts', 'achternaam', 'a '.repeat(61), /too long/],
    ['a name of 201 characters', 'alias', 'a'.repeat(201), /too long/],
    ['a place of 201 characters', 'geboorteplaats', 'a'.repeat(201), /too long/],
    ['an emoji in a name', 'voornaam', 'Maria 🙂', /belongs to no name/],
    ['an emoji in a place', 'geboorteplaats', 'Utrecht 🙂', /name of a place/],
    ['a number for a name', 'achternaam', '999990639', /belongs to no name/],
    ['a name of invisible characters', 'voornaam', '\u200b\u202e\u2067', /no letters/],
    ['half a character', 'voornaam', 'Maria\ud83d', /belongs to no name/],
    ['text for an address', 'adres', 'Damstraat 12', /is not an address/],
    ['an address for a name', 'voornaam', { straat: 'Damstraat' }, /is not text/],
    ['a foreign postal code in the Netherlands', 'adres', { postcode: '10115', land: 'NL' }, /`postcode`/],
    ['a street of 201 characters', 'adres', { straat: 'a'.repeat(201) }, /`straat`/],
  ])('a bad identifier is refused: %s', (_, kind, value, refusal) => {
    expect(refusalOf(kind, value)).toMatch(refusal)
  })

  test.each<[what: string, kind: IdentifierKind, value: string, canonical: string]>([
    ['a name of 200 characters', 'voornaam', 'a'.repeat(200), 'a'.repeat(200)],
    ['a name of 60 parts', 'voornaam', 'a '.repeat(60), 'a '.repeat(60).trim()],
    ['a Cyrillic letter in a Latin name', 'voornaam', 'M\u0430ria', 'maria'],
    ['a Latin letter in a Cyrillic name', 'voornaam', '\u041e\u043be\u043d\u0430', 'olena'],
    ['a Greek letter in a Latin name', 'achternaam', 'P\u03bfpescu', 'popescu'],
    ['zero-width characters', 'voornaam', 'Ma\u200b\u200dria\ufeff', 'maria'],
    ['bidirectional controls', 'achternaam', '\u202e\u2066Popescu\u2069\u202c', 'popescu'],
  ])('an unusual identifier is normalised: %s', (_, kind, value, canonical) => {
    expect(canonicalise(kind, value)).toEqual({ ok: true, canonical })
  })

  test.each([
    ['letters', 'a'],
    ['digits', '9'],
    ['marks of two classes', '\u0301\u0316'],
    ['ligatures that grow', '\ufdfa'],
    ['separators', 'a-'],
    ['invisible characters', '\u200b'],
    ['dots and at signs', 'a@a.'],
    ['plus signs', '+31'],
    ['brackets', '(0)'],
    ['letters of many scripts', 'aжξ'],
    ['emoji', '🙂'],
    ['halves of characters', '\ud800'],
  ])('an identifier of a megabyte of %s is refused whatever its kind', (_, unit) => {
    const megabyte = unit.repeat(2 ** 20 / unit.length)
    for (const kind of IDENTIFIER_KINDS) {
      expect(refusalOf(kind, kind === 'adres' ? { straat: megabyte } : megabyte)).toMatch(/far too long/)
      // The longest that is looked at.
      canonicalise(kind, kind === 'adres' ? { straat: unit.repeat(2000) } : unit.repeat(10_000 / unit.length))
    }
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'an identifier that is called `%s` is a value like any other',
    (name) => {
      const before = Object.getOwnPropertyNames(Object.prototype)
      for (const kind of IDENTIFIER_KINDS.filter((kind) => kind !== 'adres')) canonicalise(kind, name)
      const address: Readonly<Record<string, string>> = JSON.parse(`{"${name}": "x", "plaats": "Utrecht"}`)
      expect(canonicalise('adres', address)).toEqual(canonicalise('adres', { plaats: 'Utrecht' }))
      expect(canonicalise('adres', JSON.parse(`{"__proto__": {"plaats": "Utrecht"}}`))).toEqual({
        ok: true,
        canonical: undefined,
      })
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    },
  )

  test('canonicalising never throws, and its refusals never echo the value', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    const value = fc.oneof(
      text,
      fc.dictionary(fc.constantFrom('straat', 'huisnummer', 'postcode', 'plaats', 'land'), text),
    )
    fc.assert(
      fc.property(fc.constantFrom(...IDENTIFIER_KINDS), value, (kind, sent) => {
        const result = canonicalise(kind, sent)
        if (result.ok) return
        const texts = typeof sent === 'string' ? [sent] : Object.values(sent)
        // Shorter texts stand in any sentence.
        for (const part of texts.filter(({ length }) => length > 8)) expect(result.detail.en).not.toContain(part)
      }),
      { numRuns: 1000 },
    )
  })
})
