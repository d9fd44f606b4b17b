import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { runSluis, STACK_TRACE, spawnSluis } from './run-sluis.ts'

describe('sluis', () => {
  test.each([[['help']], [['--help']], [[]]])('%j names every command and every exit code', async (args) => {
    const { code, stdout, stderr } = await runSluis(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(`sluis ${name}`)
      expect(stdout).toContain(summary)
    }
    expect(stdout).toContain('0 done, 1 failed, 2 refused, 3 rule file invalid, 4 verification failed')
  })

  test.each(COMMANDS)('$name --help shows what it takes', async ({ name, usage, summary }) => {
    const { code, stdout } = await runSluis([...name.split(' '), '--help'])
    expect({ code, stdout: stdout.trim() }).toEqual({
      code: 0,
      stdout: `${summary}\nuse: sluis ${name} ${usage}`.trim(),
    })
  })

  const wrong: readonly [string, string[], Record<string, string>, RegExp][] = [
    ['an unknown command', ['fly'], {}, /sluis help|sluis serve/],
    ['half a command', ['audit'], {}, /sluis audit verify/],
    ['an unknown option', ['policy', 'check', '--fast'], {}, /^sluis: .*--fast.*\nuse: sluis policy check /],
    ['a word too many for an option', ['demo', '--lang', 'fr'], {}, /^sluis: --lang is nl or en\nuse: sluis demo /],
    [
      'missing options',
      ['audit', 'verify'],
      {},
      /^sluis: give a URL, --export FILE or --database FILE, and --log-key\nuse: sluis audit verify /,
    ],
    ['a request without a party', ['request', 'GET', '/v1/policies'], {}, /--as PARTY/],
    ['a party that is no name', ['request', 'GET', '/x', '--as', '../politie'], {}, /lower-case letters/],
    [
      'a party without keys',
      ['request', 'GET', '/x', '--as', 'politie'],
      { SLUIS_PARTIES: '/nowhere' },
      /no keys of that party/,
    ],
    ['a folder that is not there', ['policy', 'check', '/nowhere'], {}, /^sluis: .*\/nowhere/],
    ['a setting that does not fit', ['serve'], { PORT: 'kanarie' }, /^sluis: setting PORT does not fit: /],
    [
      'an address with a path',
      ['serve'],
      { SLUIS_ISSUER: 'https://kanarie.example/x' },
      /setting SLUIS_ISSUER does not fit: has no path/,
    ],
  ]
  test.each(wrong)('says what is wrong about %s, and exits 1', async (_, args, settings, message) => {
    const { code, stdout, stderr } = await runSluis(args, settings)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(STACK_TRACE)
    for (const value of Object.values(settings)) if (value.includes('kanarie')) expect(stderr).not.toContain(value)
  })

  test('exits with the code that the command gives, and writes results and complaints apart', async () => {
    const help = await spawnSluis(['help'])
    expect(help).toEqual(await runSluis(['help']))
    const unknown = await spawnSluis(['fly'])
    expect(unknown).toEqual(await runSluis(['fly']))
    expect([help.code, unknown.code]).toEqual([0, 1])
  })
})
