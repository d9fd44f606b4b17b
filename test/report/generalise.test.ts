import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GENERALISATION_LEVELS, generalise } from '../../src/report/generalise.ts'
import type { Address, FieldValue } from '../../src/report/submission.ts'
import { vocabulary } from './vocabulary.ts'

const date = vocabulary.fields.get('geboortedatum')!
const address = vocabulary.fields.get('woonadres')!
const name = vocabulary.fields.get('voornaam')!
const country = vocabulary.fields.get('nationaliteit')!
const telephone = vocabulary.fields.get('telefoonnummer')!
const home: Address = {
  straat: 'Damstraat',
  huisnummer: '12-III',
  postcode: '1012 AB',
  plaats: 'Amsterdam',
  gemeente: 'Amsterdam',
  land: 'NL',
}

describe('generalising', () => {
  test.each<[string, typeof date, FieldValue, string, FieldValue | undefined]>([
    ['a date to its month', date, '1985-12-01', 'maand', '1985-12'],
    ['a date to its year', date, '1985-12-01', 'jaar', '1985'],
    ['a date of birth to its year', date, '1985-12-01', 'geboortejaar', '1985'],
    ['a date without a day to its month', date, '1985-12-00', 'maand', '1985-12'],
    ['a date without a month to its month', date, '1985-00-00', 'maand', '1985'],
    ['a date without a month to its year', date, '1985-00-00', 'jaar', '1985'],
    ['a month to its year', date, '1985-12', 'jaar', '1985'],
    ['a date without a year', date, '0000-12-01', 'maand', undefined],
    ['a date to an unknown level', date, '1985-12-01', 'decennium', undefined],
    ['a date to a level of addresses', date, '1985-12-01', 'gemeente', undefined],
    ['a date in another form', date, '1 december 1985', 'jaar', undefined],
    [
      'an address to four digits',
      address,
      home,
      'postcode4',
      { postcode: '1012', plaats: 'Amsterdam', gemeente: 'Amsterdam', land: 'NL' },
    ],
    ['an address to its town', address, home, 'plaats', { plaats: 'Amsterdam', gemeente: 'Amsterdam', land: 'NL' }],
    ['an address to its municipality', address, home, 'gemeente', { gemeente: 'Amsterdam', land: 'NL' }],
    ['an address to its country', address, home, 'land', { land: 'NL' }],
    ['an address to an unknown level', address, home, 'provincie', undefined],
    ['an address without anything coarser', address, { straat: 'Damstraat', huisnummer: '1' }, 'gemeente', undefined],
    ['a postcode without a country', address, { postcode: '1012ab' }, 'postcode4', { postcode: '1012' }],
    ['a postcode abroad', address, { postcode: '1000', land: 'BE' }, 'postcode4', { land: 'BE' }],
    ['a postcode in another form', address, { postcode: '1012 ABC' }, 'postcode4', undefined],
    [
      'a town with the house number typed along',
      address,
      { plaats: 'Damstraat 12 Amsterdam', land: 'NL' },
      'plaats',
      { land: 'NL' },
    ],
    ['a member state', country, 'NL', 'eu-of-daarbuiten', 'EU'],
    ['the newest member state', country, 'HR', 'eu-of-daarbuiten', 'EU'],
    ['a former member state', country, 'GB', 'eu-of-daarbuiten', 'buiten-EU'],
    ['a neighbour of the union', country, 'CH', 'eu-of-daarbuiten', 'buiten-EU'],
    ['another country', country, 'NG', 'eu-of-daarbuiten', 'buiten-EU'],
    ['a country in words', country, 'Nederland', 'eu-of-daarbuiten', undefined],
    ['a country to an unknown level', country, 'NL', 'werelddeel', undefined],
    ['a telephone number to its country', telephone, '+31612345678', 'landnummer', '+31'],
    ['a telephone number with 00', telephone, '0031 6 1234 5678', 'landnummer', '+31'],
    ['a telephone number with its country between brackets', telephone, '(+31) 6-1234.5678', 'landnummer', '+31'],
    ['a telephone number with a country code of one digit', telephone, '+1 202 555 0100', 'landnummer', '+1'],
    ['a telephone number with a country code of three digits', telephone, '+212 600-000000', 'landnummer', '+212'],
    ['a telephone number in national form', telephone, '06 1234 5678', 'landnummer', undefined],
    ['a telephone number without its number', telephone, '+35', 'landnummer', undefined],
    ['a telephone number to an unknown level', telephone, '+31612345678', 'netnummer', undefined],
    ['a name', name, 'Fatima', 'maand', undefined],
    ['an object where a date belongs', date, home, 'jaar', undefined],
    ['a text where an address belongs', address, 'Damstraat 12', 'plaats', undefined],
  ])('generalising %s keeps the coarse part only', (_, field, value, level, expected) => {
    expect(generalise(field, level, value)).toEqual(expected)
  })

  const digits = (length: number) => fc.integer({ min: 10 ** (length - 1), max: 10 ** length - 1 }).map(String)
  const word = fc.stringMatching(/^[A-Z][a-z]{2,8}( [0-9]{1,3})?$/)
  const addresses: fc.Arbitrary<Address> = fc.record(
    {
      straat: word,
      huisnummer: digits(3).map((number) => `${number} bis`),
      postcode: fc.tuple(digits(4), fc.constantFrom('AB', ' XZ', '')).map((parts) => parts.join('')),
      plaats: word,
      gemeente: word,
      land: fc.constantFrom('NL', 'BE'),
    },
    { requiredKeys: [] },
  )
  const dates = fc
    .tuple(digits(4), fc.constantFrom('00', '02', '12'), fc.constantFrom('00', '03', '31'))
    .map((parts) => parts.join('-'))
  const cases = fc.oneof(
    fc.tuple(fc.constant(date), fc.constantFrom(...GENERALISATION_LEVELS.datum), dates),
    fc.tuple(fc.constant(address), fc.constantFrom(...GENERALISATION_LEVELS.adres), addresses),
  )
  const codes = fc.oneof(
    fc.tuple(fc.constant(country), fc.constantFrom(...GENERALISATION_LEVELS.land), fc.stringMatching(/^[A-Z]{2}$/)),
    fc.tuple(
      fc.constant(telephone),
      fc.constantFrom(...GENERALISATION_LEVELS.telefoon),
      fc.stringMatching(/^(\+|00|0)?[1-9][0-9 -]{4,12}$/),
    ),
  )

  test('generalising twice to one level is the same as once', () => {
    fc.assert(
      fc.property(fc.oneof(cases, codes), ([field, level, value]) => {
        const once = generalise(field, level, value)
        if (once !== undefined) expect(generalise(field, level, once)).toEqual(once)
      }),
    )
  })

  test('generalising leaves at most the three digits of a country code of a telephone number', () => {
    fc.assert(
      fc.property(codes, ([field, level, value]) => {
        expect(generalise(field, level, value) ?? '').toMatch(/^(|EU|buiten-EU|\+[1-9][0-9]{0,2})$/)
      }),
    )
  })

  test('generalising leaves no digits but those of its level', () => {
    fc.assert(
      fc.property(cases, ([field, level, value]) => {
        const groups = JSON.stringify(generalise(field, level, value) ?? '').match(/\d+/g) ?? []
        if (typeof value === 'string') expect(groups).toEqual(value.split('-').slice(0, groups.length))
        else
          expect(groups).toEqual(
            level === 'postcode4' ? groups.filter((group) => value.postcode?.startsWith(group)) : [],
          )
        expect(groups.length).toBeLessThanOrEqual(level === 'maand' ? 2 : 1)
      }),
    )
  })

  test('generalising by way of a finer level has the same result as the coarser level at once', () => {
    const levels: readonly string[] = GENERALISATION_LEVELS.adres
    fc.assert(
      fc.property(addresses, fc.nat({ max: 3 }), fc.nat({ max: 3 }), (value, a, b) => {
        const [finer, coarser] = [levels[Math.min(a, b)]!, levels[Math.max(a, b)]!]
        const halfway = generalise(address, finer, value)
        expect(halfway && generalise(address, coarser, halfway)).toEqual(generalise(address, coarser, value))
      }),
    )
  })
})
