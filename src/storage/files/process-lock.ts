import Database from 'better-sqlite3'
import { sluisError } from '../../errors.ts'

/** Held for as long as the process lives, or until it is released. */
export interface ProcessLock {
  release(): void
}

/**
 * Claims the one place of writer. The claim is an open exclusive transaction on a file of its own, `<path>.lock`: the kernel
 * lets go of it however the process ends, so that no stale lock ever has to be removed by hand.
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
