import { createReadStream } from 'node:fs'

/** The bytes of a file, in chunks. @throws Error that names the file */
export async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path)
  } catch (cause) {
    throw cause instanceof Error && 'code' in cause
      ? new Error(`${path}: cannot be read; give the path of a file that you may read`, { cause })
      : cause
  }
}
