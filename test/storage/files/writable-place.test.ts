import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Store } from '../../../src/ports/store.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { record, TEST_LOG_KEY } from '../commits.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })

async function openAt(path: string): Promise<Store> {
  const { store, close } = await openSqlite({ path, signer })
  onTestFinished(close)
  return store
}

const WRITES: readonly [what: string, write: (store: Store) => Promise<unknown>][] = [
  ['a commit', (store) => store.commit([{ record: record('one') }])],
  ['a budget', (store) => store.spend('reports', 'politie', 0, 1000)],
  ['a token id', (store) => store.rememberJti('politie', crypto.randomUUID(), 100, 0)],
  ['a cosignature', (store) => store.addCosignatures(1, [])],
  ['a probe', (store) => store.probeWrite()],
]

const expectAll = async (store: Store, isWritten: boolean) => {
  for (const [what, write] of WRITES) {
    const result = await write(store).then(
      () => 'written',
      (error: { code?: string }) => error.code,
    )
    expect(result, what).toBe(isWritten ? 'written' : 'log-unavailable')
  }
}

test('a database whose folder is moved away takes nothing, until it is back', async () => {
  const folder = join(temporaryFolder(), 'data')
  const store = await openAt(join(folder, 'sluis.sqlite'))
  await expectAll(store, true)
  const before = await store.log.checkpoint()
  renameSync(folder, `${folder}-away`)
  await expectAll(store, false)
  expect(await store.log.checkpoint()).toEqual(before)
  renameSync(`${folder}-away`, folder)
  await expectAll(store, true)
})

test('a database that is removed, or has another in its place, takes nothing', async () => {
  const path = join(temporaryFolder(), 'data', 'sluis.sqlite')
  const store = await openAt(path)
  await expectAll(store, true)
  rmSync(dirname(path), { recursive: true })
  await expectAll(store, false)
  mkdirSync(dirname(path))
  await openAt(path)
  await expectAll(store, false)
})

test('a database whose write-ahead log is removed takes nothing', async () => {
  const path = join(temporaryFolder(), 'sluis.sqlite')
  const store = await openAt(path)
  await expectAll(store, true)
  rmSync(`${path}-wal`)
  await expectAll(store, false)
})

test('a database that was opened before takes everything at once', async () => {
  const path = join(temporaryFolder(), 'sluis.sqlite')
  const first = await openSqlite({ path, signer })
  await first.store.commit([{ record: record('one') }])
  first.close()
  await expectAll(await openAt(path), true)
})
