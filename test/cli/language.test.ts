import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { runSluis } from './run-sluis.ts'

const folder = mkdtempSync(join(tmpdir(), 'sluis-language-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every command that answers in two languages has one default, English, and one name for the option', () => {
  const choosing = COMMANDS.filter(({ options }) => 'lang' in options)
  expect(choosing.length).toBeGreaterThan(15)
  for (const { name, options } of choosing) expect(options.lang, name).toMatchObject({ default: 'en', value: 'nl|en' })
  for (const { name, options } of COMMANDS) expect(Object.keys(options), name).not.toContain('language')
})

test.each([
  ['nl', /onbekend|ontbreekt/, /unknown|missing/],
  ['en', /unknown|missing/, /onbekend|ontbreekt/],
] as const)('faults of a rule file are in the chosen language alone: %s', async (language, says, never) => {
  writeFileSync(join(folder, 'wet.yaml'), 'soort: grondslag\nid: wet\nvreemd: x\n')
  for (const command of [
    ['policy', 'check', folder],
    ['demo', '--once'],
  ]) {
    const settings = {
      SLUIS_POLICIES: folder,
      SLUIS_DATA: join(folder, 'data'),
      SLUIS_PARTIES: join(folder, 'p'),
      PORT: '0',
    }
    const { code, stdout, stderr } = await runSluis([...command, '--lang', language], settings)
    expect(code).toBe(3)
    expect(stdout + stderr).toMatch(says)
    expect(stdout + stderr).not.toMatch(never)
  }
})
