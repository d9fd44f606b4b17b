import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const FILES = globSync('test/**/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** Words that begin a title only when its subject is left to the heading above it. */
const WITHOUT_SUBJECT = new Set(
  `accepts adds agrees and answers appends are asks begins belongs brings but calls can cannot carries catches checks
  comes compares contains continues counts covers decides depends destroys differs does drops ends exits explains
  fails fetches fills finds fits follows gets gives goes has have hides holds ignores is keeps knows learns lets
  lists loads looks makes marks may must needs never notes opens passes plays points prints proves puts reaches reads
  recognises refuses releases renames repeats replaces reports requires returns rounds runs says sees sends serves
  shows signs sorts spends splits starts states stays stops stores submits survives takes tells that tries uses
  verifies waits warns was were withholds works writes`.split(/\s+/),
)

/** The title of a test, where it is a literal: of `test(…)`, or at the end of the rows of `test.each(…)`. */
const TITLE =
  /(?<![\w.])test(?:\.\w+)?\(\s*(['"`])((?:(?!\1)[^\\]|\\.)+)\1|^\s*\]?\)\(\s*(['"`])((?:(?!\3)[^\\]|\\.)+)\3/gm

describe('style of the tests', () => {
  test('every test is called `test`', () => {
    const others = FILES.filter(({ text }) => /import \{[^}]*\bit\b[^}]*\} from 'vitest'/.test(text))
    expect(others.map(({ path }) => path)).toEqual([])
  })

  test('every title of a test has its subject, so that it can be read without the heading above it', () => {
    const titles = FILES.flatMap(({ path, text }) =>
      [...text.matchAll(TITLE)].map((found) => `${path}: ${found[2] ?? found[4]}`),
    )
    expect(titles.length).toBeGreaterThan(1000)
    const bare = titles.filter((title) => {
      const text = title.slice(title.indexOf(': ') + 2)
      return text === '%s' || WITHOUT_SUBJECT.has(text.split(/[\s,:]/)[0]!)
    })
    expect(bare).toEqual([])
  })
})
