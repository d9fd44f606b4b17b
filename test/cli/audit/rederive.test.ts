import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../../../src/cli/party/call-api.ts'
import { legalDate } from '../../../src/policy/legal-date.ts'
import { copyDatabase } from '../../../src/storage/files/database-copy.ts'
import { policeReport, refusedReport } from '../../exchange/reports.ts'
import { submit } from '../../http/duty-gateway.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

/** Everything that an auditor takes away: the log in one file, the rule sets in another, and the key. */
let gateway: TestGateway
let folder: string
let logKey: string
const path = (name: string) => join(folder, name)
/** The settings of whoever calls the gateway. */
let settings: Record<string, string>

beforeAll(async () => {
  gateway = await startTestGateway()
  folder = gateway.folder
  logKey = path('gateway/log.pub')
  settings = { SLUIS_PARTIES: gateway.partyFolder, SLUIS_ISSUER: gateway.issuer }
  const police = await gateway.connect('politie')
  for (let number = 0; number < 3; number++) expect((await submit(police, policeReport())).status).toBe(201)
  expect((await submit(await gateway.connect('fier'), refusedReport())).status).toBe(403)
  copyDatabase(gateway.databasePath, path('copy.sqlite'))
  const auditor = await gateway.connect('toezichthouder')
  writeFileSync(path('log.ndjson'), await (await callApi(auditor, 'POST', '/v1/log/records/_export', {})).text())
  expect(await run('policies', '--as', 'toezichthouder', '--to', path('policies.json'))).toMatchObject({ code: 0 })
})
afterAll(() => gateway?.stop())

const run = (command: string, ...args: string[]) => runSluis(['audit', command, ...args], settings)
const fromExport = () => ['--export', path('log.ndjson'), '--log-key', logKey]
const fromCopy = () => ['--database', path('copy.sqlite'), '--log-key', logKey]
const withPolicies = (name = 'policies.json') => ['--policies', path(name)]

function change(name: string, from: string, mutate: (text: string) => string): string {
  writeFileSync(path(name), mutate(readFileSync(path(from), 'utf8')))
  return name
}

describe('sluis audit policies', () => {
  test('sluis audit policies exports the same sets from a gateway and from a copy of its database', async () => {
    const { code, stdout } = await run('policies', ...fromCopy(), '--to', path('from-copy.json'))
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${path('from-copy.json')}: 1 rule sets\n` })
    expect(readFileSync(path('from-copy.json'), 'utf8')).toBe(readFileSync(path('policies.json'), 'utf8'))
  })

  test('sluis audit policies names a set that is missing', async () => {
    copyDatabase(path('copy.sqlite'), path('robbed.sqlite'))
    const client = new Database(path('robbed.sqlite'))
    client.exec('delete from policy_archive')
    client.close()
    const { code, stdout } = await run(
      'policies',
      '--database',
      path('robbed.sqlite'),
      '--log-key',
      logKey,
      '--to',
      path('robbed.json'),
    )
    expect(code).toBe(4)
    expect(stdout).toMatch(
      /^rule set [0-9a-f]{64}: was in force, but its texts are missing; ask the operator for them\n/,
    )
  })

  test.each([
    ['without a place to write', () => ['--as', 'toezichthouder']],
    ['from an export, which holds none', () => [...fromExport(), '--to', path('x.json')]],
  ])('sluis audit policies is refused %s', async (_, args) => {
    expect(await run('policies', ...args())).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('sluis audit rederive', () => {
  test.each([
    ['the API', () => ['--as', 'toezichthouder']],
    ['a copy of the database', fromCopy],
    ['an export and a policy archive', () => [...fromExport(), ...withPolicies()]],
  ])('sluis audit rederive agrees with %s', async (_, source) => {
    const { code, stdout } = await run('rederive', ...source(), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      agreeing: 4,
      deviating: 0,
      notRederived: 0,
      alteredTexts: [],
      findings: [],
    })
  })

  test('sluis audit rederive reports that all agrees, and how fast', async () => {
    const { stdout } = await run('rederive', ...fromExport(), ...withPolicies())
    expect(stdout).toMatch(/^re-derived: all 4 decisions agree with their rules \(\d+ records, \d+ records\/s\)\n$/)
  })

  test('sluis audit rederive does not call an export re-derived whose rule sets are not there', async () => {
    const { code, stdout } = await run('rederive', ...fromExport())
    expect(code).toBe(4)
    expect(stdout).toMatch(/not re-derived: the archive has no texts of its rule set/)
    expect(stdout).toMatch(/NOT re-derived: 0 decisions agree, 0 deviate, 4 cannot be re-derived/)
  })

  test('sluis audit rederive names every record when a word of a rule was changed', async () => {
    const name = change('changed.json', 'policies.json', (text) => text.replace('generaliseren:', 'generaliseren:  '))
    const same = await run('rederive', ...fromExport(), ...withPolicies(name))
    expect(same.code).toBe(4)
    expect(same.stdout).toMatch(/its texts are not those that were put in force/)
    const dropped = change('dropped.json', 'policies.json', (text) =>
      text.replaceAll('ten_minste_bewaren: 1461', 'ten_minste_bewaren: 1462'),
    )
    const other = await run('rederive', ...fromExport(), ...withPolicies(dropped))
    expect(other.code).toBe(4)
    expect(other.stdout).toMatch(/^record \d+: \/policyHash: recorded "[0-9a-f]{64}", recomputed "[0-9a-f]{64}"$/m)
    expect(other.stdout).toMatch(/NOT re-derived: 0 decisions agree, 4 deviate, 0 cannot/)
  })

  test.each<[string, () => string[], RegExp]>([
    [
      'a record of an export that was changed',
      () => {
        change('forged.ndjson', 'log.ndjson', (text) => text.replace('gedeeltelijk', 'verstrekt'))
        return ['--export', path('forged.ndjson'), '--log-key', logKey, ...withPolicies()]
      },
      /forged\.ndjson: /,
    ],
    [
      'an export that was cut off',
      () => {
        change('cut.ndjson', 'log.ndjson', (text) => text.slice(0, -40))
        return ['--export', path('cut.ndjson'), '--log-key', logKey, ...withPolicies()]
      },
      /cut\.ndjson: line \d+: /,
    ],
    [
      'a policy archive that is none',
      () => [...fromExport(), ...withPolicies(change('none.json', 'policies.json', () => '[]'))],
      /none\.json: is not an object of policyHash to texts; give a file that/,
    ],
    [
      'a policy archive that is not JSON',
      () => [...fromExport(), ...withPolicies(change('broken.json', 'policies.json', (text) => text.slice(0, 99)))],
      /broken\.json: is not JSON; give a file that/,
    ],
  ])('sluis audit rederive refuses %s', async (_, args, reason) => {
    const { code, stdout, stderr } = await run('rederive', ...args())
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(reason)
    expect(stderr).not.toMatch(STACK_TRACE)
  })

  test('sluis audit rederive refuses an export that starts halfway', async () => {
    const auditor = await gateway.connect('toezichthouder')
    const part = await (await callApi(auditor, 'POST', '/v1/log/records/_export', { start: 2 })).text()
    writeFileSync(path('part.ndjson'), part)
    const { code, stderr } = await run(
      'rederive',
      '--export',
      path('part.ndjson'),
      '--log-key',
      logKey,
      ...withPolicies(),
    )
    expect(code).toBe(4)
    expect(stderr).toMatch(/the log starts halfway or is filtered; export it from its first record/)
  })
})

describe('sluis audit report', () => {
  const month = () => legalDate(new Date()).slice(0, 7)

  test.each([
    ['the API', () => ['--as', 'toezichthouder']],
    ['a copy of the database', fromCopy],
    ['an export and a policy archive', () => [...fromExport(), ...withPolicies()]],
  ])('sluis audit report counts what is in %s', async (_, source) => {
    const { code, stdout } = await run('report', ...source(), '--month', month(), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      {
        month: month(),
        isOver: false,
        exchanges: [
          { sender: 'fier', recipient: 'comensha', geweigerd: 1, isSmall: true },
          { sender: 'politie', recipient: 'comensha', gedeeltelijk: 3, isSmall: true },
        ],
        rederivation: { agreeing: 4, deviating: 0, notRederived: 0 },
      },
    ])
  })

  test('sluis audit report is readable in both languages, and marks what is small', async () => {
    const english = await run('report', ...fromCopy(), '--month', month())
    expect(english.stdout).toContain(`Monthly report ${month()} (`)
    expect(english.stdout).toContain('the month is not over yet')
    expect(english.stdout).toContain(
      '  Police → CoMensha; Politiegegevens over slachtoffers van mensenhandel naar CoMensha: released in part 3 *\n',
    )
    expect(english.stdout).toContain('  Fier → CoMensha; no legal basis: exchanges 1, stayed refused 1 *\n')
    expect(english.stdout).toContain('Decisions re-derived\n  agree 4\n')
    expect(english.stdout).toContain('* fewer than 11: do not publish this number')
    const dutch = await run('report', ...fromCopy(), '--month', month(), '--lang', 'nl')
    expect(dutch.stdout).toContain(`Maandrapport ${month()} (`)
    expect(dutch.stdout).toContain('* minder dan 11: maak dit aantal niet openbaar')
  })

  test('sluis audit report warns that an export was not derived again without its rule sets', async () => {
    const { stdout } = await run('report', ...fromExport(), '--month', month())
    expect(stdout).toContain('Decisions re-derived\n  not done; give the rule sets with --policies\n')
  })

  test('sluis audit report covers several months at once, in order', async () => {
    const { stdout } = await run('report', ...fromCopy(), '--month', '2026-02', '--month', '2025-12', '--json')
    expect(JSON.parse(stdout)).toMatchObject([{ month: '2025-12' }, { month: '2026-02' }])
  })

  test.each([
    ['a month that is none', ['--month', '2026-13']],
    ['a term that is none', ['--acknowledge-days', '0']],
    ['a language that it does not speak', ['--lang', 'de']],
  ])('sluis audit report refuses %s', async (_, args) => {
    const { code, stdout, stderr } = await run('report', ...fromCopy(), ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/use: sluis audit report/)
  })
})
