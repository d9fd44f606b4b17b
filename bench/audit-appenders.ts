import Database from 'better-sqlite3'
import { formatUtf8 } from '../src/encoding/bytes.ts'
import { createBatchQueue } from '../src/storage/batch-queue.ts'
import { openSqlite } from '../src/storage/better-sqlite.ts'
import { createGroupCommit } from '../src/storage/group-commit.ts'
import { createCheckpointSigner, generateLogKey } from '../src/storage/log/checkpoint-signer.ts'

/** As group commit has it. */
export const MAX_BATCH = 128

/** Takes records one by one; what is waiting goes together. */
export interface Appender {
  /** Resolves when the record is durable. */
  append(record: string): Promise<unknown>
  close(): void
}

export interface LogAppender extends Appender {
  readonly verifierKey: string
  /** Many records in one transaction, under one checkpoint. */
  fill(records: readonly string[]): Promise<void>
}

/** The log as the gateway runs it. */
export async function openLog(path: string): Promise<LogAppender> {
  const { privateKey } = generateLogKey('sluis.example/log', (length) => crypto.getRandomValues(new Uint8Array(length)))
  const signer = createCheckpointSigner({ privateKey })
  const { store, close } = await openSqlite({ path, signer })
  const queue = createGroupCommit(store)
  return {
    verifierKey: signer.verifierKey,
    append: (record) => queue.commit({ record }),
    async fill(records) {
      await store.commit(records.map((record) => ({ record })))
    },
    close,
  }
}

/**
 * The least that a durable insert in groups can be: the same row as an entry of the log into one table, with a leaf hash that is
 * made up beforehand, and nothing in between.
 */
export function openBareTable(path: string): Appender {
  const client = new Database(path)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.exec('create table entry (leaf_index integer primary key, record blob not null, leaf_hash blob not null)')
  const leafHash = crypto.getRandomValues(new Uint8Array(32))
  const insert = client.prepare('insert into entry (record, leaf_hash) values (?, ?)')
  const insertAll = client.transaction((records: readonly string[]) => {
    for (const record of records) insert.run(formatUtf8(record), leafHash)
  })
  const append = createBatchQueue<string, void>(async (records) => {
    insertAll.immediate(records)
    return records.map(() => undefined)
  }, MAX_BATCH)
  return { append, close: () => client.close() }
}
