const WIDTH = 100

/**
 * A paragraph as lines of at most 100 characters, broken between words.
 * @param first start of the first line; the lines after it are indented as far
 * @param width of a narrower screen, or of a column
 */
export function wrapText(text: string, first = '', width = WIDTH): readonly string[] {
  const indent = ' '.repeat(first.length)
  const lines: string[] = []
  let line = first
  for (const word of text.trim().split(/\s+/)) {
    const isStart = line.length === indent.length
    if (!isStart && line.length + 1 + word.length > width) {
      lines.push(line)
      line = `${indent}${word}`
    } else line += isStart ? word : ` ${word}`
  }
  return [...lines, line]
}
