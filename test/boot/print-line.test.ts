import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const HAS_FULL_DEVICE = existsSync('/dev/full')
const MODULE = pathToFileURL('src/boot/print-line.ts').href

const run = (standardError: number | 'pipe') => {
  const program = `
    const { printLine } = await import(${JSON.stringify(MODULE)})
    for (const line of ['one', 'two', 'three']) {
      printLine(line)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    console.log('alive')`
  const args = ['--input-type=module', '--eval', program]
  return spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', standardError], encoding: 'utf8' })
}

test('a line is printed as it is', () => {
  const { status, stdout, stderr } = run('pipe')
  expect([status, stdout, stderr]).toEqual([0, 'alive\n', 'one\ntwo\nthree\n'])
})

test.skipIf(!HAS_FULL_DEVICE)(
  `lines for a full disk stop no process${HAS_FULL_DEVICE ? '' : ' (skipped: there is no /dev/full)'}`,
  () => {
    const full = openSync('/dev/full', 'w')
    const { status, stdout } = run(full)
    closeSync(full)
    expect([status, stdout]).toEqual([0, 'alive\n'])
  },
)
