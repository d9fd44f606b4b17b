import { describe, expect, test } from 'vitest'
import { parseMonth, previousMonth } from '../../src/review/months.ts'

describe('a month', () => {
  test.each([
    ['2026-11', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    ['2026-12', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-07', '2026-06-30T22:00:00.000Z', '2026-07-31T22:00:00.000Z'],
    // An hour short and an hour long.
    ['2026-03', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-10', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ])('month %s begins and ends at midnight in Amsterdam', (text, start, end) => {
    const month = parseMonth(text)!
    expect([month.start, month.end].map((time) => new Date(time).toISOString())).toEqual([start, end])
  })

  test.each(['2026-13', '1999-12', '10000-01', '2026-00', '2026-1', '26-01', '2026-01-01', '', '2026-01 '])(
    'a month is not %j',
    (text) => {
      expect(parseMonth(text)).toBeUndefined()
    },
  )

  test.each([
    ['2026-11-28T12:00:00Z', '2026-10'],
    ['2026-01-01T12:00:00Z', '2025-12'],
    ['2026-11-30T23:00:00Z', '2026-11'],
    ['2026-11-30T22:59:59Z', '2026-10'],
  ])('at %s the last month that is over is %s', (now, month) => {
    expect(previousMonth(new Date(now))).toBe(month)
  })

  test('a month ends where the next one begins', () => {
    for (let number = 1; number < 12; number++) {
      const [one, next] = [number, number + 1].map((n) => parseMonth(`2026-${String(n).padStart(2, '0')}`)!)
      expect(one!.end).toBe(next!.start)
    }
  })
})
