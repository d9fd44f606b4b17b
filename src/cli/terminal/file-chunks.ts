import { createReadStream } from 'node:fs'
import { CommandError } from './failure.ts'

/** The bytes of a file, in chunks. @throws Error that names the file */
export async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path)
  } catch (cause) {
    throw cause instanceof Error && 'code' in cause
      ? new CommandError(
          {
            nl: `${path}: is niet te lezen; geef het pad van een bestand dat u mag lezen`,
            en: `${path}: cannot be read; give the path of a file that you may read`,
          },
          { cause },
        )
      : cause
  }
}
