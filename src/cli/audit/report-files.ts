import { BYTE_ORDER_MARK, formatRow, type Separator } from '../../audit/export/csv.ts'
import type { Language } from '../../model/language.ts'
import { type Html, html } from '../../policy/docs/html.ts'
import { formatLine, formatReport, presentCounts, type ReportSection, type ReportText } from './print-report.ts'
import { REPORT_WORDS } from './report-words.ts'

export const REPORT_FORMATS = ['text', 'html', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** Monthly reports as the content of one file. */
export function formatReportFile(
  reports: readonly ReportText[],
  format: ReportFormat,
  language: Language,
  separator: Separator,
): string {
  if (format === 'html') return formatPage(reports, language)
  if (format === 'csv') return formatTable(reports, language, separator)
  return reports.flatMap((report) => formatReport(report).map((line) => `${line}\n`)).join('')
}

/** A page to read and print: self-contained, without script, image or anything to fetch. */
const formatPage = (reports: readonly ReportText[], language: Language): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${reports[0]?.title ?? 'Sluis'}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
${reports.map(
  ({ title, lead, sections, note }) => html`<article>
<h1>${title}</h1>
<p>${lead}</p>
${sections.map(
  (section) => html`<section>${formatSection(section, language)}</section>
`,
)}
${note === undefined ? '' : html`<p class="note">${note}</p>`}
</article>`,
)}
</main>
</body>
</html>
`.html

/** A table where something was counted, else sentences. */
function formatSection({ heading, names, lines }: ReportSection, language: Language): Html {
  const columns = lines[0]?.counts.map(({ column }) => column) ?? []
  if (names.length === 0 && columns.length === 0) return formatSentences(heading, lines)
  const counted = lines.filter(({ cells, counts }) => cells.length > 0 || counts.length > 0)
  const hasSmall = lines.some(({ isSmall }) => isSmall)
  return html`<table>
<caption><h2>${heading}</h2></caption>
<thead><tr>${[
    names.map((name) => html`<th scope="col">${name}</th>`),
    columns.map((column) => html`<th scope="col" class="count">${column}</th>`),
    hasSmall ? html`<th scope="col">${REPORT_WORDS[language].table.small}</th>` : '',
  ]}</tr></thead>
<tbody>
${counted.map(
  ({ cells, counts, isSmall }) => html`<tr>${[
    cells.map((cell) => html`<th scope="row">${cell}</th>`),
    counts.map(({ count }) => html`<td class="count">${count}</td>`),
    hasSmall ? html`<td>${isSmall ? '*' : ''}</td>` : '',
  ]}</tr>
`,
)}</tbody>
</table>
${formatList(lines.filter((line) => !counted.includes(line)))}`
}

const formatSentences = (heading: string, lines: ReportSection['lines']): Html =>
  html`<h2>${heading}</h2>
${formatList(lines)}`

const formatList = (lines: ReportSection['lines']): Html =>
  lines.length === 0 ? html`` : html`<ul>${lines.map((line) => html`<li>${formatLine(line)}</li>`)}</ul>`

const STYLE = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; text-align: start; }
section { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #d0d0d0; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { overflow-wrap: normal; }
thead th { border-bottom-color: #767676; }
tbody th { font-weight: normal; }
.count { text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
ul { margin: 0; padding: .25rem 0; list-style: none; }
li { overflow-wrap: anywhere; }
.note { margin-top: 1.5rem; }
article + article { break-before: page; margin-top: 3rem; }
@media print {
  main { max-width: none; padding: 0; }
  section { overflow: visible; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  body { font-size: 10pt; }
}
`

/** One row for each count, and one for each line without counts (RFC 4180, CRLF, with a byte order mark). */
function formatTable(reports: readonly ReportText[], language: Language, separator: Separator): string {
  const { report, section, name, column, count, small } = REPORT_WORDS[language].table
  const rows = reports.flatMap(({ title, sections }) =>
    sections.flatMap(({ heading, lines }) =>
      lines.flatMap((line) =>
        line.counts.length === 0
          ? [[title, heading, line.name, '', '', '']]
          : presentCounts(line).map((one) => [
              title,
              heading,
              line.name,
              one.column,
              one.count,
              line.isSmall ? '*' : '',
            ]),
      ),
    ),
  )
  return (
    BYTE_ORDER_MARK +
    [[report, section, name, column, count, small], ...rows].map((row) => formatRow(row, separator)).join('')
  )
}
