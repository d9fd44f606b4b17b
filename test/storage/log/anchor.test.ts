import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import { openSqlite } from '../../../src/storage/better-sqlite.ts'
import { createAnchor } from '../../../src/storage/log/anchor.ts'
import { createCheckpointSigner } from '../../../src/storage/log/checkpoint-signer.ts'
import { commitOne, receiptOf, record, TEST_LOG_KEY, TEST_ORIGIN } from '../commits.ts'
import { dyingDisk } from '../dying-disk.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

/** An anchored store in a folder of its own; its anchor lies in a folder that can be taken away. */
async function openAnchored() {
  const folder = temporaryFolder()
  const path = join(folder, 'anchor', 'log.anchor')
  mkdirSync(join(folder, 'anchor'))
  const faults: Error[] = []
  const anchoring = { path, earlierKeys: [], reportFault: (error: unknown) => void faults.push(error as Error) }
  const open = () => openSqlite({ path: join(folder, 'sluis.db'), signer, anchoring })
  return { path, faults, open, ...(await open()), read: () => readFileSync(path, 'utf8') }
}

const sizeOf = (note: string): number => Number(note.split('\n')[1])

describe('the anchor', () => {
  test('the anchor is there from the first start, and holds the checkpoint of every batch before its callers have their answer', async () => {
    const { store, read, path, close, faults } = await openAnchored()
    expect(sizeOf(read())).toBe(0)
    for (let size = 1; size <= 3; size++) {
      const { proof } = receiptOf(await commitOne(store, { record: record(`${size}`) }))
      expect(proof.endsWith(`\n\n${read()}`)).toBe(true)
      expect(sizeOf(read())).toBe(size)
    }
    expect(statSync(path).mode & 0o777).toBe(0o600)
    close()
    expect(readFileSync(`${path}.synced`, 'utf8')).toBe(read())
    expect(faults).toEqual([])
  })

  test('the anchor stays as it is when nothing of a batch was stored', async () => {
    const { store, read, close } = await openAnchored()
    await commitOne(store, { record: record('one') })
    const before = read()
    const stale = { record: record('two'), erase: { deliveryId: 'none', at: '2026-11-22T10:00:00.000Z' } }
    expect(await commitOne(store, stale)).toEqual({ status: 'stale' })
    expect(read()).toBe(before)
    close()
  })

  test('the anchor is durable within a second without another batch', async () => {
    const { store, read, path, close } = await openAnchored()
    await commitOne(store, { record: record('one') })
    await delay(1300)
    expect(readFileSync(`${path}.synced`, 'utf8')).toBe(read())
    close()
  })

  test.each([1, 2])('an anchor that fails at call %i of the file system keeps its earlier text', (at) => {
    const path = join(temporaryFolder(), 'log.anchor')
    createAnchor({ path, reportFault: () => {} }).writeDurably('before')
    const disk = dyingDisk(at)
    const anchor = createAnchor({ path, reportFault: () => {} }, disk.calls)
    expect(() => anchor.write('after')).toThrow()
    expect(readFileSync(path, 'utf8')).toBe('before')
    anchor.close()
    expect(readFileSync(`${path}.synced`, 'utf8')).toBe('before')
  })

  test('the anchor replaces a longer text whole', () => {
    const path = join(temporaryFolder(), 'log.anchor')
    const anchor = createAnchor({ path, reportFault: () => {} })
    for (const note of ['long note\n', 'longer note\n', 'note\n']) {
      anchor.write(note)
      expect(readFileSync(path, 'utf8')).toBe(note)
    }
    anchor.close()
  })

  test('the anchor is found by its name again within a second after it was moved away', async () => {
    const { store, path, read, close } = await openAnchored()
    await commitOne(store, { record: record('one') })
    rmSync(path)
    await delay(1300)
    await commitOne(store, { record: record('two') })
    expect(sizeOf(read())).toBe(2)
    close()
  })

  test('an anchor that cannot be written is reported and fails nobody; the next batch writes it', async () => {
    const { store, read, path, faults, open, close } = await openAnchored()
    // A folder in its place: no write gets through, whoever asks.
    rmSync(path)
    mkdirSync(path)
    const receipt = receiptOf(await commitOne(store, { record: record('one') }))
    expect(await verifyReceipt(receipt, signer.verifierKey)).toEqual({ ok: true, treeSize: 1 })
    await commitOne(store, { record: record('two') })
    expect(faults.map(({ name }) => name)).toEqual(['AnchorFault', 'AnchorFault'])
    rmdirSync(path)
    await commitOne(store, { record: record('three') })
    expect(sizeOf(read())).toBe(3)
    expect(faults).toHaveLength(2)
    close()
    ;(await open()).close()
  })

  test('an anchor that a power cut emptied is restored from the one that survived it; a start brings both up to date', async () => {
    const { store, path, close, open } = await openAnchored()
    await commitOne(store, { record: record('one') })
    close()
    writeFileSync(path, '')
    const next = await open()
    expect(sizeOf(readFileSync(path, 'utf8'))).toBe(1)
    next.close()
    expect(existsSync(`${path}.synced`)).toBe(true)
  })
})

describe('a database that is taken back while the process runs', () => {
  test('a database that is taken back while the process runs is not written to any more: no size is signed twice', async () => {
    const path = join(temporaryFolder(), 'sluis.db')
    const { store, close } = await openSqlite({ path, signer })
    await commitOne(store, { record: record('one') })
    const kept = receiptOf(await commitOne(store, { record: record('two') }))
    const other = new Database(path)
    other.exec('delete from checkpoint where tree_size = 2; delete from entry where leaf_index = 1')
    other.close()
    await expect(store.commit([{ record: record('another two') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    await expect(store.commit([{ record: record('another two') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    expect((await store.log.checkpoint())?.treeSize).toBe(1)
    expect(await verifyReceipt(kept, signer.verifierKey)).toMatchObject({ ok: true })
    close()
  })

  test('a database is refused when its newest checkpoint is another of the same size', async () => {
    const path = join(temporaryFolder(), 'sluis.db')
    const { store, close } = await openSqlite({ path, signer })
    await commitOne(store, { record: record('one') })
    const client = new Database(path)
    client.exec("update checkpoint set note = note || ' '")
    client.close()
    await expect(store.commit([{ record: record('two') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    close()
  })

  test('a database continues after a batch that failed, and after one of which nothing was stored', async () => {
    const path = join(temporaryFolder(), 'sluis.db')
    const { store, close } = await openSqlite({ path, signer })
    await commitOne(store, { record: record('one') })
    const client = new Database(path)
    client.exec("create trigger refuse before insert on checkpoint begin select raise(abort, 'no'); end")
    await expect(store.commit([{ record: record('two') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    client.exec('drop trigger refuse')
    client.close()
    await commitOne(store, { record: record('stale'), erase: { deliveryId: 'none', at: '2026-11-22T10:00:00.000Z' } })
    expect(receiptOf(await commitOne(store, { record: record('two again') })).leafIndex).toBe(1)
    close()
  })
})
