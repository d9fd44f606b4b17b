import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedact } from '../../src/report/free-text.ts'
import { identifyingValues, minimise } from '../../src/report/minimise.ts'
import { decisionOf, vocabulary } from './vocabulary.ts'

const data = {
  bsn: '999990019',
  voornaam: 'Maria Fernanda',
  tussenvoegsel: 'van der',
  achternaam: 'Berg',
  aliassen: ['Nanda', 'Maria de los Reyes'],
  geboortedatum: '1985-12-01',
  woonadres: { straat: 'Damstraat', huisnummer: '12', postcode: '1012 AB', plaats: 'Amsterdam' },
  'plaats-delict': { straat: 'Kade', plaats: 'Rotterdam', land: 'NL' },
  iban: 'NL91ABNA0417164300',
  geboorteplaats: 'Kyiv',
  nationaliteit: 'NL',
  geslacht: 'vrouw',
  toelichting: 'Fernanda van der Berg werkte in Rotterdam, bel 06-12345678',
}

describe('minimising', () => {
  test('minimising keeps what is released, generalises what must be, and drops the rest', () => {
    const decision = decisionOf({
      bsn: 'weglaten',
      voornaam: 'weigeren',
      geboortedatum: 'geboortejaar',
      'plaats-delict': 'plaats',
      nationaliteit: 'verstrekken',
    })
    expect(minimise(vocabulary, decision, data, createRedact([]))).toEqual({
      data: { geboortedatum: '1985', 'plaats-delict': { plaats: 'Rotterdam', land: 'NL' }, nationaliteit: 'NL' },
      redactions: 0,
    })
  })

  test('minimising takes the identifiers of everybody out of free text', () => {
    const decision = decisionOf({ toelichting: 'verstrekken' })
    expect(minimise(vocabulary, decision, data, createRedact(identifyingValues(vocabulary, [{ data }])))).toEqual({
      data: { toelichting: '[weggelaten] van der [weggelaten] werkte in Rotterdam, bel [weggelaten]' },
      redactions: 3,
    })
  })

  test('minimising releases a place of birth as it was sent, although somebody is called by it, but no number in it', () => {
    const decision = decisionOf({ geboorteplaats: 'verstrekken', toelichting: 'verstrekken' })
    const sent = { voornaam: 'Sofia', achternaam: 'Benin', geboorteplaats: 'Sofia', toelichting: 'Sofia Benin' }
    const known = identifyingValues(vocabulary, [{ data: sent }])
    expect(minimise(vocabulary, decision, sent, createRedact(known)).data).toEqual({
      geboorteplaats: 'Sofia',
      toelichting: '[weggelaten] [weggelaten]',
    })
    expect(
      minimise(vocabulary, decision, { geboorteplaats: 'Benin City, 0612345678' }, createRedact(known)).data,
    ).toEqual({
      geboorteplaats: 'Benin City, [weggelaten]',
    })
  })

  test('minimising takes a telephone number out of free text in the form that the canonicaliser would read as the same', () => {
    const decision = decisionOf({ toelichting: 'verstrekken' })
    const sent = {
      telefoonnummer: '020 1234567',
      voornaam: 'onbekend',
      achternaam: '.',
      toelichting: 'tel. 123 45 67, onbekend.',
    }
    const known = identifyingValues(vocabulary, [{ data: sent }], (kind) =>
      kind === 'telefoon' ? '+31201234567' : undefined,
    )
    expect(minimise(vocabulary, decision, sent, createRedact(known)).data).toEqual({
      toelichting: 'tel. [weggelaten], onbekend.',
    })
  })

  test('minimising takes aliases, account numbers and parts of either out of free text', () => {
    const toelichting = 'Zij noemt zich Nanda of Reyes, komt uit Kyiv en gebruikt rekening NL91 ABNA 0417 1643 00'
    const decision = decisionOf({ toelichting: 'verstrekken' })
    expect(
      minimise(vocabulary, decision, { ...data, toelichting }, createRedact(identifyingValues(vocabulary, [{ data }])))
        .data,
    ).toEqual({
      toelichting: 'Zij noemt zich [weggelaten] of [weggelaten], komt uit Kyiv en gebruikt rekening [weggelaten]',
    })
  })

  test('minimising releases a list of names whole, and generalises it to nothing', () => {
    expect(minimise(vocabulary, decisionOf({ aliassen: 'verstrekken' }), data, createRedact([])).data).toEqual({
      aliassen: data.aliassen,
    })
    expect(minimise(vocabulary, decisionOf({ aliassen: 'land' }), data, createRedact([])).data).toEqual({})
  })

  test.each([
    ['a field that the vocabulary does not know', { schoenmaat: 'verstrekken' }, { schoenmaat: '39' }],
    ['a field that the decision does not name', {}, { nationaliteit: 'NL' }],
    ['a field that was not sent', { nationaliteit: 'verstrekken' }, {}],
    ['a member of every object', { constructor: 'verstrekken' }, {}],
    ['a level that the type does not have', { geboortedatum: 'gemeente' }, { geboortedatum: '1985-12-01' }],
  ])('minimising drops %s', (_, treatments: Record<string, string>, sent: Record<string, string>) => {
    expect(minimise(vocabulary, decisionOf(treatments), sent, createRedact([]))).toEqual({ data: {}, redactions: 0 })
  })

  test('minimising drops a field without the level it must be generalised to', () => {
    const decision = decisionOf({ nationaliteit: 'verstrekken' })
    const fields = decision.fields.map((field) => ({ ...field, release: 'generaliseren' as const }))
    expect(minimise(vocabulary, { ...decision, fields }, data, createRedact([])).data).toEqual({})
  })

  test('minimising lets no field through that was not decided to pass', () => {
    const ids = [...vocabulary.fields.keys(), 'onbekend']
    const treatment = fc.constantFrom(
      'verstrekken',
      'weglaten',
      'weigeren',
      'geboortejaar',
      'maand',
      'plaats',
      'gemeente',
    )
    const sent = fc.dictionary(fc.constantFrom(...ids), fc.oneof(fc.string(), fc.constant(data.woonadres)))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ids), treatment), sent, (treatments, values) => {
        const decision = decisionOf(treatments)
        const passing = decision.fields.filter(
          ({ release }) => release === 'verstrekken' || release === 'generaliseren',
        )
        const left = Object.keys(minimise(vocabulary, decision, values, createRedact([])).data)
        expect(passing.map(({ field }) => field)).toEqual(expect.arrayContaining(left))
        expect(Object.keys(values)).toEqual(expect.arrayContaining(left))
      }),
    )
  })
})

describe('identifying values', () => {
  test('identifying values are names, their parts, numbers, dates of birth, street and postcode', () => {
    expect(identifyingValues(vocabulary, [{ data }]).toSorted()).toEqual(
      [
        '999990019',
        'Maria Fernanda',
        'Maria',
        'Fernanda',
        'Berg',
        'Nanda',
        'Maria de los Reyes',
        'Reyes',
        'NL91ABNA0417164300',
        '1985-12-01',
        'Damstraat 12',
        'Damstraat',
        '1012 AB',
      ].toSorted(),
    )
  })

  test('identifying values are those of every data subject, once', () => {
    const subjects = [
      { data: { voornaam: 'Ali' } },
      { data: { voornaam: 'Noor', achternaam: 'van der Ben' } },
      { data: { voornaam: 'Ali' } },
    ]
    expect(identifyingValues(vocabulary, subjects)).toEqual(['Ali', 'Noor', 'van der Ben'])
  })
})
