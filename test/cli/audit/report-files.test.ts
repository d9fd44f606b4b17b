import { beforeAll, describe, expect, test } from 'vitest'
import { formReportText, type ReportText } from '../../../src/cli/audit/print-report.ts'
import { formatReportFile, REPORT_FORMATS } from '../../../src/cli/audit/report-files.ts'
import type { Language } from '../../../src/model/language.ts'
import { labelsOf } from '../../../src/policy/labels.ts'
import { boundsOf } from '../../../src/review/check-filter.ts'
import type { MonthlyReport } from '../../../src/review/monthly-report.ts'
import { parseMonth } from '../../../src/review/months.ts'
import { reportMonths } from '../../../src/review/report-months.ts'
import { parseCsv } from '../../../src/synthetic/csv.ts'
import { loadPolicies } from '../../exchange/context.ts'
import { loadSmall, ruleFile, SENTENCE } from '../../policy/small-set.ts'
import { EVERY_EVENT, RAW_WORDS } from '../../review/every-event.ts'
import { inOrder, logExchange } from '../../review/logged.ts'

const set = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, van: [politie], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}\n`,
  ),
)

async function textOf(language: Language) {
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

test('a monthly report as a page has the same counts, escaped, and fetches nothing', async () => {
  const text = await textOf('en')
  const page = formatReportFile([{ ...text, lead: '<b>&' }], 'html', 'en', 'comma')
  expect(page).toContain('<html lang="en">')
  expect(page).toContain(
    '<th scope="row">Police</th><th scope="row">Shelter</th><th scope="row">Titel van wet-a</th><td class="count">0</td>',
  )
  expect(page).toContain('&lt;b&gt;&amp;')
  expect(page).not.toMatch(/<script|<img|src=|href=|@import|url\(/)
})

test('every table of a monthly report as a page has a caption, headings with a scope, and as many cells in every row', async () => {
  const page = formatReportFile([await textOf('nl')], 'html', 'nl', 'comma')
  const tables = page.match(/<table>.*?<\/table>/gs) ?? []
  expect(tables.length).toBeGreaterThan(3)
  for (const table of tables) {
    expect(table).toMatch(/<caption><h2>[^<]+<\/h2><\/caption>\n<thead><tr>(<th scope="col"[^>]*>[^<]+<\/th>)+<\/tr>/)
    const sizes = (table.match(/<tr>.*?<\/tr>/gs) ?? []).map((row) => row.match(/<t[hd][ >]/g)?.length)
    expect(new Set(sizes).size, table).toBe(1)
  }
})

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
] as const)('a monthly report as a table has one row for each count, separated by a %s', async (separator, sign) => {
  const rows = formatReportFile([await textOf('en')], 'csv', 'en', separator).split('\r\n')
  expect(rows[0]).toBe(`\ufeff${['Report', 'Section', 'Name', 'Column', 'Count', 'Small'].join(sign)}`)
  const row = rows.find((one) => one.includes('Refusals by reason') && one.includes('stayed refused'))
  expect(row).toContain(['"Police → Shelter; no legal basis"', 'stayed refused', '1', '*'].join(sign))
})

test('a narrowed monthly report says to what in labels, and leaves out what is not about an exchange', async () => {
  const filter = {
    sender: 'politie',
    field: 'nationaliteit',
    fieldClass: 'avg-9',
    treatment: 'shared',
    attempt: 'check',
  }
  const bounds = boundsOf(filter, async () => loadPolicies().vocabulary)
  const [made] = await reportMonths(inOrder(EVERY_EVENT), {
    months: [parseMonth('2026-11')!],
    only: { filter, bounds },
  })
  const text = formReportText(made!, 'en', labelsOf('en', loadPolicies()))
  expect(text.lead).toBe(
    '0 records in the log; the month is not over yet; only exchanges and checks with sender Police, field Nationality, class special categories (GDPR art. 9), treatment released, attempt check',
  )
  expect(text.sections.map(({ heading }) => heading)).toEqual([
    'Exchanges by sender, recipient and legal basis',
    'Approval by a second person',
    'Deliveries',
    'Not acknowledged within 7 days',
    'No feedback within 30 days',
    'Decisions re-derived',
  ])
})

describe.each(['nl', 'en'] as const)('a monthly report of everything that can happen, in %s', (language) => {
  let report: MonthlyReport
  let text: ReportText
  beforeAll(async () => {
    const [made] = await reportMonths(inOrder(EVERY_EVENT), { months: [parseMonth('2026-11')!] })
    report = made!
    text = formReportText(report, language, labelsOf(language, loadPolicies()))
  })

  test(`a monthly report of everything that can happen has no empty list, in ${language}`, () => {
    const { acknowledgements: _a, feedback: _f, ...lists } = report
    for (const [name, list] of Object.entries(lists)) if (Array.isArray(list)) expect(list, name).not.toEqual([])
    expect(report.heartbeats?.findings).not.toEqual([])
    expect(report.unreadable).toBe(0)
  })

  test.each(REPORT_FORMATS)(`no word with a label is in a monthly report as %s, in ${language}`, (format) => {
    const file = formatReportFile([text], format, language, 'comma')
    const shown =
      format === 'html'
        ? [...file.matchAll(/>([^<>]+)</g)].map(([, cell]) => cell!)
        : format === 'csv'
          ? [...parseCsv(file)].flatMap(({ cells }) => cells)
          : file.split('\n')
    const words = shown.flatMap((line) => line.split(/; | → |: |, /)).map((word) => word.trim())
    expect(words.length).toBeGreaterThan(100)
    expect(words.filter((word) => RAW_WORDS.has(word.replace(/ \d+$/, '')))).toEqual([])
  })
})
