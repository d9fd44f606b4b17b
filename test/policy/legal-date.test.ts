import { describe, expect, test } from 'vitest'
import { legalDate, legalDayStart } from '../../src/policy/legal-date.ts'

describe('the legal date', () => {
  test.each([
    // Winter time is UTC+1.
    ['2025-12-31T22:59:59.999Z', '2025-12-31'],
    ['2025-12-31T23:00:00Z', '2026-01-01'],
    // Summer time is UTC+2.
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
    // The day summer time starts has 23 hours, the day it ends has 25.
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-03-29T21:59:59Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    // A leap day, and an instant that is written with an offset.
    ['2028-02-28T23:30:00Z', '2028-02-29'],
    ['2026-01-01T00:30:00+02:00', '2025-12-31'],
  ])('the legal date of %s is %s', (at, date) => {
    expect(legalDate(at)).toBe(date)
    expect(legalDate(new Date(at))).toBe(date)
  })

  test.each(['', 'gisteren', '2026-13-01T00:00:00Z'])('the legal date of `%s` does not exist', (at) => {
    expect(() => legalDate(at)).toThrow(RangeError)
  })
})

describe('a legal day starts', () => {
  test.each([
    ['2026-01-01', '2025-12-31T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    // The days on which the clock changes start before it does.
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2028-02-29', '2028-02-28T23:00:00.000Z'],
  ])('the legal day %s starts at %s', (date, instant) => {
    expect(new Date(legalDayStart(date)).toISOString()).toBe(instant)
  })

  test.each(['1815-03-16', '1939-01-02', '1969-12-31', '2026-06-12', '9998-12-31'])(
    'the legal day %s starts at its first instant and not before',
    (date) => {
      const start = legalDayStart(date)
      expect(legalDate(new Date(start))).toBe(date)
      expect(legalDate(new Date(start - 1)) < date).toBe(true)
    },
  )
})
