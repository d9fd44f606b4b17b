import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { parseArguments } from '../../src/cli/terminal/arguments.ts'
import { formatUsage } from '../../src/cli/terminal/help.ts'
import { runSluis, STACK_TRACE, spawnSluis } from './run-sluis.ts'

describe('sluis', () => {
  test.each([
    ['en', ['help']],
    ['en', ['--help']],
    ['en', []],
    ['nl', ['--lang', 'nl']],
    ['nl', ['help', '--lang=nl']],
  ] as const)('sluis names every command and every exit code, in %s: %j', async (language, args) => {
    const { code, stdout, stderr } = await runSluis(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(`sluis ${name}`)
      expect(stdout).toContain(summary[language])
    }
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
    expect(stdout).toContain(
      language === 'en'
        ? '0 done, 1 failed, 2 refused, 3 rule file invalid, 4 verification failed'
        : '0 gelukt, 1 mislukt, 2 geweigerd, 3 regelbestand ongeldig, 4 controle mislukt',
    )
  })

  test.each(COMMANDS)('$name is described the same by `help` and by `--help`', async (command) => {
    const words = command.name.split(' ')
    const { code, stdout, stderr } = await runSluis(['help', ...words])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await runSluis([...words, '--help'])).toEqual({ code, stdout, stderr })
    expect(stdout).toContain(command.summary.en)
    expect(stdout).toContain(formatUsage(command, 'en'))
    for (const [name, { what }] of Object.entries(command.options)) {
      expect(stdout).toContain(`--${name}`)
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(what.en)
    }
    for (const operand of Object.keys(command.operands ?? {})) expect(command.usage).toContain(operand)
    for (const [, option] of command.usage.matchAll(/--([a-z-]+)/g)) expect(command.options).toHaveProperty(option!)
  })

  test.each(COMMANDS)('the examples of $name have only options that it takes', ({ name, options, examples }) => {
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      expect(example === name || example.startsWith(`${name} `), example).toBe(true)
      const args = example
        .slice(name.length)
        .split(' ')
        .filter((word) => word !== '')
      expect(() => parseArguments(args, { name, options }), example).not.toThrow()
    }
  })

  test('sluis help with the first word of several commands lists those', async () => {
    const { code, stdout } = await runSluis(['help', 'audit'])
    expect(code).toBe(0)
    expect(stdout).toContain('sluis audit verify')
    expect(stdout).not.toContain('sluis policy')
  })

  const wrong: readonly [string, string[], Record<string, string>, RegExp][] = [
    ['an unknown command', ['fly'], {}, /^sluis: there is no such command; `sluis help` lists the commands\n$/],
    ['a command with a typing error', ['polcy', 'check'], {}, /; did you mean `sluis policy check`\?/],
    ['a second word with a typing error', ['policy', 'chekc'], {}, /; did you mean `sluis policy check`\?/],
    ['help on a command that does not exist', ['help', 'fly'], {}, /^sluis: there is no such command; /],
    ['half a command', ['audit'], {}, /^sluis: `audit` needs one more word:\n.*sluis audit verify/s],
    [
      'an unknown option',
      ['policy', 'check', '--fast'],
      {},
      /^sluis: --fast is not .*; see `sluis help policy check`\nuse: sluis policy check /,
    ],
    ['an option with a typing error', ['policy', 'check', '--jsn'], {}, /; did you mean `--json`\?/],
    [
      'an option without its value',
      ['policy', 'docs', '--to'],
      {},
      /^sluis: --to needs a value; .*\nuse: sluis policy docs /,
    ],
    ['a language that is missing', ['demo', '--lang'], {}, /^sluis: --lang is nl or en\nuse: sluis demo /],
    ['a value for an option that takes none', ['demo', '--once=1'], {}, /^sluis: --once takes no value; /],
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
  test.each(wrong)('sluis reports what is wrong about %s, and exits 1', async (_, args, settings, message) => {
    const { code, stdout, stderr } = await runSluis(args, settings)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(STACK_TRACE)
    for (const value of Object.values(settings)) if (value.includes('kanarie')) expect(stderr).not.toContain(value)
  })

  test('sluis exits with the code of the command, and writes results and complaints apart', async () => {
    const help = await spawnSluis(['help'])
    expect(help).toEqual(await runSluis(['help']))
    const unknown = await spawnSluis(['fly'])
    expect(unknown).toEqual(await runSluis(['fly']))
    expect([help.code, unknown.code]).toEqual([0, 1])
  })
})
