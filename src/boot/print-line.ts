import { writeSync } from 'node:fs'

const STANDARD_ERROR = 2

/**
 * Prints a line for the operator. A line that cannot be printed is lost and stops nothing. The console of Node would end the process
 * at the first line that a full disk does not take.
 */
export function printLine(line: string): void {
  try {
    writeSync(STANDARD_ERROR, `${line}\n`)
  } catch {
    // There is nowhere else to say it.
  }
}
