import { readFileSync } from 'node:fs'
import { UsageError } from './failure.ts'

/** The text of a file that was named on the command line. @throws UsageError when it cannot be read */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw unreadableFile(path)
  }
}

export const unreadableFile = (path: string): UsageError =>
  new UsageError({
    nl: `${path} is niet te lezen; geef het pad van een bestand`,
    en: `${path} cannot be read; give the path of a file`,
  })
