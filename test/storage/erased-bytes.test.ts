import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Commit } from '../../src/ports/commit.ts'
import type { Store } from '../../src/ports/store.ts'
import { openSqlite, prepareDatabase } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { createSqliteStore } from '../../src/storage/sqlite-store.ts'
import { deliveryCommit, LATER, record, TEST_LOG_KEY, TEST_ORIGIN } from './commits.ts'
import { temporaryFolder } from './temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
const TOKENS = 26

const bytes = (length: number): Buffer => Buffer.from(crypto.getRandomValues(new Uint8Array(length)))

/** A report and all that must be gone when it is destroyed: pieces of its sealed content, its salts, its tokens and its own codes. */
function randomReport(
  id: string,
  sealedBytes: number,
): { readonly commit: Commit; readonly traces: readonly Buffer[] } {
  const sealed = bytes(sealedBytes).toString('hex')
  const salts = { payload: bytes(32), 'data-subject/0': bytes(32) }
  const tokens = Array.from({ length: TOKENS }, () => bytes(16))
  const ownCodes = bytes(126)
  const commit = deliveryCommit(id, {
    salts,
    delivery: { id: `delivery-${id}`, sealed },
    mentions: [
      {
        id,
        dataSubject: 0,
        domain: 'registratie',
        personId: `person ${id}`,
        isLinkable: true,
        epoch: 1,
        pseudonymEpoch: 1,
        tokens: tokens.map((token, family) => ({ family, token })),
        ownCodes,
        lookup: { domain: 'registratie', tokens, blockLimit: 50 },
        fingerprint: '',
      },
    ],
  })
  const pieces = Array.from({ length: sealed.length / 32 }, (_, position) =>
    Buffer.from(sealed.slice(position * 32, (position + 1) * 32)),
  )
  return { commit, traces: [...pieces, ...Object.values(salts), ...tokens, ownCodes] }
}

/** How many of the traces are in each file of a folder; files without any are left out. */
function findTraces(folder: string, traces: readonly Buffer[]): Record<string, number> {
  const byHead = Map.groupBy(traces, (trace) => trace.readUInt32BE(0))
  const found: Record<string, number> = {}
  for (const name of readdirSync(folder)) {
    const file = readFileSync(join(folder, name))
    for (let position = 0; position + 4 <= file.length; position++) {
      for (const trace of byHead.get(file.readUInt32BE(position)) ?? []) {
        if (file.subarray(position, position + trace.length).equals(trace)) found[name] = (found[name] ?? 0) + 1
      }
    }
  }
  return found
}

/** A copy of a data folder at this moment: what a process that dies now leaves behind. */
function copyFolder(folder: string): string {
  const copy = temporaryFolder()
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
  return copy
}

const erase = (id: string): Commit => ({
  record: record(`erase ${id}`),
  erase: { deliveryId: `delivery-${id}`, at: LATER },
})

/** A database with many reports in it, and the traces of each by its id. */
async function fill(store: Store, count: number): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const reports = Array.from(
    { length: count },
    (_, index) => [`x${index}`, randomReport(`x${index}`, (index % 7) * 320)] as const,
  )
  const empty = await store.findCandidates({ domain: 'registratie', tokens: [bytes(16)], blockLimit: 50 })
  for (let start = 0; start < count; start += 40) {
    const batch = reports.slice(start, start + 40).map(([, { commit }]) => ({
      ...commit,
      exchange: {
        ...commit.exchange!,
        mentions: commit.exchange!.mentions.map((mention) => ({ ...mention, fingerprint: empty.fingerprint })),
      },
    }))
    const results = await store.commit(batch)
    expect(results.every(({ status }) => status === 'committed')).toBe(true)
  }
  return new Map(reports.map(([id, { traces }]) => [id, traces]))
}

async function openFilled(count: number) {
  const folder = temporaryFolder()
  const path = join(folder, 'sluis.sqlite')
  const opened = await openSqlite({ path, signer })
  onTestFinished(opened.close)
  return { ...opened, folder, path, traces: await fill(opened.store, count) }
}

test('no file holds a trace of a destroyed report once its commit is answered, however its pages were split before', async () => {
  const { store, folder, path, traces } = await openFilled(400)
  const gone: Buffer[] = []
  for (let index = 0; index < 400; index += 50) {
    const ids = [`x${index}`, `x${index + 1}`, `x${index + 17}`]
    expect(
      Object.keys(
        findTraces(
          folder,
          ids.flatMap((id) => traces.get(id)!),
        ),
      ),
    ).not.toEqual([])
    await store.commit(ids.map(erase))
    gone.push(...ids.flatMap((id) => traces.get(id)!))
    expect(findTraces(folder, gone)).toEqual({})
  }
  const reader = new Database(path, { readonly: true })
  expect(reader.pragma('integrity_check', { simple: true })).toBe('ok')
  reader.close()
  expect(findTraces(folder, traces.get('x2')!)['sluis.sqlite']).toBeGreaterThanOrEqual(TOKENS)
})

test('a gateway that died before it emptied the -wal has no trace of what was destroyed after its next start', async () => {
  const { store, folder, path, traces } = await openFilled(300)
  const gone = traces.get('x30')!
  // A reader of the database holds the old state, so that the -wal cannot be emptied.
  const reader = new Database(path, { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from entry').get()
  await store.commit([erase('x30')])
  const dead = copyFolder(folder)
  expect(findTraces(dead, gone)).not.toEqual({})
  const { close } = await openSqlite({ path: join(dead, 'sluis.sqlite'), signer })
  onTestFinished(close)
  expect(findTraces(dead, gone)).toEqual({})
  expect(findTraces(folder, gone)).not.toEqual({})
  reader.exec('commit')
  reader.close()
  await store.commit([erase('x31')])
  expect(findTraces(folder, gone)).toEqual({})
})

test('a reader that holds the old state delays no commit, and the trace goes on its own when the reader is done', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { store, folder, path, traces } = await openFilled(80)
  const reader = new Database(path, { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from entry').get()
  const [result] = await store.commit([erase('x3')])
  expect(result!.status).toBe('committed')
  reader.close()
  expect(findTraces(folder, traces.get('x3')!)).not.toEqual({})
  vi.advanceTimersByTime(60_000)
  expect(findTraces(folder, traces.get('x3')!)).toEqual({})
})

test('a database of before is cleared once, whole, when it is opened', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'sluis.sqlite')
  const client = new Database(path)
  const store = createSqliteStore(prepareDatabase(client), { signer })
  const traces = await fill(store, 1_200)
  const ids = [...traces.keys()].filter((_, index) => index % 3 === 0)
  for (const id of ids) await store.commit([erase(id)])
  client.close()
  const gone = ids.flatMap((id) => traces.get(id)!)
  expect(findTraces(folder, gone)).not.toEqual({})
  ;(await openSqlite({ path, signer })).close()
  expect(findTraces(folder, gone)).toEqual({})
})
