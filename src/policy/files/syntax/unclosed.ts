import { Lexer } from 'yaml'

/** A bracket or quotation mark without its other half, and the offset at which it opens. */
export interface Unclosed {
  readonly kind: 'bracket' | 'quotation mark'
  readonly offset: number
}

const CLOSES: Readonly<Record<string, string>> = { ']': '[', '}': '{' }

/**
 * Finds what is left open in text that is not YAML. A parser reports it where it gives up, lines further on; people must know where
 * it opens. Undefined when the error has another cause.
 *
 * @param errorOffset where the parser reports its first error
 */
export function findUnclosed(text: string, errorOffset: number): Unclosed | undefined {
  const open: { readonly bracket: string; readonly offset: number; readonly indent: number }[] = []
  let indent = 0
  let offset = 0
  let isLineStart = true
  for (const lexeme of new Lexer().lex(text)) {
    if (MARKERS.has(lexeme)) continue
    const end = offset + lexeme.length
    if (isUnclosedQuote(lexeme) && offset <= errorOffset && errorOffset <= lineEnd(text, end))
      return { kind: 'quotation mark', offset }
    if (isLineStart && !/^[ \n#]/.test(lexeme)) {
      indent = offset - (text.lastIndexOf('\n', offset - 1) + 1)
      // A list or map between brackets cannot continue on a line that starts no further than its own.
      if (open[0] !== undefined && indent <= open[0].indent && !(lexeme in CLOSES)) return bracketAt(open.at(-1)!)
      isLineStart = false
    }
    if (lexeme.includes('\n')) isLineStart = true
    if (lexeme === '[' || lexeme === '{') open.push({ bracket: lexeme, offset, indent })
    else if (lexeme in CLOSES && open.length > 0) {
      const last = open.pop()!
      if (last.bracket !== CLOSES[lexeme]) return bracketAt(last)
    }
    offset = end
  }
  return open.length > 0 ? bracketAt(open.at(-1)!) : undefined
}

/** Lexemes that mark a document, a scalar or an error and are no part of the text. */
const MARKERS: ReadonlySet<string> = new Set(['\x02', '\x18', '\x1f'])

/** Text that ends without its mark, or only with one on another line: which then opens the next text. */
const isUnclosedQuote = (lexeme: string): boolean =>
  /^["']/.test(lexeme) && (lexeme.includes('\n') || lexeme.length === 1 || !lexeme.endsWith(lexeme[0]!))

const bracketAt = ({ offset }: { readonly offset: number }): Unclosed => ({ kind: 'bracket', offset })

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}
