import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands.ts'
import { words } from '../../policy/small-set.ts'
import { temporaryFolder } from '../../storage/temporary-folder.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

/** `GOOD` is a folder of rule files, `ABSENT` nothing, `FILE` a text file, `EMPTY` an empty folder, `OUT` a place to write. */
const ROWS: readonly (readonly [line: string, code: number, message: string])[] = [
  ...['check', 'test', 'analyse', 'schema', 'bundle', 'docs --to OUT'].flatMap(
    (command): readonly (readonly [string, number, string])[] => [
      [`${command} ABSENT`, 1, 'absent cannot be read; give the path of the folder of the rule files'],
      [`${command} FILE`, 1, 'file.txt cannot be read; give the path of the folder of the rule files'],
      [`${command} EMPTY`, 3, 'woordenlijst.yaml:1:1: this file is missing; put it with the rule files'],
      [`${command} GOOD GOOD`, 1, 'give one folder'],
    ],
  ),
  ['matrix', 1, 'give one rule file or one article'],
  ['matrix FILE --policies GOOD', 1, 'no rule file has this name'],
  ['matrix FILE --policies ABSENT', 1, 'absent cannot be read; give the path of the folder of the rule files'],
  ['matrix FILE --policies GOOD --on morgen', 1, '--on is not an existing day'],
  ['diff GOOD ABSENT', 1, 'absent cannot be read; give the path of the folder of the rule files'],
  ['diff GOOD', 1, 'give two folders'],
  ['diff GOOD GOOD GOOD', 1, 'give two folders'],
  ['analyse GOOD --on 2026-13-01', 1, '--on is not an existing day; write 2026-12-01 or "1 December 2026"'],
  ['replay --policies GOOD --since morgen --database ABSENT', 1, '--since is not an existing day'],
  ['replay --policies GOOD --since 1-12-2026 --database ABSENT', 1, 'absent`: cannot be read as a database of Sluis'],
  ['replay --policies GOOD --since 1-12-2026 --database FILE', 1, 'file.txt`: cannot be read as a database of Sluis'],
  ['replay --policies GOOD --since 1-12-2026', 1, 'give --since DATE and --database FILE'],
  ['replay GOOD --since 1-12-2026 --database ABSENT', 1, 'give options only'],
  ['gaps --policies GOOD --database EMPTY', 1, 'empty`: cannot be read as a database of Sluis'],
  ['gaps GOOD --database ABSENT', 1, 'give options only'],
  ['export GOOD --to OUT', 1, 'give options only'],
  ['export', 1, 'give the folder with --to FOLDER'],
  ['export --to OUT --database ABSENT', 1, 'absent`: cannot be read as a database of Sluis'],
  ['docs GOOD', 1, 'give --to FOLDER, or --json'],
  ['decide ABSENT --policies GOOD', 1, 'absent cannot be read; give the path of a file'],
  ['decide EMPTY --policies GOOD', 1, 'empty cannot be read; give the path of a file'],
  ['decide FILE --policies GOOD', 1, 'file.txt:1: /: is no question'],
  ['decide FILE --policies ABSENT', 1, 'absent cannot be read; give the path of the folder of the rule files'],
  ['explain ABSENT --policies GOOD', 1, 'absent cannot be read; give the path of a file'],
  ['explain EMPTY --policies GOOD', 1, 'empty cannot be read; give the path of a file'],
  ['explain FILE --policies GOOD', 1, 'file.txt: /: is no question'],
  ['explain FILE one two --policies GOOD', 1, 'give one file, or a rule file and the name of a case'],
  ['propose', 1, 'give the folder of the rule files'],
  ['propose ABSENT --as politie.een', 1, 'absent cannot be read; give the path of the folder of the rule files'],
  ['approve', 1, 'give the hash that `sluis policy propose` printed'],
  [`approve ${'a'.repeat(64)} ${'b'.repeat(64)} --as politie.een`, 1, 'give the hash'],
  [
    `approve ${'a'.repeat(64)} --as politie.een --from 31-4-2027`,
    1,
    '--from is not an existing day; write 2026-12-01 or "1 December 2026"',
  ],
  ['withdraw FILE --as politie.een', 1, 'give the hash that `sluis policy propose` printed'],
]

const COMMANDS_OF_POLICY = COMMANDS.map(({ name }) => name).filter((name) => name.startsWith('policy '))

/** What the words of a row stand for. */
function makePaths(): Readonly<Record<string, string>> {
  const root = temporaryFolder()
  const path = (name: string) => join(root, name)
  mkdirSync(path('good'))
  mkdirSync(path('empty'))
  writeFileSync(path('file.txt'), 'some text\n')
  for (const file of words) writeFileSync(join(path('good'), file.path.replace('policies/', '')), file.text)
  return { GOOD: path('good'), ABSENT: path('absent'), FILE: path('file.txt'), EMPTY: path('empty'), OUT: path('out') }
}

describe('a wrong command line of `sluis policy`', () => {
  test.each(ROWS)('`policy %s` exits with %i and says: %s', async (line, code, message) => {
    const paths = makePaths()
    const args = line.split(' ').map((word) => paths[word] ?? word)
    const run = await runSluis(['policy', ...args])
    expect(run.stdout + run.stderr).toContain(message)
    expect(run.code).toBe(code)
    expect(run.stdout + run.stderr).not.toMatch(/ENOENT|ENOTDIR|EISDIR/)
    expect(run.stderr).not.toMatch(STACK_TRACE)
  })

  test.each(COMMANDS_OF_POLICY)('`%s` refuses an option that it does not have', async (name) => {
    const run = await runSluis([...name.split(' '), '--fast'])
    expect(run.stderr).toContain(`--fast is not an option of \`sluis ${name}\``)
    expect(run.code).toBe(1)
  })

  test('every command of `sluis policy` has a row', () => {
    const tested = new Set(ROWS.map(([line]) => `policy ${line.split(' ')[0]}`))
    expect(COMMANDS_OF_POLICY.filter((name) => !tested.has(name))).toEqual([])
  })
})
