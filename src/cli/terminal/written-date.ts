import { isCalendarDate, isDayOrInstant } from '../../encoding/calendar-date.ts'
import { legalDayStart } from '../../policy/legal-date.ts'
import { UsageError } from './failure.ts'

const MONTHS = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['maart', 'march', 'mrt', 'mar'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['augustus', 'august', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
]

/**
 * The day that a person writes on a command line, as `YYYY-MM-DD`: `2026-12-01`, `1 december 2026`, `1 dec. 2026`, `1-12-2026`,
 * `1/12/2026`. The day is before the month, as in Dutch; month names may be Dutch or English, the year has four digits.
 *
 * @throws UsageError that names the option, for anything else and for a day that does not exist
 */
export function parseWrittenDate(text: string, option: string): string {
  const trimmed = text.trim().toLowerCase()
  const date = isCalendarDate(trimmed) ? trimmed : readDayFirst(trimmed)
  if (date === undefined || !isCalendarDate(date))
    throw new UsageError({
      nl: `${option} is geen bestaande dag; schrijf 2026-12-01 of "1 december 2026"`,
      en: `${option} is not an existing day; write 2026-12-01 or "1 December 2026"`,
    })
  return date
}

/**
 * The instant that a person writes, as RFC 3339: an instant as it is, or the start in Europe/Amsterdam of a day as in
 * `parseWrittenDate`.
 *
 * @throws UsageError that names the option
 */
export function parseWrittenMoment(text: string, option: string): string {
  const trimmed = text.trim()
  if (/\dT\d/.test(trimmed)) {
    if (isDayOrInstant(trimmed)) return trimmed
    throw new UsageError({
      nl: `${option} is geen bestaand moment; schrijf 2026-12-01T09:00:00+01:00, of een dag zoals 2026-12-01 of "1 december 2026"`,
      en: `${option} is not an existing instant; write 2026-12-01T09:00:00+01:00, or a day such as 2026-12-01 or "1 December 2026"`,
    })
  }
  return new Date(legalDayStart(parseWrittenDate(trimmed, option))).toISOString()
}

function readDayFirst(text: string): string | undefined {
  const [, day, written, year] = /^(\d{1,2})(?:[-/. ] *)([a-z]{3,9}\.?|\d{1,2})(?:[-/. ] *)(\d{4})$/.exec(text) ?? []
  if (day === undefined || written === undefined) return undefined
  const month = /^\d/.test(written)
    ? Number(written)
    : MONTHS.findIndex((names) => names.includes(written.replace('.', ''))) + 1
  return `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
}
