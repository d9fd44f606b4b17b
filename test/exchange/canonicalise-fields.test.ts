import { describe, expect, test } from 'vitest'
import { canonicaliseReport } from '../../src/exchange/canonicalise-fields.ts'
import type { FieldValue } from '../../src/report/submission.ts'
import { faultsOf } from '../report/fault.ts'
import { decisionOf, vocabulary } from '../report/vocabulary.ts'

const person = {
  bsn: '999990019',
  achternaam: 'Berg',
  aliassen: ['Nanda', 'Maria de los Reyes'],
  geboortedatum: '1985-12-01',
  'plaats-delict': { straat: 'Kade', plaats: 'Rotterdam', land: 'NL' },
  nationaliteit: 'NL',
  geslacht: 'vrouw',
}

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
  )
}

describe('canonicalising identifiers', () => {
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
      'identifier-invalid /dataSubjects/1/data/geboortedatum',
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

  test('canonicalising gives the canonical forms of the linked fields by kind, and of no other field', () => {
    const decision = decisionOf({ bsn: 'weglaten', achternaam: 'verstrekken', geboortedatum: 'geboortejaar' }, [
      'achternaam',
      'geboortedatum',
    ])
    expect(canonicaliseReport(vocabulary, [{ data: person }], [decision], [0])).toEqual([
      { achternaam: ['berg'], geboortedatum: ['1985-12-01'] },
    ])
  })

  test('canonicalising gives all values of a kind once, in the order of the vocabulary', () => {
    const previous = { ...vocabulary.fields.get('achternaam')!, id: 'vorige-achternaam' }
    const fields = new Map([...vocabulary.fields, [previous.id, previous] as const])
    const linked = ['vorige-achternaam', 'aliassen', 'achternaam', 'nationaliteit', 'geslacht']
    const decision = decisionOf(Object.fromEntries(linked.map((field) => [field, 'weglaten'])), linked)
    const sent = { 'vorige-achternaam': 'Dijk', ...person }
    const [identifiers] = canonicaliseReport({ ...vocabulary, fields }, [{ data: sent }], [decision], [0])
    expect(identifiers).toEqual({
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
    expect(canonicaliseReport(vocabulary, [{ data: { ...person, onbekend: 'x' } }], [decision], [0])).toEqual([{}])
  })
})
