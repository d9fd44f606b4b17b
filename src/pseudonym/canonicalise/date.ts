import { readPlain } from '../../encoding/plain-text.ts'
import { isFillerDate } from '../../encoding/unknown-value.ts'
import { accepted, type Canonicalisation, noEvidence, refused } from './outcome.ts'

// No living person was born before. A date in the future is not checked here, without a clock.
const EARLIEST_YEAR = 1800
const LATEST_YEAR = 2199

/**
 * Date of birth `JJJJ-MM-DD`, with `00` for an unknown day, or for an unknown month and day, as the BRP keeps them. A date
 * without a year is useless for linking and is refused, and so is a day without its month.
 *
 * @see Logisch Ontwerp BRP, element 03.10 (incomplete dates)
 */
export function canonicaliseDateOfBirth(value: string): Canonicalisation {
  const date = readPlain(value)
  if (isFillerDate(date)) return noEvidence
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) {
    return refused(
      'is geen datum; schrijf JJJJ-MM-DD, met 00 voor een onbekende maand of dag',
      'is not a date; write YYYY-MM-DD, with 00 for an unknown month or day',
    )
  }
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  if (year === 0) {
    return refused(
      'heeft geen jaar; laat het veld weg als het jaar onbekend is',
      'has no year; leave the field out when the year is unknown',
    )
  }
  if (month === 0 && day !== 0) {
    return refused(
      'heeft een dag zonder maand; schrijf ook voor de dag 00',
      'has a day without a month; write 00 for the day as well',
    )
  }
  if (year < EARLIEST_YEAR || year > LATEST_YEAR || month > 12 || day > daysInMonth(year, month)) {
    return refused('bestaat niet; controleer jaar, maand en dag', 'does not exist; check year, month and day')
  }
  return accepted(date)
}

/** Whether a canonical date of birth has a day; an unknown month always comes with an unknown day. */
export const isCompleteDate = (canonical: string): boolean => !canonical.endsWith('-00')

/** In many countries the first of January is recorded for an unknown day, so it is no better than a year. */
export const isTellingDate = (canonical: string): boolean => isCompleteDate(canonical) && !canonical.endsWith('-01-01')

function daysInMonth(year: number, month: number): number {
  if (month === 0) return 0
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
