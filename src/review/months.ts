import { legalDate, legalDayStart } from '../policy/legal-date.ts'

/** A calendar month in Europe/Amsterdam, half-open. */
export interface Month {
  /** `YYYY-MM`. */
  readonly month: string
  /** The first moment of the month and of the next month, in milliseconds since 1970. */
  readonly start: number
  readonly end: number
}

const MONTH = /^(20\d{2})-(0[1-9]|1[0-2])$/

/** Parses `YYYY-MM`, a month of this century; undefined for any other text. */
export function parseMonth(text: string): Month | undefined {
  const [, year, number] = MONTH.exec(text) ?? []
  if (year === undefined) return undefined
  const next =
    number === '12' ? `${String(Number(year) + 1).padStart(4, '0')}-01` : `${year}-${pad(Number(number) + 1)}`
  return { month: text, start: legalDayStart(`${text}-01`), end: legalDayStart(`${next}-01`) }
}

/** The month before the present one, as `YYYY-MM`. */
export function previousMonth(now: Date): string {
  const [year, number] = legalDate(now).split('-').map(Number)
  return number === 1
    ? `${String(year! - 1).padStart(4, '0')}-12`
    : `${String(year).padStart(4, '0')}-${pad(number! - 1)}`
}

const pad = (number: number): string => String(number).padStart(2, '0')
