import { expect, test } from 'vitest'
import { CSV_COLUMNS, formatCsvHead, formatCsvRows } from '../../src/audit/export/csv.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { labelsOf } from '../../src/policy/labels.ts'
import { labelledTable } from '../../src/review/words/label-table.ts'
import { parseCsv } from '../../src/synthetic/csv.ts'
import { ID, SAMPLES } from '../audit/record/sample-records.ts'
import { loadPolicies } from '../exchange/context.ts'
import { EVERY_EVENT, RAW_WORDS } from './every-event.ts'

const set = loadPolicies()
const tableOf = (language: 'nl' | 'en', records: readonly string[]) => {
  const form = labelledTable(language, labelsOf(language, set), 'comma')
  const text =
    formatCsvHead(form) + records.map((text, index) => formatCsvRows(index, parseRecord(text), form)).join('')
  return { text, rows: [...parseCsv(text)].map(({ cells }) => cells) }
}

test.each(['nl', 'en'] as const)('no word with a label is in the table of records for people, in %s', (language) => {
  const { rows } = tableOf(language, EVERY_EVENT)
  expect(rows.length).toBeGreaterThan(EVERY_EVENT.length)
  for (const row of rows) expect(row).toHaveLength(CSV_COLUMNS.length)
  const words = rows.flatMap((row) => row.flatMap((cell) => cell.split('; ')))
  expect(words.filter((word) => RAW_WORDS.has(word))).toEqual([])
})

test('the table of records for people keeps ids, hashes and rules, and begins with a byte order mark', () => {
  const { text, rows } = tableOf('nl', [SAMPLES.exchange])
  expect(text.startsWith('\ufeffLogregel,Moment (UTC),')).toBe(true)
  const row = Object.fromEntries(CSV_COLUMNS.map((column, index) => [column, rows[1]![index]]))
  expect(row).toMatchObject({
    leafIndex: '0',
    at: '2026-11-22T23:30:00.000Z',
    exchangeId: ID,
    sender: 'Politie',
    by: 'Politie (teamleider-1)',
    outcome: 'gedeeltelijk verstrekt',
    role: 'Slachtoffer of mogelijk slachtoffer',
    linked: 'Achternaam; Geboortedatum',
    policyHash: 'ab'.repeat(32),
  })
  expect(row.rules).toMatch(/ \(wpg-bpg-4-2-comensha\/registratie\)$/)
})
