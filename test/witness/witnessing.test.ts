import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { parseNote, parseVerifierKey, verifyNote } from '../../src/audit/checkpoint/signed-note.ts'
import type { Store } from '../../src/ports/store.ts'
import { openSqlite } from '../../src/storage/better-sqlite.ts'
import { copyDatabase } from '../../src/storage/files/database-copy.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import type { Fetch } from '../../src/witness/ask.ts'
import { createWitnessClient, type Submission } from '../../src/witness/client.ts'
import { createWitness } from '../../src/witness/server.ts'
import { openWitnessStore } from '../../src/witness/witness-store.ts'
import { startWitnessing } from '../../src/witness/witnessing.ts'
import { record, TEST_LOG_KEY } from '../storage/commits.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner } from './test-log.ts'

const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
const logKey = parseVerifierKey(signer.verifierKey)

async function openStore(path = join(temporaryFolder(), 'sluis.sqlite')) {
  const { store, close } = await openSqlite({ path, signer })
  onTestFinished(() => close())
  return { store, path }
}

/** A real witness of the log, and a way to it that a test can bend. */
function newWitness(name: string) {
  const cosigner = newCosigner(name)
  const store = openWitnessStore(join(temporaryFolder(), 'witness.sqlite'))
  onTestFinished(() => store.close())
  const app = createWitness({ logs: [logKey], store, cosigner, clock: () => new Date(), reportFault() {} })
  const key = parseVerifierKey(cosigner.verifierKey, 'cosignature/v1')
  const way = { answer: (request: Request): Promise<Response> => app.fetch(request), underWay: 0, most: 0, requests: 0 }
  const fetch: Fetch = async (request) => {
    way.requests += 1
    way.underWay += 1
    way.most = Math.max(way.most, way.underWay)
    try {
      return await way.answer(request)
    } finally {
      way.underWay -= 1
    }
  }
  return { name, key, way, app, fetch }
}

function witnessingOf(store: Store, witnesses: readonly ReturnType<typeof newWitness>[], intervalMs = 1) {
  const abort = new AbortController()
  const reports: { witness: string; submission: Submission }[] = []
  const faults: unknown[] = []
  const witnessing = startWitnessing({
    store,
    clients: witnesses.map(({ name, key, fetch }) =>
      createWitnessClient({ name, key, url: 'http://witness.example' }, store.log, logKey, {
        fetch,
        timeoutMs: 30_000,
        signal: abort.signal,
      }),
    ),
    intervalMs,
    abort,
    report: (witness, submission) => reports.push({ witness, submission }),
    reportFault: (error) => faults.push(error),
  })
  onTestFinished(() => witnessing.close())
  return { witnessing, reports, faults }
}

const commit = (store: Store, name: string) => store.commit([{ record: record(name) }])
const hang = (request: Request) =>
  new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))

async function cosignersOf(store: Store, witnesses: readonly ReturnType<typeof newWitness>[]): Promise<string[]> {
  const { note } = (await store.log.checkpoint())!
  const verification = await verifyNote(note, [logKey, ...witnesses.map(({ key }) => key)])
  return verification.ok ? verification.signatures.slice(1).map(({ key }) => key.name) : []
}

/** Repeats a check until it holds; a loaded machine may need seconds for what takes milliseconds. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })

describe('witnessing', () => {
  test('witnessing follows a commit with a submission to every witness, whose lines then stand under the checkpoint', async () => {
    const { store } = await openStore()
    const witnesses = [newWitness('w1.example'), newWitness('w2.example')]
    const { witnessing, reports, faults } = witnessingOf(store, witnesses)
    for (const name of ['one', 'two', 'three']) {
      await commit(witnessing.store, name)
      await eventually(async () => expect(await cosignersOf(store, witnesses)).toEqual(['w1.example', 'w2.example']))
    }
    expect({ reports, faults }).toEqual({ reports: [], faults: [] })
  })

  test('witnessing lets no commit wait for a witness that does not answer, and the other witness continues', async () => {
    const { store } = await openStore()
    const [slow, quick] = [newWitness('slow.example'), newWitness('quick.example')]
    slow.way.answer = hang
    const { witnessing } = witnessingOf(store, [slow, quick])
    const startedAt = performance.now()
    for (let number = 0; number < 50; number++) await commit(witnessing.store, `record ${number}`)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    await eventually(async () => expect(await cosignersOf(store, [slow, quick])).toEqual(['quick.example']))
    expect(slow.way).toMatchObject({ requests: 1, most: 1 })
    const closing = performance.now()
    await witnessing.close()
    expect(performance.now() - closing, 'closing does not wait either').toBeLessThan(1_000)
  })

  test('witnessing has one submission under way for each witness; what is committed meanwhile goes with the next', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    const { answer } = witness.way
    witness.way.answer = async (request) => {
      await delay(30)
      return answer(request)
    }
    const { witnessing } = witnessingOf(store, [witness])
    for (let number = 0; number < 100; number++) await commit(witnessing.store, `record ${number}`)
    await Promise.all([witnessing.submit(), witnessing.submit(), witnessing.submit()])
    await eventually(async () => expect(await cosignersOf(store, [witness])).toEqual(['w1.example']))
    expect(witness.way.most).toBe(1)
    expect(witness.way.requests).toBeLessThan(50)
  })

  test('witnessing does not submit what is cosigned already', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    const { witnessing } = witnessingOf(store, [witness])
    await commit(store, 'one')
    for (let time = 0; time < 3; time++) await witnessing.submit()
    expect(witness.way.requests).toBe(1)
  })

  test('witnessing leaves a witness alone that failed, reports it once, and tries again after a while', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    const { answer } = witness.way
    witness.way.answer = async () => new Response(null, { status: 503 })
    const { witnessing, reports, faults } = witnessingOf(store, [witness])
    for (const name of ['one', 'two', 'three']) {
      await commit(witnessing.store, name)
      await delay(20)
    }
    expect(witness.way.requests).toBe(1)
    await witnessing.submit()
    await witnessing.submit()
    expect(reports.map(({ submission }) => submission)).toEqual([{ status: 'failed', reason: 'unreachable' }])
    witness.way.answer = answer
    await witnessing.submit()
    await commit(witnessing.store, 'four')
    await eventually(async () => expect(await cosignersOf(store, [witness])).toEqual(['w1.example']))
    expect(reports.map(({ submission: { status } }) => status)).toEqual(['failed', 'cosigned'])
    expect(faults).toEqual([])
  })

  test('witnessing of an empty log contacts nobody, and still follows its first commit', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    const { witnessing } = witnessingOf(store, [witness])
    await witnessing.submit()
    expect(witness.way.requests).toBe(0)
    await commit(witnessing.store, 'one')
    await eventually(async () => expect(await cosignersOf(store, [witness])).toEqual(['w1.example']))
  })

  test('witnessing reports a store that cannot keep cosignatures, and the log continues', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    const failing: Store = { ...store, addCosignatures: async () => Promise.reject(new Error('disk full')) }
    const { witnessing, faults } = witnessingOf(failing, [witness])
    await commit(witnessing.store, 'one')
    await eventually(() => expect(faults).toHaveLength(1))
    expect(await commit(witnessing.store, 'two')).toMatchObject([{ status: 'committed' }])
  })

  test.each([
    { what: 'rolled back', more: 0, status: 'rolled-back' },
    { what: 'rolled back and went on since', more: 9, status: 'forked' },
  ])('witnessing stops a log that was $what, and reports why', async ({ more, status }) => {
    const { store, path } = await openStore()
    const witness = newWitness('w1.example')
    await commit(store, 'one')
    const copyPath = join(temporaryFolder(), 'restored.sqlite')
    copyDatabase(path, copyPath)
    for (const name of ['two', 'three']) await commit(store, name)
    await witnessingOf(store, [witness]).witnessing.submit()

    const { store: restored } = await openStore(copyPath)
    for (let number = 0; number < more; number++) await commit(restored, `other ${number}`)
    const { witnessing, reports } = witnessingOf(restored, [witness])
    await witnessing.submit()
    expect(reports).toMatchObject([{ witness: 'w1.example', submission: { status, treeSize: 3 } }])
    const before = (await restored.log.checkpoint())!.treeSize
    await expect(commit(witnessing.store, 'after')).rejects.toMatchObject({ code: 'log-unavailable' })
    expect((await restored.log.checkpoint())!.treeSize).toBe(before)
    const { submission } = reports[0]!
    const proof = 'note' in submission ? submission.note : ''
    expect(await verifyNote(proof, [logKey, witness.key]), 'what it tells is proof').toMatchObject({ ok: true })
    expect(parseCheckpointBody(parseNote(proof).text)).toMatchObject({ treeSize: 3 })
  })

  test('witnessing is not stopped by a witness that only claims to have more', async () => {
    const { store } = await openStore()
    const witness = newWitness('w1.example')
    witness.way.answer = async ({ method }) =>
      method === 'POST'
        ? new Response('99\n', { status: 409, headers: { 'content-type': 'text/x.tlog.size' } })
        : new Response(null, { status: 404 })
    const { witnessing, reports } = witnessingOf(store, [witness])
    await commit(witnessing.store, 'one')
    await witnessing.submit()
    expect(reports.map(({ submission }) => submission)).toEqual([{ status: 'refused', reason: 'inconsistent' }])
    expect(await commit(witnessing.store, 'two')).toMatchObject([{ status: 'committed' }])
  })
})
