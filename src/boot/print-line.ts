import { writeSync } from 'node:fs'

const STANDARD_ERROR = 2

/**
 * Prints a line for the operator. A line that cannot be printed is lost and stops nothing: after one failed write to a file, such
 * as on a full disk, `console.error` would end the process at that line or print nothing ever after.
 */
export function printLine(line: string): void {
  try {
    writeSync(STANDARD_ERROR, `${line}\n`)
  } catch {
    // There is nowhere else to say it.
  }
}
