import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { openSqliteReader } from '../storage/better-sqlite.ts'
import { acquireProcessLock } from '../storage/files/process-lock.ts'
import { DATA_FILES } from './key-files.ts'

/** The first start of a database, which leaves nothing when it fails. */
export interface FirstStart {
  /**
   * Removes what was made since, unless something was recorded or another process took the folder. Call it when everything is closed.
   */
  undo(): void
}

/** Call it before anything is made. Undefined when the folder has a database already. */
export function noteFirstStart(dataFolder: string): FirstStart | undefined {
  const folder = resolve(dataFolder)
  const database = join(folder, DATA_FILES.database)
  if (existsSync(database)) return undefined
  const before = new Set(existsSync(folder) ? readdirSync(folder) : [])
  const absent = listAbsent(folder)
  return {
    undo() {
      if (existsSync(database)) {
        const lock = tryLock(database)
        if (!lock) return
        try {
          if (countRecords(database) > 0) return
          removeAllBut(folder, before)
        } finally {
          lock.release()
        }
      }
      removeAllBut(folder, before)
      for (const path of absent) {
        if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path)
      }
    },
  }
}

/** The folders of a path that are not there, innermost first. */
function listAbsent(path: string): readonly string[] {
  return existsSync(path) ? [] : [path, ...listAbsent(dirname(path))]
}

/** Only files of the gateway: another program may have put one there meanwhile. */
function removeAllBut(folder: string, before: ReadonlySet<string>): void {
  if (!existsSync(folder)) return
  const ours = Object.values(DATA_FILES).filter((file) => file !== DATA_FILES.partyKeys)
  for (const name of readdirSync(folder)) {
    if (!before.has(name) && ours.some((file) => name.startsWith(file))) rmSync(join(folder, name), { recursive: true })
  }
}

function tryLock(database: string): { release(): void } | undefined {
  try {
    return acquireProcessLock(database)
  } catch {
    return undefined
  }
}

function countRecords(database: string): number {
  let reader: ReturnType<typeof openSqliteReader>
  try {
    reader = openSqliteReader(database)
  } catch {
    // Without its tables: the start failed before it could record anything.
    return 0
  }
  try {
    return reader.size
  } finally {
    reader.close()
  }
}
