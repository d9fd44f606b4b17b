import { describe, expect, test } from 'vitest'
import { findFormFaults } from '../../src/report/field-form.ts'
import { vocabulary } from './vocabulary.ts'

// Field, values that fit, values that do not.
const VALUES: [field: string, right: string[], wrong: string[]][] = [
  [
    'voornaam',
    ['A', 'é'.repeat(200), 'é'.normalize('NFD').repeat(200), "O'Neill-van der Berg", '.'],
    ['a'.repeat(201), 'a\nb', 'a\tb'],
  ],
  ['toelichting', ['a\n\tb', 'a'.repeat(4000)], ['a'.repeat(4001)]],
  [
    'datum-delict',
    [
      '1985-12-31',
      '1985-12-00',
      '1985-00-00',
      '2000-02-29',
      '1800-01-01',
      '0000-00-00',
      ' 1985-12-01\n',
      '１９８５‑１２‑０１',
    ],
    ['1985-13-01', '1985-02-30', '1900-02-29', '1985-04-31', '1985-00-12', '0985-01-01', '1985-1-1', '01-12-1985'],
  ],
  ['nationaliteit', ['NL', 'XK', 'nl', 'XXX'], ['NLD', '528', 'ZZ']],
  ['v-nummer', ['1234567890', 'AB 12-3.4/5', 'SPECI2014<'], ['-1', 'a'.repeat(43), '12;3']],
  ['iban', ['NL91 ABNA 0417 1643 00', 'MT84 MALT 0110 0001 2345 MTLC AST0 01S'], ['NL91;']],
  ['telefoonnummer', ['+31 6 12345678', '(020) 123 45 67', '(+31) 6–12345678', '-'], ['bel mij', '1'.repeat(31)]],
  ['e-mailadres', ['a@example.org', 'å@exämple.org', 'onbekend'], ['a', 'a@b@c', 'a b@c', `${'a'.repeat(250)}@b.nl`]],
]

describe('the form of a value', () => {
  test.each(VALUES)('the form of a %s fits what people write, and nothing else', (field, right, wrong) => {
    const faultsOf = (value: string) => findFormFaults(vocabulary.fields.get(field)!, value)
    for (const value of right) expect(faultsOf(value)).toEqual([])
    for (const value of wrong) {
      const [fault] = faultsOf(value)
      expect(fault!.path).toEqual([])
      if (value.length > 2) expect(JSON.stringify(fault)).not.toContain(value)
    }
  })

  test('the form of a list and of an address is read part by part', () => {
    const faultsOf = (field: string, value: Parameters<typeof findFormFaults>[1]) =>
      findFormFaults(vocabulary.fields.get(field)!, value).map(({ path }) => path)
    expect(faultsOf('aliassen', ['Mo', 'a\nb'])).toEqual([[1]])
    expect(faultsOf('plaats-delict', { straat: '.', huisnummer: '1'.repeat(21), land: 'XX' })).toEqual([['huisnummer']])
    expect(faultsOf('plaats-delict', { land: 'QQ' })).toEqual([['land']])
  })
})
