import Database from 'better-sqlite3'
import type { CheckpointSigner } from '../../ports/keys.ts'
import type { LogReader } from '../../ports/store.ts'
import { prepareDatabase } from '../better-sqlite.ts'
import { acquireProcessLock } from '../files/process-lock.ts'
import { checkTree, type Head, readHead } from './head-check.ts'
import { createLogReader } from './log-reader.ts'
import { createLogWriter } from './log-writer.ts'
import { insertOrigin, listOrigins, type OriginRow } from './origins.ts'

/** The log of a stopped gateway, also of one that cannot start. */
export interface StoppedLog {
  /** The newest checkpoint; undefined for a log without entries. */
  readonly head: Head | undefined
  /** The origins in the database, oldest first. */
  readonly origins: readonly OriginRow[]
  readonly log: LogReader
  /**
   * Continues under the origin of `signer`, with `record` as its first record: one transaction, durable on return.
   * @param before the origin that ends, for a database without origins
   * @returns the signed checkpoint
   */
  beginOrigin(signer: CheckpointSigner, record: string, before: Pick<OriginRow, 'origin' | 'verifierKey'>): string
  close(): void
}

/**
 * Opens the log of a database for this process alone. Its tables are migrated, its log is not changed. The caller
 * checks that the key and the anchor belong to it.
 *
 * @throws SluisError `not-ready` when another process has it open, or when its entries, tree and newest checkpoint do not fit together
 */
export function openStoppedLog(path: string): StoppedLog {
  const lock = acquireProcessLock(path)
  const client = new Database(path, { fileMustExist: true })
  const close = () => {
    client.close()
    lock.release()
  }
  try {
    const db = prepareDatabase(client)
    const head = readHead(db)
    if (head) checkTree(head)
    return {
      head,
      origins: listOrigins(db),
      log: createLogReader(db),
      beginOrigin(signer, record, before) {
        return db.transaction(
          () => {
            if (listOrigins(db).length === 0) insertOrigin(db, { firstSize: 0, ...before })
            createLogWriter(db, signer).append([record])
            const begun = readHead(db)!
            insertOrigin(db, { firstSize: begun.treeSize, origin: signer.origin, verifierKey: signer.verifierKey })
            return begun.note
          },
          { behavior: 'immediate' },
        )
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}
