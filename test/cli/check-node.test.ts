import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

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

describe('the Node that runs sluis', () => {
  test.each(['18.20.8', '20.20.2', '22.22.0', '23.11.1'])(
    'Node %s is refused in one line that says what to do',
    (version) => {
      const { status, stdout, stderr } = runAs(version, 'src/cli/sluis.js', 'help')
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toBe(
        `sluis: Node ${version} is too old, Node 24 is needed; use \`npx sluis\` or \`npm run\`, which take the Node that \`npm ci\` installed, or install Node 24 where \`npm ci\` has none (macOS)\n`,
      )
    },
  )

  test.each(['24.0.0', '26.10.0'])('Node %s runs a command', (version) => {
    expect(runAs(version, 'src/cli/sluis.js', 'help')).toMatchObject({ status: 0, stderr: '' })
  })

  test('every script of package.json that runs our own files checks Node first', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const own = Object.entries(scripts).filter(([, script]) => /\bnode\b/.test(script))
    const unchecked = own.filter(
      ([, script]) => !/^node (src\/cli\/sluis\.js|(--import \.\/)?src\/cli\/check-node\.js)\b/.test(script),
    )
    expect(unchecked).toEqual([])
  })
})
