import { RECORDS_PER_PERSON } from './corruptions.ts'
import { createChance } from './names/chance.ts'
import { generatePopulation } from './population.ts'
import { COLUMNS, type GeneratedRecord, generateRecord } from './record.ts'

export interface PopulationSize {
  /** A whole number from 1 to a million. */
  readonly people: number
  /** A whole number from 0 to 2^32 - 1: the same seed makes the same population. */
  readonly seed: number
}

export const MAX_PEOPLE = 1_000_000
export const MAX_SEED = 2 ** 32 - 1

/** Size of the shuffle buffer in which records wait for a random time, to separate those of one person. */
const WAITING_PLACES = 8192

/**
 * Records about made-up people, one to five a person, in a plausible order of arrival. Memory does not
 * depend on their number.
 *
 * @param onPerson called with the number of people made so far
 */
export function* generateRecords(
  { people, seed }: PopulationSize,
  onPerson: (count: number) => void = () => {},
): Generator<GeneratedRecord> {
  // Another stream than that of the population, so that a change in how records are written does not change the people.
  const chance = createChance(seed ^ 0x5bd1e995)
  const waiting: Omit<GeneratedRecord, 'record'>[] = []
  let count = 0
  const numbered = (record: Omit<GeneratedRecord, 'record'>): GeneratedRecord => ({
    record: `r${String(++count).padStart(7, '0')}`,
    ...record,
  })
  for (const person of generatePopulation(people, seed)) {
    onPerson(person.number)
    for (let left = drawRecordCount(chance.fraction()); left > 0; left--) {
      const record = generateRecord(chance, person)
      if (waiting.length < WAITING_PLACES) waiting.push(record)
      else {
        const place = chance.below(WAITING_PLACES)
        yield numbered(waiting[place]!)
        waiting[place] = record
      }
    }
  }
  while (waiting.length > 0) {
    const place = chance.below(waiting.length)
    const last = waiting.pop()!
    yield numbered(waiting[place] ?? last)
    if (place < waiting.length) waiting[place] = last
  }
}

function drawRecordCount(fraction: number): number {
  let left = fraction
  const place = RECORDS_PER_PERSON.findIndex((share) => {
    left -= share
    return left < 0
  })
  return place + 1 || 1
}

/** The head of a file and then its lines, without line ends (RFC 4180 has CR LF between and after them). */
export function* formatCsv(records: Iterable<GeneratedRecord>): Generator<string> {
  yield COLUMNS.join(',')
  for (const record of records) yield COLUMNS.map((column) => quote(record[column])).join(',')
}

const quote = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
