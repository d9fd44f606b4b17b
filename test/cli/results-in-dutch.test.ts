import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatVerifierKey } from '../../src/audit/checkpoint/signed-note.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newTestLog } from '../witness/test-log.ts'
import { runSluis } from './run-sluis.ts'

const inDutch = (args: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
  runSluis([...args, '--lang', 'nl'], settings)

/** Runs a command that serves in a process of its own, until its second line. */
async function startAndStop(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args, '--lang', 'nl'], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (stdout.split('\n').length > 2) child.kill('SIGTERM')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout }
}

const FAULTY = 'soort: grondslag\nid: wet\nvreemd: x\n'

describe('results in Dutch', () => {
  test('policy bundle names the faults of the rule files in Dutch, and the file when there are none', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'rules'))
    writeFileSync(join(folder, 'rules', 'wet.yaml'), FAULTY)
    const to = join(folder, 'policies.json')
    const faulty = await inDutch(['policy', 'bundle', join(folder, 'rules'), '--to', to])
    expect(faulty).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/: dit bestand ontbreekt; /),
    })
    expect(faulty.stderr).not.toMatch(/unknown|missing/)
    expect(await inDutch(['policy', 'bundle', 'policies', '--to', to])).toEqual({
      code: 0,
      stdout: `${to}\n`,
      stderr: '',
    })
  })

  test('linkage generate and linkage evaluate answer in Dutch', async () => {
    const people = join(temporaryFolder(), 'people.csv')
    expect(await inDutch(['linkage', 'generate', '--people', '20', '--to', people])).toMatchObject({
      code: 0,
      stderr: '',
    })
    const schema = ['--schema', 'bench/linkage-mappings/generated.yaml']
    const { code, stdout } = await inDutch(['linkage', 'evaluate', people, ...schema])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^\d+ records over 20 mensen, \d+ paren om te vinden\n +precisie +recall +F1 +gevonden +fout\n/,
    )
    expect(stdout).toMatch(
      /^tokens per record: \d+ bewaard, op \d+ ervan wordt gezocht, gemiddeld [\d.]+ echt; \d+ tellen niet meer mee$/m,
    )
    expect(stdout).not.toMatch(/\b(about|found|wrong|answered|stored|missed|weight|time|equal|name)\b/)
    const lines = stdout.split('\n')
    expect(new Set(lines.slice(1, 4).map(({ length }) => length)).size, 'the columns are aligned').toBe(1)
  })

  test('serve says in Dutch that the rule files have faults, or where it listens', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'rules'))
    writeFileSync(join(folder, 'rules', 'wet.yaml'), FAULTY)
    const settings = { SLUIS_DATA: join(folder, 'data'), SLUIS_PARTIES: join(folder, 'parties'), PORT: '0' }
    const faulty = await inDutch(['serve'], { ...settings, SLUIS_POLICIES: join(folder, 'rules') })
    expect(faulty).toMatchObject({ code: 3, stdout: '' })
    expect(faulty.stderr).toMatch(
      /^sluis: de regelbestanden hebben (1 fout|\d+ fouten); herstel die en start opnieuw$/m,
    )
    expect(faulty.stderr).not.toMatch(/unknown|missing|fault/)
    expect(await startAndStop(['serve'], settings)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^luistert op http:\S+\nopenbaar adres http:\S+\n$/),
    })
  })

  test('witness says in Dutch what its key is and where it listens', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'logs'), `log ${formatVerifierKey(newTestLog('log.example/2026').key)}\n`)
    const data = ['--logs', join(folder, 'logs'), '--data', join(folder, 'data'), '--port', '0']
    expect(await startAndStop(['witness', ...data, '--name', 'w'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^controlesleutel w\+\S+\nluistert op http:\/\/127\.0\.0\.1:\d+, tekent mee voor 1 sleutel van een logboek\n$/,
      ),
    })
  })
  test('a witness that cannot start says why in Dutch', async () => {
    const folder = temporaryFolder()
    const [logs, data] = [join(folder, 'logs'), ['--data', join(folder, 'data'), '--port', '0']]
    writeFileSync(logs, 'lgo x\nlog secret+0000+x\n')
    expect(await inDutch(['witness', '--logs', logs, ...data])).toEqual({
      code: 4,
      stdout: '',
      stderr: [
        `${logs}:1:1: is geen sleutelwoord; bedoelde u \`log\`?`,
        `${logs}:2:5: controlesleutel: is niet \`naam+id+sleutel\`; kopieer de hele regel`,
        'sluis: het getuigenbeleid heeft 2 fouten; herstel en probeer het opnieuw',
        '',
      ].join('\n'),
    })
    writeFileSync(logs, `log ${formatVerifierKey(newTestLog('log.example/2026').key)}\n`)
    expect(await inDutch(['witness', '--logs', logs, ...data])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'sluis: getuige: een nieuwe sleutel heeft een naam nodig; geef --name, een URL zonder het schema ervoor\n',
    })
    const absent = join(folder, 'absent')
    const { stderr } = await inDutch(['witness', '--logs', absent, ...data])
    expect(stderr).toBe(`sluis: getuigenbeleid: \`${absent}\` is niet te lezen; geef het pad van een bestand\n`)
  })
})
