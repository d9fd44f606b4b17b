import { parseUtf8 } from './bytes.ts'

/** One line of a text file, without its newline. */
export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
}

const NEWLINE = 0x0a

/**
 * The lines of a stream, whatever its chunks are cut like, with at most one line and one chunk in memory.
 *
 * @param maxBytes of one line, its newline not counted
 * @param mend what helps when the file is cut off or spoilt, for the end of a fault
 * @throws SyntaxError `line N: …` for a line that is too long, is not UTF-8 or does not end
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  mend: string,
): AsyncGenerator<Line> {
  let number = 1
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield { number, text: parseLine(joinBytes(rest, chunk.subarray(start, end)), number, maxBytes, mend) }
      rest = new Uint8Array(0)
      number += 1
      start = end + 1
    }
    rest = joinBytes(rest, chunk.subarray(start))
    if (rest.length > maxBytes) throw tooLong(number, maxBytes, mend)
  }
  if (rest.length > 0) throw new SyntaxError(`line ${number}: ends without a newline; the file was cut off: ${mend}`)
}

function parseLine(bytes: Uint8Array, number: number, maxBytes: number, mend: string): string {
  if (bytes.length > maxBytes) throw tooLong(number, maxBytes, mend)
  try {
    return parseUtf8(bytes)
  } catch {
    throw new SyntaxError(`line ${number}: is not UTF-8; ${mend}`)
  }
}

const tooLong = (number: number, maxBytes: number, mend: string): SyntaxError =>
  new SyntaxError(`line ${number}: is longer than ${maxBytes} bytes; ${mend}`)

function joinBytes(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other
  const joined = new Uint8Array(one.length + other.length)
  joined.set(one)
  joined.set(other, one.length)
  return joined
}
