import Database from 'better-sqlite3'
import { sluisError } from '../../errors.ts'

/** Held until it is released or the process ends. */
export interface ProcessLock {
  release(): void
}

/**
 * Locks a database for a single writer. The lock is an open exclusive transaction on a separate file, `<path>.lock`: the kernel
 * releases it however the process ends, so a stale lock never has to be removed by hand.
 *
 * @throws SluisError `not-ready` when another process holds it
 */
export function acquireProcessLock(path: string): ProcessLock {
  const lockPath = `${path}.lock`
  const client = new Database(lockPath, { timeout: 0 })
  try {
    client.exec('begin exclusive')
  } catch (cause) {
    client.close()
    if (!(cause instanceof Database.SqliteError) || !cause.code.startsWith('SQLITE_BUSY')) throw cause
    throw sluisError(
      'not-ready',
      {
        nl: `database \`${path}\`: een ander proces schrijft er al in en houdt \`${lockPath}\` vast; stop dat proces of geef een andere database`,
        en: `database \`${path}\`: another process already writes to it and holds \`${lockPath}\`; stop that process or give another database`,
      },
      { cause },
    )
  }
  return {
    release() {
      client.close()
    },
  }
}
