import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { formatAddCheckpoint } from '../../src/audit/checkpoint/add-checkpoint.ts'
import { parseCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey, verifyNote } from '../../src/audit/checkpoint/signed-note.ts'
import { formatBase64, parseBase64 } from '../../src/encoding/bytes.ts'
import { createWitness } from '../../src/witness/server.ts'
import { openWitnessStore } from '../../src/witness/witness-store.ts'
import { newSigner } from '../audit/memory-log.ts'
import { hasVectors, readVectors, vectorsNote } from '../audit/vectors.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner, newTestLog, post, records, requestBody, type TestLog } from './test-log.ts'

const ORIGIN = 'log.example/2026'
// printf 'log.example/2026' | sha256sum
const ORIGIN_HASH = '3192c68a87e6daf8bbecabd9ba0d92295ae50b2c345b99ac56f22a4b33593fbe'
const cosigner = newCosigner('witness.example/w1')
const witnessKey = parseVerifierKey(cosigner.verifierKey, 'cosignature/v1')

function openWitness(logs: readonly TestLog[], path = join(temporaryFolder(), 'witness.sqlite')) {
  const clock = { now: Date.parse('2026-11-28T20:00:00.900Z') }
  const store = openWitnessStore(path)
  const faults: unknown[] = []
  onTestFinished(() => store.close())
  const app = createWitness({
    logs: logs.map(({ key }) => key),
    store,
    cosigner,
    clock: () => new Date(clock.now),
    reportFault: (error) => faults.push(error),
  })
  const add = async (body: string | Uint8Array<ArrayBuffer>) => {
    const response = await app.fetch(post(body))
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }
  const get = (hash: string) => app.fetch(new Request(`http://witness.example/${hash}/checkpoint`))
  return { app, add, get, clock, store, path, faults }
}

const newLog = (count: number) => {
  const log = newTestLog(ORIGIN)
  log.append(...records(count))
  return log
}
const textOf = (log: TestLog, size = log.size) => parseNote(log.checkpoint(size)).text
const PLAIN = expect.stringMatching(/^text\/plain/)

describe('witness', () => {
  test('a witness cosigns the first checkpoint of a log that it knows, and each that continues the one before', async () => {
    const log = newLog(600)
    const { add, clock } = openWitness([log])
    let old = 0
    for (const size of [1, 2, 2, 255, 256, 257, 600]) {
      clock.now += 1500
      const { status, type, text } = await add(await requestBody(log, old, size))
      expect({ status, type }).toEqual({ status: 200, type: PLAIN })
      const verification = await verifyNote(`${textOf(log, size)}\n${text}`, [witnessKey])
      expect(verification).toMatchObject({ ok: true, signatures: [{ time: Math.floor(clock.now / 1000) }] })
      expect(text).toMatch(/^— witness\.example\/w1 [A-Za-z0-9+/]{102}==\n$/)
      old = size
    }
  })

  test('a witness accepts an empty tree as well, and only with the root of one', async () => {
    const log = newTestLog(ORIGIN)
    const { add } = openWitness([log])
    const signer = newSigner(ORIGIN)
    expect((await add(await requestBody(log, 0, 0))).status).toBe(200)
    expect((await add(await requestBody(log, 0, 0))).status).toBe(200)
    const other = openWitness([{ ...log, key: parseVerifierKey(signer.verifierKey) }])
    const wrong = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signer.sign(0, new Uint8Array(32)) })
    expect((await other.add(wrong)).status).toBe(422)
  })

  const log = newLog(9)
  const fork = log.fork(3)
  fork.append(...records(6, 'forked'))
  const stranger = newTestLog('stranger.example')
  stranger.append('one')
  const rows: {
    what: string
    body: () => Promise<string | Uint8Array<ArrayBuffer>>
    status: number
    text?: string
    type?: string
  }[] = [
    { what: 'nothing', body: async () => '', status: 400 },
    { what: 'bytes that are no text', body: async () => Uint8Array.of(0xff, 0xfe), status: 400 },
    { what: 'a checkpoint without the lines before it', body: async () => log.checkpoint(), status: 400 },
    { what: 'no signature lines', body: async () => `old 5\n\n${textOf(log)}`, status: 400 },
    {
      what: 'an extension line',
      body: async () => (await requestBody(log, 5)).replace('\n\n— ', '\nextension\n\n— '),
      status: 400,
    },
    {
      what: 'a body that is too large',
      body: async () => `${await requestBody(log, 5)}${`— x AAAAAAA=\n`.repeat(6000)}`,
      status: 400,
    },
    { what: 'a log that it does not know', body: () => requestBody(stranger, 0), status: 404 },
    {
      what: 'a signature by another key',
      body: async () =>
        formatAddCheckpoint({
          oldSize: 5,
          proof: await log.proof(5, 9),
          checkpoint: newSigner(ORIGIN).sign(9, log.root(9)),
        }),
      status: 403,
    },
    {
      what: 'a signature of its log that fails',
      body: async () => (await requestBody(log, 5)).replace('\n9\n', '\n8\n'),
      status: 403,
    },
    {
      what: 'an old size above the new one',
      body: async () => formatAddCheckpoint({ oldSize: 6, proof: [], checkpoint: log.checkpoint(5) }),
      status: 400,
    },
    {
      what: 'an old size below the one it cosigned',
      body: () => requestBody(log, 3),
      status: 409,
      text: '5\n',
      type: 'text/x.tlog.size',
    },
    {
      what: 'an old size of nothing',
      body: () => requestBody(log, 0),
      status: 409,
      text: '5\n',
      type: 'text/x.tlog.size',
    },
    {
      what: 'an old size above the one it cosigned',
      body: () => requestBody(log, 8),
      status: 409,
      text: '5\n',
      type: 'text/x.tlog.size',
    },
    {
      what: 'a smaller tree than it cosigned',
      body: async () => formatAddCheckpoint({ oldSize: 5, proof: [], checkpoint: log.checkpoint(4) }),
      status: 400,
    },
    {
      what: 'no proof',
      body: async () => formatAddCheckpoint({ oldSize: 5, proof: [], checkpoint: log.checkpoint() }),
      status: 422,
    },
    {
      what: 'the proof of another size',
      body: async () => formatAddCheckpoint({ oldSize: 5, proof: await log.proof(4, 9), checkpoint: log.checkpoint() }),
      status: 422,
    },
    {
      what: 'a proof with a hash more',
      body: async () =>
        formatAddCheckpoint({
          oldSize: 5,
          proof: [...(await log.proof(5, 9)), log.root(1)],
          checkpoint: log.checkpoint(),
        }),
      status: 422,
    },
    {
      what: 'a tree that forked off before',
      body: async () =>
        formatAddCheckpoint({ oldSize: 5, proof: await fork.proof(5, 9), checkpoint: fork.checkpoint() }),
      status: 422,
    },
    {
      what: 'another root at the same size',
      body: async () => formatAddCheckpoint({ oldSize: 5, proof: [], checkpoint: fork.checkpoint(5) }),
      status: 422,
    },
    {
      what: 'a proof where the size stays',
      body: async () => formatAddCheckpoint({ oldSize: 5, proof: [log.root(1)], checkpoint: log.checkpoint(5) }),
      status: 422,
    },
    { what: 'the same checkpoint again', body: () => requestBody(log, 5, 5), status: 200 },
    { what: 'a continuation', body: () => requestBody(log, 5), status: 200 },
  ]
  test.each(rows)('a witness that cosigned 5 leaves answers $status to $what', async ({ body, status, text, type }) => {
    const { add, get } = openWitness([log])
    expect((await add(await requestBody(log, 0, 5))).status).toBe(200)
    const before = await (await get(ORIGIN_HASH)).text()
    const answer = await add(await body())
    expect(answer).toMatchObject({ status, type: type ?? PLAIN, ...(text !== undefined && { text }) })
    if (status === 200) return
    expect(answer.text.length).toBeLessThan(200)
    expect(answer.text).not.toMatch(/—|example/)
    expect(await (await get(ORIGIN_HASH)).text(), 'what it has stays as it was').toBe(before)
  })

  test('a witness that cosigned nothing refuses a first request that claims it did, and one with a proof', async () => {
    const { add } = openWitness([log])
    expect(await add(await requestBody(log, 5))).toMatchObject({ status: 409, text: '0\n' })
    const proven = formatAddCheckpoint({ oldSize: 0, proof: [log.root(1)], checkpoint: log.checkpoint() })
    expect(await add(proven)).toMatchObject({ status: 422 })
    expect(await add(await requestBody(log, 0))).toMatchObject({ status: 200 })
  })

  test('a witness never states an earlier time than before, also when its clock is put back', async () => {
    const { add, clock } = openWitness([log])
    const times: number[] = []
    let old = 0
    for (const [size, step] of [
      [1, 0],
      [2, -3_600_000],
      [3, 10],
      [3, -86_400_000],
      [9, 100_000_000],
    ] as const) {
      clock.now += step
      const { text } = await add(await requestBody(log, old, size))
      const verification = await verifyNote(`${textOf(log, size)}\n${text}`, [witnessKey])
      times.push((verification.ok && verification.signatures[0]!.time) || 0)
      old = size
    }
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[4]).toBeGreaterThan(times[0]!)
  })

  test('a witness shows its newest checkpoint, signed by the log and itself, under the hash of the origin', async () => {
    const { app, add, get } = openWitness([log])
    expect((await get(ORIGIN_HASH)).status).toBe(404)
    const extra = newSigner('somebody.example').sign(1, log.root(1)).split('\n').at(-2)
    await add(`${await requestBody(log, 0, 5)}${extra}\n`)
    await add(await requestBody(log, 5, 9))
    const response = await get(ORIGIN_HASH)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    const note = await response.text()
    const verification = await verifyNote(note, [log.key, witnessKey])
    expect(verification.ok && verification.signatures.map(({ key }) => key)).toEqual([log.key, witnessKey])
    expect(parseNote(note).signatures, 'nobody else has a line').toHaveLength(2)
    expect(parseCheckpointBody(parseNote(note).text)).toMatchObject({ origin: ORIGIN, treeSize: 9 })
    const head = await app.fetch(new Request(`http://w.example/${ORIGIN_HASH}/checkpoint`, { method: 'HEAD' }))
    expect(head.status).toBe(200)
    for (const hash of [ORIGIN_HASH.toUpperCase(), ORIGIN, 'x', '..'])
      expect((await get(encodeURIComponent(hash))).status, hash).toBe(404)
  })

  test.each([
    ['GET', '/add-checkpoint', 405],
    ['POST', `/${'0'.repeat(64)}/checkpoint`, 405],
    ['DELETE', '/add-checkpoint', 405],
    ['GET', '/', 404],
    ['GET', '/checkpoint', 404],
  ])('a witness answers %s %s with %i', async (method, path, status) => {
    const response = await openWitness([log]).app.fetch(new Request(`http://w.example${path}`, { method }))
    expect(response.status).toBe(status)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    if (status === 405) expect(response.headers.get('allow')).toBeTruthy()
  })

  test('a witness keeps logs apart', async () => {
    const { add } = openWitness([log, stranger])
    expect((await add(await requestBody(log, 0, 5))).status).toBe(200)
    expect((await add(await requestBody(stranger, 0, 1))).status).toBe(200)
    expect(await add(await requestBody(stranger, 0, 1))).toMatchObject({ status: 409, text: '1\n' })
  })

  test('a witness accepts either key of a log that has two', async () => {
    const second = newTestLog(ORIGIN)
    const { add } = openWitness([log, second])
    expect((await add(await requestBody(log, 0, 5))).status).toBe(200)
    const signer = newSigner(ORIGIN)
    expect(
      (
        await add(
          formatAddCheckpoint({ oldSize: 5, proof: await log.proof(5, 9), checkpoint: signer.sign(9, log.root(9)) }),
        )
      ).status,
    ).toBe(403)
  })

  test('a witness knows after a restart what it cosigned before it', async () => {
    const first = openWitness([log])
    await first.add(await requestBody(log, 0, 5))
    first.store.close()
    const second = openWitness([log], first.path)
    expect(await second.add(await requestBody(log, 0, 9))).toMatchObject({ status: 409, text: '5\n' })
    expect((await second.add(await requestBody(log, 5, 9))).status).toBe(200)
  })

  test('a witness answers 503 and cosigns nothing when it cannot keep the checkpoint', async () => {
    const { add, store, path, faults } = openWitness([log])
    await add(await requestBody(log, 0, 5))
    const blocker = new Database(path)
    blocker.exec(`create trigger full before update on witnessed begin select raise(abort, 'disk full'); end`)
    expect(await add(await requestBody(log, 5))).toMatchObject({ status: 503, text: expect.not.stringContaining('—') })
    expect(faults).toHaveLength(1)
    expect(store.find(ORIGIN_HASH)).toMatchObject({ treeSize: 5 })
    blocker.exec('drop trigger full')
    blocker.close()
    expect((await add(await requestBody(log, 5))).status).toBe(200)
  })

  test('a witness that gets many requests at once cosigns one tree of each size', async () => {
    const forks = Array.from({ length: 8 }, (_, number) => {
      const forked = log.fork(3)
      forked.append(...records(4, `fork ${number}`))
      return forked
    })
    const path = join(temporaryFolder(), 'witness.sqlite')
    // Two processes could have the file open: here two connections.
    const witnesses = [openWitness([log], path), openWitness([log], path)]
    await witnesses[0]!.add(await requestBody(log, 0, 3))
    const answers = await Promise.all(
      forks.flatMap((forked) =>
        [4, 5, 7].flatMap((size) =>
          witnesses.map(async ({ add }) => ({
            size,
            root: formatBase64(forked.root(size)),
            status: (await add(await requestBody(forked, 3, size))).status,
          })),
        ),
      ),
    )
    const cosigned = answers.filter(({ status }) => status === 200)
    expect(cosigned.length).toBeGreaterThan(0)
    expect(new Set(cosigned.map(({ size, root }) => `${size} ${root}`)).size).toBe(1)
    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
  })
})

describe.skipIf(!hasVectors)(`witness and published consistency proofs${vectorsNote}`, () => {
  interface ConsistencyVector {
    size1: number
    size2: number
    root1: string
    root2: string
    proof: string[] | null
    desc: string
    wantErr: boolean
  }
  const isHash = (text: string) => parseBase64(text).length === 32
  // A witness that starts from nothing needs no proof, and neither sizes nor hashes that no checkpoint can carry get this far.
  const vectors = (hasVectors ? readVectors<ConsistencyVector>('merkle/consistency') : []).filter(
    ({ vector: { size1, size2, root1, root2, proof } }) =>
      size1 > 0 &&
      size2 >= size1 &&
      Number.isSafeInteger(size2) &&
      [root1, root2, ...(proof ?? [])].every(isHash) &&
      (proof ?? []).length <= 63,
  )

  test('the published consistency proofs are many, right and wrong ones', () => {
    expect(vectors.filter(({ vector }) => vector.wantErr).length).toBeGreaterThan(20)
    expect(vectors.filter(({ vector }) => !vector.wantErr).length).toBeGreaterThan(3)
  })

  test.each(vectors)(
    'a witness and the published consistency proof $name: $vector.desc',
    async ({ vector: { size1, size2, root1, root2, proof, wantErr } }) => {
      const signer = newSigner(ORIGIN)
      const { add } = openWitness([{ ...newTestLog(ORIGIN), key: parseVerifierKey(signer.verifierKey) }])
      const first = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signer.sign(size1, parseBase64(root1)) })
      expect((await add(first)).status).toBe(200)
      const second = formatAddCheckpoint({
        oldSize: size1,
        proof: (proof ?? []).map(parseBase64),
        checkpoint: signer.sign(size2, parseBase64(root2)),
      })
      expect((await add(second)).status).toBe(wantErr ? 422 : 200)
    },
  )
})
