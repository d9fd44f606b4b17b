import { parseUtf8 } from './bytes.ts'

/** One line of a text file, without its newline. */
export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
}

const NEWLINE = 0x0a

/**
 * The lines of a stream, however it is divided into chunks. At most one line and one chunk are in memory.
 *
 * @param maxBytes of one line, its newline not counted
 * @param remedy how to fix a file that is cut off or damaged; the last part of the error text
 * @throws SyntaxError `line N: …` for a line that is too long, is not UTF-8 or does not end
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  remedy: string,
): AsyncGenerator<Line> {
  let number = 1
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield { number, text: parseLine(joinBytes(rest, chunk.subarray(start, end)), number, maxBytes, remedy) }
      rest = new Uint8Array(0)
      number += 1
      start = end + 1
    }
    rest = joinBytes(rest, chunk.subarray(start))
    if (rest.length > maxBytes) throw tooLong(number, maxBytes, remedy)
  }
  if (rest.length > 0) throw new SyntaxError(`line ${number}: ends without a newline; the file was cut off: ${remedy}`)
}

function parseLine(bytes: Uint8Array, number: number, maxBytes: number, remedy: string): string {
  if (bytes.length > maxBytes) throw tooLong(number, maxBytes, remedy)
  try {
    return parseUtf8(bytes)
  } catch {
    throw new SyntaxError(`line ${number}: is not UTF-8; ${remedy}`)
  }
}

const tooLong = (number: number, maxBytes: number, remedy: string): SyntaxError =>
  new SyntaxError(`line ${number}: is longer than ${maxBytes} bytes; ${remedy}`)

function joinBytes(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other
  const joined = new Uint8Array(one.length + other.length)
  joined.set(one)
  joined.set(other, one.length)
  return joined
}
