import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../storage/temporary-folder.ts'

/** Runs plain files under a Node that says that it is of another version. */
const runAs = (version: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
      ...args,
    ],
    { encoding: 'utf8' },
  )

/** A copy of the check, with or without the Node that `npm ci` installs. */
function copyCheck(hasNode: boolean): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'src/cli'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  if (hasNode) writeFileSync(join(folder, 'node_modules/.bin/node'), '')
  for (const name of ['check-node.js', 'sluis.js']) cpSync(join('src/cli', name), join(folder, 'src/cli', name))
  return join(folder, 'src/cli/sluis.js')
}

describe('the Node that runs sluis', () => {
  test.each(['18.20.8', '20.20.2', '22.22.0', '23.11.1'])(
    'Node %s is refused in one line that says what to do, with and without the Node of `npm ci`',
    (version) => {
      for (const [hasNode, mend] of [
        [true, 'use `npx sluis` or `npm run`, which take the Node that `npm ci` installed'],
        [
          false,
          '`npm ci` installed none here (there is none for macOS, nor with --omit=optional): install Node 24 from https://nodejs.org, put it first on PATH, and see that `node --version` says v24',
        ],
      ] as const) {
        const { status, stdout, stderr } = runAs(version, copyCheck(hasNode), 'help')
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
        expect(stderr).toBe(`sluis: Node ${version} is too old, Node 24 is needed; ${mend}\n`)
      }
    },
  )

  test('every configuration of the tests checks Node first', () => {
    const configurations = ['vitest.config.ts', ...globSync('test/**/vitest.config.ts')]
    expect(configurations.length).toBeGreaterThan(2)
    const unchecked = configurations.filter((path) => !readFileSync(path, 'utf8').includes('src/cli/check-node.js'))
    expect(unchecked).toEqual([])
  })

  test.each(['24.0.0', '26.10.0'])('Node %s runs a command', (version) => {
    expect(runAs(version, 'src/cli/sluis.js', 'help')).toMatchObject({ status: 0, stderr: '' })
  })

  test('every script of package.json that runs our own files checks Node first', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const own = Object.entries(scripts).filter(([, script]) => /\bnode\b/.test(script))
    const unchecked = own.filter(
      ([, script]) =>
        !/^(npm run --silent prepare && )?node (src\/cli\/sluis\.js|(--import \.\/)?src\/cli\/check-node\.js)\b/.test(
          script,
        ),
    )
    expect(unchecked).toEqual([])
  })
})
