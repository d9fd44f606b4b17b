import { expect, test } from 'vitest'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { dutySet } from '../../exchange/duty-set.ts'

test('five hundred unknown words next to five hundred known ones cost less than two seconds', () => {
  const name = (index: number, letter: string) =>
    `${letter}${index.toString(26).replace(/\d/g, 'q')}-omstandigheid-van-lange-naam`
  const known = Array.from(
    { length: 500 },
    (_, index) => `  k${index}-${name(index, 'x')}: {nl: Iets., en: Something.}`,
  )
  const unknown = Array.from({ length: 500 }, (_, index) => `u${index}-${name(index, 'y')}`)
  const texts = dutySet().map(({ path, text }) => ({
    path,
    text: text
      .replace('omstandigheden:\n', `omstandigheden:\n${known.join('\n')}\n`)
      .replace('als: [politietaak]', `als: [${unknown.join(', ')}]`),
  }))
  const start = performance.now()
  const loaded = loadPolicySet(texts)
  expect(performance.now() - start).toBeLessThan(2_000)
  expect(loaded.ok ? 0 : loaded.faults.length).toBeGreaterThanOrEqual(500)
})

test.each(['niet politietaak', 'niet-politietaak', 'geen politietaak', 'not politietaak'])(
  'a word that denies another points at `als_niet`, and never at the word itself: %s',
  (word) => {
    const texts = dutySet().map(({ path, text }) => ({
      path,
      text: text.replace('als: [politietaak]', `als: [${word}]`),
    }))
    const loaded = loadPolicySet(texts)
    expect(loaded.ok ? [] : loaded.faults.map(({ mend }) => mend.en)).toEqual([
      'a list has no `niet`; put `politietaak` under `als_niet`, or in a case under `nee`',
    ])
  },
)
