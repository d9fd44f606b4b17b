import * as fs from 'node:fs'
import { LOG_UNAVAILABLE, sluisError } from '../../errors.ts'
import type { Store } from '../../ports/store.ts'

/** Less is a full disk: what the gateway keeps beside its database must fit too. */
const MIN_FREE_BYTES = 1_000_000

/**
 * The same store, which writes only while its database is where it was opened. A database whose folder was removed, moved away or
 * replaced can still be written, but everything in it is gone with the process, and a receipt must not promise what will be gone.
 *
 * @param path of the database, with its `-wal` beside it
 */
export function withPlace(store: Store, path: string): Store {
  const opened = fs.statSync(path)

  const refuseElsewhere = () => {
    const present = fs.statSync(path, { throwIfNoEntry: false })
    const isInPlace = present?.ino === opened.ino && present.dev === opened.dev && fs.existsSync(`${path}-wal`)
    if (!isInPlace) throw unavailable('the database is no longer where it was opened')
  }
  const guard =
    <Parameters extends readonly unknown[], Result>(write: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      refuseElsewhere()
      return write(...parameters)
    }

  return {
    ...store,
    commit: guard(store.commit),
    spend: guard(store.spend),
    rememberJti: guard(store.rememberJti),
    addCosignatures: guard(store.addCosignatures),
    probeWrite: guard(async () => {
      // A small write may pass where the next report fails.
      const { bavail, bsize } = fs.statfsSync(path)
      if (bavail * bsize < MIN_FREE_BYTES) throw unavailable('the disk is full')
      return store.probeWrite()
    }),
  }
}

const unavailable = (reason: string) =>
  sluisError('log-unavailable', LOG_UNAVAILABLE, { cause: new Error(`database: ${reason}`) })
