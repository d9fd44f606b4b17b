import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../src/boot/settings.ts'
import { OPTIONAL_WORKER_SETTINGS, WORKER_SETTINGS } from '../src/boot/worker-settings.ts'
import { COMMANDS } from '../src/cli/commands.ts'

const readme = readFileSync('README.md', 'utf8')
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

describe('README', () => {
  it('has a row for every setting, with the reason the code gives', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
    for (const [name, { why }] of Object.entries({ ...SETTINGS, ...WORKER_SETTINGS, ...OPTIONAL_WORKER_SETTINGS })) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\``))
      expect(row?.replaceAll('`', ''), name).toContain(why)
    }
  })

  it('names every command, and only commands that exist', () => {
    const named = new Set([...readme.matchAll(/\| `sluis ([a-z -]+)` \|/g)].map(([, name]) => name))
    expect([...named].sort()).toEqual(COMMANDS.map(({ name }) => name).sort())
    for (const [, call] of readme.matchAll(/npx sluis ([a-z][a-z -]*)/g)) {
      expect(
        COMMANDS.some(({ name }) => `${call} `.startsWith(`${name} `)) || call!.startsWith('help'),
        `npx sluis ${call}`,
      ).toBe(true)
    }
  })

  it('names every dependency', () => {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(name.startsWith('@types/') || readme.includes(`\`${name}\``), name).toBe(true)
    }
  })

  it('calls only scripts that exist', () => {
    const called = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name!)
    expect(called.length).toBeGreaterThan(0)
    for (const name of called) expect(manifest.scripts, name).toHaveProperty(name)
  })

  it('says that a lawyer must confirm the rule files', () => {
    expect(readme).toMatch(/lawyer must confirm/)
  })
})
