import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './storage/temporary-folder.ts'

/** A folder with the settings of this one, one source file, and what a reader of the docs may leave behind. */
function folderWithStrays(): string {
  const folder = temporaryFolder()
  for (const file of ['biome.json', 'tsconfig.json', '.gitignore']) copyFileSync(file, join(folder, file))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'src'))
  mkdirSync(join(folder, 'export'))
  writeFileSync(join(folder, 'src/source.ts'), 'export const source = 1\n')
  writeFileSync(join(folder, 'receipt.json'), '{"a":   1 ,}')
  writeFileSync(join(folder, 'export/log.json'), '{"a":   1 ,}')
  writeFileSync(join(folder, 'statement.html'), '<html')
  writeFileSync(join(folder, 'stray.ts'), 'let stray: string = 1;')
  return folder
}

test.each([
  ['biome', ['check']],
  ['tsc', ['-p', '.']],
])('%s looks at the files of the project and not at files that somebody saved beside them', (program, options) => {
  const folder = folderWithStrays()
  const run = () => spawnSync(resolve('node_modules/.bin', program), options, { cwd: folder, encoding: 'utf8' })
  const { status, stdout, stderr } = run()
  expect(status, stdout + stderr).toBe(0)
  writeFileSync(join(folder, 'src/source.ts'), 'export const   source: string = 1;\n')
  expect(run().status, 'a fault in the project itself is found').not.toBe(0)
})
