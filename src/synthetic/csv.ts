/** One row of a CSV file and the line on which it begins, from 1. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * The rows of a CSV text (RFC 4180): comma, double quotes, line ends of either kind. White space around an unquoted cell is
 * removed, because many files have a space after the comma. Empty lines are skipped.
 *
 * @throws SyntaxError that names the line
 */
export function* parseCsv(text: string): Generator<CsvRow, undefined> {
  let position = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (position < text.length) {
    const start = line
    const cells: string[] = []
    for (;;) {
      const cell = readCell(text, position, line)
      cells.push(cell.value)
      position = cell.end
      line = cell.line
      if (text[position] !== ',') break
      position += 1
    }
    if (text[position] === '\r') position += 1
    if (text[position] === '\n') position += 1
    else if (position < text.length) {
      throw new SyntaxError(`line ${line}: text after a quoted cell; end the cell with a comma or the line`)
    }
    line += 1
    if (cells.length > 1 || cells[0] !== '') yield { line: start, cells }
  }
}

function readCell(text: string, start: number, line: number): { value: string; end: number; line: number } {
  const quoted = /[ \t]*"/y
  quoted.lastIndex = start
  if (quoted.test(text)) return readQuoted(text, quoted.lastIndex, line)
  const plain = /[^,\r\n]*/y
  plain.lastIndex = start
  const value = plain.exec(text)![0]
  return { value: value.trim(), end: start + value.length, line }
}

function readQuoted(text: string, start: number, line: number): { value: string; end: number; line: number } {
  const inside = /(?:[^"]|"")*/y
  inside.lastIndex = start
  const value = inside.exec(text)![0]
  const after = /"[ \t]*/y
  after.lastIndex = start + value.length
  if (!after.test(text)) throw new SyntaxError(`line ${line}: a quoted cell does not end; close it with a double quote`)
  return { value: value.replaceAll('""', '"'), end: after.lastIndex, line: line + value.split('\n').length - 1 }
}
