import { BYTE_ORDER_MARK, formatRow, type Separator } from '../../audit/export/csv.ts'
import type { Language } from '../../model/language.ts'
import { TREATMENT_NAMES, TREATMENT_WORDS } from '../../model/treatment-words.ts'
import { type Html, html } from '../../policy/docs/html.ts'
import { type CellText, formatWays, MATRIX_WORDS, type MatrixText } from './matrix-words.ts'

export const MATRIX_FORMATS = ['text', 'html', 'csv'] as const
export type MatrixFormat = (typeof MATRIX_FORMATS)[number]

/** Matrices as the content of one file. */
export function formatMatrixFile(
  matrices: readonly MatrixText[],
  format: MatrixFormat,
  language: Language,
  separator: Separator,
): string {
  if (format === 'html') return formatPage(matrices, language)
  if (format === 'csv') return formatTable(matrices, language, separator)
  return formatMatrixLines(matrices, language)
    .map((line) => `${line}\n`)
    .join('')
}

/** Matrices as lines: each row as a heading with a line for each column, so that it fits a screen. */
export function formatMatrixLines(matrices: readonly MatrixText[], language: Language): readonly string[] {
  const words = MATRIX_WORDS[language]
  if (matrices.length === 0) return [words.none]
  const isMarked = matrices.some(({ rows }) => rows.some(({ cells }) => cells.some(({ isCovered }) => !isCovered)))
  return [
    words.meaning,
    ...(isMarked ? [words.markMeaning] : []),
    ...matrices.flatMap((matrix) => ['', ...formatLines(matrix, language)]),
  ]
}

function formatLines({ title, citation, on, columns, rows, statements }: MatrixText, language: Language): string[] {
  const words = MATRIX_WORDS[language]
  const isOne = columns.length === 1
  return [
    `${title} (${citation})${on === undefined ? '' : `, ${words.on} ${on}`}`,
    ...(isOne
      ? [`  ${words.columns}: ${columns[0]}`]
      : columns.flatMap((names, at) => names.map((name, index) => `  ${index === 0 ? letterOf(at) : ' '}  ${name}`))),
    ...rows.flatMap(({ senders, recipients, purposes, roles, cells }) => [
      `${senders} → ${recipients}; ${[purposes, ...(roles === undefined ? [] : [roles])].join('; ')}`,
      ...groupAlike(cells, language).map(
        ({ text, isCovered, at }) =>
          `${isCovered ? ' ' : '!'} ${isOne ? '' : `${at.map(letterOf).join(' ')}: `}${text}`,
      ),
    ]),
    words.rest,
    ...statements.map((statement, at) => `  ${at + 1}  ${statement}`),
  ]
}

/** Cells of one row that read the same, together; what no case shows stays apart. */
function groupAlike(cells: readonly CellText[], language: Language) {
  const lines = cells.map((cell, at) => ({ at, text: formatCell(cell, language), isCovered: cell.isCovered }))
  return [...Map.groupBy(lines, ({ text, isCovered }) => `${isCovered} ${text}`).values()].map((group) => ({
    ...group[0]!,
    at: group.map(({ at }) => at),
  }))
}

function formatCell(cell: CellText, language: Language): string {
  const ways = formatWays(cell, language)
  return ways === '' ? cell.outcome : `${cell.outcome}; ${ways}`
}

/** A, B, …, Z, AA, AB, … */
function letterOf(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26))
  return position < 26 ? letter : letterOf(Math.floor(position / 26) - 1) + letter
}

/** A page to read and print: self-contained, without script, image or anything to fetch. */
function formatPage(matrices: readonly MatrixText[], language: Language): string {
  const words = MATRIX_WORDS[language]
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words.title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${matrices.length === 0 ? words.none : words.meaning}</p>
${matrices.map((matrix) => formatSection(matrix, language))}
</main>
</body>
</html>
`.html
}

function formatSection(matrix: MatrixText, language: Language): Html {
  const words = MATRIX_WORDS[language]
  const { title, citation, on, columns, rows, statements } = matrix
  const hasRoles = rows[0]?.roles !== undefined
  const heads = [words.sender, words.recipient, words.purpose, ...(hasRoles ? [words.role] : [])]
  return html`<section tabindex="0" aria-label="${title}">
<table>
<caption><span lang="nl">${title} (${citation})</span>${on === undefined ? '' : `, ${words.on} ${on}`}</caption>
<thead><tr>${[...heads.map((head) => [head]), ...columns].map((names) => html`<th scope="col">${names.map((name) => html`<div>${name}</div>`)}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ senders, recipients, purposes, roles, cells }) => html`<tr>${[
    [senders, recipients, purposes, ...(roles === undefined ? [] : [roles])].map(
      (name) => html`<th scope="row">${name}</th>`,
    ),
    cells.map(
      (cell) =>
        html`<td>${formatCell(cell, language)}${cell.isCovered ? '' : html` <strong>(${words.uncovered})</strong>`}</td>`,
    ),
  ]}</tr>
`,
)}</tbody>
</table>
<p>${words.rest}</p>
${statements.length === 0 ? '' : html`<h2>${words.statementsHeading}</h2><ol>${statements.map((one) => html`<li>${one}</li>`)}</ol>`}
</section>
`
}

const STYLE = `
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { max-width: 90rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
section { overflow-x: auto; margin-top: 2rem; }
caption { font-weight: bold; text-align: start; padding-bottom: .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .25rem .5rem; border: 1px solid #767676; text-align: start; vertical-align: top; min-width: 7rem; }
tbody th { font-weight: normal; }
ol { margin: 0; }
@media print {
  @page { size: landscape; }
  main { max-width: none; padding: 0; }
  section { overflow: visible; }
  section + section { break-before: page; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { min-width: 0; }
  body { font-size: 9pt; }
}
`

/** One row for each cell, with the labels of its fields (RFC 4180, CRLF, with a byte order mark). */
function formatTable(matrices: readonly MatrixText[], language: Language, separator: Separator): string {
  const words = MATRIX_WORDS[language]
  const treatments = TREATMENT_WORDS[language].done
  const head = [
    words.basis,
    words.article,
    words.sender,
    words.recipient,
    words.purpose,
    words.role,
    words.column,
    words.outcome,
    ...TREATMENT_NAMES.map((name) => treatments[name]),
    words.statements,
    words.otherWays,
    words.covered,
  ]
  const rows = matrices.flatMap(({ title, citation, columns, rows, statements }) =>
    rows.flatMap(({ senders, recipients, purposes, roles, cells }) =>
      cells.map(({ outcome, numbers, otherWays, isCovered, fields }, at) => [
        title,
        citation,
        senders,
        recipients,
        purposes,
        roles,
        columns[at]!.join('; '),
        outcome,
        ...TREATMENT_NAMES.map((name) => fields[name].join('; ')),
        numbers === undefined ? words.differs : numbers.map((number) => statements[number - 1]).join('; '),
        otherWays,
        isCovered ? words.hasCase : words.noCase,
      ]),
    ),
  )
  return BYTE_ORDER_MARK + [head, ...rows].map((row) => formatRow(row, separator)).join('')
}
