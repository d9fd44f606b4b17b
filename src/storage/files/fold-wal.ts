import * as fs from 'node:fs'
import type Database from 'better-sqlite3'
import type { Commit } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'

/**
 * Moves the write-ahead log of one open database into the database file, so that no byte of what was deleted stays in either.
 *
 * `secure_delete` alone does not do that. The `-wal` keeps every page as it was before, and a page that SQLite rebuilds after a
 * split keeps copies of the cells that went to its neighbour in the part it no longer uses. So the unused part of every page in
 * the `-wal` is overwritten with zeros in the database file before the `-wal` is emptied. A page enters the file through the
 * `-wal` only, and the page cache is dropped afterwards: after each fold, no page of the file has anything left in its unused part.
 */
export interface WalFolder {
  /** Bytes of the `-wal`. */
  walBytes(): number
  /**
   * Synchronous, and never waits for a lock. False when a reader of the database still needs the `-wal`: fold again later.
   * Dies halfway: the `-wal` is still there, and the next fold starts anew.
   */
  fold(): boolean
  /** Only after the connection is closed: closing any descriptor of a file drops the POSIX locks that SQLite holds on it. */
  close(): void
}

const WAL_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24

/** Version of the database file in which the unused parts of all pages are zero (`pragma user_version`). */
const CLEARED_VERSION = 1

/** Up to here an overflow page, which starts with a page number of four bytes, cannot look like a b-tree page: 128 GiB of 4 KiB pages. */
const MAX_PAGES = 2 ** 25

/**
 * Folds what an earlier process left in the `-wal`, and leaves folding to the caller from here on.
 *
 * @param client must not wait for locks itself (`busy_timeout = 0`)
 * @param path of the database that `client` has open in WAL mode, with no other connection in this process
 */
export function openWalFolder(client: Database.Database, path: string): WalFolder {
  const file = fs.openSync(path, 'r+')
  const pageBytes = client.pragma('page_size', { simple: true }) as number
  const walPath = `${path}-wal`
  const walBytes = () => fs.statSync(walPath, { throwIfNoEntry: false })?.size ?? 0

  const clearPages = (pages: Iterable<number>) => {
    // The first byte of an overflow page could be taken for the type of a b-tree page.
    if ((client.pragma('page_count', { simple: true }) as number) >= MAX_PAGES) return
    const page = Buffer.alloc(pageBytes)
    for (const number of pages) {
      const start = (number - 1) * pageBytes
      if (fs.readSync(file, page, 0, pageBytes, start) !== pageBytes) continue
      for (const [from, to] of unusedParts(page, number === 1 ? 100 : 0)) {
        if (isZero(page, from, to)) continue
        fs.writeSync(file, page.fill(0, from, to), from, to - from, start + from)
      }
    }
    fs.fdatasyncSync(file)
  }

  const foldPages = (list: () => Iterable<number>): boolean => {
    const pages = list()
    const [moved] = client.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[]
    if (moved!.busy !== 0 || moved!.log !== moved!.checkpointed) return false
    clearPages(pages)
    const [emptied] = client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    // Pages in the cache still have what was cleared in the file.
    client.pragma('shrink_memory')
    return emptied!.busy === 0
  }

  let isClosed = false
  const fold = () => isClosed || walBytes() === 0 || foldPages(() => listPages(walPath, pageBytes))
  const close = () => {
    isClosed = true
    fs.closeSync(file)
  }

  client.pragma('wal_autocheckpoint = 0')
  if (client.pragma('user_version', { simple: true }) === CLEARED_VERSION) fold()
  else if (foldPages(() => range(client.pragma('page_count', { simple: true }) as number)))
    client.pragma(`user_version = ${CLEARED_VERSION}`)
  return { walBytes, fold, close }
}

/** A `-wal` of this size is folded although nothing was destroyed. Folding holds up others for some milliseconds a megabyte, beside the disk. */
const MAX_WAL_BYTES = 2_000_000
/** A reader that held up the folding gets this long before the next try. */
const RETRY_MS = 5_000

/**
 * The same store, which folds the `-wal` of its database in the commit that destroys something, and when it has grown.
 * What is durable stays accepted when that fails: it is reported, and tried again.
 */
export function withWalFolder(store: Store, folder: WalFolder, reportFault: (error: unknown) => void): Store {
  let timer: ReturnType<typeof setTimeout> | undefined
  const fold = () => {
    clearTimeout(timer)
    timer = undefined
    try {
      if (folder.fold()) return
    } catch (error) {
      reportFault(error)
    }
    timer = setTimeout(fold, RETRY_MS).unref()
  }
  const foldWhenLarge = <Result>(result: Result): Result => {
    if (!timer && folder.walBytes() > MAX_WAL_BYTES) fold()
    return result
  }
  return {
    ...store,
    async commit(commits) {
      const results = await store.commit(commits)
      if (commits.some((commit, position) => destroys(commit) && results[position]!.status === 'committed')) fold()
      return foldWhenLarge(results)
    },
    spend: async (...spending) => foldWhenLarge(await store.spend(...spending)),
    rememberJti: async (...jti) => foldWhenLarge(await store.rememberJti(...jti)),
    probeWrite: async () => foldWhenLarge(await store.probeWrite()),
  }
}

const destroys = ({ discard, erase, eraseSubjects, recall, keys }: Commit): boolean =>
  Boolean(discard ?? erase ?? eraseSubjects ?? recall) || keys?.dropTokensOf !== undefined

function* range(count: number): Iterable<number> {
  for (let number = 1; number <= count; number++) yield number
}

/** Numbers of all pages that have a frame in a `-wal` (SQLite file format §4). */
function listPages(walPath: string, pageBytes: number): ReadonlySet<number> {
  const wal = fs.readFileSync(walPath)
  const pages = new Set<number>()
  for (let frame = WAL_HEADER_BYTES; frame < wal.length; frame += FRAME_HEADER_BYTES + pageBytes)
    pages.add(wal.readUInt32BE(frame))
  return pages
}

const INTERIOR_PAGES: readonly number[] = [2, 5]
const LEAF_PAGES: readonly number[] = [10, 13]

/**
 * Parts of a b-tree page that hold nothing: between the cell pointers and the cells, and inside free blocks (SQLite file format
 * §1.6). Overflow and freelist pages start with a page number instead of a type and have no such parts.
 */
function* unusedParts(page: Buffer, header: number): Iterable<readonly [from: number, to: number]> {
  const type = page[header]!
  const isInterior = INTERIOR_PAGES.includes(type)
  if (!isInterior && !LEAF_PAGES.includes(type)) return
  const cells = page.readUInt16BE(header + 3)
  yield [header + (isInterior ? 12 : 8) + 2 * cells, page.readUInt16BE(header + 5) || 65_536]
  for (let block = page.readUInt16BE(header + 1); block !== 0; block = page.readUInt16BE(block))
    yield [block + 4, block + page.readUInt16BE(block + 2)]
}

function isZero(page: Buffer, from: number, to: number): boolean {
  for (let position = from; position < to; position++) if (page[position] !== 0) return false
  return true
}
