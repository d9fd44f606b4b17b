const amsterdam = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/**
 * The day it is, by law, at an instant: the calendar date in Europe/Amsterdam as `YYYY-MM-DD`, in which Dutch statutes
 * enter into force.
 *
 * @param at RFC 3339 instant or a Date
 * @throws RangeError when `at` is not an instant
 */
export function legalDate(at: string | Date): string {
  const parts = new Map(amsterdam.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  return `${parts.get('year')!.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

const HOUR_MS = 3_600_000

/**
 * The instant at which a legal date begins: midnight in Europe/Amsterdam, in milliseconds since 1970.
 *
 * @param date `YYYY-MM-DD`
 */
export function legalDayStart(date: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const startsAt = (time: number) => legalDate(new Date(time)) === date && legalDate(new Date(time - 1)) < date
  // Winter time, summer time; long ago Amsterdam was minutes and seconds off a whole hour.
  const usual = [midnight - HOUR_MS, midnight - 2 * HOUR_MS].find(startsAt)
  if (usual !== undefined) return usual
  let before = midnight - 26 * HOUR_MS
  let after = midnight + 26 * HOUR_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (legalDate(new Date(middle)) < date) before = middle
    else after = middle
  }
  return after
}
