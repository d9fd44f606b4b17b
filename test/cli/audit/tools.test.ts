import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { DATA_FILES } from '../../../src/boot/key-files.ts'
import { policeReport, reportWithoutConsent } from '../../../src/cli/demo/reports.ts'
import { copyDatabase } from '../../../src/storage/files/database-copy.ts'
import { generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { parseCsv } from '../../../src/synthetic/csv.ts'
import { submit } from '../../blackbox/calls.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

let gateway: TestGateway
let settings: Record<string, string>
let exchangeId: string
/** Places in the log of the two exchanges. */
let shared: number
let refused: number
const path = (name: string) => join(gateway.folder, name)
const sluis = (...args: string[]) => runSluis(args, settings)
const otherLogKey = () =>
  generateLogKey('other.example', (length) => crypto.getRandomValues(new Uint8Array(length))).verifierKey

/** The three places where a log can be read, all of the same log. */
const SOURCES = ['api', 'export', 'database'] as const
type Source = (typeof SOURCES)[number]
const optionsOf = (source: Source): string[] =>
  ({
    api: ['--as', 'toezichthouder', '--log-key', path('gateway/log.pub')],
    export: ['--export', path('whole.ndjson'), '--log-key', path('gateway/log.pub')],
    database: ['--database', path('copy/sluis.sqlite'), '--log-key', path('gateway/log.pub')],
  })[source]

const recordsOf = async () => {
  const { log } = gateway.gateway.store
  const { treeSize } = (await log.checkpoint())!
  return (await log.records(0, treeSize)).map((bytes) => parseRecord(new TextDecoder().decode(bytes)))
}

beforeAll(async () => {
  gateway = await startTestGateway()
  settings = { SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: gateway.partyFolder, SLUIS_DATA: path('gateway') }
  const [police, fier] = await Promise.all(['politie', 'fier'].map(gateway.connect))
  exchangeId = ((await (await submit(police!, policeReport)).json()) as { id: string }).id
  await submit(fier!, reportWithoutConsent)
  const exchanges = [...(await recordsOf()).entries()].filter(([, { type }]) => type === 'exchange')
  ;[shared, refused] = exchanges.map(([leafIndex]) => leafIndex) as [number, number]
  mkdirSync(path('copy'))
  copyDatabase(gateway.databasePath, path('copy/sluis.sqlite'))
  const made = await sluis('audit', 'export', ...optionsOf('database'), '--to', path('whole.ndjson'))
  expect(made).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/whole\.ndjson: (\d+) record\(s\) of a log of \1,/),
  })
})
afterAll(() => gateway.stop())

describe.each(SOURCES)('the log from the %s', (source) => {
  test(`the log from the ${source} is searched, with a cursor that continues`, async () => {
    const search = (...more: string[]) => sluis('audit', 'search', ...optionsOf(source), '--type', 'exchange', ...more)
    const all = await search('--lang', 'en')
    expect(all).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        new RegExp(`^${refused} {2}.*refused \\(.*\\)\\.\\n${shared} {2}.*released in part\\.\\n$`),
      ),
    })
    const first = JSON.parse((await search('--limit', '1', '--json')).stdout)
    expect(first).toMatchObject({ records: [{ leafIndex: refused }], hasMore: true })
    const second = JSON.parse((await search('--limit', '1', '--json', '--cursor', String(first.cursor))).stdout)
    expect(second.records).toMatchObject([{ leafIndex: shared }])
    const oldest = JSON.parse((await search('--order', 'oldest-first', '--limit', '1', '--json')).stdout)
    expect(oldest).toMatchObject({ records: [{ leafIndex: shared }], hasMore: true })
    const next = await search('--order', 'oldest-first', '--json', '--cursor', String(oldest.cursor))
    expect(JSON.parse(next.stdout).records).toMatchObject([{ leafIndex: refused }])
  })

  test(`a search of the log from the ${source} reports that nothing matches`, async () => {
    const { code, stdout, stderr } = await sluis('audit', 'search', ...optionsOf(source), '--type', 'epoch')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/no record of a log of \d+; there are no more/)
  })

  test(`a record is shown by its index and an exchange by its id, from the ${source}`, async () => {
    const byIndex = await sluis('audit', 'show', String(shared), ...optionsOf(source), '--lang', 'en')
    const byId = await sluis('audit', 'show', exchangeId, ...optionsOf(source), '--lang', 'en')
    expect(byIndex).toMatchObject({ code: 0, stderr: '' })
    expect(byIndex.stdout).toContain(`exchange ${exchangeId} from Police to CoMensha`)
    expect(byId.stdout.split('\n')[0]).toBe(byIndex.stdout.split('\n')[0])
    const asJson = JSON.parse((await sluis('audit', 'show', String(shared), ...optionsOf(source), '--json')).stdout)
    expect(asJson.records).toMatchObject([{ leafIndex: shared }])
    expect(parseRecord(asJson.records[0].record)).toMatchObject({ id: exchangeId })
  })

  test(`an absent record is not shown from the ${source}, and the command exits 1`, async () => {
    for (const what of ['99999', '01a223dd-ea96-750a-b193-e1a9ca4bdc2a']) {
      const { code, stdout, stderr } = await sluis('audit', 'show', what, ...optionsOf(source))
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/no such record/)
    }
  })

  test(`the answer to a subject request leads to the records in the log from the ${source}`, async () => {
    const absent = '01a223dd-ea96-750a-b193-e1a9ca4bdc2a'
    const answer = path(`answer-${source}.json`)
    const ids = (...listed: string[]) => listed.map((id) => ({ id, at: '2026-12-01T00:00:00Z' }))
    const show = () => sluis('audit', 'show', '--subject-answer', answer, ...optionsOf(source))
    writeFileSync(answer, JSON.stringify({ request: 'access', exchanges: ids(exchangeId, exchangeId) }))
    const one = await show()
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(one.stdout).toContain(`exchange ${exchangeId} from Police to CoMensha`)
    writeFileSync(answer, `${absent}\r\n${exchangeId}\r\n`)
    const two = await show()
    expect(two).toMatchObject({ code: 1, stderr: `the log has no record of: ${absent}\n` })
    expect(two.stdout).toContain(`${exchangeId}\n${shared}  `)
    for (const text of ['', '{"exchanges":[{"id":"x"}]}', '{']) {
      writeFileSync(answer, text)
      expect(await show()).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/subject-answer/) })
    }
    writeFileSync(answer, 'Jansen')
    const refusedWord = await show()
    expect(refusedWord.stderr).toMatch(/give the id of an exchange/)
    expect(refusedWord.stderr).not.toContain('Jansen')
  })

  test(`the log from the ${source} is exported in every format`, async () => {
    const to = path(`${source}.out`)
    const make = (...more: string[]) => sluis('audit', 'export', ...optionsOf(source), '--to', to, ...more)
    expect(await make('--format', 'csv', '--start', String(shared), '--end', String(refused + 1))).toMatchObject({
      code: 0,
    })
    expect([...parseCsv(readFileSync(to, 'utf8'))]).toHaveLength(1 + 2)
    expect(await make('--format', 'logboek', '--type', 'exchange')).toMatchObject({ code: 0 })
    const lines = readFileSync(to, 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).status)).toEqual(['Unset', 'Unset'])
    if (source !== 'export') {
      expect(await make('--type', 'exchange')).toMatchObject({ code: 0 })
      const verified = await sluis('audit', 'verify', '--export', to, '--log-key', path('gateway/log.pub'))
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^verified: 2 entries, each proven/) })
    }
    expect(statSync(to).mode & 0o777).toBe(0o600)
    expect(existsSync(`${to}.draft`)).toBe(false)
  })

  test(`the log from the ${source} is not read with the key of another log`, async () => {
    const options = [...optionsOf(source).slice(0, 2), '--log-key', otherLogKey()]
    for (const command of [
      ['show', String(shared)],
      ['export', '--to', path('never.ndjson')],
    ]) {
      const { code, stdout, stderr } = await sluis('audit', ...command, ...options)
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toMatch(/key/)
      expect(stderr).not.toMatch(STACK_TRACE)
    }
    expect(existsSync(path('never.ndjson'))).toBe(false)
  })
})

describe('words of a search', () => {
  test.each([
    ['an outcome', ['--outcome', 'geweigert'], /--outcome: .*`geweigerd`/],
    ['a type', ['--type', 'exchnage'], /--type: .*`exchange`/],
    ['a class', ['--class', 'gezondhied'], /--class: .*`gezondheid`/],
    ['a treatment', ['--treatment', 'share'], /--treatment: .*`shared`/],
    ['a duty', ['--duty', 'geheimhoudng'], /--duty: .*`geheimhouding`/],
    ['a reason', ['--reason', 'verbdo'], /--reason: .*`verbod`/],
    ['a day', ['--since', '2026-02-30'], /--since takes a date/],
    ['an id', ['--exchange', 'x'], /--exchange takes the id/],
    ['an order', ['--order', 'random'], /--order is one of/],
    ['a limit', ['--limit', '0'], /--limit is at least 1/],
    ['a cursor', ['--cursor', '-1'], /--cursor/],
  ])('a search with unknown words is refused before anything is read: %s', async (_, options, message) => {
    const before = (await recordsOf()).length
    const { code, stdout, stderr } = await sluis('audit', 'search', '--as', 'toezichthouder', ...options)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(await recordsOf()).toHaveLength(before)
  })

  test.each<Source>(['api', 'database'])(
    'a search with misspelled words of the rule files is refused with the nearest word, from the %s',
    async (source) => {
      const { code, stderr } = await sluis('audit', 'search', ...optionsOf(source), '--party', 'comnesha')
      expect({ code, stderr: stderr.replace(/\nuse: .*/s, '\n') }).toEqual({
        code: 1,
        stderr:
          'sluis: filter/party: this word is not known; did you mean `comensha`? `GET /v1/vocabulary` lists the choices under `parties`\n',
      })
    },
  )
})

describe('labels of a search', () => {
  test.each<Source>(['api', 'database'])(
    'a search in labels finds what the search in words finds, from the %s',
    async (source) => {
      const search = async (...words: string[]) =>
        JSON.parse((await sluis('audit', 'search', ...optionsOf(source), ...words, '--json')).stdout).records
      const inWords = await search('--sender', 'politie', '--recipient', 'comensha', '--field', 'geboortedatum')
      expect(inWords).toMatchObject([{ leafIndex: shared }])
      const inLabels = await search('--sender', 'Police', '--recipient', 'CoMensha', '--field', 'Date of birth')
      expect(inLabels).toEqual(inWords)
    },
  )
})

describe('where the log is', () => {
  test.each([
    ['nowhere', [], /give one source of the log/],
    ['in two places', ['--as', 'x', '--database', 'y'], /give one source of the log/],
    ['in a file without a key', ['--export', 'x'], /give the verifier key/],
    ['in a database without a key', ['--database', 'x'], /give the verifier key/],
  ])('the source of a log is given once, and with a key where it matters: %s', async (_, options, message) => {
    for (const command of [['search'], ['show', String(shared)], ['export', '--to', 'x']]) {
      const { code, stderr } = await sluis('audit', ...command, ...options)
      expect({ code, isSaid: message.test(stderr) }, command[0]).toEqual({ code: 1, isSaid: true })
    }
  })

  test('every use of the log in the data folder of a gateway is recorded in that log', async () => {
    const database = ['--database', gateway.databasePath, '--log-key', path('gateway/log.pub')]
    const journal = path(`gateway/${DATA_FILES.commandJournal}`)
    for (const command of [
      ['search', '--party', 'comensha'],
      ['show', exchangeId],
      ['export', '--to', path('from-folder.csv'), '--format', 'csv'],
    ]) {
      const run = await sluis('audit', ...command, ...database)
      expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/will record this command in its log/) })
    }
    // The gateway takes notes in once a minute: one that is in its log already is noted as well.
    const waiting = readdirSync(journal).map((name) => parseRecord(readFileSync(join(journal, name), 'utf8')))
    const noted = [...(await recordsOf()), ...waiting].filter(
      (record) => record.type === 'access' && record.by === 'beheer',
    )
    // Two exchanges, and what is known of the party.
    expect(noted).toMatchObject([
      { type: 'access', by: 'beheer', what: 'log', use: 'search', filter: { party: 'comensha' }, found: 3 },
      { type: 'access', by: 'beheer', use: 'show', filter: { exchangeId }, found: 1 },
      { type: 'access', by: 'beheer', use: 'export', start: 0 },
    ])
  })

  test('a use of a log in a copy elsewhere leaves no note', () => {
    expect(readdirSync(path('copy'))).toEqual(['sluis.sqlite'])
  })

  test('a use in the journal is taken into the log when the gateway starts again', async () => {
    const own = await startTestGateway()
    try {
      const options = ['--database', own.databasePath, '--log-key', join(own.folder, 'gateway/log.pub')]
      await own.close()
      const run = await runSluis(['audit', 'search', ...options], { SLUIS_DATA: join(own.folder, 'gateway') })
      expect(run).toMatchObject({ code: 0 })
      // No gateway runs, so that it is taken in at once.
      const again = await runSluis(['audit', 'search', ...options, '--type', 'access', '--json'], {
        SLUIS_DATA: join(own.folder, 'gateway'),
      })
      const { records } = JSON.parse(again.stdout) as { records: { record: string }[] }
      expect(records.map(({ record }) => parseRecord(record))).toMatchObject([{ by: 'beheer', use: 'search' }])
    } finally {
      await own.stop().catch(() => undefined)
    }
  })
})

describe('a malformed export', () => {
  const change = (name: string, edit: (text: string) => string): string => {
    const file = path(`${name.replaceAll(' ', '-')}.ndjson`)
    writeFileSync(file, edit(readFileSync(path('whole.ndjson'), 'utf8')))
    return file
  }
  const lines = (edit: (lines: string[]) => string[]) => (text: string) =>
    `${edit(text.trimEnd().split('\n')).join('\n')}\n`
  const faults: readonly [string, (text: string) => string, RegExp][] = [
    ['nothing', () => '', /line 1: is missing/],
    ['no export', () => 'hello\n', /line 1: is not JSON/],
    ['a picture', () => '\u0089PNG\r\n\u001a\n', /line 1: /],
    ['its end cut off', (text) => text.slice(0, -20), /line \d+: ends without a newline; the file was cut off/],
    [
      'an edited record',
      (text) => text.replace('gedeeltelijk', 'verstrekt'),
      /line \d+: record \d+ does not have the hash on its line/,
    ],
    ['a lost line', lines((all) => all.toSpliced(2, 1)), /line 3: record 1 is missing/],
    ['a doubled line', lines((all) => all.toSpliced(2, 0, all[2]!)), /line 4: record 1 comes after record 1/],
    ['swapped lines', lines((all) => [all[0]!, all[2]!, all[1]!, ...all.slice(3)]), /line 2: record 0 is missing/],
    ['a broken note', (text) => text.replace('\\n\\n—', '\\n—'), /line 1: note: /],
    ['another size', (text) => text.replace(/"treeSize":(\d+)/, '"treeSize":1$1'), /line 1: /],
    ['a proof that does not belong', (text) => text.replace('"}\n', '","proof":["AAAA"]}\n'), /line 2: /],
  ]
  const commands: readonly string[][] = [
    ['verify'],
    ['search'],
    ['show', '0'],
    ['export', '--format', 'csv', '--to', '/tmp/never'],
  ]
  test.each(faults)(
    'a malformed export with %s is reported by its line, for every command, and exits 4',
    async (name, edit, reason) => {
      const file = change(name, edit)
      for (const command of commands) {
        const run = await sluis('audit', ...command, '--export', file, '--log-key', path('gateway/log.pub'))
        expect(run.code, command[0]).toBe(4)
        expect(run.stdout + run.stderr, command[0]).toMatch(reason)
        expect(run.stdout, command[0]).not.toMatch(/^verified/m)
        expect(run.stderr, command[0]).not.toMatch(STACK_TRACE)
      }
      expect(existsSync('/tmp/never')).toBe(false)
    },
  )

  test('an export that does not exist is no matter of verification', async () => {
    for (const file of [path('nowhere'), path('gateway')]) {
      const run = await sluis('audit', 'verify', '--export', file, '--log-key', path('gateway/log.pub'))
      expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/cannot be read; give the path/) })
    }
  })

  test.each([
    ['no key', 'hello'],
    ['a key of another kind', 'x+00000000+BBBB'],
    ['nothing', ''],
  ])('an export cannot be verified with %s', async (_, key) => {
    const run = await sluis('audit', 'verify', '--export', path('whole.ndjson'), '--log-key', key)
    expect(run.code).toBe(4)
    expect(run.stdout).toMatch(/^NOT verified: verifier key: /)
  })

  test('a malformed policy of witnesses is reported by its position, and exits 4', async () => {
    writeFileSync(path('witnesses'), 'witness x y z\nquorum both\n')
    const run = await sluis(
      ...['audit', 'verify', '--export', path('whole.ndjson'), '--log-key', path('gateway/log.pub')],
      ...['--witness-policy', path('witnesses')],
    )
    expect(run).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(/witnesses:1:/) })
    expect(run.stderr).not.toMatch(STACK_TRACE)
  })
})
