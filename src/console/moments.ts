import type { Language } from '../model/language.ts'
import { formatDate } from '../policy/labels.ts'
import { legalDate } from '../policy/legal-date.ts'

/** Moments and dates as people in the Netherlands write them: the same on pages and in what the browser opens. */

const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', timeStyle: 'short' })

/** An instant, to the minute. @param at RFC 3339 */
export const formatMoment = (at: string, language: Language): string =>
  `${formatDate(legalDate(at), language)}, ${time.format(new Date(at))}`

const UNKNOWN = {
  nl: { day: 'dag onbekend', both: 'dag en maand onbekend' },
  en: { day: 'day unknown', both: 'day and month unknown' },
} as const

/** A date of which the day, or day and month, may be unknown. @param date `YYYY-MM-DD`, with `00` for what is unknown */
export function formatPartialDate(date: string, language: Language): string {
  const [year = '', month, day] = date.split('-')
  if (day !== '00') return formatDate(date, language)
  if (month === '00') return `${year}, ${UNKNOWN[language].both}`
  return `${formatDate(`${year}-${month}-01`, language).replace(/^1 /, '')}, ${UNKNOWN[language].day}`
}
