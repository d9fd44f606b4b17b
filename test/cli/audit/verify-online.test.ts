import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { formatHeartbeatRecord } from '../../../src/audit/record/heartbeat.ts'
import type { Client } from '../../../src/auth/client.ts'
import { verifyOnline } from '../../../src/cli/audit/verify-online.ts'
import { formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { newSigner } from '../../audit/memory-log.ts'
import { SAMPLES } from '../../audit/record/sample-records.ts'
import { type ServedLog, serveLog, withFile } from '../../audit/verify/served-log.ts'
import { newCosigner } from '../../witness/test-log.ts'
import { runSluis, STACK_TRACE } from '../run-sluis.ts'

const signer = newSigner('log.example')
const records = Array.from({ length: 300 }, (_, index) =>
  formatUtf8(SAMPLES.check.replace(/"nonce":"[^"]+"/, `"nonce":"${String(index).padStart(22, 'A')}"`)),
)
const log = serveLog(records, signer)
let served: ServedLog = log
let status = 200
let server: Server
let prefix: string
const folder = mkdtempSync(join(tmpdir(), 'sluis-online-'))

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = served.files.get(request.url!.slice('/log/'.length))
    response.writeHead(file ? status : 404).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
})
beforeEach(() => {
  served = log
  status = 200
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

/** Reads records without a token: what a token is for is tested elsewhere. */
const client: Client = { request: (_, path) => fetch(prefix + path) }
const verify = () => verifyOnline(prefix, [signer.verifierKey], client, () => undefined)
const sluis = (...args: string[]) => runSluis(['audit', 'verify', prefix, '--log-key', signer.verifierKey, ...args])

describe('a log that is served', () => {
  test('a log that is served verifies with its records', async () => {
    const told: number[] = []
    const { verification, hasRecords, note } = await verifyOnline(prefix, [signer.verifierKey], client, (done) =>
      told.push(done),
    )
    expect({ ok: verification.ok, hasRecords }).toEqual({ ok: true, hasRecords: true })
    expect(note).toBe(parseUtf8(log.files.get('checkpoint')!))
    expect(told.at(-1)).toBe(300)
  })

  test('a log that is served is not called verified when only its hashes were', async () => {
    const run = await sluis()
    expect(run.code).toBe(4)
    expect(run.stdout).toMatch(/^NOT verified: the records of the 300 entries were not read/)
    expect(run.stdout).not.toMatch(/^verified/m)
    expect(JSON.parse((await sluis('--json')).stdout)).toMatchObject({ ok: false, records: 'none', treeSize: 300 })
  })

  const bytes = (path: string) => log.files.get(path)!
  const flip = (path: string, at = 20) => bytes(path).map((byte, index) => (index === at ? byte ^ 1 : byte))
  const notes: readonly [string, Uint8Array | undefined, RegExp][] = [
    ['is not there', undefined, /checkpoint: is not served/],
    ['is empty', new Uint8Array(0), /note: has no signatures/],
    ['is a page', formatUtf8('<html>not a note</html>'), /note: has no signatures/],
    ['is not UTF-8', Uint8Array.of(0xff, 0xfe), /checkpoint|note/],
    ['has a changed size', formatUtf8(parseUtf8(bytes('checkpoint')).replace('\n300\n', '\n301\n')), /signature/],
    [
      'is of another log',
      formatUtf8(newSigner('other.example').sign(1, new Uint8Array(32))),
      /no signature is by a known key/,
    ],
    ['is endless', new Uint8Array(200_000).fill(65), /note: /],
  ]
  const files: readonly [string, Uint8Array | undefined, RegExp][] = [
    ['tile/0/000', flip('tile/0/000'), /tile\/0\/000/],
    ['tile/0/000', bytes('tile/0/000').subarray(1), /tile\/0\/000/],
    ['tile/0/001.p/44', undefined, /tile\/0\/001\.p\/44/],
    ['tile/1/000.p/1', flip('tile/1/000.p/1'), /tile\/1\/000\.p\/1/],
    ['tile/1/000.p/1', new Uint8Array(0), /tile\/1\/000\.p\/1/],
  ]
  const bundles: readonly [string, Uint8Array | undefined, RegExp][] = [
    ['tile/entries/000', flip('tile/entries/000'), /entries\/000/],
    ['tile/entries/000', bytes('tile/entries/000').subarray(0, 500), /entries\/000/],
    ['tile/entries/001.p/44', undefined, /entries\/001\.p\/44/],
    ['tile/entries/001.p/44', new Uint8Array(2), /entries\/001\.p\/44/],
  ]

  test.each(notes)('a log that is served is refused when its checkpoint %s', async (_, file, reason) => {
    served = withFile(log, 'checkpoint', file)
    const run = await sluis()
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 4, stderr: '' })
    expect(run.stdout).toMatch(/^NOT verified: /)
    expect(run.stdout).toMatch(reason)
    expect((await verify()).verification).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test.each(files)(
    'a log that is served is refused, hashes or records, when %s is not what was signed',
    async (path, file, reason) => {
      served = withFile(log, path, file)
      const run = await sluis()
      expect(run.code).toBe(4)
      expect(run.stdout).toMatch(reason)
      expect(run.stdout + run.stderr).not.toMatch(STACK_TRACE)
      expect((await verify()).verification).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
    },
  )

  test.each(bundles)(
    'a log that is served is refused when the records in %s are not what was signed',
    async (path, file, reason) => {
      served = withFile(log, path, file)
      expect((await verify()).verification).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
    },
  )

  test('a log that does not answer is no verified log, and no bad one either', async () => {
    status = 500
    expect(await sluis()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/HTTP 500; nothing is known/),
    })
    const gone = await runSluis(['audit', 'verify', 'http://127.0.0.1:9', '--log-key', signer.verifierKey])
    expect(gone).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/cannot be fetched; check the address/),
    })
    expect(gone.stderr).not.toMatch(STACK_TRACE)
  })

  test.each(['log.example', 'ftp://log.example', 'http://log.example/?x', ''])(
    'a log that is served has an address, which is not %j',
    async (address) => {
      const run = await runSluis(['audit', 'verify', address, '--log-key', signer.verifierKey])
      expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/give (the address of a log|a URL)/) })
    },
  )
})

describe('how old a log is', () => {
  const witness = newCosigner('witness.example')
  const policy = join(folder, 'policy')
  const body = parseUtf8(log.files.get('checkpoint')!).replace(/\n\n.*$/s, '\n')
  const cosigned = (minutesAgo: number) =>
    withFile(
      log,
      'checkpoint',
      formatUtf8(
        parseUtf8(log.files.get('checkpoint')!) + witness.cosign(Math.floor(Date.now() / 1000) - minutesAgo * 60, body),
      ),
    )
  writeFileSync(policy, `witness w ${witness.verifierKey}\nquorum w\n`)
  const heartbeat = (minutesAgo: number) =>
    formatUtf8(
      formatHeartbeatRecord({
        type: 'heartbeat',
        at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
        occasion: 'time',
        since: 0,
        counts: {},
        failed: 0,
        policyHash: 'x',
        nonce: new Uint8Array(16),
      }),
    )
  const writeExport = (minutesAgo: number): string => {
    const record = heartbeat(minutesAgo)
    const { files } = serveLog([record], signer)
    const head = { sluisLogExport: 1, origin: signer.origin, verifierKey: signer.verifierKey, treeSize: 1 }
    const file = join(folder, `${minutesAgo}.ndjson`)
    writeFileSync(
      file,
      [
        { ...head, checkpoint: parseUtf8(files.get('checkpoint')!), start: 0, end: 1 },
        { leafIndex: 0, record: parseUtf8(record) },
        { records: 1 },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
    return file
  }

  test('the age of a log shows from its newest heartbeat, once that was verified', async () => {
    const at = (minutesAgo: number, maxAge: string) =>
      runSluis([
        ...['audit', 'verify', '--export', writeExport(minutesAgo), '--log-key', signer.verifierKey],
        ...['--max-age', maxAge],
      ])
    expect(await at(5, '10')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^verified: .*\nfresh: .*5 minutes/),
    })
    const old = await at(30, '10')
    expect(old).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/\nNOT fresh: .*30 minutes ago, more than the 10 allowed/),
    })
  })

  test('the age of a log shows from its cosignatures, and a quorum of witnesses can be required', async () => {
    served = cosigned(3)
    const fresh = await sluis('--witness-policy', policy, '--max-age', '10')
    expect(fresh.stdout).toMatch(/\nwitnessed: all entries, by w \(.*\)\nfresh: .*3 minutes ago/)
    served = cosigned(600)
    expect((await sluis('--witness-policy', policy, '--max-age', '10')).stdout).toMatch(
      /\nNOT fresh: .*600 minutes ago/,
    )
    served = log
    const alone = await sluis('--witness-policy', policy)
    expect(alone).toMatchObject({ code: 4, stdout: expect.stringMatching(/\nNOT witnessed: .*cosigned by 0 of 1/) })
  })

  test('the age of a log is unknown without heartbeat and cosignature, and then it is not fresh', async () => {
    expect(await sluis('--max-age', '10')).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/\nNOT fresh: no heartbeat/),
    })
    for (const age of ['0', '-1', 'x', '1.5'])
      expect(await sluis(`--max-age=${age}`)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/number of minutes/),
      })
  })
})
