import * as fs from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { type FileCalls, hasCode, syncDirectory } from './private-file.ts'

/**
 * Writes a consistent copy of a database to a new file of mode 0600 while the gateway goes on; a failed call leaves nothing.
 * @throws Error when `from` is no database or `to` exists
 */
export function copyDatabase(from: string, to: string): void {
  const client = new Database(from, { readonly: true, fileMustExist: true })
  try {
    // SQLite would give it the mode of the umask, and writes into an empty file as into a new one.
    fs.closeSync(fs.openSync(to, 'wx', 0o600))
    try {
      client.prepare('VACUUM INTO ?').run(to)
    } catch (error) {
      removeDatabase(to)
      throw error
    }
  } finally {
    client.close()
  }
}

// Small enough for a moving progress bar, large enough not to slow the copy.
const PAGES_AT_ONCE = 512

/**
 * Writes a copy of a database as it is at this moment to a new file of mode 0600, while the gateway keeps running: later commits are
 * not in it. Neither are sessions: one that was signed out later would come back with the copy. The copy is a single self-contained file and is durable on return; a failed call leaves nothing.
 *
 * @throws Error with code EEXIST when `to` exists; SqliteError when `from` is not a database or is damaged
 */
export async function backUpDatabase(
  from: string,
  to: string,
  showProgress: (done: number, total: number) => void,
): Promise<void> {
  fs.closeSync(fs.openSync(to, 'wx', 0o600))
  try {
    const source = new Database(from, { readonly: true, fileMustExist: true })
    try {
      // An open transaction keeps the copy at one moment; without it every commit would restart the copy.
      source.exec('begin')
      source.prepare('select count(*) from sqlite_master').get()
      await source.backup(to, {
        progress({ totalPages, remainingPages }) {
          showProgress(totalPages - remainingPages, totalPages)
          return PAGES_AT_ONCE
        },
      })
    } finally {
      source.close()
    }
    settleCopy(to)
  } catch (error) {
    removeDatabase(to)
    throw error
  }
}

/** Whether the error shows that a database is damaged. */
export const isDamage = (error: unknown): boolean => hasCode(error, 'SQLITE_NOTADB') || hasCode(error, 'SQLITE_CORRUPT')

/** Turns a closed copy into a single file without sessions, and makes it durable. */
function settleCopy(path: string): void {
  const copy = new Database(path)
  try {
    copy.pragma('journal_mode = DELETE')
    const [fault] = copy.pragma('quick_check(1)', { simple: false }) as { quick_check: string }[]
    if (fault?.quick_check !== 'ok') {
      throw Object.assign(new Error(`${path}: the database is damaged; take another copy`), { code: 'SQLITE_CORRUPT' })
    }
    // A backup of before there were sessions has no such table.
    const hasSessions = copy.prepare("select 1 from sqlite_master where type = 'table' and name = 'session'").get()
    if (hasSessions) copy.exec('delete from session')
  } finally {
    copy.close()
  }
  const file = fs.openSync(path, 'r+')
  fs.fsyncSync(file)
  fs.closeSync(file)
}

/** Removes a closed database with the files that SQLite keeps beside it; missing files are ignored. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) fs.rmSync(path + suffix, { force: true })
}

/** Renames a draft to a name that must be free; durable on return. @throws Error with code EEXIST when the name is taken */
export function placeCopy(draft: string, path: string, calls: FileCalls = fs): void {
  calls.linkSync(draft, path)
  calls.unlinkSync(draft)
  syncDirectory(dirname(path), calls)
}

/**
 * Replaces the database at `path`, which the caller has locked, and keeps the old one as `aside`. Dies at any moment: `path` is the
 * old one, complete or without writes that are still in its write-ahead log, or the new one.
 *
 * @param replacement in the same folder; a single closed file
 * @throws Error with code EEXIST when `aside` is taken
 */
export function replaceDatabase(path: string, replacement: string, aside: string, calls: FileCalls = fs): void {
  if (fs.existsSync(path)) {
    // 1. Checkpoint the -wal into the file: SQLite would apply a remaining -wal to the new database.
    foldWal(path)
    for (const suffix of ['-wal', '-shm']) moveIfThere(path + suffix, aside + suffix, calls)
    // 2. A second name, so that the first is never without a database: a gateway would make an empty one.
    calls.linkSync(path, aside)
  }
  // 3. The new one. Until here `path` is the old database, from here on the new one.
  calls.renameSync(replacement, path)
  syncDirectory(dirname(path), calls)
}

function foldWal(path: string): void {
  try {
    const client = new Database(path, { fileMustExist: true })
    try {
      client.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      client.close()
    }
  } catch (error) {
    // A damaged database is put aside as it is, with its -wal.
    if (!(error instanceof Database.SqliteError)) throw error
  }
}

function moveIfThere(from: string, to: string, calls: FileCalls): void {
  try {
    calls.renameSync(from, to)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}
