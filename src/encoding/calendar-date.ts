const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

const DAY_MS = 86_400_000

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

/** The first and last day that an incomplete date (`isIncompleteDate`) can be; undefined for any other text. */
export function spanOfDate(text: string): { readonly first: string; readonly last: string } | undefined {
  const parts = isIncompleteDate(text) ? parseParts(text) : undefined
  if (parts === undefined) return undefined
  const { year, month, day } = parts
  if (day > 0) return { first: text, last: text }
  if (month === 0) return { first: formatDay(year, 1, 1), last: formatDay(year, 12, 31) }
  return { first: formatDay(year, month, 1), last: formatDay(year, month, countDays(year, month)) }
}

/**
 * The same day so many years earlier, `YYYY-MM-DD`, for comparison with other days. It need not exist: 29 February is after every
 * other day of that month. Whoever is born on a later day has not lived the years in full; born on 29 February, one lives them in full
 * on 1 March where there is no 29th.
 */
export const yearsBefore = (date: string, years: number): string =>
  String(Number(date.slice(0, 4)) - years).padStart(4, '0') + date.slice(4)

/** The day so many days later. @param date an existing day, `YYYY-MM-DD` */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

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

const formatDay = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
