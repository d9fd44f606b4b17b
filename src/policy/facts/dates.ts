import { spanOfDate, yearsBefore } from '../../encoding/calendar-date.ts'
import { readPlain } from '../../encoding/plain-text.ts'
import { isFillerDate } from '../../encoding/unknown-value.ts'
import type { Field, Vocabulary } from '../../model/vocabulary.ts'

/** The days that a date can be, when a day or month of it may be unknown; both ends included. */
export interface Span {
  readonly first: string
  readonly last: string
}

/** Something about dates that cannot be so: a date on its own, or two things that are in each other's way. */
export type DateConflict =
  | { readonly kind: 'future' | 'too-long-ago'; readonly field: string }
  | { readonly kind: 'order'; readonly earlier: string; readonly later: string }
  | { readonly kind: 'age'; readonly circumstance: string; readonly field: string }

type Data = Readonly<Record<string, unknown>>

/** The dates among the values of one person, by field. A value that cannot be read, or is unknown, is not in it. */
export function readDates({ fields }: Pick<Vocabulary, 'fields'>, data: Data): ReadonlyMap<string, Span> {
  return new Map(
    Object.entries(data).flatMap(([field, value]) => {
      if (fields.get(field)?.type !== 'datum' || typeof value !== 'string') return []
      const date = readPlain(value)
      const span = isFillerDate(date) ? undefined : spanOfDate(date)
      return span === undefined ? [] : [[field, span] as const]
    }),
  )
}

/**
 * Finds the dates that cannot be, by `limits` of the vocabulary: after the day of the exchange, too long before it, before another date
 * that they are never before, or at odds with a stated age. An incomplete date is at fault only when every day that it can be is.
 *
 * @param day legal date of the exchange, `YYYY-MM-DD`
 */
export function findDateConflicts(
  vocabulary: Pick<Vocabulary, 'fields' | 'circumstances'>,
  dates: ReadonlyMap<string, Span>,
  circumstances: Readonly<Record<string, boolean>>,
  day: string,
): readonly DateConflict[] {
  const { fields } = vocabulary
  const impossible = [...dates].flatMap(([field, span]): readonly DateConflict[] => {
    const { isPast, maxYearsAgo } = fields.get(field)?.limits ?? {}
    if (isPast && span.first > day) return [{ kind: 'future', field }]
    const isTooLongAgo = maxYearsAgo !== undefined && span.last < yearsBefore(day, maxYearsAgo)
    return isTooLongAgo ? [{ kind: 'too-long-ago', field }] : []
  })
  const excluded = new Set(impossible.flatMap((conflict) => ('field' in conflict ? [conflict.field] : [])))
  const possible = [...dates].filter(([field]) => !excluded.has(field))
  const spans = new Map(possible)
  const orders = possible.flatMap(([later, { last }]) =>
    [...listEarlier(fields, later)].flatMap((earlier): readonly DateConflict[] => {
      const before = spans.get(earlier)
      return before !== undefined && last < before.first ? [{ kind: 'order', earlier, later }] : []
    }),
  )
  const ages = Object.entries(circumstances).flatMap(([circumstance, isYounger]): readonly DateConflict[] => {
    const condition = vocabulary.circumstances.get(circumstance)?.settledBy
    if (condition === undefined || !('youngerThan' in condition)) return []
    const limit = yearsBefore(day, condition.youngerThan)
    return possible
      .filter(([field, { first, last }]) =>
        isYounger
          ? listEarlier(fields, field).has(condition.field) && last <= limit
          : listEarlier(fields, condition.field).has(field) && first > limit,
      )
      .map(([field]) => ({ kind: 'age', circumstance, field }))
  })
  return [...impossible, ...orders, ...ages]
}

/** Whether a person born within a span is younger than so many full years; undefined when that depends on the day. */
export function isYoungerThan({ first, last }: Span, years: number, day: string): boolean | undefined {
  const limit = yearsBefore(day, years)
  if (first > limit) return true
  return last <= limit ? false : undefined
}

/** The fields whose date is never later than that of a field, by way of others too. */
function listEarlier(fields: ReadonlyMap<string, Field>, field: string): ReadonlySet<string> {
  const earlier = new Set(fields.get(field)?.limits?.notBefore)
  // A set that grows while it is walked: every field is walked once.
  for (const one of earlier) for (const other of fields.get(one)?.limits?.notBefore ?? []) earlier.add(other)
  return earlier
}
