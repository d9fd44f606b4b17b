import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { policeReport, reportWithoutConsent } from '../../../src/cli/demo/reports.ts'
import type { Json } from '../../../src/encoding/json.ts'
import { generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { type Run, runSluis, STACK_TRACE, spawnSluis } from '../run-sluis.ts'

let gateway: TestGateway
let settings: Record<string, string>
let shared: string
let refused: string
const path = (name: string) => join(gateway.folder, name)
const sluis = (...args: string[]) => runSluis(args, settings)
const logKey = () => path('gateway/log.pub')
const otherKey = (origin: string) =>
  generateLogKey(origin, (length) => crypto.getRandomValues(new Uint8Array(length))).verifierKey

beforeAll(async () => {
  gateway = await startTestGateway()
  settings = { SLUIS_ISSUER: gateway.issuer, SLUIS_PARTIES: gateway.partyFolder }
  shared = await submit('politie', policeReport)
  refused = await submit('fier', reportWithoutConsent)
})
afterAll(() => gateway.stop())

async function submit(party: string, report: Json): Promise<string> {
  const client = await gateway.connect(party)
  const response = await client.request('POST', '/v1/exchanges', {
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(report),
  })
  return ((await response.json()) as { id: string }).id
}

/** What fails verification exits 4, says why on the error stream, and never says that it was verified. */
function expectRefused({ code, stdout, stderr }: Run, reason: string | RegExp, what = ''): void {
  expect({ code, stdout }, what).toEqual({ code: 4, stdout: '' })
  expect(stderr, what).toMatch(reason)
  expect(stderr, what).not.toMatch(STACK_TRACE)
  expect(stderr.replaceAll('NOT verified', ''), what).not.toContain('verified')
}

describe('sluis receipt', () => {
  const verify = (file: string, ...more: string[]) => sluis('receipt', 'verify', file, '--log-key', logKey(), ...more)

  beforeAll(async () => {
    for (const [id, party] of [
      [shared, 'politie'],
      [refused, 'fier'],
    ] as const) {
      const args = ['receipt', 'save', id, '--as', party, '--to', path(`${id}.json`), '--statement', path(`${id}.html`)]
      const saved = await sluis(...args, '--lang', 'en')
      expect(saved).toMatchObject({ code: 0, stdout: `${path(`${id}.json`)}\n${path(`${id}.html`)}\n` })
      expect(saved.stderr).toContain('not verified yet')
    }
  })

  test('sluis receipt save keeps the receipt and the statement for their owner only', () => {
    for (const name of [`${shared}.json`, `${shared}.html`]) expect(statSync(path(name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(path(`${shared}.html`), 'utf8')).toContain('Statement of an exchange')
  })

  test('sluis receipt save leaves no file open to others, and follows no link that was planted', async () => {
    writeFileSync(path('open.json'), 'old')
    chmodSync(path('open.json'), 0o666)
    writeFileSync(path('victim'), 'untouched')
    for (const name of ['open.json.draft', 'linked.html', 'linked.html.draft']) symlinkSync(path('victim'), path(name))
    const umask = process.umask(0)
    try {
      const args = ['receipt', 'save', shared, '--as', 'politie', '--to', path('open.json')]
      expect(await sluis(...args, '--statement', path('linked.html'))).toMatchObject({ code: 0 })
    } finally {
      process.umask(umask)
    }
    for (const name of ['open.json', 'linked.html']) {
      const status = lstatSync(path(name))
      expect([status.isFile(), status.mode & 0o777]).toEqual([true, 0o600])
    }
    expect(readFileSync(path('victim'), 'utf8')).toBe('untouched')
  })

  test('sluis receipt save reports that there is no such exchange of this party', async () => {
    const { code, stderr } = await sluis('receipt', 'save', refused, '--as', 'politie', '--to', path('none.json'))
    expect(code).toBe(1)
    expect(stderr).toContain('you sent no exchange with that id')
    expect(existsSync(path('none.json'))).toBe(false)
  })

  test.each([
    ['nl', 'geverifieerd: dit staat in het logboek', 'gedeeltelijk verstrekt', 'achtergehouden: bsn'],
    ['en', 'verified: this is in the log', 'released in part', 'withheld: bsn'],
  ])('sluis receipt verify states in words what was proven: %s', async (language, ...sentences) => {
    const { code, stdout, stderr } = await verify(path(`${shared}.json`), '--lang', language)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const sentence of [...sentences, shared, 'wpg-bpg-4-2-comensha']) expect(stdout).toContain(sentence)
  })

  test('sluis receipt verify works on a machine that has nothing but the file and the key', async () => {
    const key = readFileSync(logKey(), 'utf8').trim()
    const args = ['receipt', 'verify', path(`${refused}.json`), '--log-key', key, '--lang', 'en']
    const { code, stdout } = await spawnSluis(args)
    expect(code).toBe(0)
    expect(stdout).toContain('refused (no legal basis)')
    expect(stdout).toContain('nothing was sent')
  })

  test('sluis receipt verify gives the words of a rule set their labels when it is the one that decided', async () => {
    const { code, stdout } = await verify(path(`${shared}.json`), '--policies', 'policies', '--lang', 'en')
    expect(code).toBe(0)
    expect(stdout).toContain('withheld: Citizen service number')
    mkdirSync(path('other-rules'))
    for (const file of readPolicyFolder('policies'))
      writeFileSync(path(`other-rules/${basename(file.path)}`), file.text.replace('en: Nationality', 'en: Citizenship'))
    const other = await verify(path(`${shared}.json`), '--policies', path('other-rules'), '--lang', 'en')
    expect(other.stderr).toContain('is not the rule set that the record names')
    expect(other.stdout).toContain('withheld: bsn')
  })

  test('sluis receipt verify --json returns the record itself and its position', async () => {
    const { code, stdout } = await verify(path(`${shared}.json`), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      verifierKey: gateway.verifierKey,
      record: { type: 'exchange', id: shared, sender: 'politie' },
    })
  })

  test('sluis receipt verify reads a record of any type: that a delivery was handed over', async () => {
    const comensha = await gateway.connect('comensha')
    const { deliveries } = (await (await comensha.request('GET', '/v1/deliveries')).json()) as {
      deliveries: { id: string }[]
    }
    const { handedOver } = (await (await comensha.request('GET', `/v1/deliveries/${deliveries[0]!.id}`)).json()) as {
      handedOver: { leafIndex: number; record: string; proof: string }
    }
    const { leafIndex, record, proof } = handedOver
    const file = { sluisReceipt: 1, verifierKey: gateway.verifierKey, leafIndex, record, proof }
    writeFileSync(path('handed-over.json'), JSON.stringify(file))
    const { code, stdout } = await verify(path('handed-over.json'), '--lang', 'en')
    expect(code).toBe(0)
    expect(stdout).toContain('comensha fetched')
  })

  test('sluis receipt verify refuses the file with any byte changed', async () => {
    const bytes = readFileSync(path(`${shared}.json`))
    // Every byte is tried where the file is read; here that the command passes it on.
    for (let at = 0; at < bytes.length; at += 41) {
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= at % 2 === 0 ? 1 : 0x80
      writeFileSync(path('changed.json'), changed)
      expectRefused(await verify(path('changed.json')), /^NOT verified: .*changed\.json: /, `byte ${at}`)
    }
  })

  const mutations: readonly [what: string, mutate: (text: string) => string, reason: RegExp][] = [
    ['nothing in it', () => '', /is not JSON/],
    ['something else in it', () => '{"hello":1}', /no `sluisReceipt`/],
    ['a megabyte in it', (text) => text.padEnd(1_000_000), /is over 262144 bytes/],
    [
      'another outcome',
      (text) => text.replace('gedeeltelijk', 'verstrekt'),
      /\/proof: receipt: the record is not in the tree/,
    ],
    ['another index', (text) => text.replace(/"leafIndex":\d+/, '"leafIndex":0'), /\/leafIndex: /],
    [
      'the key of somebody else',
      (text) => text.replace(/"verifierKey":"[^"]*"/, `"verifierKey":"${otherKey(new URL(gateway.issuer).host)}"`),
      /\/verifierKey: is not the key that you gave/,
    ],
  ]
  test.each(mutations)('sluis receipt verify refuses a file with %s, with the position', async (_, mutate, reason) => {
    const text = readFileSync(path(`${shared}.json`), 'utf8')
    expect(mutate(text)).not.toBe(text)
    writeFileSync(path('mutated.json'), mutate(text))
    expectRefused(await verify(path('mutated.json')), reason)
    const { code, stdout } = await verify(path('mutated.json'), '--json')
    expect({ code, answer: JSON.parse(stdout) }).toMatchObject({ code: 4, answer: { ok: false } })
  })

  test('sluis receipt verify names the log of a receipt when the key is of another', async () => {
    const args = ['receipt', 'verify', path(`${shared}.json`), '--log-key', otherKey('other.example')]
    const { stdout: _, ...other } = await sluis(...args)
    expect(other.code).toBe(4)
    const origin = gateway.verifierKey.split('+')[0]
    expect(other.stderr).toContain(`is of the log \`${origin}\`, and the key that you gave is of \`other.example\``)
    expect(await sluis(...args, '--log-key', logKey())).toMatchObject({ code: 0 })
    expectRefused(await sluis('receipt', 'verify', path(`${shared}.json`), '--log-key', 'nonsense'), /verifier key: /)
  })

  test('sluis receipt verify of a file that does not exist exits 1', async () => {
    const { code, stderr } = await verify(path('nowhere.json'))
    expect(code).toBe(1)
    expect(stderr).not.toMatch(STACK_TRACE)
  })
})

describe('sluis inbox open', () => {
  type File = Record<string, Json>
  let delivery: File
  let other: File
  const open = (...more: string[]) =>
    sluis('inbox', 'open', path('delivery.json'), '--as', 'comensha', '--log-key', logKey(), ...more)

  beforeAll(async () => {
    await submit('politie', policeReport)
    const { stdout } = await sluis('inbox', 'pull', '--as', 'comensha', '--to', path('inbox'))
    ;[delivery, other] = stdout
      .trimEnd()
      .split('\n')
      .map((file) => JSON.parse(readFileSync(file, 'utf8')) as File)
      .filter(({ kind }) => kind === 'exchange') as [File, File]
  })

  const changed = (value: Json): Json => {
    if (typeof value === 'number') return value + 1
    const text = value as string
    const middle = Math.floor(text.length / 2)
    return `${text.slice(0, middle)}${text[middle] === '0' ? '1' : '0'}${text.slice(middle + 1)}`
  }
  const of = (file: File, member: string) => file[member] as File

  test('sluis inbox open opens what was pulled, with the key of any origin of the log', async () => {
    writeFileSync(path('delivery.json'), JSON.stringify(delivery))
    for (const more of [[], ['--log-key', otherKey('older.example')]]) {
      const { code, stdout, stderr } = await open(...more)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(JSON.parse(stdout)).toMatchObject({ exchangeId: delivery.exchangeId })
    }
  })

  const members = ['id', 'kind', 'exchangeId', 'sender', 'at', 'sealed', 'receipt', 'handedOver']
  test('every member of a pulled delivery has a mutation in the table of sluis inbox open', () => {
    expect(Object.keys(delivery).toSorted()).toEqual(members.toSorted())
  })

  const ofReceipts = ['receipt', 'handedOver'].flatMap((receipt) =>
    ['leafIndex', 'record', 'proof'].flatMap((member): [string, (file: File) => unknown][] => [
      [
        `${receipt}/${member} changed`,
        (f) => ({ ...f, [receipt]: { ...of(f, receipt), [member]: changed(of(f, receipt)[member]!) } }),
      ],
      [`${receipt}/${member} left out`, (f) => ({ ...f, [receipt]: without(of(f, receipt), member) })],
      [
        `${receipt}/${member} of another delivery`,
        (f) => ({ ...f, [receipt]: { ...of(f, receipt), [member]: of(other, receipt)[member] } }),
      ],
    ]),
  )
  const without = (file: File, member: string): File =>
    Object.fromEntries(Object.entries(file).filter(([name]) => name !== member))
  const rows: readonly [what: string, mutate: (file: File) => unknown][] = [
    ...members.map((member): [string, (file: File) => unknown] => [`${member} left out`, (f) => without(f, member)]),
    ...members
      .filter((member) => member !== 'kind')
      .map((member): [string, (file: File) => unknown] => [
        `${member} of another delivery`,
        (f) => ({ ...f, [member]: member === 'sender' ? 'fier' : other[member] }),
      ]),
    ...['id', 'exchangeId', 'sender', 'at', 'sealed'].map((member): [string, (file: File) => unknown] => [
      `${member} changed`,
      (f) => ({ ...f, [member]: changed(f[member]!) }),
    ]),
    ['kind of a notice', (f) => ({ ...f, kind: 'notice' })],
    ['kind of nothing', (f) => ({ ...f, kind: 'letter' })],
    ...ofReceipts,
    ['receipts exchanged', (f) => ({ ...f, receipt: f.handedOver, handedOver: f.receipt })],
    ['an unknown member', (f) => ({ ...f, acknowledgedAt: '2026-11-22T10:00:00.000Z' })],
    ['an unknown member of a receipt', (f) => ({ ...f, receipt: { ...of(f, 'receipt'), note: 'x' } })],
    ['a doubled member', (f) => JSON.stringify(f).replace('{', '{"id":"x",')],
    ['a file that is cut off', (f) => JSON.stringify(f).slice(0, -1)],
    ['a byte order mark', (f) => `\ufeff${JSON.stringify(f)}`],
    ['another delivery under its id', (f) => ({ ...other, id: f.id })],
  ]
  test.each(rows)('sluis inbox open refuses %s', async (_, mutate) => {
    const mutated = mutate(delivery)
    const text = typeof mutated === 'string' ? mutated : JSON.stringify(mutated)
    expect(text).not.toBe(JSON.stringify(delivery))
    writeFileSync(path('delivery.json'), text)
    expectRefused(await open('--acknowledge'), /^.*delivery\.json: /)
    const inDutch = await open('--lang', 'nl')
    expectRefused(inDutch, /^.*delivery\.json: /)
    expect(inDutch.stderr.replaceAll(/`[^`]*`/g, '')).not.toMatch(/\b(the|not|has|it|its|and|again|are|no|does|give)\b/)
  })

  test('sluis inbox open says in Dutch with --lang nl what is wrong with a file', async () => {
    const file = path('delivery.json')
    writeFileSync(file, JSON.stringify({ ...delivery, kind: 'letter' }))
    expect((await open('--lang', 'nl')).stderr).toBe(
      `${file}: /kind: past niet in een levering; geef een bestand dat \`sluis inbox pull\` schreef, ongewijzigd\n`,
    )
    writeFileSync(file, JSON.stringify({ ...delivery, at: other.at }))
    expect((await open('--lang', 'nl')).stderr).toBe(
      `${file}: levering: het record ervan is van een ander moment; open haar niet en zeg het de beheerder\n`,
    )
  })

  test('sluis inbox open refuses a delivery of somebody else, and one of another log', async () => {
    writeFileSync(path('delivery.json'), JSON.stringify(delivery))
    const asOther = ['inbox', 'open', path('delivery.json'), '--as', 'fier', '--log-key', logKey()]
    expectRefused(await sluis(...asOther), /another recipient/)
    const otherLog = [
      'inbox',
      'open',
      path('delivery.json'),
      '--as',
      'comensha',
      '--log-key',
      otherKey('other.example'),
    ]
    expectRefused(await sluis(...otherLog), /is of the log/)
  })
})

describe('two parties that lay their exports side by side', () => {
  const exportTo = (party: string, name: string, key = logKey()) =>
    sluis('receipt', 'export', '--as', party, '--to', path(name), '--log-key', key)
  const reconcile = (...names: string[]) => sluis('audit', 'reconcile', ...names.map(path), '--log-key', logKey())
  const linesOf = (name: string) => readFileSync(path(name), 'utf8').trimEnd().split('\n')
  const writeLines = (name: string, lines: readonly string[]) => writeFileSync(path(name), `${lines.join('\n')}\n`)

  beforeAll(async () => {
    for (const party of ['politie', 'comensha', 'fier']) {
      const { code, stdout } = await exportTo(party, `${party}.ndjson`)
      expect(code).toBe(0)
      expect(stdout).toMatch(/: \d+ receipts, all verified\n$/)
    }
  })

  test('an export answers in Dutch with --lang nl', async () => {
    const args = ['receipt', 'export', '--to', path('dutch.ndjson'), '--lang', 'nl', '--log-key', logKey(), '--as']
    expect(await sluis(...args, 'politie')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/: \d+ ontvangstbewijzen, en ze kloppen allemaal\n$/),
      stderr: '',
    })
    expect((await sluis(...args, 'toezichthouder')).stderr).toContain(
      '/v1/exchanges: deze partij mag dit niet lezen, dus het staat niet in de export\n',
    )
  })

  test('exports of two parties are files for their owner only, whole, and leave no draft', () => {
    expect(statSync(path('politie.ndjson')).mode & 0o777).toBe(0o600)
    expect(readdirSync(gateway.folder).filter((name) => name.includes('draft'))).toEqual([])
    const lines = linesOf('politie.ndjson')
    expect(JSON.parse(lines[0]!)).toMatchObject({
      sluisReceiptExport: 1,
      party: 'politie',
      verifierKey: gateway.verifierKey,
    })
    expect(JSON.parse(lines.at(-1)!)).toEqual({ receipts: lines.length - 2 })
  })

  test('exports of two parties show all of it on both sides, and that a refusal is on one', async () => {
    const { code, stdout, stderr } = await reconcile('politie.ndjson', 'comensha.ndjson', 'fier.ndjson')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('2 exchanges on both sides, 0 on one side only')
    expect(stdout).toContain('1 refused')
  })

  test('exports of two parties show what is missing from an inbox', async () => {
    const lines = linesOf('comensha.ndjson')
    const kept = lines.filter((line) => !line.includes(shared))
    writeLines('short.ndjson', [...kept.slice(0, -1), JSON.stringify({ receipts: kept.length - 2 })])
    const { code, stdout } = await reconcile('politie.ndjson', 'short.ndjson')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`^.*politie\\.ndjson:2: exchange ${shared} .*not in the inbox of comensha; export`),
    )
    const args = ['audit', 'reconcile', path('politie.ndjson'), path('short.ndjson'), '--log-key', logKey(), '--json']
    const answer = JSON.parse((await sluis(...args)).stdout)
    expect(answer).toMatchObject({
      ok: false,
      oneSided: [{ exchangeId: shared, missingFrom: 'recipient' }],
      faults: [],
    })
  })

  const spoiled: readonly [what: string, spoil: (lines: string[]) => string | Uint8Array, reason: RegExp][] = [
    ['a changed record', (lines) => lines.join('\n').replace('melding', 'signaal'), /spoiled\.ndjson:2: \/proof: .*; /],
    ['no end', (lines) => lines.slice(0, -1).join('\n'), /spoiled\.ndjson:\d+: .*cut off/],
    [
      'bytes that are no text',
      (lines) => Buffer.concat([Buffer.from(`${lines[0]}\n`), Uint8Array.of(0xff)]),
      /spoiled\.ndjson:2: is not UTF-8/,
    ],
    ['a line without end', (lines) => `${lines[0]}\n${'x'.repeat(300_000)}`, /spoiled\.ndjson:2: is longer than/],
    ['nothing', () => '', /spoiled\.ndjson:1: /],
  ]
  test.each(spoiled)(
    'a comparison of exports exits 4 over a file with %s, and names the line',
    async (_, spoil, reason) => {
      writeFileSync(path('spoiled.ndjson'), spoil(linesOf('politie.ndjson')))
      const { code, stdout, stderr } = await reconcile('spoiled.ndjson', 'comensha.ndjson')
      expect(code).toBe(4)
      expect(stdout + stderr).toMatch(reason)
      expect(stderr).not.toMatch(STACK_TRACE)
    },
  )

  test("an export that the party's key does not verify is not written, and the old file is kept", async () => {
    const before = readFileSync(path('politie.ndjson'), 'utf8')
    expectRefused(await exportTo('politie', 'politie.ndjson', otherKey('other.example')), /\/checkpoint: /)
    expect(readFileSync(path('politie.ndjson'), 'utf8')).toBe(before)
    expect(existsSync(path('politie.ndjson.draft'))).toBe(false)
  })
})
