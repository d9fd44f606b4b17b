import { readFileSync } from 'node:fs'
import { UsageError } from './failure.ts'

/** The text of a file that was named on the command line. @throws UsageError when it cannot be read */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`${path} cannot be read; give the path of a file`)
  }
}
