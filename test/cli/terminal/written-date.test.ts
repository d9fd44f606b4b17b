import { expect, test } from 'vitest'
import { parseWrittenDate, parseWrittenMoment } from '../../../src/cli/terminal/written-date.ts'

test.each([
  ['2026-12-01'],
  ['1 december 2026'],
  ['1 December 2026'],
  ['1 dec. 2026'],
  ['01 dec 2026'],
  ['1-12-2026'],
  ['1/12/2026'],
  ['1.12.2026'],
  [' 1-12-2026 '],
])('a date written as `%s` is read as 1 December 2026', (text) => {
  expect(parseWrittenDate(text, '--on')).toBe('2026-12-01')
})

test.each([
  ['3 mei 2026', '2026-05-03'],
  ['3 May 2026', '2026-05-03'],
  ['3 mrt. 2026', '2026-03-03'],
  ['29 februari 2028', '2028-02-29'],
  ['30 oktober 2026', '2026-10-30'],
])('a date written as `%s` is %s: the day is first', (text, date) => {
  expect(parseWrittenDate(text, '--on')).toBe(date)
})

test.each([
  [''],
  ['2026-13-01'],
  ['29 februari 2026'],
  ['31-4-2026'],
  ['1-12-26'],
  ['12/31/2026'],
  ['1 dezember 2026'],
  ['december 2026'],
  ['1 0 2026'],
  ['2026-12-01T00:00:00Z'],
])('a date written as `%s` is refused with the forms to write', (text) => {
  expect(() => parseWrittenDate(text, '--on')).toThrow(
    '--on is not an existing day; write 2026-12-01 or "1 December 2026"',
  )
})

test.each([
  ['2027-01-01', '2026-12-31T23:00:00.000Z'],
  ['1 juli 2027', '2027-06-30T22:00:00.000Z'],
  ['1-7-2027', '2027-06-30T22:00:00.000Z'],
  ['28 maart 2027', '2027-03-27T23:00:00.000Z'],
  ['2027-01-01T00:00:00+01:00', '2027-01-01T00:00:00+01:00'],
  [' 2027-01-01T08:30:00Z', '2027-01-01T08:30:00Z'],
])('a moment written as `%s` is %s: a day begins at midnight in Amsterdam', (text, instant) => {
  expect(parseWrittenMoment(text, '--from')).toBe(instant)
})

test.each([
  ['31-4-2027', '--from is not an existing day; write 2026-12-01 or "1 December 2026"'],
  ['2027-01-01T00:00:00', '--from is not an existing instant; write 2026-12-01T09:00:00+01:00, or a day such as'],
  ['2027-01-01T25:00:00Z', '--from is not an existing instant'],
])('a moment written as `%s` is refused with the forms to write', (text, message) => {
  expect(() => parseWrittenMoment(text, '--from')).toThrow(message)
})
