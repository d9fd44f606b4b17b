/**
 * Office hours in the Netherlands: Monday to Friday from 07:00 up to 19:00 in Europe/Amsterdam, except public holidays. Work at
 * other hours is not wrong, but those who keep such logs must be able to review it (Wpg art. 32a, 33).
 */

const OPENS = 7
const CLOSES = 19
const DAY_MS = 86_400_000

const amsterdam = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
})

/**
 * Whether an instant is within office hours.
 * @param at RFC 3339 instant
 * @throws RangeError for any other text
 */
export function isOfficeHour(at: string): boolean {
  const parts = new Map(amsterdam.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  const date = `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
  const hour = Number(parts.get('hour'))
  if (hour < OPENS || hour >= CLOSES) return false
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day >= 1 && day <= 5 && !publicHolidays(Number(parts.get('year'))).includes(date)
}

/**
 * The public holidays of a year from 2014 on, `YYYY-MM-DD`, in order: New Year's Day, Good Friday, Easter Monday, the King's
 * birthday (27 April, the day before when that is a Sunday), Liberation Day, Ascension Day, Whit Monday and both days of Christmas.
 * @see Algemene termijnenwet art. 3
 */
export function publicHolidays(year: number): readonly string[] {
  const easter = easterSunday(year)
  const after = (days: number) => formatDay(easter + days * DAY_MS)
  const birthday = Date.UTC(year, 3, 27)
  const kingsDay = new Date(birthday).getUTCDay() === 0 ? birthday - DAY_MS : birthday
  return [
    `${year}-01-01`,
    after(-2),
    after(1),
    formatDay(kingsDay),
    `${year}-05-05`,
    after(39),
    after(50),
    `${year}-12-25`,
    `${year}-12-26`,
  ].sort()
}

const formatDay = (time: number): string => new Date(time).toISOString().slice(0, 10)

/**
 * Easter Sunday of the Gregorian calendar, as midnight UTC in milliseconds.
 * @see Meeus, Astronomical Algorithms, chapter 8 (after the anonymous algorithm of 1876)
 */
function easterSunday(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const rest = year % 100
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const days = epact + weekday - 7 * late + 114
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1)
}
