import { closeSync, constants, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Hash } from '../audit/tree/tree.ts'
import { formatOriginHash } from './origin-hash.ts'

/** The newest checkpoint that a witness cosigned for one log. */
export interface WitnessedCheckpoint {
  readonly treeSize: number
  readonly rootHash: Hash
  /** Of the cosignature, in POSIX seconds. */
  readonly time: number
  /** Signed by the log, cosigned by the witness. */
  readonly note: string
}

/** Memory of a witness: one checkpoint for each log. Two processes may have the same store open. */
export interface WitnessStore {
  /**
   * Decides on the successor of the newest checkpoint of a log and stores it, in one exclusive transaction. Durable on return; throws
   * when it could not be stored, and then nothing was decided.
   */
  advance<Decision extends { readonly next?: WitnessedCheckpoint }>(
    origin: string,
    decide: (latest: WitnessedCheckpoint | undefined) => Decision,
  ): Decision
  /** The newest checkpoint of the log with this origin hash (lower-case hexadecimal). */
  find(originHash: string): WitnessedCheckpoint | undefined
  /** Whether the store has no checkpoint at all. */
  isEmpty(): boolean
  close(): void
}

const witnessed = sqliteTable('witnessed', {
  originHash: text('origin_hash').primaryKey(),
  origin: text('origin').notNull(),
  treeSize: integer('tree_size').notNull(),
  rootHash: blob('root_hash', { mode: 'buffer' }).notNull(),
  time: integer('time').notNull(),
  note: text('note').notNull(),
})

/** The same table in SQL, for a new file. */
const CREATE = `create table if not exists witnessed (
  origin_hash text primary key, origin text not null unique, tree_size integer not null check (tree_size >= 0),
  root_hash blob not null check (length(root_hash) = 32), time integer not null, note text not null
) strict, without rowid`

/** Opens the store in a file; creates it, readable for its owner only, if there is none. */
export function openWitnessStore(path: string): WitnessStore {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600))
  const client = new Database(path)
  try {
    return createWitnessStore(client)
  } catch (cause) {
    client.close()
    throw cause
  }
}

/** The store on a connection, which it configures to be durable. */
export function createWitnessStore(client: Database.Database): WitnessStore {
  client.pragma('journal_mode = WAL')
  // NORMAL may lose commits at power loss, and the witness would then cosign a second tree for a size.
  client.pragma('synchronous = FULL')
  // Waiting holds up every other log; one that is answered 503 submits again.
  client.pragma('busy_timeout = 40')
  client.exec(CREATE)
  const db = drizzle(client)
  const find = (originHash: string): WitnessedCheckpoint | undefined => {
    const row = db.select().from(witnessed).where(eq(witnessed.originHash, originHash)).get()
    return row && { treeSize: row.treeSize, rootHash: Uint8Array.from(row.rootHash), time: row.time, note: row.note }
  }
  return {
    advance: (origin, decide) =>
      db.transaction(
        () => {
          const originHash = formatOriginHash(origin)
          const decision = decide(find(originHash))
          if (decision.next) {
            const next = { ...decision.next, rootHash: Buffer.from(decision.next.rootHash) }
            db.insert(witnessed)
              .values({ originHash, origin, ...next })
              .onConflictDoUpdate({ target: witnessed.originHash, set: next })
              .run()
          }
          return decision
        },
        // The write lock is taken at the start, so no other process writes between the read and the decision.
        { behavior: 'immediate' },
      ),
    find,
    isEmpty: () => db.select({ origin: witnessed.origin }).from(witnessed).limit(1).get() === undefined,
    close() {
      client.close()
    },
  }
}
