import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { RECORDS_PER_TURN, takeTurns } from '../../audit/export/read-log.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import { newId } from '../../encoding/uuid.ts'
import type { RandomBytes } from '../../ports/keys.ts'
import type { CommitQueue, LogReader } from '../../ports/store.ts'
import { createPrivateFile, readPrivateFile, syncDirectory } from './private-file.ts'

/**
 * Commands on the keys and the data folder, from processes that cannot write the log because the gateway has it open: a folder with
 * one private file per command, which contains its record. Each enters the log exactly once, whenever a process dies.
 */

/** `<id>.json`; once the gateway starts to append it, `<id>.<size of the log at that moment>.json`. */
const FILE_NAME = /^([0-9a-f-]{36})(?:\.(\d+))?\.json$/

/** Writes a record for the gateway to append; durable on return. */
export function writeCommand(folder: string, record: string, at: Date, random: RandomBytes): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  createPrivateFile(join(folder, `${newId(at, random)}.json`), record, random)
}

/** Appends the waiting commands to the log. */
export interface CommandJournal {
  /**
   * Oldest first. @returns the number of commands appended
   * @throws Error when a file is not the record of a command; earlier ones are appended. SluisError `log-unavailable`
   */
  take(): Promise<number>
}

export function createCommandJournal(folder: string, log: LogReader, queue: CommitQueue): CommandJournal {
  let running: Promise<number> | undefined
  const takeAll = async (): Promise<number> => {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => FILE_NAME.test(name)) : []
    for (const name of names.sort()) await takeFile(folder, name, log, queue)
    return names.length
  }
  return {
    // Two concurrent runs would both find that a record is not in the log yet.
    take() {
      running ??= takeAll().finally(() => {
        running = undefined
      })
      return running
    },
  }
}

async function takeFile(folder: string, name: string, log: LogReader, queue: CommitQueue): Promise<void> {
  const record = readPrivateFile(join(folder, name), 'command')
  if (!isCommand(record)) {
    throw new Error(`command: \`${join(folder, name)}\` is not the record of a command; remove it from the folder`)
  }
  const [, id, size] = FILE_NAME.exec(name)!
  // 1. Stamp it with the size of the log. Dies here: the stamp says from where to search the log.
  const start = size === undefined ? await sizeOf(log) : Number(size)
  const stamped = join(folder, `${id}.${start}.json`)
  if (size === undefined) {
    renameSync(join(folder, name), stamped)
    syncDirectory(folder)
  }
  // 2. Append it, unless that was done before. Dies here: the search finds it.
  if (!(await isInLog(record, start, log))) await queue.commit({ record })
  // 3. Remove the file. Dies here, or the removal is lost: the search finds the record.
  rmSync(stamped)
}

function isCommand(text: string): boolean {
  try {
    const record = parseRecord(text)
    return (record.type === 'key' && record.step === 'command') || (record.type === 'access' && record.what === 'log')
  } catch {
    return false
  }
}

const sizeOf = async (log: LogReader): Promise<number> => (await log.checkpoint())?.treeSize ?? 0

/** Every record has its own nonce, so equal bytes are the same record. */
async function isInLog(record: string, start: number, log: LogReader): Promise<boolean> {
  const end = await sizeOf(log)
  for (let from = start; from < end; from += RECORDS_PER_TURN) {
    const page = await log.records(from, Math.min(from + RECORDS_PER_TURN, end))
    if (page.some((bytes) => parseUtf8(bytes) === record)) return true
    await takeTurns()
  }
  return false
}
