import type { DurableObjectStorage } from '@cloudflare/workers-types'
import { drizzle } from 'drizzle-orm/durable-sqlite'
import { migrate } from 'drizzle-orm/durable-sqlite/migrator'
import type { CheckpointSigner } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'
import { checkHead } from './log/head-check.ts'
import m0000 from './migrations/0000_init.sql'
import m0001 from './migrations/0001_approvals_and_erasure.sql'
import m0002 from './migrations/0002_linking.sql'
import m0003 from './migrations/0003_verifiable_log.sql'
import m0004 from './migrations/0004_progress_of_deliveries.sql'
import m0005 from './migrations/0005_own_codes.sql'
import m0006 from './migrations/0006_sessions.sql'
import m0007 from './migrations/0007_mail_marks.sql'
import journal from './migrations/meta/_journal.json' with { type: 'json' }
import { createSqliteStore } from './sqlite-store.ts'

/** Every migration in the journal, under the name that drizzle's migrator expects. */
const migrations = { m0000, m0001, m0002, m0003, m0004, m0005, m0006, m0007 }

/**
 * Opens the store in the SQLite storage of one Durable Object, which is the one writer of its log. Await it inside
 * `blockConcurrencyWhile`. The platform delays every response until earlier writes are durable, so `commit`
 * keeps its promise although it returns earlier.
 *
 * There is no anchor beside it: that the platform put back an older state as a whole (point-in-time recovery) is noticed only by
 * a witness (`checkAgainst`).
 *
 * @throws SluisError `not-ready` when the log cannot be continued
 * @see https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/
 */
export async function openDurableObjectStore(
  storage: DurableObjectStorage,
  { signer }: { signer: CheckpointSigner },
): Promise<Store> {
  const db = drizzle(storage)
  await migrate(db, { journal, migrations })
  await checkHead(db, signer)
  return createSqliteStore(db, { signer })
}
