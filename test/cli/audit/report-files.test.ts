import { expect, test } from 'vitest'
import { formReportText } from '../../../src/cli/audit/print-report.ts'
import { formatReportFile } from '../../../src/cli/audit/report-files.ts'
import { labelsOf } from '../../../src/policy/labels.ts'
import { parseMonth } from '../../../src/review/months.ts'
import { reportMonths } from '../../../src/review/report-months.ts'
import { loadSmall, ruleFile, SENTENCE } from '../../policy/small-set.ts'
import { inOrder, logExchange } from '../../review/logged.ts'

const set = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, van: [politie], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
  ),
)

async function textOf(language: 'nl' | 'en') {
  const record = logExchange(set, {
    sender: 'politie',
    recipient: 'opvanghuis',
    purpose: 'registratie',
    legalBasis: 'wet-a',
    at: '2024-06-01T12:00:00.000Z',
    dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['vorm'] }],
  })
  const [report] = await reportMonths(inOrder([record]), { months: [parseMonth('2024-06')!] })
  return formReportText(report!, language, labelsOf(language, set))
}

test('a monthly report as text has labels of parties and bases, and no ids', async () => {
  const text = formatReportFile([await textOf('nl')], 'text', 'nl', 'comma')
  expect(text).toContain('\n  Politie → Opvanghuis; Titel van wet-a: geweigerd 1 *\n')
  expect(text).toContain('\n  Politie → Opvanghuis; geen grondslag: uitwisselingen 1, zo gebleven 1 *\n')
  expect(text).not.toMatch(/politie|opvanghuis/)
})

test('a monthly report as a page has the same lines, escaped, and fetches nothing', async () => {
  const text = await textOf('en')
  const page = formatReportFile([{ ...text, lead: '<b>&' }], 'html', 'en', 'comma')
  expect(page).toContain('<html lang="en">')
  expect(page).toContain('<li>Police → Shelter; Titel van wet-a: refused 1 *</li>')
  expect(page).toContain('&lt;b&gt;&amp;')
  expect(page).not.toMatch(/<script|<img|src=|href=|@import|url\(/)
})

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
] as const)('a monthly report as a table has one row for each count, separated by a %s', async (separator, sign) => {
  const rows = formatReportFile([await textOf('en')], 'csv', 'en', separator).split('\r\n')
  expect(rows[0]).toBe(['report', 'section', 'name', 'column', 'count', 'small'].join(sign))
  const row = rows.find((one) => one.includes('Refusals by reason') && one.includes('stayed refused'))
  expect(row).toContain(['"Police → Shelter; no legal basis"', 'stayed refused', '1', '*'].join(sign))
})
