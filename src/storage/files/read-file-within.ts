import { closeSync, openSync, readSync } from 'node:fs'

/**
 * The text of a file of at most `maxBytes` bytes; undefined when there are more. Reads no further than that, so that a device or a
 * file that grows is no exception.
 * @throws Error of `node:fs` when it cannot be read
 */
export function readFileWithin(path: string, maxBytes: number): string | undefined {
  const bytes = Buffer.alloc(maxBytes + 1)
  const file = openSync(path, 'r')
  try {
    let length = 0
    for (let count = 1; count > 0 && length < bytes.length; length += count) {
      count = readSync(file, bytes, length, bytes.length - length, null)
    }
    return length > maxBytes ? undefined : bytes.toString('utf8', 0, length)
  } finally {
    closeSync(file)
  }
}
