import { formatCell } from '../../audit/export/csv.ts'
import type { Language } from '../../model/language.ts'
import { html } from '../../policy/docs/html.ts'
import { formatLine, formatReport, type ReportText } from './print-report.ts'

export const REPORT_FORMATS = ['text', 'html', 'csv'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** What separates the cells of a table, by its name on the command line. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const
export type Separator = keyof typeof SEPARATORS

/** Monthly reports as the content of one file. */
export function formatReportFile(
  reports: readonly ReportText[],
  format: ReportFormat,
  language: Language,
  separator: Separator,
): string {
  if (format === 'html') return formatPage(reports, language)
  if (format === 'csv') return formatTable(reports, separator)
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
  ({ heading, lines }) => html`<section><h2>${heading}</h2>
<ul>${lines.map((line) => html`<li>${formatLine(line)}</li>`)}</ul>
</section>`,
)}
${note === undefined ? '' : html`<p class="note">${note}</p>`}
</article>`,
)}
</main>
</body>
</html>
`.html

const STYLE = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; border-bottom: 1px solid #767676; break-after: avoid; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .25rem 0; overflow-wrap: anywhere; }
li + li { border-top: 1px solid #e0e0e0; }
.note { margin-top: 1.5rem; }
article + article { break-before: page; margin-top: 3rem; }
`

/** One row for each count, and one for each line without counts (RFC 4180, CRLF). */
function formatTable(reports: readonly ReportText[], separator: Separator): string {
  const rows = reports.flatMap(({ title, sections }) =>
    sections.flatMap(({ heading, lines }) =>
      lines.flatMap(({ name, counts, isSmall }) =>
        counts.length === 0
          ? [[title, heading, name, '', '', '']]
          : counts.map(({ column, count }) => [title, heading, name, column, count, isSmall ? '*' : '']),
      ),
    ),
  )
  return [['report', 'section', 'name', 'column', 'count', 'small'], ...rows]
    .map((row) => `${row.map(formatCell).join(SEPARATORS[separator])}\r\n`)
    .join('')
}
