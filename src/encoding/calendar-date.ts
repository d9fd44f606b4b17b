const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Whether a text is an existing day, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const parts = parseParts(text)
  return parts !== undefined && isDay(parts)
}

/** Whether a text is an existing day, `YYYY-MM-DD`, of the years 1800 to 2199. */
export function isModernDate(text: string): boolean {
  const parts = parseParts(text)
  return parts !== undefined && isModern(parts) && isDay(parts)
}

/** As `isModernDate`, but the day, or month and day, may be `00` for unknown: the BRP's incomplete dates. */
export function isIncompleteDate(text: string): boolean {
  const parts = parseParts(text)
  if (parts === undefined || !isModern(parts)) return false
  return parts.day === 0 ? parts.month <= 12 : isDay(parts)
}

/** Whether a text is a day as in `isModernDate` or an instant with its offset from UTC (RFC 3339). */
export const isDayOrInstant = (text: string): boolean =>
  isModernDate(text) || (INSTANT.test(text) && !Number.isNaN(Date.parse(text)))

function parseParts(text: string): DateParts | undefined {
  const [, year, month, day] = DATE.exec(text) ?? []
  return year === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) }
}

const isModern = ({ year }: DateParts): boolean => year >= 1800 && year <= 2199

const isDay = ({ year, month, day }: DateParts): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= countDays(year, month)

function countDays(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeapYear ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
