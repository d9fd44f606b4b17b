import { addFault, type PolicyFault } from '../fault.ts'

/**
 * The first line that is indented by an odd number of spaces, counted from 1. A level is two spaces, so such a line has one too few
 * or too many. Undefined when there is none, or when there are many: then the file has levels of another size. In running text
 * (after `>` or `|`) the first line counts, and every line that is too far left to be text; between them a space is only a space.
 */
export function findOddIndent(text: string): number | undefined {
  let first: number | undefined
  let odd = 0
  let even = 0
  let textIndent: number | undefined
  let isFirstOfText = false
  for (const [index, line] of text.split('\n').entries()) {
    const indent = /^ */.exec(line)![0].length
    if (indent === line.length || line[indent] === '#') continue
    if (textIndent !== undefined && indent >= textIndent && !isFirstOfText) continue
    if (isFirstOfText) isFirstOfText = false
    else {
      isFirstOfText = /[:-] +[>|][+-]?$/.test(line)
      // Text is indented further than its key, which may follow the dash of a list.
      textIndent = isFirstOfText ? /^(?: |- )*/.exec(line)![0].length + 2 : undefined
    }
    if (indent === 0) continue
    if (indent % 2 === 0) even += 1
    else {
      odd += 1
      first ??= index + 1
    }
  }
  return odd > 2 && odd > even / 3 ? undefined : first
}

/** Adds the fault about the line that `findOddIndent` found. */
export function addOddIndent(file: string, line: number, faults: PolicyFault[]): void {
  addFault(
    faults,
    { file, line, column: 1 },
    {
      nl: 'deze regel springt een oneven aantal spaties in',
      en: 'this line is indented by an odd number of spaces',
    },
    {
      nl: 'zet er één spatie bij of haal er één weg: elke laag springt twee spaties in',
      en: 'add or remove one space: every level is indented by two spaces',
    },
  )
}
