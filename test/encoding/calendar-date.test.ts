import { describe, expect, test } from 'vitest'
import { isCalendarDate, isDayOrInstant, isIncompleteDate, isModernDate } from '../../src/encoding/calendar-date.ts'

describe('a date', () => {
  test.each([
    ['2026-11-22', true, true, true],
    ['2024-02-29', true, true, true],
    ['2023-02-29', false, false, false],
    ['1900-02-29', false, false, false],
    ['2000-02-29', true, true, true],
    ['2026-04-31', false, false, false],
    ['2026-13-01', false, false, false],
    ['2026-00-10', false, false, false],
    ['1990-05-00', false, false, true],
    ['1990-00-00', false, false, true],
    ['1990-13-00', false, false, false],
    ['1799-12-31', true, false, false],
    ['2200-01-01', true, false, false],
    ['9999-12-31', true, false, false],
    ['26-11-22', false, false, false],
    ['2026-11-22\n', false, false, false],
  ])('%j is a calendar date: %j, a modern one: %j, an incomplete one: %j', (text, calendar, modern, incomplete) => {
    expect([isCalendarDate(text), isModernDate(text), isIncompleteDate(text)]).toEqual([calendar, modern, incomplete])
  })
})

describe('a day or an instant', () => {
  test.each([
    ['2026-11-22', true],
    ['2026-11-22T10:00:00Z', true],
    ['2026-11-22T10:00:00.123+01:00', true],
    ['2026-11-22T25:00:00Z', false],
    ['2026-11-22T10:00:00', false],
    ['2026-11-22 10:00:00Z', false],
    ['1799-12-31', false],
  ])('%j is a day or an instant: %j', (text, expected) => {
    expect(isDayOrInstant(text)).toBe(expected)
  })
})
