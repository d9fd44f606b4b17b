import { createReadStream } from 'node:fs'

/** A file of lines that is malformed. The text says where, what and how to fix it. */
export class LineError extends Error {
  override readonly name = 'LineError'
}

const NEWLINE = 0x0a

/**
 * The lines of a file, without their newlines, however large the file is. A last line without a newline counts.
 *
 * @param maxBytes of one line, so that a file without newlines does not fill the memory
 * @param onBytes called with the number of bytes read so far
 * @throws LineError for a line that is too long or not UTF-8
 */
export async function* readLines(
  path: string,
  maxBytes: number,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 0
  let read = 0
  let rest: Buffer = Buffer.alloc(0)
  const decode = (bytes: Uint8Array): string => {
    line++
    if (bytes.length > maxBytes) throw new LineError(`${path}:${line}: is over ${maxBytes} bytes; export again`)
    try {
      return decoder.decode(bytes)
    } catch {
      throw new LineError(`${path}:${line}: is not UTF-8; export again`)
    }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    read += chunk.length
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      yield decode(bytes.subarray(start, end))
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > maxBytes) decode(rest)
    onBytes(read)
  }
  if (rest.length > 0) yield decode(rest)
}
