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
