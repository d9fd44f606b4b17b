import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Terminal } from '../../../src/cli/terminal/command.ts'
import { guardTerminal, printAnswer, printText, visibleText } from '../../../src/cli/terminal/visible-text.ts'

describe('text from elsewhere', () => {
  test.each([
    ['an escape sequence', '\u001b[2Jgone', '\\u001b[2Jgone'],
    ['a window title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['the C1 form of an escape sequence', '\u009b31m', '\\u009b31m'],
    ['line breaks', 'a\nverified\r\nb', 'a\\nverified\\r\\nb'],
    ['a backspace and DEL', 'a\u0008\u007f', 'a\\u0008\\u007f'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['controls of direction', '\u202egpj.exe\u2066', '\\u202egpj.exe\\u2066'],
    ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['a tag', '\u{e0041}', '\\udb40\\udc41'],
    ['half a surrogate pair', 'a\ud800', 'a\\ud800'],
    ['letters, accents, other scripts and their joiners', 'é حسن می‌خواهم 王 😀', 'é حسن می‌خواهم 王 😀'],
  ])('%s is shown, and does nothing', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  test('JSON with escapes means what it meant', () => {
    const value = { text: '\u001b[2J\u009b\u202e\u{e0041}\n' }
    const shown = visibleText(JSON.stringify(value))
    expect(shown).toMatch(/^[\x20-\x7e]+$/)
    expect(JSON.parse(shown)).toEqual(value)
  })
})

describe('a terminal', () => {
  const record = (raw?: Terminal['raw']) => {
    const lines: string[] = []
    const terminal = guardTerminal({
      out: (line) => lines.push(line),
      err: (line) => lines.push(line),
      environment: {},
      readInput: async () => new Uint8Array(),
      ...(raw && { raw }),
    })
    return { lines, terminal }
  }

  test('a terminal shows one line for every line, whatever is in it', () => {
    const { lines, terminal } = record()
    terminal.out('a\nb')
    terminal.err('\u001b[1A')
    printText(terminal.out, 'c\r\nd\u001b')
    expect(lines).toEqual(['a\\nb', '\\u001b[1A', 'c\r', 'd\\u001b'])
  })

  test('an answer keeps its bytes for a program, and is made visible on a screen', () => {
    const screen = record()
    printAnswer(screen.terminal, 'a\u001b\nb\n')
    expect(screen.lines).toEqual(['a\\u001b', 'b'])
    const written: string[] = []
    printAnswer(record((text) => written.push(text)).terminal, 'a\u001b\nb\n')
    expect(written).toEqual(['a\u001b\nb\n'])
  })
})

test('everything that is printed passes one function that makes it visible', () => {
  const files = globSync('src/**/*.{ts,js}').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const naming = (pattern: RegExp) =>
    files
      .filter(({ path, text }) => pattern.test(text) && !path.startsWith('src/http/pages/'))
      .map(({ path }) => path)
      .sort()
  // The worker prints to the log of its platform, as JSON; the check of Node prints its own words only.
  expect(naming(/\bconsole\.(?:log|info|warn|error|debug|table)\b|process\.(stdout|stderr)/)).toEqual([
    'src/cli/check-node.js',
    'src/cli/main.ts',
    'src/worker.ts',
  ])
  expect(naming(/terminal\.raw\b/)).toEqual(['src/cli/terminal/visible-text.ts'])
  expect(naming(/\bguardTerminal\(unguarded\)/)).toEqual(['src/cli/run-command.ts'])
  expect(naming(/\.run\(args/)).toEqual(['src/cli/run-command.ts'])
})
