import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
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

/** Words of many English sentences and of no Dutch one. */
const ENGLISH = /\b(the|and|with|without|give|only|which|from|that|this|must|each|every|not|takes|needs|when|has)\b/i
/** Words of many Dutch sentences and of no English one. */
const DUTCH = /\b(de|het|een|niet|alleen|geef|voor|wordt|naar|als)\b/i
/** What is the same in every language: names of commands, options and words of the vocabulary. */
const withoutCode = (text: string) =>
  text
    .replace(/`[^`]*`/g, '')
    .replace(/^ {2}sluis .*$/gm, '')
    .replace(/--[a-z-]+/g, '')

describe.each([
  ['nl', ENGLISH],
  ['en', DUTCH],
] as const)('in %s', (language, foreign) => {
  test.each(COMMANDS)('the help of $name is in that language alone', async ({ name, summary }) => {
    const before = await runSluis(['--lang', language, ...name.split(' '), '--help'])
    expect(before).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(summary[language]) })
    expect(withoutCode(before.stdout)).not.toMatch(foreign)
    expect(await runSluis(['help', ...name.split(' '), '--lang', language])).toEqual(before)
  })

  test.each(COMMANDS)('a wrong option of $name is answered in that language alone', async ({ name }) => {
    const { code, stdout, stderr } = await runSluis([...name.split(' '), '--onbekend-x', '--lang', language])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(withoutCode(stderr)).not.toMatch(foreign)
    expect(stderr).toMatch(language === 'nl' ? /geen optie van .*\ngebruik: sluis/ : /not an option of .*\nuse: sluis/)
  })

  // Without an operand or an option that they require, these do nothing.
  const requiring = COMMANDS.filter(({ usage }) => usage !== '' && !usage.startsWith('['))
  test.each(requiring)('$name without what it requires is answered in that language alone', async ({ name }) => {
    const settings = { SLUIS_DATA: join(folder, 'none'), SLUIS_PARTIES: join(folder, 'none') }
    const { code, stdout, stderr } = await runSluis([...name.split(' '), '--lang', language], settings)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(withoutCode(stderr)).not.toMatch(foreign)
    expect(stderr).toMatch(language === 'nl' ? /^gebruik: sluis/m : /^use: sluis/m)
  })

  test.each(['', 'polcy check', 'vlieg', 'audit'])(
    'the answer to `sluis %s` is in that language alone',
    async (words) => {
      const { stdout, stderr } = await runSluis([...words.split(' ').filter((word) => word !== ''), '--lang', language])
      expect(withoutCode(stdout + stderr)).not.toMatch(foreign)
    },
  )
})
