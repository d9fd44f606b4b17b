import { existsSync, readFileSync } from 'node:fs'
import { parseTlogProof } from '../audit/receipt.ts'
import type { Store } from '../store.ts'
import { type FileCalls, replacePrivateFile, replacePrivateFileUnsynced } from './private-file.ts'

/**
 * The anchor of a log: the newest signed checkpoint in a file apart from the database, best on another disk. A database that was
 * put back from a backup, or copied over, is then behind what its log has signed, and that shows at the next start.
 *
 * Two files, because waiting for the disk after every batch would halve the speed: `path` is exact for as long as the machine has
 * power, and `path.synced` is at most a second older and survives a power cut. The newer one that is whole counts.
 */
export interface Anchor {
  /** What the files hold, whatever it is; empty when there is none. */
  read(): readonly string[]
  /** Replaces the anchor without waiting for the disk, and sees to it that it is durable within a second. @throws Error of the file system */
  write(note: string): void
  /** Replaces the anchor; durable on return. @throws Error of the file system */
  writeDurably(note: string): void
  /** Makes durable what was written. Never throws: a fault is reported. */
  close(): void
}

/** Where the anchor is, and who hears of it when it cannot be written. */
export interface AnchorPlace {
  readonly path: string
  readonly reportFault: (error: unknown) => void
}

const SYNC_INTERVAL_MS = 1000

export function createAnchor({ path, reportFault }: AnchorPlace, calls?: FileCalls): Anchor {
  const syncedPath = `${path}.synced`
  /** Written and not durable yet. */
  let unsynced: string | undefined
  let timer: NodeJS.Timeout | undefined

  const sync = () => {
    timer = undefined
    if (unsynced === undefined) return
    try {
      replacePrivateFile(syncedPath, unsynced, calls)
      unsynced = undefined
    } catch (cause) {
      reportFault(anchorFault(cause))
    }
  }

  return {
    read: () => [path, syncedPath].filter((name) => existsSync(name)).map((name) => readFileSync(name, 'utf8')),
    write(note) {
      // Before the file, so that what cannot be written here is still tried on its own a second later.
      unsynced = note
      timer ??= setTimeout(sync, SYNC_INTERVAL_MS).unref()
      replacePrivateFileUnsynced(path, note, calls)
    },
    writeDurably(note) {
      replacePrivateFile(path, note, calls)
      replacePrivateFile(syncedPath, note, calls)
      unsynced = undefined
    },
    close() {
      clearTimeout(timer)
      sync()
    },
  }
}

/**
 * The same store, which anchors every batch before its callers get their answer. What is durable stays accepted when the anchor
 * cannot be written: that is reported, and the next batch anchors it along.
 */
export function withAnchor(store: Store, anchor: Pick<Anchor, 'write'>, reportFault: (error: unknown) => void): Store {
  return {
    ...store,
    async commit(commits) {
      const results = await store.commit(commits)
      const last = results.findLast((result) => result.status === 'committed')
      if (last) {
        try {
          // One checkpoint covers the whole batch, so that every receipt holds it.
          anchor.write(parseTlogProof(last.receipt.proof).checkpoint)
        } catch (cause) {
          reportFault(anchorFault(cause))
        }
      }
      return results
    },
  }
}

/** @returns the fault with a name that whoever runs the gateway finds in its output */
function anchorFault(cause: unknown): Error {
  const fault = new Error(
    'log anchor: cannot be written; see to its disk, or the next start may not notice a rollback',
    {
      cause,
    },
  )
  fault.name = 'AnchorFault'
  return fault
}
