import { describe, expect, test } from 'vitest'
import { isOfficeHour, publicHolidays } from '../../src/review/office-hours.ts'

describe('office hours', () => {
  // Local time in Amsterdam beside the instant.
  test.each([
    ['2026-11-23T05:59:59Z', false, 'Monday 06:59:59, before opening'],
    ['2026-11-23T06:00:00Z', true, 'Monday 07:00, opening'],
    ['2026-11-23T17:59:59Z', true, 'Monday 18:59:59, before closing'],
    ['2026-11-23T18:00:00Z', false, 'Monday 19:00, closing'],
    ['2026-11-27T12:00:00Z', true, 'Friday'],
    ['2026-11-28T12:00:00Z', false, 'Saturday'],
    ['2026-11-29T12:00:00Z', false, 'Sunday'],
    ['2026-11-22T23:30:00Z', false, 'Monday 00:30, Sunday in UTC'],
    ['2026-07-06T05:00:00Z', true, 'Monday 07:00 in summer time'],
    ['2026-07-06T17:00:00Z', false, 'Monday 19:00 in summer time'],
    ['2026-03-27T06:00:00Z', true, 'Friday 07:00, the last day before summer time'],
    ['2026-03-30T05:00:00Z', true, 'Monday 07:00, the first day of summer time'],
    ['2026-03-30T04:59:59Z', false, 'Monday 06:59:59 of summer time'],
    ['2026-10-26T05:30:00Z', false, 'Monday 06:30, the first day of winter time'],
    ['2026-10-26T06:00:00Z', true, 'Monday 07:00 of winter time'],
    ['2026-12-25T12:00:00Z', false, 'Christmas Day, a Friday'],
    ['2026-04-27T12:00:00Z', false, "the King's birthday, a Monday"],
    ['2026-04-28T12:00:00Z', true, 'the day after'],
    ['2026-04-03T12:00:00Z', false, 'Good Friday'],
  ])('%s is in office hours: %s (%s)', (at, isOne) => {
    expect(isOfficeHour(at)).toBe(isOne)
  })

  test('office hours have no answer for a text that is no instant', () => {
    expect(() => isOfficeHour('yesterday')).toThrow(RangeError)
  })
})

describe('public holidays', () => {
  test.each([
    // Easter early, late, and in the year of the exception of the algorithm.
    [
      2024,
      [
        '2024-01-01',
        '2024-03-29',
        '2024-04-01',
        '2024-04-27',
        '2024-05-05',
        '2024-05-09',
        '2024-05-20',
        '2024-12-25',
        '2024-12-26',
      ],
    ],
    [
      2025,
      [
        '2025-01-01',
        '2025-04-18',
        '2025-04-21',
        '2025-04-26',
        '2025-05-05',
        '2025-05-29',
        '2025-06-09',
        '2025-12-25',
        '2025-12-26',
      ],
    ],
    [
      2026,
      [
        '2026-01-01',
        '2026-04-03',
        '2026-04-06',
        '2026-04-27',
        '2026-05-05',
        '2026-05-14',
        '2026-05-25',
        '2026-12-25',
        '2026-12-26',
      ],
    ],
    [
      2038,
      [
        '2038-01-01',
        '2038-04-23',
        '2038-04-26',
        '2038-04-27',
        '2038-05-05',
        '2038-06-03',
        '2038-06-14',
        '2038-12-25',
        '2038-12-26',
      ],
    ],
  ])('the public holidays of %i are known', (year, days) => {
    expect(publicHolidays(year)).toEqual(days)
  })

  test("the public holidays keep the King's birthday off a Sunday", () => {
    for (let year = 2014; year < 2114; year++) {
      const day = publicHolidays(year).find((date) => /-04-2[67]$/.test(date) && isBirthday(date))
      expect(new Date(`${day}T00:00:00Z`).getUTCDay(), String(year)).not.toBe(0)
    }
  })
})

/** Not Easter Monday, which falls on the 26th now and then. */
function isBirthday(date: string): boolean {
  const year = date.slice(0, 4)
  return date === (new Date(`${year}-04-27T00:00:00Z`).getUTCDay() === 0 ? `${year}-04-26` : `${year}-04-27`)
}
