import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CSV_COLUMNS, formatCell, formatCsvHead, formatCsvRows } from '../../../src/audit/export/csv.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { parseCsv } from '../../../src/synthetic/csv.ts'
import { ID, SAMPLES } from '../record/sample-records.ts'

const cellsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells)
const rowsOf = (name: keyof typeof SAMPLES) =>
  cellsOf(formatCsvRows(42, parseRecord(SAMPLES[name]))).map((cells) =>
    Object.fromEntries(CSV_COLUMNS.flatMap((column, index) => (cells[index] === '' ? [] : [[column, cells[index]]]))),
  )

describe('table of records', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+31', "'+31"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    ['\rx', '"\'\rx"'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['a=b', 'a=b'],
    ["'quoted'", "'quoted'"],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['a;=1+1', '"a;\'=1+1"'],
    ['a; @SUM(A1)', '"a;\' @SUM(A1)"'],
    ['a\t-1', '"a\t\'-1"'],
    ['a\n+1', '"a\n\'+1"'],
    [' =1+1', "' =1+1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['\nx', '"\'\nx"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['', ''],
  ])('a cell of the table writes %j as %j', (text, cell) => {
    expect(formatCell(text)).toBe(cell)
  })

  test('no cell of the table begins a formula, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(formatCell(text).replace(/^"/, '')).not.toMatch(/(?:^|[,;\t\r\n])[ "]*[=+\-@＝＋－＠]|^[\t\r\n]/)
      }),
    )
  })

  test('a number stays a number in the table', () => {
    expect(formatCell(0)).toBe('0')
    expect(formatCell(-1)).toBe('-1')
    expect(formatCell(undefined)).toBe('')
  })

  test('the table has one row for each data subject of a decision, counted from 0', () => {
    const rows = rowsOf('exchange')
    expect(rows).toEqual([
      {
        leafIndex: '42',
        at: '2026-11-22T23:30:00.000Z',
        type: 'exchange',
        exchangeId: ID,
        dataSubject: '0',
        sender: 'politie',
        recipient: 'comensha',
        by: 'politie.teamleider-1',
        kind: 'melding',
        purpose: 'registratie-mensenhandel',
        legalBasis: 'wpg-bpg-4-2-comensha',
        outcome: 'gedeeltelijk',
        duties: 'bewaartermijn:ontvanger',
        role: 'slachtoffer',
        subjectOutcome: 'gedeeltelijk',
        released: 'nationaliteit',
        generalised: 'geboortedatum:geboortejaar',
        withheld: 'achternaam',
        linked: 'achternaam geboortedatum',
        rules: 'wpg-bpg-4-2-comensha/registratie',
        prohibitions: 'uavg-46/bsn',
        assessments: 'noodzaak',
        knownTrue: 'verwerkt-onder-wpg-8',
        knownFalse: 'minderjarig',
        commitment: 'BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc',
        policyHash: 'ab'.repeat(32),
      },
      expect.objectContaining({
        dataSubject: '1',
        subjectOutcome: 'geweigerd',
        subjectReason: 'geen-grondslag',
        refused: 'voornaam',
      }),
    ])
  })

  test('the table has one row for every other record, and as many cells as columns in each', () => {
    for (const name of Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]) {
      const text = formatCsvRows(7, parseRecord(SAMPLES[name]))
      const cells = cellsOf(text)
      expect(cells, name).toHaveLength(['exchange', 'check'].includes(name) ? 2 : 1)
      for (const row of cells) expect(row, name).toHaveLength(CSV_COLUMNS.length)
      expect(text, name).toMatch(/\r\n$/)
      expect(text.replaceAll('\r\n', ''), name).not.toMatch(/[\r\n]/)
    }
  })

  test('the table shows what a step was', () => {
    expect(rowsOf('log')[0]).toMatchObject({ type: 'access', step: 'log:search', by: 'toezichthouder' })
    expect(rowsOf('key')[0]).toMatchObject({ type: 'key', step: 'command:rotate' })
    expect(rowsOf('recalled')[0]).toMatchObject({ type: 'recalled', step: 'onjuist', exchangeId: ID })
    expect(rowsOf('policy')[0]).toMatchObject({ type: 'policy', step: 'approved', by: 'comensha.functionaris-1' })
  })

  test('the table begins with the names of the columns', () => {
    expect(cellsOf(formatCsvHead())).toEqual([[...CSV_COLUMNS]])
    expect(new Set(CSV_COLUMNS).size).toBe(CSV_COLUMNS.length)
  })
})
