import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt.ts'
import type { Commit } from '../../src/ports.ts'
import { prepareDatabase } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/checkpoint-signer.ts'
import { createSqliteStore } from '../../src/storage/sqlite-store.ts'
import {
  AT,
  commitOne,
  deliveryCommit,
  person,
  receiptOf,
  record,
  statuses,
  TEST_LOG_KEY,
  TEST_ORIGIN,
} from './commits.ts'
import { failingDriver } from './failing-driver.ts'
import { temporaryFolder } from './temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

/** One of everything that can be in a batch. */
const batch = (round: number): Commit[] => [
  deliveryCommit(`a${round}`, { persons: [person(`p${round}`, [`bsn ${round}`, `name ${round}`])] }),
  {
    record: record(`acknowledged ${round}`),
    acknowledge: { deliveryId: 'delivery-a0', recipient: 'comensha', at: AT },
  },
  {
    record: record(`policy ${round}`),
    policyArchive: { policyHash: `${round}`, sourceHash: 's', content: 'c', at: AT },
  },
  deliveryCommit(`b${round}`, { persons: [person(`p${round}`, [`bsn ${round}`])] }),
]

function open() {
  const client = new Database(join(temporaryFolder(), 'sluis.db'))
  onTestFinished(() => {
    client.close()
  })
  return client
}

function dump(client: Database.Database): Record<string, unknown[]> {
  const tables = client.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  return Object.fromEntries(tables.map((table) => [table, client.prepare(`select * from "${table}"`).all()]))
}

describe('a database that fails', () => {
  test('leaves nothing of a batch and stays usable, whichever statement fails', async () => {
    const client = open()
    const driver = failingDriver(client)
    const store = createSqliteStore(prepareDatabase(driver.client), { signer })
    // 254 records, so that the failing batches complete a tile of 256.
    await store.commit([
      ...batch(0),
      ...Array.from({ length: 250 }, (_, index) => ({ record: record(`fill ${index}`) })),
    ])
    const before = dump(client)

    let failures = 0
    for (;;) {
      driver.failAt(failures + 1)
      const outcome = await store.commit(batch(1)).catch((error: unknown) => error)
      if (Array.isArray(outcome)) break
      failures += 1
      expect(outcome).toMatchObject({ code: 'log-unavailable', cause: { message: 'disk I/O error' } })
      driver.failAt(0)
      expect(dump(client), `after failure of statement ${failures}`).toEqual(before)
    }
    // Four records, two exchanges with salts and deliveries, a person, a node, a checkpoint: it did reach all of them.
    expect(failures).toBe(driver.count())
    expect(failures).toBeGreaterThan(30)

    driver.failAt(0)
    const receipts = (await store.commit(batch(2))).map(receiptOf)
    expect(receipts.map(({ leafIndex }) => leafIndex)).toEqual([258, 259, 260, 261])
    for (const receipt of receipts) {
      expect(await verifyReceipt(receipt, signer.verifierKey)).toEqual({ ok: true, treeSize: 262 })
    }
  })

  test('does not let a token id pass that it could not remember', async () => {
    const driver = failingDriver(open())
    const store = createSqliteStore(prepareDatabase(driver.client), { signer })
    for (const statement of [1, 2, 3]) {
      driver.failAt(statement)
      await expect(store.rememberJti('issuer', 'jti', 100, 0)).rejects.toMatchObject({ code: 'log-unavailable' })
    }
    driver.failAt(0)
    expect(await store.rememberJti('issuer', 'jti', 100, 0)).toBe(true)
  })

  test('that is full refuses, and recovers by itself when there is room again', async () => {
    const client = open()
    const store = createSqliteStore(prepareDatabase(client), { signer })
    await store.commit(batch(0))
    const before = dump(client)
    client.pragma(`max_page_count = ${client.pragma('page_count', { simple: true })}`)
    const large = Array.from({ length: 100 }, (_, index) => deliveryCommit(`large ${index}`))
    for (const _ of ['first', 'second']) {
      const failure = await store.commit(large).catch((error: unknown) => error)
      expect(failure).toMatchObject({ code: 'log-unavailable', cause: { code: 'SQLITE_FULL' } })
      expect(dump(client)).toEqual(before)
      expect((await store.log.checkpoint())?.treeSize).toBe(4)
    }
    client.pragma('max_page_count = 1000000')
    expect(new Set(statuses(await store.commit(large)))).toEqual(new Set(['committed']))
    expect(receiptOf(await commitOne(store, { record: record('last') })).leafIndex).toBe(104)
  })

  test('never signs a second tree for a size, even when the head was taken back', async () => {
    const client = open()
    const store = createSqliteStore(prepareDatabase(client), { signer })
    await store.commit([{ record: record('a') }, { record: record('b') }])
    client.exec('delete from checkpoint')
    const before = dump(client)
    await expect(store.commit([{ record: record('other') }])).rejects.toMatchObject({ code: 'log-unavailable' })
    expect(dump(client)).toEqual(before)
  })
})
