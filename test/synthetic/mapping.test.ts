import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/synthetic/csv.ts'
import { parseMapping, readLabelled } from '../../src/synthetic/mapping.ts'

const MAPPING = `
truth: {column: id, entity: '^rec-(\\d+)'}
columns:
  born: {kind: geboortedatum, format: DD/MM/YYYY}
  names: {kind: alias, separator: ';'}
  state: {kind: nationaliteit, values: {qld: ID}}
address: {postcode: zip, huisnummer: number, land: AU}
`
const HEADER = 'id,born,names,state,zip,number'

const read = (line: string, without: Parameters<typeof readLabelled>[2] = []) => [
  ...readLabelled(parseCsv(`${HEADER}\n${line}\n`), parseMapping(MAPPING), without),
]

describe('a labelled record', () => {
  test('a labelled record has the identifiers of its columns, and the entity of the truth column', () => {
    expect(read('rec-7-dup-1,31/12/1990,Anouk; Noor,qld,4000,12')).toEqual([
      {
        entity: '7',
        refused: [],
        corruptions: [],
        identifiers: {
          geboortedatum: ['1990-12-31'],
          alias: ['Anouk', 'Noor'],
          nationaliteit: ['ID'],
          adres: [{ postcode: '4000', huisnummer: '12', land: 'AU' }],
        },
      },
    ])
  })

  test('a labelled record leaves out empty cells, values without a counterpart and kinds that are not wanted', () => {
    expect(read('rec-7,,Anouk,nsw,,', ['alias'])[0]?.identifiers).toEqual({})
  })

  test('a labelled record leaves out a value that fails its check, and reports its kind', () => {
    expect(read('rec-7,31/02/1990,,,,')[0]).toMatchObject({ identifiers: {}, refused: ['geboortedatum'] })
  })

  test('a labelled record lists its corruptions where the mapping names their column', () => {
    const mapping = parseMapping("{truth: {column: id}, columns: {}, corruptions: {column: what, separator: ';'}}")
    const listed = [...readLabelled(parseCsv('id,what\n1,typefout;roepnaam\n2,\n'), mapping)]
    expect(listed.map(({ corruptions }) => corruptions)).toEqual([['typefout', 'roepnaam'], []])
  })

  const faults: [statement: string, text: string, place: string][] = [
    ['a row with too few cells', `${HEADER}\nrec-7,31/12/1990`, 'line 2'],
    ['a truth column that does not fit', `${HEADER}\nother,,,,,`, 'line 2, column id'],
    ['a column that is not there', 'id,born\nrec-7,', 'no column names'],
  ]
  test.each(faults)('a labelled record is refused for %s, and the value is not shown', (_, text, place) => {
    const records = () => [...readLabelled(parseCsv(text), parseMapping(MAPPING))]
    expect(records).toThrow(SyntaxError)
    expect(records).toThrow(place)
    expect(records).not.toThrow(/1990|other/)
  })
})

describe('a mapping', () => {
  test.each([
    ['no YAML', '{', 'is not YAML'],
    ['no truth', 'columns: {}', 'truth'],
    ['an unknown kind', 'truth: {column: a}\ncolumns: {b: {kind: shoe}}', 'columns.b.kind'],
    ['a date format without a year', 'truth: {column: a}\ncolumns: {b: {kind: geboortedatum, format: DDMM}}', 'format'],
    ['an unknown member', 'truth: {column: a}\ncolumns: {}\nextra: 1', 'the whole text'],
  ])('a mapping is refused for %s', (_, text, place) => {
    expect(() => parseMapping(text)).toThrow(SyntaxError)
    expect(() => parseMapping(text)).toThrow(place)
  })

  test.each(['febrl', 'generated'])('a mapping is shipped for %s files', (name) => {
    expect(() => parseMapping(readFileSync(`bench/linkage-mappings/${name}.yaml`, 'utf8'))).not.toThrow()
  })
})
