import { describe, expect, test } from 'vitest'
import { MAX_FOUND, takeFoundPage } from '../../../src/exchange/linking/found-page.ts'

/** Moments in milliseconds, as they are written. */
const foundAt = (moments: readonly number[]) => moments.map((ms) => ({ at: new Date(ms).toISOString() }))
const rising = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('a page of what was found', () => {
  test.each<[string, readonly number[], number, number | undefined]>([
    ['nothing', [], 0, undefined],
    ['as many as fit', rising(MAX_FOUND), MAX_FOUND, undefined],
    ['one more than fits', rising(MAX_FOUND + 1), MAX_FOUND, MAX_FOUND],
    ['several of the moment that does not fit', [...rising(MAX_FOUND - 1), 5000, 5000, 5000], MAX_FOUND - 1, 5000],
    ['more of one moment than fit', [...Array.from({ length: MAX_FOUND + 3 }, () => 1), 2], MAX_FOUND + 3, 2],
    ['only one moment', Array.from({ length: MAX_FOUND + 3 }, () => 1), MAX_FOUND + 3, undefined],
  ])('a page of %s has the oldest, and says from when on the rest is', (_, moments, length, next) => {
    const { page, nextSince } = takeFoundPage(foundAt(moments))
    expect(page).toEqual(foundAt(moments).slice(0, length))
    expect(nextSince).toBe(next === undefined ? undefined : new Date(next).toISOString())
  })
})
