import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { verifyLog } from '../../src/audit/verify/verify.ts'
import { openSqlite, openSqliteReader, type SqliteReader } from '../../src/storage/better-sqlite.ts'
import { createCheckpointSigner, generateLogKey } from '../../src/storage/log/checkpoint-signer.ts'
import { AT, commitOne, deliveryCommit, receiptOf, record, TEST_LOG_KEY, TEST_ORIGIN } from './commits.ts'
import { temporaryFolder } from './temporary-folder.ts'

const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
const { verifierKey } = signer

const temporaryPath = () => join(temporaryFolder(), 'sluis.db')

/** A closed database with 300 records in three batches. */
async function writtenDatabase(): Promise<string> {
  const path = temporaryPath()
  const { store, close } = await openSqlite({ path, signer })
  for (let batch = 0; batch < 3; batch++) {
    await store.commit(Array.from({ length: 100 }, (_, index) => ({ record: record(`${batch * 100 + index}`) })))
  }
  close()
  return path
}

function change(path: string, sql: string): void {
  const client = new Database(path)
  client.exec(sql)
  client.close()
}

describe('opening a database', () => {
  test('opening a database continues the log where it was', async () => {
    const path = await writtenDatabase()
    const { store, close } = await openSqlite({ path, signer })
    expect((await store.log.checkpoint())?.treeSize).toBe(300)
    expect(receiptOf(await commitOne(store, { record: record('next') })).leafIndex).toBe(300)
    close()
  })

  test('opening a database makes files that only their owner can read', async () => {
    const path = join(temporaryFolder(), 'new', 'sluis.db')
    const { store, close } = await openSqlite({ path, signer })
    await store.commit([deliveryCommit('a')])
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    close()
  })

  const swapped =
    'update checkpoint set frontier = (select frontier from checkpoint where tree_size = 100) where tree_size = 300'
  const damages: [statement: string, sql: string, message: RegExp][] = [
    ['an entry less than the checkpoint covers', 'delete from entry where leaf_index = 299', /number of records/],
    ['an entry more than the checkpoint covers', "insert into entry values (300, x'00', x'00')", /number of records/],
    ['no checkpoint at all', 'delete from checkpoint', /number of records/],
    ['another frontier', swapped, /the tree is not the one/],
    ['another note', "update checkpoint set note = replace(note, '300', '301')", /not signed with this log key/],
  ]
  test.each(damages)('a database whose log has %s does not open', async (_, sql, message) => {
    const path = await writtenDatabase()
    change(path, sql)
    await expect(openSqlite({ path, signer })).rejects.toMatchObject({ code: 'not-ready', message })
    // The lock does not outlive the refusal: the same answer again, not that another process has it.
    await expect(openSqlite({ path, signer })).rejects.toMatchObject({ code: 'not-ready', message })
  })

  test('a database whose log has another key or another origin does not open', async () => {
    const path = await writtenDatabase()
    for (const origin of [TEST_ORIGIN, 'sluis.example/other']) {
      const other = createCheckpointSigner({ origin, privateKey: generateLogKey(origin, randomBytes).privateKey })
      await expect(openSqlite({ path, signer: other })).rejects.toThrow(/not signed with this log key/)
    }
  })

  test('a database is for one process; being killed lets the next one in, and loses nothing that was committed', async () => {
    const path = temporaryPath()
    const { store, close } = await openSqlite({ path, signer })
    const message = `database \`${path}\`: another process already writes to it and holds \`${path}.lock\`; stop that process or give another database`
    expect((await startWriter(path)).firstLine).toBe(`refused: ${message}`)
    await store.commit([{ record: record('written here') }])
    close()

    const writer = await startWriter(path)
    expect(writer.firstLine).toBe('committed')
    await expect(openSqlite({ path, signer })).rejects.toMatchObject({ code: 'not-ready', message })
    await writer.kill()

    const reopened = await openSqlite({ path, signer })
    expect((await reopened.store.log.checkpoint())?.treeSize).toBe(2)
    reopened.close()
  })
})

/** Starts another process on the database and waits for what it has to say. */
async function startWriter(path: string) {
  const script = fileURLToPath(new URL('./locked-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  const [firstLine] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { firstLine, kill }
}

const verify = (reader: SqliteReader) =>
  verifyLog({
    records: reader.records(),
    leafHashes: reader.leafHashes(),
    checkpoints: reader.checkpoints(),
    verifierKeys: [verifierKey],
  })

describe('reading a database', () => {
  test('a database is read and its whole log verified while the writer continues', async () => {
    const path = await writtenDatabase()
    const { store, close } = await openSqlite({ path, signer })
    const reader = openSqliteReader(path)
    await store.commit([{ record: record('after the reader opened') }])
    expect(reader.size).toBe(300)
    expect(await verify(reader)).toMatchObject({ ok: true, treeSize: 300 })
    expect(await verify(reader)).toMatchObject({ ok: true, treeSize: 300 })
    reader.close()
    close()
  })

  test('a copy of a database is verified', async () => {
    const path = await writtenDatabase()
    const copy = temporaryPath()
    copyFileSync(path, copy)
    const reader = openSqliteReader(copy)
    expect(await verify(reader)).toMatchObject({ ok: true, treeSize: 300 })
    reader.close()
  })

  const tampered: [statement: string, sql: string, fault: object][] = [
    ['a changed record', "update entry set record = x'7b7d' where leaf_index = 42", { firstBadIndex: 42 }],
    ['a record that no checkpoint covers', "insert into entry values (300, x'00', x'00')", { firstBadIndex: 300 }],
    ['a record taken away', 'delete from entry where leaf_index = 42', { ok: false }],
  ]
  test.each(tampered)('the verification of a database shows %s', async (_, sql, fault) => {
    const path = await writtenDatabase()
    change(path, sql)
    const reader = openSqliteReader(path)
    expect(await verify(reader)).toMatchObject({ ok: false, ...fault })
    reader.close()
  })

  test('a database returns the rule set that a decision was made under', async () => {
    const path = temporaryPath()
    const { store, close } = await openSqlite({ path, signer })
    const archives = ['1', '2'].map((name) => ({ policyHash: name, sourceHash: 's', content: `text ${name}`, at: AT }))
    for (const policyArchive of archives) await commitOne(store, { record: record('policy'), policyArchive })
    const reader = openSqliteReader(path)
    expect(reader.findPolicyArchive('1')).toEqual(archives[0])
    expect(reader.findPolicyArchive('3')).toBeUndefined()
    reader.close()
    close()
  })

  test('a file that is no database of Sluis is refused', () => {
    const path = temporaryPath()
    expect(() => openSqliteReader(path)).toThrow(/cannot be read as a database of Sluis/)
    writeFileSync(path, 'text')
    expect(() => openSqliteReader(path)).toThrow(/cannot be read as a database of Sluis/)
  })
})
