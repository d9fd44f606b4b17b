import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { soundOf } from '../../src/pseudonym/phonetic/sound.ts'
import { spellingOf, typosOf } from '../../src/pseudonym/phonetic/spelling.ts'

describe('one sound', () => {
  test.each([
    ['mohamed', 'mohammed', 'muhammad', 'mhmd'],
    ['khaled', 'khalid'],
    ['julia', 'yuliia'],
    ['oleksandr', 'aleksandr', 'alexander'],
    ['tetiana', 'tatiana'],
    ['djamila', 'jamila'],
    ['hassan', 'hussein'],
  ])('names with one sound share a phonetic code: %s and its like', (...names) => {
    expect(new Set(names.map(soundOf)).size).toBe(1)
  })
})

describe('one spelling', () => {
  test.each([
    ['mohamed', 'mohammed', 'muhammad'],
    ['yousuf', 'joesoef'],
    ['sarah', 'sara'],
    ['karim', 'kareem'],
    ['tetiana', 'tatiana'],
    ['sergei', 'sergey'],
    ['youssra', 'yousra'],
  ])('names with one spelling share a code: %s and its like', (...names) => {
    expect(new Set(names.map(spellingOf)).size).toBe(1)
  })

  test.each([
    ['hassan', 'hussein'],
    ['mia', 'maya'],
    ['lina', 'lisa'],
    ['maria', 'daria'],
  ])('names with different spellings share no code: %s and %s', (one, other) => {
    expect(spellingOf(one)).not.toBe(spellingOf(other))
  })
})

describe('spellings with one slip of the pen', () => {
  const share = (one: string, other: string) => typosOf(one).some((typo) => typosOf(other).includes(typo))
  const letters = fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 2, maxLength: 8 })
  const place = fc.nat()

  test('spellings with one slip of the pen have something in common, unless it is in the first letter', () => {
    fc.assert(
      fc.property(letters, place, fc.constantFrom(...'abcdef'), (word, at, letter) => {
        const i = 1 + (at % (word.length - 1))
        const lost = word.slice(0, i) + word.slice(i + 1)
        const wrong = word.slice(0, i) + letter + word.slice(i + 1)
        const double = word.slice(0, i) + letter + word.slice(i)
        expect([lost, wrong, double].filter((slip) => !share(word, slip))).toEqual([])
        if (i + 1 === word.length) return
        expect(share(word, word.slice(0, i) + word[i + 1]! + word[i]! + word.slice(i + 2))).toBe(true)
      }),
    )
  })

  test.each([
    ['maria', 'daria'],
    ['hasan', 'husain'],
    ['anna', 'hanna'],
  ])('names that differ by more than a slip of the pen have nothing in common: %s and %s', (one, other) => {
    expect(share(one, other)).toBe(false)
  })
})
