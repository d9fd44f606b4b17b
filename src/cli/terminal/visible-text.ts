import type { Terminal } from './command.ts'

/**
 * What a terminal obeys or hides instead of showing: control characters (C0, DEL and C1), line and paragraph separators, controls of
 * writing direction (UAX #9), tags, and halves of a surrogate pair. The joiners of Persian and Indic scripts are left alone.
 */
const UNSHOWABLE =
  /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu
const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/**
 * Text from elsewhere (a record, a problem, a receipt, a title) as one line that shows every character and changes nothing else on
 * the screen: `\n`, `\u001b`. Inside a JSON string the escapes mean the character that they replace.
 */
export const visibleText = (text: string): string =>
  text.replace(UNSHOWABLE, (character) => SHORT.get(character) ?? escapeUnits(character))

/** The same terminal, on which every line is made visible first, whatever command prints it. */
export const guardTerminal = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (line) => terminal.out(visibleLine(line)),
  err: (line) => terminal.err(visibleLine(line)),
  ...(terminal.ask && { ask: (prompt: string) => terminal.ask!(visibleText(prompt)) }),
  ...(terminal.showProgress && { showProgress: (line: string) => terminal.showProgress?.(visibleText(line)) }),
})

/** Prints text of several lines; whatever is foreign in it can add lines, but never do anything else. */
export function printText(print: (line: string) => void, text: string): void {
  for (const line of text.split('\n')) print(line)
}

/** Prints an answer as it came where a program reads it, and visibly on a screen: a program needs its exact bytes. */
export function printAnswer(terminal: Terminal, text: string): void {
  if (terminal.raw) terminal.raw(text)
  else printText(terminal.out, text.replace(/\n$/, ''))
}

/** A carriage return at the end of a line is followed by its line feed, and ends a line of CSV or HTTP. */
const visibleLine = (line: string): string =>
  line.endsWith('\r') ? `${visibleText(line.slice(0, -1))}\r` : visibleText(line)

/** In UTF-16, as JSON escapes it. */
function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}
