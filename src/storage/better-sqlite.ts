import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { and, asc, count, gt, lte, max, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { sluisError } from '../errors.ts'
import type { CheckpointSigner } from '../ports/keys.ts'
import type { LogReader, Store } from '../ports/store.ts'
import type { ArchivedRuleSet } from '../ports/stored.ts'
import { openWalFolder, type WalFolder, withWalFolder } from './files/fold-wal.ts'
import { ensurePrivateFile } from './files/private-file.ts'
import { acquireProcessLock } from './files/process-lock.ts'
import { withPlace } from './files/writable-place.ts'
import { isLocked } from './lock-wait.ts'
import { type AnchorPlace, createAnchor, withAnchor } from './log/anchor.ts'
import { type Anchored, checkHead } from './log/head-check.ts'
import { createLogReader } from './log/log-reader.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { createPolicyArchives } from './tables/policy-archives.ts'
import { checkpoint, entry } from './tables/schema.ts'
import type { SqliteDatabase } from './tables/statements.ts'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))
const PAGE = 256

export interface OpenStore {
  readonly store: Store
  /** Closes the database and releases its lock. Await running calls first. */
  close(): void
}

/** Location of the anchor of a log, and knowledge of the log from outside the database. */
export type Anchoring = AnchorPlace & Omit<Anchored, 'anchor'>

/**
 * Opens the database of one log for the one process that writes to it; creates it, readable for its owner only, if there is
 * none. With `anchoring` every batch is anchored before its callers get their answer.
 *
 * @throws SluisError `not-ready` when another process has it open, or when the log cannot be continued
 */
export async function openSqlite(options: {
  path: string
  signer: CheckpointSigner
  anchoring?: Anchoring
}): Promise<OpenStore> {
  const { path, signer, anchoring } = options
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // SQLite gives the files beside a database the mode of the database.
  ensurePrivateFile(path)
  const lock = acquireProcessLock(path)
  const client = new Database(path)
  const anchor = anchoring && createAnchor(anchoring)
  let folder: WalFolder | undefined
  const close = () => {
    anchor?.close()
    try {
      folder?.fold()
    } finally {
      client.close()
      folder?.close()
      lock.release()
    }
  }
  try {
    const db = prepareDatabase(client)
    // A lock that lasts stops the start here, where the reason can be named.
    client.exec('begin immediate; rollback')
    await checkHead(db, signer, anchor && { ...anchoring, anchor })
    // From here on others are served, and the store waits for locks without holding them up.
    client.pragma('busy_timeout = 0')
    folder = openWalFolder(client, path)
    const placed = withPlace(createSqliteStore(db, { signer }), path)
    const store = withWalFolder(placed, folder, anchoring?.reportFault ?? (() => {}))
    return { store: anchor ? withAnchor(store, anchor, anchoring.reportFault) : store, close }
  } catch (error) {
    close()
    throw isLocked(error) ? heldByAnother(path, error) : error
  }
}

/** A store that is gone when it is closed, and that nobody else can open. */
export function openSqliteInMemory(signer: CheckpointSigner): OpenStore {
  const client = new Database(':memory:')
  return {
    store: createSqliteStore(prepareDatabase(client), { signer }),
    close() {
      client.close()
    },
  }
}

const heldByAnother = (path: string, cause: unknown) =>
  sluisError(
    'not-ready',
    {
      nl: `database \`${path}\`: een ander programma houdt een slot op de database zelf; sluit dat programma en start opnieuw`,
      en: `database \`${path}\`: another program holds a lock on the database itself; close that program and start again`,
    },
    { cause },
  )

/** Makes a connection durable and strict, and brings the tables up to date. */
export function prepareDatabase(client: Database.Database): SqliteDatabase {
  client.pragma('journal_mode = WAL')
  // NORMAL may lose commits at power loss, and the log would then sign a second tree for the same size.
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  client.pragma('busy_timeout = 5000')
  // Erased content is overwritten, not only marked as free.
  client.pragma('secure_delete = ON')
  const db = drizzle(client)
  migrate(db, { migrationsFolder: MIGRATIONS_FOLDER })
  return db
}

/** A log as it was when it was opened; later writes are not visible. */
export interface SqliteReader {
  /** Number of records, whether or not a checkpoint covers them. */
  readonly size: number
  records(): AsyncIterable<Uint8Array>
  leafHashes(): AsyncIterable<Uint8Array>
  /** Every checkpoint, by ascending size. */
  checkpoints(): AsyncIterable<{ readonly treeSize: number; readonly note: string }>
  readonly log: LogReader
  /** The rule set that was activated last. */
  findActivePolicy(): { readonly content: string } | undefined
  /** The rule set that was archived under a `policyHash`, to derive a decision again. */
  findPolicyArchive(policyHash: string): ArchivedRuleSet | undefined
  close(): void
}

/**
 * Opens a database, or a copy of one, to verify or export it: never writes, and needs neither the log key nor the lock, so
 * the gateway can keep running.
 *
 * @throws SluisError `not-ready` when there is no such file or it is not a database of Sluis
 */
export function openSqliteReader(path: string): SqliteReader {
  let client: Database.Database | undefined
  try {
    client = new Database(path, { readonly: true, fileMustExist: true })
    return createReader(client)
  } catch (cause) {
    client?.close()
    throw sluisError(
      'not-ready',
      {
        nl: `database \`${path}\`: is niet te lezen als een database van Sluis; controleer het pad en kopieer ook het bestand met -wal`,
        en: `database \`${path}\`: cannot be read as a database of Sluis; check the path, and copy the file with -wal as well`,
      },
      { cause },
    )
  }
}

function createReader(client: Database.Database): SqliteReader {
  const db: SqliteDatabase = drizzle(client)
  const log = createLogReader(db)
  const policies = createPolicyArchives(db)
  // One transaction, so that records and checkpoints are of one moment.
  const { lastIndex, size, lastSize } = db.transaction(() => ({
    ...db
      .select({ lastIndex: max(entry.leafIndex), size: count() })
      .from(entry)
      .get()!,
    ...db
      .select({ lastSize: max(checkpoint.treeSize) })
      .from(checkpoint)
      .get()!,
  }))
  const end = (lastIndex ?? -1) + 1
  const checkpointsAfter = db
    .select({ treeSize: checkpoint.treeSize, note: checkpoint.note })
    .from(checkpoint)
    .where(and(gt(checkpoint.treeSize, sql.placeholder('after')), lte(checkpoint.treeSize, lastSize ?? 0)))
    .orderBy(asc(checkpoint.treeSize))
    .limit(PAGE)
    .prepare()

  async function* readPages(read: (start: number, end: number) => Promise<readonly Uint8Array[]>) {
    for (let start = 0; start < end; start += PAGE) yield* await read(start, Math.min(start + PAGE, end))
  }

  return {
    size,
    records: () => readPages(log.records),
    leafHashes: () => readPages((start, end) => log.hashes(0, start, end)),
    async *checkpoints() {
      let after = -1
      for (let page = checkpointsAfter.all({ after }); page.length > 0; page = checkpointsAfter.all({ after })) {
        yield* page
        after = page.at(-1)!.treeSize
      }
    },
    log,
    findActivePolicy: policies.findActive,
    findPolicyArchive: policies.find,
    close() {
      client.close()
    },
  }
}
