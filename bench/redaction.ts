import { romaniseWord } from '../src/pseudonym/canonicalise/words.ts'
import { createRedact } from '../src/report/free-text.ts'
import { TEXT_RUNS } from '../test/growth.ts'

/**
 * The time to take identifiers out of the free text of the largest report: twelve data subjects, each with names and numbers of its own and
 * two texts of the greatest length, filled with what patterns stumble over. This work is in the thread that answers requests, so that the
 * longest single text is the longest that it holds up the others.
 *
 *     node bench/redaction.ts
 */

const DATA_SUBJECTS = 12
const TEXTS_EACH = 2
const TEXT_LENGTH = 4000
const LONGEST_NAME = 200

/** Two digits that differ for every data subject. */
const digits = (subject: number): string => String(10 + subject)

const knownOf = (subject: number): readonly string[] => [
  ...['Adaeze', 'van der Voorbeeld', 'Fatima El Idrissi', 'Олена', '王小明'].map(
    (name) => `${name} ${'abcdefghijkl'[subject]!}`,
  ),
  ...[
    `99999${digits(subject)}19`,
    `+316123456${digits(subject)}`,
    `19${digits(subject + 60)}-12-01`,
    `NXP12A3${digits(subject)}`,
  ],
  // As long as a value may be, and nearly in the texts.
  ...['a ', '1 1 ', '王 '].map((unit) => `${unit.repeat(LONGEST_NAME / unit.length - 4)}${digits(subject)}`),
]
const known = Array.from({ length: DATA_SUBJECTS }, (_, subject) => knownOf(subject)).flat()

const SENTENCE = 'Adaeze van der Voorbeeld a belt op 1-12-1971 met 06 12345610 en nr 999991019 over 王小明 b. '
const fill = (run: string): string => run.repeat(TEXT_LENGTH / run.length)

function measure(name: string, text: string) {
  const start = performance.now()
  const redact = createRedact(known, romaniseWord)
  let longest = 0
  for (let count = 0; count < DATA_SUBJECTS * TEXTS_EACH; count++) {
    const before = performance.now()
    redact(text)
    longest = Math.max(longest, performance.now() - before)
  }
  return { name, report: performance.now() - start, longest }
}

const texts = [['sentences', fill(SENTENCE)], ...TEXT_RUNS.map((run) => [JSON.stringify(run), fill(run)])] as [
  string,
  string,
][]
measure('warm', fill(SENTENCE))
const rows = texts.map(([name, text]) => measure(name, text)).sort((a, b) => b.report - a.report)
console.log(`${known.length} known values, ${DATA_SUBJECTS * TEXTS_EACH} texts of ${TEXT_LENGTH} characters`)
for (const { name, report, longest } of rows.slice(0, 10))
  console.log(
    `${name.padEnd(12)} ${report.toFixed(0).padStart(6)} ms a report, ${longest.toFixed(1).padStart(6)} ms the longest text`,
  )
