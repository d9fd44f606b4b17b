import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MAX_ADD_CHECKPOINT_BYTES } from '../../src/audit/checkpoint/add-checkpoint.ts'
import { parseNote, parseVerifierKey, verifyNote } from '../../src/audit/checkpoint/signed-note.ts'
import type { Asking, Fetch } from '../../src/witness/ask.ts'
import { createWitnessClient } from '../../src/witness/client.ts'
import { type ReachableWitness, readAllWitnessed, readWitnessed } from '../../src/witness/read-witnessed.ts'
import { createWitness } from '../../src/witness/server.ts'
import { openWitnessStore } from '../../src/witness/witness-store.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner, newTestLog, records, type TestLog } from './test-log.ts'

const ORIGIN = 'log.example/2026'
const URL_OF_WITNESS = 'http://witness.example/w1'
const cosigner = newCosigner('witness.example/w1')
const key = parseVerifierKey(cosigner.verifierKey, 'cosignature/v1')
const witness: ReachableWitness = { name: 'w1', key, url: URL_OF_WITNESS }
const ask = (fetch: Fetch): Asking => ({ fetch, timeoutMs: 5000 })

/** A real witness, reached without a network. */
function openWitness(log: TestLog, path = join(temporaryFolder(), 'witness.sqlite')) {
  const store = openWitnessStore(path)
  onTestFinished(() => store.close())
  const app = createWitness({
    logs: [log.key],
    store,
    cosigner,
    clock: () => new Date(1_764_360_000_000),
    reportFault() {},
  })
  const seen: string[] = []
  const fetch: Fetch = async (request) => {
    const { pathname } = new URL(request.url)
    const response = await app.fetch(new Request(request.url.replace('/w1/', '/'), request))
    seen.push(`${request.method} ${pathname.replace(/[0-9a-f]{64}/, 'HASH')} ${response.status}`)
    return response
  }
  return { fetch, seen }
}

const newLog = (count: number) => {
  const log = newTestLog(ORIGIN)
  log.append(...records(count))
  return log
}
const clientOf = (log: TestLog, fetch: Fetch) => createWitnessClient(witness, log.reader, log.key, ask(fetch))

describe('submitting to a witness', () => {
  test('submitting to a witness returns a verified cosignature line for the newest checkpoint, again and again', async () => {
    const log = newLog(3)
    const { fetch, seen } = openWitness(log)
    const client = clientOf(log, fetch)
    for (const more of [0, 1, 300, 0]) {
      log.append(...records(more, `more ${more}`))
      const submission = await client.submit()
      expect(submission).toMatchObject({
        status: 'cosigned',
        treeSize: log.size,
        lines: [{ keyName: key.name, keyId: key.keyId }],
      })
      if (submission.status !== 'cosigned') return
      const note = log.checkpoint() + submission.lines.map(({ line }) => line).join('')
      expect(await verifyNote(note, [log.key, key])).toMatchObject({
        ok: true,
        signatures: [{}, { time: 1_764_360_000 }],
      })
    }
    expect(seen).toEqual(Array(4).fill('POST /w1/add-checkpoint 200'))
  })

  test('submitting learns from a 409 what the witness has, and proves from there', async () => {
    const log = newLog(5)
    const { fetch, seen } = openWitness(log)
    await clientOf(log, fetch).submit()
    log.append(...records(7, 'more'))
    expect(await clientOf(log, fetch).submit()).toMatchObject({ status: 'cosigned', treeSize: 12 })
    expect(seen.slice(1)).toEqual(['POST /w1/add-checkpoint 409', 'POST /w1/add-checkpoint 200'])
  })

  test('submitting sends what is newest by then when another process submitted meanwhile', async () => {
    const log = newLog(5)
    const { fetch, seen } = openWitness(log)
    const other = clientOf(log, fetch)
    const racing: Fetch = async (request) => {
      if (log.size === 5) {
        log.append('meanwhile')
        await other.submit()
      }
      return fetch(request)
    }
    expect(await clientOf(log, racing).submit()).toMatchObject({ status: 'cosigned', treeSize: 6 })
    expect(seen.map((line) => line.slice(-3))).toEqual(['200', '409', '200'])
  })

  test('submitting has nothing to send for a log without a checkpoint, and contacts nobody', async () => {
    expect(await clientOf(newTestLog(ORIGIN), () => expect.unreachable()).submit()).toEqual({
      status: 'nothing-to-cosign',
    })
  })

  test('submitting reports that the log was rolled back when the witness shows a larger one that its key signed', async () => {
    const log = newLog(9)
    const { fetch, seen } = openWitness(log)
    await clientOf(log, fetch).submit()
    const submission = await clientOf(log.fork(4), fetch).submit()
    expect(submission).toMatchObject({ status: 'rolled-back', treeSize: 9 })
    expect('note' in submission && (await verifyNote(submission.note, [log.key, key])).ok).toBe(true)
    expect(seen.slice(1)).toEqual(['POST /w1/add-checkpoint 409', 'GET /w1/HASH/checkpoint 200'])
  })

  test.each([9, 12])(
    'submitting reports that the log forked when it continued from before what the witness has, to size %i',
    async (size) => {
      const log = newLog(9)
      const { fetch } = openWitness(log)
      await clientOf(log, fetch).submit()
      const fork = log.fork(4)
      fork.append(...records(size - 4, 'forked'))
      expect(await clientOf(fork, fetch).submit()).toMatchObject({ status: 'forked', treeSize: 9 })
    },
  )

  test('submitting does not believe a larger size without a signed checkpoint', async () => {
    const log = newLog(5)
    const liar =
      (shown: Response): Fetch =>
      async ({ method }) =>
        method === 'POST'
          ? new Response('99\n', { status: 409, headers: { 'content-type': 'text/x.tlog.size' } })
          : shown.clone()
    const stranger = newTestLog(ORIGIN)
    stranger.append(...records(99))
    const text = parseNote(stranger.checkpoint()).text
    for (const shown of [
      new Response(null, { status: 404 }),
      new Response('nothing of ours\n'),
      new Response(stranger.checkpoint() + cosigner.cosign(1, text)),
      new Response(log.checkpoint()),
      new Response(log.checkpoint() + cosigner.cosign(1, parseNote(log.checkpoint()).text)),
    ])
      expect(await clientOf(log, liar(shown)).submit()).toEqual({ status: 'refused', reason: 'inconsistent' })
    expect(await clientOf(log, liar(new Response(null, { status: 502 }))).submit()).toEqual({
      status: 'failed',
      reason: 'unreachable',
    })
  })

  const size =
    (text: string, type = 'text/x.tlog.size') =>
    () =>
      new Response(text, { status: 409, headers: { 'content-type': type } })
  const status = (code: number) => () => new Response('…', { status: code })
  const log = newLog(5)
  const text = parseNote(log.checkpoint()).text
  const refused = (reason: string) => ({ status: 'refused', reason })
  const failed = (reason: string) => ({ status: 'failed', reason })
  const rows: { what: string; answer: () => Response | Promise<Response>; submission: object }[] = [
    { what: '404', answer: status(404), submission: refused('unknown-log') },
    { what: '403', answer: status(403), submission: refused('untrusted-key') },
    { what: '400', answer: status(400), submission: refused('malformed') },
    { what: '422', answer: status(422), submission: refused('inconsistent') },
    { what: '409 with the size that was sent', answer: size('0\n'), submission: refused('inconsistent') },
    { what: '409 with another type', answer: size('3\n', 'text/plain'), submission: refused('inconsistent') },
    { what: '409 without a newline', answer: size('3'), submission: refused('inconsistent') },
    { what: '409 with a leading zero', answer: size('03\n'), submission: refused('inconsistent') },
    { what: '409 with a size above 2^53 - 1', answer: size('9007199254740993\n'), submission: refused('inconsistent') },
    { what: '500', answer: status(500), submission: failed('unreachable') },
    { what: '503', answer: status(503), submission: failed('unreachable') },
    { what: '429', answer: status(429), submission: failed('unreachable') },
    { what: '418', answer: status(418), submission: failed('unintelligible') },
    {
      what: 'a redirect',
      answer: () => Response.redirect('http://elsewhere.example/'),
      submission: failed('unintelligible'),
    },
    { what: '200 with nothing', answer: () => new Response(''), submission: failed('unintelligible') },
    { what: '200 with a page', answer: () => new Response('<html>\n</html>\n'), submission: failed('unintelligible') },
    {
      what: '200 with bytes that are no text',
      answer: () => new Response(Uint8Array.of(255)),
      submission: failed('unreachable'),
    },
    {
      what: 'a cosignature by somebody else',
      answer: () => new Response(newCosigner('other.example').cosign(1, text)),
      submission: failed('unintelligible'),
    },
    {
      what: 'a cosignature of another checkpoint',
      answer: () => new Response(cosigner.cosign(1, text.replace('\n5\n', '\n6\n'))),
      submission: failed('unintelligible'),
    },
    {
      what: 'a whole other note',
      answer: () => new Response(`other\n\n${cosigner.cosign(1, `${text}\nother\n`)}`),
      submission: failed('unintelligible'),
    },
    { what: 'an answer without end', answer: () => new Response(endless()), submission: failed('unreachable') },
    {
      what: 'a broken connection',
      answer: () => Promise.reject(new TypeError('fetch failed')),
      submission: failed('unreachable'),
    },
    {
      what: 'a fetch that throws',
      answer: () => {
        throw new Error('no network')
      },
      submission: failed('unreachable'),
    },
  ]
  test.each(rows)('submitting returns a value for $what', async ({ answer, submission }) => {
    expect(await clientOf(log, async () => answer()).submit()).toEqual(submission)
  })

  test('submitting keeps only the lines of the witness from an answer that has more', async () => {
    const other = newCosigner('other.example').cosign(1, text)
    const submission = await clientOf(log, async () => new Response(other + cosigner.cosign(7, text) + other)).submit()
    expect(submission).toEqual({
      status: 'cosigned',
      treeSize: 5,
      lines: [{ keyName: key.name, keyId: key.keyId, line: cosigner.cosign(7, text) }],
    })
  })

  test('submitting gives up when the witness names another size each time', async () => {
    let asked = 0
    const submission = await clientOf(log, async () => size(`${(asked++ % 4) + 1}\n`)()).submit()
    expect(submission).toEqual(failed('unintelligible'))
    expect(asked).toBe(4)
  })

  test('submitting waits no longer than its time-out for a machine that does not answer, or not to the end', async () => {
    for (const respond of ['never', 'half'] as const) {
      const server = createServer((_, response) => void (respond === 'half' && response.writeHead(200).write('— w')))
      const url = await listen(server)
      const client = createWitnessClient({ ...witness, url }, log.reader, log.key, {
        fetch: (request) => fetch(request),
        timeoutMs: 200,
      })
      const startedAt = performance.now()
      expect(await client.submit(), respond).toEqual(failed('unreachable'))
      expect(performance.now() - startedAt, respond).toBeLessThan(2000)
      server.closeAllConnections()
    }
  })

  test('submitting reports that nobody answered where nobody listens', async () => {
    const server = createServer()
    const url = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    const client = createWitnessClient(
      { ...witness, url },
      log.reader,
      log.key,
      ask((request) => fetch(request)),
    )
    expect(await client.submit()).toEqual(failed('unreachable'))
  })

  test('submitting never sends more than a witness reads', async () => {
    const large = newLog(1000)
    const sizes: number[] = []
    const { fetch } = openWitness(large)
    await clientOf(large.fork(333), fetch).submit()
    const client = clientOf(large, async (request) => {
      sizes.push((await request.clone().text()).length)
      return fetch(request)
    })
    expect(await client.submit()).toMatchObject({ status: 'cosigned' })
    expect(Math.max(...sizes)).toBeLessThan(MAX_ADD_CHECKPOINT_BYTES / 10)
  })
})

describe('reading what a witness has', () => {
  test('reading a witness returns size and root, verified under both keys', async () => {
    const log = newLog(9)
    const { fetch } = openWitness(log)
    expect(await readWitnessed(witness, log.key, ask(fetch))).toEqual({ ok: false, reason: 'never-cosigned' })
    await clientOf(log, fetch).submit()
    expect(await readWitnessed(witness, log.key, ask(fetch))).toMatchObject({
      ok: true,
      treeSize: 9,
      rootHash: log.root(9),
      time: 1_764_360_000,
    })
  })

  const log = newLog(5)
  const text = parseNote(log.checkpoint()).text
  const both = log.checkpoint() + cosigner.cosign(1, text)
  const other = newTestLog('other.example')
  other.append('one')
  const rows: { what: string; answer: () => Response; reading: object }[] = [
    { what: 'a checkpoint that both signed', answer: () => new Response(both), reading: { ok: true, treeSize: 5 } },
    {
      what: 'one that only the log signed',
      answer: () => new Response(log.checkpoint()),
      reading: { ok: false, reason: 'unverified' },
    },
    {
      what: 'one that only the witness signed',
      answer: () => new Response(`${text}\n${cosigner.cosign(1, text)}`),
      reading: { ok: false, reason: 'unverified' },
    },
    {
      what: 'one of another log',
      answer: () => new Response(other.checkpoint() + cosigner.cosign(1, parseNote(other.checkpoint()).text)),
      reading: { ok: false, reason: 'unverified' },
    },
    {
      what: 'a changed size',
      answer: () => new Response(both.replace('\n5\n', '\n6\n')),
      reading: { ok: false, reason: 'unverified' },
    },
    { what: 'a page', answer: () => new Response('<html>'), reading: { ok: false, reason: 'unverified' } },
    {
      what: 'a refusal',
      answer: () => new Response('', { status: 403 }),
      reading: { ok: false, reason: 'unverified' },
    },
    {
      what: 'not found',
      answer: () => new Response('', { status: 404 }),
      reading: { ok: false, reason: 'never-cosigned' },
    },
    { what: 'a fault', answer: () => new Response('', { status: 500 }), reading: { ok: false, reason: 'unreachable' } },
    { what: 'no end', answer: () => new Response(endless()), reading: { ok: false, reason: 'unreachable' } },
  ]
  test.each(rows)('reading a witness that answers $what returns a value', async ({ answer, reading }) => {
    expect(
      await readWitnessed(
        witness,
        log.key,
        ask(async () => answer()),
      ),
    ).toMatchObject(reading)
  })

  test('reading asks every witness that has an address, and only those', async () => {
    const unreachable = { ...witness, name: 'w2', url: 'http://nobody.example' }
    const { url: _, ...silent } = { ...witness, name: 'w3' }
    const readings = await readAllWitnessed(
      [witness, unreachable, silent],
      log.key,
      ask(async ({ url }) =>
        url.startsWith(URL_OF_WITNESS) ? new Response(both) : Promise.reject(new TypeError('fetch failed')),
      ),
    )
    expect(readings.map(({ witness: { name }, reading }) => [name, reading.ok])).toEqual([
      ['w1', true],
      ['w2', false],
    ])
  })
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const endless = () =>
  new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(4096).fill(0x61))
    },
  })
