import { describe, expect, test } from 'vitest'
import { findNearestWord } from '../../src/encoding/nearest-word.ts'

describe('the nearest word', () => {
  test.each([
    ['slachtofer', 'slachtoffer'],
    ['slachtfofer', 'slachtoffer'],
    ['SLACHTOFFER', 'slachtoffer'],
    ['verdachten', 'verdachte'],
    ['plaats_delict', 'plaats-delict'],
    ['x', undefined],
    ['heel-iets-anders', undefined],
    ['s'.repeat(100_000), undefined],
  ])('the nearest word for %.20s is %s', (word, expected) => {
    expect(findNearestWord(word, ['slachtoffer', 'verdachte', 'plaats-delict'])).toBe(expected)
  })

  test('the nearest word is the first of two that are equally near', () => {
    expect(findNearestWord('maat', ['staat', 'maand', 'plaat'])).toBe('staat')
  })

  test('the nearest word is as far away as the caller allows', () => {
    expect(findNearestWord('coordinatie-opvng-verzrgng', ['coordinatie-opvang-verzorging'])).toBeUndefined()
    expect(findNearestWord('coordinatie-opvng-verzrgng', ['coordinatie-opvang-verzorging'], () => 5)).toBe(
      'coordinatie-opvang-verzorging',
    )
  })
})
