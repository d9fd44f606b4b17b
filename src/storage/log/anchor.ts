import * as fs from 'node:fs'
import { parseTlogProof } from '../../audit/receipt/receipt.ts'
import type { Store } from '../../ports/store.ts'
import { type FileCalls, replacePrivateFile } from '../files/private-file.ts'

/**
 * The anchor of a log: the newest signed checkpoint in a file outside the database, preferably on another disk. When the database
 * is restored from a backup or overwritten, it is behind the anchor, and the next start detects that.
 *
 * Two files, because waiting for the disk after every batch would halve the speed, and so would a rename, which makes the disk
 * write more for every commit: `path` is overwritten in place and is exact whenever the process dies, but a power cut may damage
 * it; `path.synced` is at most a second older and survives a power cut. The newer intact one counts.
 */
export interface Anchor {
  /** Unverified contents of the files; empty when there is none. */
  read(): readonly string[]
  /** Replaces the anchor without waiting for the disk; it is durable within a second. @throws Error of the file system */
  write(note: string): void
  /** Replaces the anchor; durable on return. @throws Error of the file system */
  writeDurably(note: string): void
  /** Makes the last write durable. Never throws: a fault is reported. */
  close(): void
}

/** Location of the anchor, and the callback for a failed write. */
export interface AnchorPlace {
  readonly path: string
  readonly reportFault: (error: unknown) => void
}

const { O_WRONLY, O_CREAT, O_NOFOLLOW } = fs.constants
const SYNC_INTERVAL_MS = 1000

export function createAnchor({ path, reportFault }: AnchorPlace, calls: FileCalls = fs): Anchor {
  const syncedPath = `${path}.synced`
  let file: number | undefined
  /** Written and not durable yet. */
  let unsynced: string | undefined
  let timer: NodeJS.Timeout | undefined

  const closeFile = () => {
    const open = file
    file = undefined
    if (open !== undefined) calls.closeSync(open)
  }

  const overwrite = (note: string) => {
    file ??= calls.openSync(path, O_WRONLY | O_CREAT | O_NOFOLLOW, 0o600)
    // One call, so that the process cannot die half-way. Notes of one origin only get longer; another origin has another process.
    const written = calls.writeSync(file, note, 0)
    if (written !== Buffer.byteLength(note)) throw new Error('the file system took only a part of it')
    if (fs.fstatSync(file).size > written) calls.ftruncateSync(file, written)
  }

  const sync = () => {
    timer = undefined
    if (unsynced === undefined) return
    try {
      // Opened by name again next time, in case the file was moved away.
      closeFile()
      replacePrivateFile(syncedPath, unsynced, calls)
      unsynced = undefined
    } catch (cause) {
      reportFault(anchorFault(cause))
    }
  }

  return {
    read: () => [path, syncedPath].filter((name) => fs.existsSync(name)).map((name) => fs.readFileSync(name, 'utf8')),
    write(note) {
      // Before the file is written, so that a failed write is tried again a second later.
      unsynced = note
      timer ??= setTimeout(sync, SYNC_INTERVAL_MS).unref()
      overwrite(note)
    },
    writeDurably(note) {
      closeFile()
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
 * The same store, which anchors every batch before its callers get their answer. When the anchor cannot be written, the durable
 * batch is still accepted: the fault is reported, and the anchor of the next batch covers it.
 */
export function withAnchor(store: Store, anchor: Pick<Anchor, 'write'>, reportFault: (error: unknown) => void): Store {
  return {
    ...store,
    async commit(commits) {
      const results = await store.commit(commits)
      const last = results.findLast((result) => result.status === 'committed')
      if (last) {
        try {
          // One checkpoint covers the whole batch, so every receipt contains it.
          anchor.write(parseTlogProof(last.receipt.proof).checkpoint)
        } catch (cause) {
          reportFault(anchorFault(cause))
        }
      }
      return results
    },
  }
}

/** @returns the fault under a name that an operator can search for in the output */
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
