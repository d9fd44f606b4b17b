import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { describe, expect, test } from 'vitest'
import { verifyLog } from '../../src/audit/verify/verify.ts'
import { openSqlite, openSqliteReader } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
import { createLogWriter } from '../../src/storage/log/log-writer.ts'
import { AT, commitOne, DECISION, receiptOf, record, report, TEST_LOG_KEY, TEST_ORIGIN } from './commits.ts'
import { temporaryFolder } from './temporary-folder.ts'

const MIGRATIONS = fileURLToPath(new URL('../../src/storage/migrations', import.meta.url))
const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })

describe('a database of the previous version', () => {
  test('a database of the previous version keeps its log, its exchanges and its deliveries, and meets persons anew', async () => {
    const path = join(temporaryFolder(), 'sluis.db')
    writePreviousVersion(path)
    const { store, close } = await openSqlite({ path, signer })
    const receipt = { leafIndex: 0, record: record('sent'), proof: 'proof' }
    expect(await store.findExchange('politie', 'e1')).toMatchObject({ recipient: 'comensha', receipt })
    expect(await store.listDeliveries('comensha', 0, 10)).toEqual([
      {
        cursor: 1,
        delivery: {
          id: 'd1',
          kind: 'exchange',
          exchangeId: 'e1',
          recipient: 'comensha',
          sender: 'politie',
          at: AT,
          sealed: 'sealed',
          acknowledgedAt: AT,
          receipt,
        },
      },
    ])
    expect(await store.findHold('politie', 'e2')).toMatchObject({ status: 'waiting' })
    expect(await store.listErasable(AT, 10)).toEqual([{ deliveryId: 'd1', exchangeId: 'e1', recipient: 'comensha' }])
    expect(await store.listDomains()).toEqual([])
    expect(await store.findPerson('registratie', 'p1')).toBeUndefined()

    const approve = { exchangeId: 'e2', by: 'politie.twee', at: AT, remaining: 0 }
    expect(receiptOf(await commitOne(store, { record: record('approved'), approve })).leafIndex).toBe(2)
    expect((await store.listDeliveries('comensha', 1, 10)).map(({ delivery }) => delivery.id)).toEqual(['d2'])
    expect((await report(store, 'e3', ['bsn'])).status).toBe('committed')
    close()
    const reader = openSqliteReader(path)
    expect(
      await verifyLog({
        records: reader.records(),
        leafHashes: reader.leafHashes(),
        checkpoints: reader.checkpoints(),
        verifierKeys: [signer.verifierKey],
      }),
    ).toMatchObject({ ok: true, treeSize: 4 })
    reader.close()
  })
})

/** A database before persons were linked by mentions: one exchange delivered, one held, one person. */
function writePreviousVersion(path: string): void {
  const client = new Database(path)
  const folder = temporaryFolder()
  cpSync(MIGRATIONS, folder, { recursive: true })
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'))
  const previous = { ...journal, entries: journal.entries.slice(0, 2) }
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify(previous))
  const db = drizzle(client)
  migrate(db, { migrationsFolder: folder })
  createLogWriter(db, signer).append([record('sent'), record('held')])
  for (const [index, id] of ['1', '2'].entries()) {
    client
      .prepare(`insert into exchange (id, sender, recipient, outcome, at, decision, key_hash, body_hash, leaf_index, proof)
        values (?, 'politie', 'comensha', 'verstrekt', ?, ?, ?, x'00', ?, 'proof')`)
      .run(`e${id}`, AT, JSON.stringify(DECISION), id, index)
    client.prepare(`insert into salt values (?, 'payload', x'00')`).run(`e${id}`)
  }
  client.exec(`insert into delivery values ('d1', 'e1', 'comensha', 1, 'sealed', '${AT}', '${AT}', null);
    insert into delivery values ('d2', 'e2', 'comensha', null, 'sealed', null, null, null);
    insert into hold values ('e2', 'politie', 1, '2027-01-01T00:00:00.000Z', 'waiting');
    insert into person values ('registratie', 'p1', 1);
    insert into match_token values ('registratie', x'00', 'p1');`)
  client.close()
}

test('the Durable Object has every migration', () => {
  const { entries } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  const source = readFileSync(fileURLToPath(new URL('../../src/storage/durable-object.ts', import.meta.url)), 'utf8')
  const given = source.match(/const migrations = \{ ([^}]+) \}/)![1]!.split(', ')
  expect(given).toEqual(entries.map(({ tag }) => `m${tag.slice(0, 4)}`))
  for (const { tag } of entries) expect(source).toContain(`'./migrations/${tag}.sql'`)
})
