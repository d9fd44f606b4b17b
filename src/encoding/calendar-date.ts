const DATE = /^((?:18|19|20|21)\d\d)-(\d\d)-(\d\d)$/

/** A full calendar date `YYYY-MM-DD` of the years 1800 to 2199. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  return year !== undefined && isDay(Number(year), Number(month), Number(day))
}

/** As `isCalendarDate`, but the day, or month and day, may be `00` for unknown: the BRP's incomplete dates. */
export function isIncompleteDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined) return false
  if (day !== '00') return isDay(Number(year), Number(month), Number(day))
  return Number(month) <= 12
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= countDays(year, month)
}

function countDays(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeapYear ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
