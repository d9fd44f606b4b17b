/** Texts of one file that is hard to parse, by what they consist of. @param most characters of each */
export function hostileTexts(most: number): Readonly<Record<string, string>> {
  const fill = (piece: string, start = '', end = '') =>
    start + piece.repeat(Math.floor((most - start.length - end.length) / piece.length)) + end
  const numbered = (form: (number: number) => string) => {
    const lines: string[] = []
    for (let length = 0, number = 0; length < most - 100; number++) {
      lines.push(form(number))
      length += lines.at(-1)!.length
    }
    return lines.join('')
  }
  return {
    'nested flow lists': fill('['),
    'nested flow maps': fill('{a: '),
    'nested block lists': fill('- '),
    'nested block maps': Array.from({ length: 1200 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'anchors and aliases': `a: &a [x]\n${numbered((number) => `k${number}: &b${number} [*a, *a]\n`)}`,
    'aliases of aliases': `${Array.from(
      { length: 60 },
      (_, level) =>
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]\n`,
    ).join('')}`,
    'many aliases': fill('*a, ', 'a: &a [x]\nb: [', ']'),
    'distinct keys': numbered((number) => `k${number}: 1\n`),
    'one key again and again': fill('a: 1\n'),
    'one scalar': fill('a'),
    'one quoted scalar': fill('a', '"', '"'),
    'one quoted scalar of escapes': fill('\\u0041', '"', '"'),
    'an open quotation mark': fill('a ', '"'),
    'a folded scalar of lines': fill('  a\n\n', 'a: >-\n'),
    'a flow list of scalars': fill('1, ', 'a: [', ']'),
    'a flow list of commas': fill(',', 'a: [', ']'),
    'a flow list of maps': fill('{b: [1, 2]}, ', 'a: [', ']'),
    'closing brackets': fill(']'),
    'a comment line': fill('x', '# '),
    'comment lines': fill('#\n', 'a: 1\n'),
    'comments behind values': fill('- 1 # x\n'),
    tabs: fill('\t'),
    'lines of tabs': fill('a:\t1\n'),
    spaces: fill(' ', 'a:'),
    'empty lines': fill('\n', 'a: 1\n'),
    'question marks': fill('? '),
    'complex keys': fill('? [a]\n: b\n'),
    colons: fill(':'),
    'colons and spaces': fill(': '),
    'dashes without spaces': fill('-'),
    documents: fill('---\na\n'),
    tags: fill('- !a b\n'),
    'long tags': fill('!', '- '),
    anchors: numbered((number) => `- &a${number} b\n`),
    directives: fill('%YAML 1.2\n'),
    'block scalar headers': fill('- |\n'),
    ampersands: fill('&'),
    'merge keys': fill('<<: a\n'),
  }
}
