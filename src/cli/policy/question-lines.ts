import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { Terminal } from '../terminal/command.ts'
import { unreadableFile } from '../terminal/read-text-file.ts'

/** The lines of a file, or of standard input for `-`. @throws UsageError when the file cannot be read */
export function readLines(source: string, terminal: Terminal): AsyncIterable<string> {
  if (source !== '-' && !statSync(source, { throwIfNoEntry: false })?.isFile()) throw unreadableFile(source)
  const input = source === '-' ? Readable.from(readInput(terminal)) : createReadStream(source)
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
}

async function* readInput(terminal: Terminal) {
  yield await terminal.readInput()
}

/** The value of a JSON text; undefined, which is never a valid question, when it is malformed. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
