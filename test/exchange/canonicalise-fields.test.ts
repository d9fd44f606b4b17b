import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/encoding/json.ts'
import { canonicaliseReport } from '../../src/exchange/canonicalise-fields.ts'
import type { FieldValue } from '../../src/report/submission.ts'
import { faultsOf } from '../report/fault.ts'
import { decisionOf, schemas, vocabulary } from '../report/vocabulary.ts'

const person = {
  bsn: '999990019',
  achternaam: 'Berg',
  aliassen: ['Nanda', 'Maria de los Reyes'],
  geboortedatum: '1985-12-01',
  'plaats-delict': { straat: 'Kade', plaats: 'Rotterdam', land: 'NL' },
  nationaliteit: 'NL',
  geslacht: 'vrouw',
}

const reportWith = (data: Json): Json => ({
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'avg-6-1-a',
  kind: 'melding',
  dataSubjects: [{ role: 'slachtoffer', data }],
})

/** Canonicalises the data of subjects whose fields are all treated the same; `link` names those that feed the pseudonym. */
function canonicaliseAll(
  subjects: readonly Readonly<Record<string, FieldValue>>[],
  release: string,
  link: readonly string[] = [],
) {
  const decisions = subjects.map((data) =>
    decisionOf(Object.fromEntries(Object.keys(data).map((field) => [field, release])), link),
  )
  return canonicaliseReport(
    vocabulary,
    subjects.map((data) => ({ data })),
    decisions,
    [...subjects.keys()],
  ).map(({ linked }) => linked)
}

/** A value in a form that people write, and what it is. */
const WRITTEN: readonly (readonly [field: string, written: string, canonical: string])[] = [
  ['telefoonnummer', '(+31) 6 12345678', '+31612345678'],
  ['telefoonnummer', '06\u00a012\u00a034\u00a056\u00a078', '+31612345678'],
  ['telefoonnummer', '06\u201312345678', '+31612345678'],
  ['telefoonnummer', '\u202a+31612345678\u202c', '+31612345678'],
  ['telefoonnummer', '٠٦١٢٣٤٥٦٧٨', '+31612345678'],
  ['v-nummer', '12345\u200b67890', '1234567890'],
  ['v-nummer', '1234\u00a0567890', '1234567890'],
  ['v-nummer', '１２３４５６７８９０', '1234567890'],
  ['bsn', '9999\u00a090\u00a0019', '999990019'],
  ['iban', 'NL91\u2009ABNA\u20090417\u20091643\u200900\n', 'NL91ABNA0417164300'],
  ['e-mailadres', '\u200bNoor@Voorbeeld.example ', 'noor@voorbeeld.example'],
  ['geboortedatum', ' 1985\u201112\u201101', '1985-12-01'],
  ['geboortedatum', '۱۹۸۵-۱۲-۰۱', '1985-12-01'],
  ['nationaliteit', 'nl', 'NL'],
  ['achternaam', `Be\u200brg${'\u200d'.repeat(199)}`, 'berg'],
]

/** What stands for an unknown value. */
const UNKNOWN: readonly (readonly [field: string, written: string])[] = [
  ['achternaam', '.'],
  ['achternaam', '-'],
  ['achternaam', 'N.N.'],
  ['voornaam', 'onbekend'],
  ['voornaam', 'n.v.t.'],
  ['geboortedatum', '0000-00-00'],
  ['geboortedatum', '00-00'],
  ['geboortedatum', 'onbekend'],
  ['telefoonnummer', '-'],
  ['v-nummer', '0000000000'],
  ['bsn', '000000000'],
  ['nationaliteit', 'XXX'],
  ['geboorteplaats', '.'],
  ['e-mailadres', 'onbekend'],
]

describe('canonicalising identifiers', () => {
  test.each(WRITTEN)(
    'canonicalising reads a %s that the schema takes, however it is written: %j',
    (field, value, canonical) => {
      const { dataSubjects } = schemas.parseSubmission(reportWith({ [field]: value }))
      const [identifiers] = canonicaliseAll(
        dataSubjects.map(({ data }) => data),
        'verstrekken',
        [field],
      )
      expect(Object.values(identifiers!)).toEqual([[canonical]])
    },
  )

  test.each(UNKNOWN)('canonicalising takes a %s that is unknown, and links nobody on it: %j', (field, value) => {
    const { dataSubjects } = schemas.parseSubmission(reportWith({ [field]: value }))
    const [identifiers] = canonicaliseAll(
      dataSubjects.map(({ data }) => data),
      'verstrekken',
      [field],
    )
    expect(Object.values(identifiers!)).toEqual([[]])
  })

  test('canonicalising refuses no withheld value, and every used one that cannot be read', () => {
    const wrong = {
      bsn: '9999 90\u00a0638',
      'v-nummer': '12;3',
      telefoonnummer: 'bel mij',
      'e-mailadres': 'a b',
      geboortedatum: '1985-02-30',
      nationaliteit: 'Nederland',
      'datum-delict': 'gisteren',
      'plaats-delict': { land: 'NLD' },
    }
    const [data] = schemas.parseSubmission(reportWith(wrong)).dataSubjects.map((subject) => subject.data)
    expect(canonicaliseAll([data!], 'weglaten')).toEqual([{}])
    expect(
      faultsOf(() => canonicaliseAll([data!], 'verstrekken'))
        .map(({ code, pointer }) => `${code} ${pointer}`)
        .toSorted(),
    ).toEqual([
      'identifier-invalid /dataSubjects/0/data/bsn',
      'value-invalid /dataSubjects/0/data/datum-delict',
      'value-invalid /dataSubjects/0/data/e-mailadres',
      'value-invalid /dataSubjects/0/data/geboortedatum',
      'value-invalid /dataSubjects/0/data/nationaliteit',
      'value-invalid /dataSubjects/0/data/plaats-delict/land',
      'value-invalid /dataSubjects/0/data/telefoonnummer',
      'value-invalid /dataSubjects/0/data/v-nummer',
    ])
  })

  test('canonicalising names the field of every identifier that fails, to the item of a list, and no value', () => {
    const faults = faultsOf(() =>
      canonicaliseAll(
        [
          { achternaam: 'Berg' },
          {
            bsn: '999990638',
            aliassen: ['Mo', 'Tony2', 'Noor 🙂'],
            geboortedatum: '1990-02-30',
            iban: 'NL92ABNA0417164300',
            woonadres: { straat: 'Damstraat', postcode: '10115', land: 'NL' },
          },
        ],
        'verstrekken',
      ),
    )
    expect(faults.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'identifier-invalid /dataSubjects/1/data/bsn',
      'identifier-invalid /dataSubjects/1/data/aliassen/1',
      'identifier-invalid /dataSubjects/1/data/aliassen/2',
      'value-invalid /dataSubjects/1/data/geboortedatum',
      'identifier-invalid /dataSubjects/1/data/iban',
      'identifier-invalid /dataSubjects/1/data/woonadres',
    ])
    expect(JSON.stringify(faults)).not.toMatch(/Tony|Damstraat|10115|ABNA|999990638|1990/)
  })

  test('canonicalising reads the fields that feed the pseudonym although they are withheld, and no other withheld field', () => {
    const data = { bsn: '999990638', 'v-nummer': '12' }
    expect(faultsOf(() => canonicaliseAll([data], 'weglaten', ['v-nummer'])).map(({ pointer }) => pointer)).toEqual([
      '/dataSubjects/0/data/v-nummer',
    ])
    expect(() => canonicaliseAll([data], 'weglaten')).not.toThrow()
  })

  test('canonicalising accepts a value that is in order and no evidence', () => {
    expect(() => canonicaliseAll([{ geslacht: 'anders', geboorteplaats: 'onbekend' }], 'verstrekken')).not.toThrow()
  })

  test('canonicalising gives the canonical forms by kind of the linked fields, of those that are linked or released, and of no other', () => {
    const decision = decisionOf(
      { bsn: 'weglaten', achternaam: 'weglaten', geboortedatum: 'geboortejaar', nationaliteit: 'verstrekken' },
      ['achternaam', 'geboortedatum'],
    )
    const linked = { achternaam: ['berg'], geboortedatum: ['1985-12-01'] }
    expect(canonicaliseReport(vocabulary, [{ data: person }], [decision], [0])).toEqual([
      { linked, used: { ...linked, nationaliteit: ['NL'] } },
    ])
  })

  test('canonicalising gives all values of a kind once, in the order of the vocabulary', () => {
    const previous = { ...vocabulary.fields.get('achternaam')!, id: 'vorige-achternaam' }
    const fields = new Map([...vocabulary.fields, [previous.id, previous] as const])
    const linked = ['vorige-achternaam', 'aliassen', 'achternaam', 'nationaliteit', 'geslacht']
    const decision = decisionOf(Object.fromEntries(linked.map((field) => [field, 'weglaten'])), linked)
    const sent = { 'vorige-achternaam': 'Dijk', ...person }
    const [identifiers] = canonicaliseReport({ ...vocabulary, fields }, [{ data: sent }], [decision], [0])
    expect(identifiers!.linked).toEqual({
      achternaam: ['berg', 'dijk'],
      alias: ['nanda', 'maria de los reyes'],
      nationaliteit: ['NL'],
      geslacht: ['vrouw'],
    })
  })

  test('canonicalising leaves out a field that was not sent, has no kind, or is not in the vocabulary', () => {
    const decision = decisionOf({ 'v-nummer': 'weglaten', 'plaats-delict': 'weglaten', onbekend: 'weglaten' }, [
      'v-nummer',
      'plaats-delict',
      'onbekend',
    ])
    expect(canonicaliseReport(vocabulary, [{ data: { ...person, onbekend: 'x' } }], [decision], [0])).toEqual([
      { linked: {}, used: {} },
    ])
  })
})
