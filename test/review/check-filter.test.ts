import { expect, test } from 'vitest'
import { isMoment, recordedFilter } from '../../src/review/check-filter.ts'

test.each([
  ['2026-11-01', true],
  ['2024-01-01', true],
  ['2026-11-01T10:00:00Z', true],
  ['2026-11-01T10:00:00.5+01:00', true],
  // A date of birth that somebody typed into the wrong place would be in the log for ever.
  ['2023-12-31', false],
  ['1963-03-17', false],
  ['1963-03-17T00:00:00Z', false],
  ['2026-02-30', false],
  ['2026-11', false],
  ['yesterday', false],
])('a filter by moment accepts %s: %s', (text, isOne) => {
  expect(isMoment(text)).toBe(isOne)
})

const ID = '01a201c8-ce67-77ef-8e37-8fdaec38babb'

test.each([
  ['what was asked for', { party: 'politie', exchangeId: ID }, 1, { party: 'politie', exchangeId: ID }],
  ['no id that named nothing', { party: 'politie', exchangeId: ID }, 0, { party: 'politie' }],
  ['nothing when only an id was asked for that named nothing', { exchangeId: ID }, 0, undefined],
  ['nothing when nothing was asked for', {}, 7, undefined],
])('the record of a use contains %s', (_, filter, found, expected) => {
  expect(recordedFilter(filter, found)).toEqual(expected)
})
