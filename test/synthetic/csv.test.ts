import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/synthetic/csv.ts'

const cellsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells)

describe('a CSV text', () => {
  const facts: [statement: string, text: string, rows: string[][]][] = [
    [
      'ends its lines with LF',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'ends its lines with CR LF, and the last one with nothing',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'may have a space after a comma',
      'a, b\n1, 2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'may have empty cells',
      ',\n,',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['may quote commas, quotes and line ends', '"a,b","say ""hi""","two\nlines"', [['a,b', 'say "hi"', 'two\nlines']]],
    ['may begin with a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    ['may have empty lines, which are no rows', 'a\n\nb\n', [['a'], ['b']]],
    ['may be empty', '', []],
  ]
  test.each(facts)('a CSV text %s', (_, text, rows) => expect(cellsOf(text)).toEqual(rows))

  test('a CSV text has the line of each row, lines inside quotes counted', () => {
    expect([...parseCsv('a\n"b\nc"\nd')].map(({ line }) => line)).toEqual([1, 2, 4])
  })

  test.each([
    ['a quote that is never closed', 'a\n"b', 'line 2'],
    ['text after a closing quote', '"a"b', 'line 1'],
  ])('a CSV text is refused for %s', (_, text, place) => {
    expect(() => cellsOf(text)).toThrow(SyntaxError)
    expect(() => cellsOf(text)).toThrow(place)
  })

  test('a CSV text gives back any quoted cells', () => {
    const rows = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, (cells) => {
        const text = cells.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        expect(cellsOf(text)).toEqual(cells)
      }),
    )
  })
})
