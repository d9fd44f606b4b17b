import { describe, expect, test } from 'vitest'
import { describeOptions, OPTION_MEANINGS } from '../../src/cli/command-reference.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { documentAt } from './documents.ts'
import { GENERATED_PAGES } from './pages.ts'

describe('generated pages', () => {
  test.each(Object.entries(GENERATED_PAGES))('%s is what `npm run docs` writes', (path, format) => {
    expect(documentAt(path).text).toBe(format())
  })

  test('every meaning belongs to an option in a usage line', () => {
    const used = new Set(
      COMMANDS.flatMap((command) =>
        describeOptions(command).map(({ option }) => {
          const own = `${command.name} ${option}`
          return own in OPTION_MEANINGS ? own : option
        }),
      ),
    )
    expect(Object.keys(OPTION_MEANINGS).filter((name) => !used.has(name))).toEqual([])
  })
})
