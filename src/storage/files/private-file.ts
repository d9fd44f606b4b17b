import * as fs from 'node:fs'
import { dirname } from 'node:path'
import { formatHex } from '../../encoding/bytes.ts'
import type { RandomBytes } from '../../ports/keys.ts'

/** Files for their owner only, written completely or not at all, whenever the process dies. */

/** Reading and writing for the owner, nothing for anybody else. */
const OWNER_ONLY = 0o600
/** Writing for the owner, reading for everybody. */
const PUBLIC = 0o644

/** The calls that change the disk, so that a test can fail at each of them. */
export type FileCalls = Pick<
  typeof fs,
  | 'openSync'
  | 'fchmodSync'
  | 'writeFileSync'
  | 'writeSync'
  | 'ftruncateSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'linkSync'
  | 'renameSync'
  | 'unlinkSync'
>

/**
 * The text of a private file.
 * @param what what the file is, for the error
 * @throws Error when it is absent, is not a regular file, or is open to others than its owner (mode wider than 0600)
 */
export function readPrivateFile(path: string, what: string): string {
  // The mode is that of the open file, so that the file cannot be replaced between the check and the read.
  const file = openForReading(path, what)
  try {
    const status = fs.fstatSync(file)
    if (!status.isFile()) throw new Error(`${what}: \`${path}\` is not a file; give the path of a file`)
    const mode = status.mode & 0o777
    if ((mode & ~OWNER_ONLY) !== 0) {
      throw new Error(
        `${what}: \`${path}\` has mode 0${mode.toString(8)} and may be open to others; run chmod 600 on it and, if others could read it, replace its contents`,
      )
    }
    return fs.readFileSync(file, 'utf8')
  } finally {
    fs.closeSync(file)
  }
}

/**
 * Writes a new file with mode 0600. On return it is durable; an existing file is not changed.
 * @throws Error with code EEXIST when the path is taken
 */
export function createPrivateFile(path: string, text: string, random: RandomBytes, calls: FileCalls = fs): void {
  const draft = `${path}.${formatHex(random(8))}.draft`
  writeDraft(draft, text, calls)
  try {
    // A link, unlike a rename, fails when the name is taken: overwriting a key would lose everything made with it.
    calls.linkSync(draft, path)
  } finally {
    calls.unlinkSync(draft)
  }
  syncDirectory(dirname(path), calls)
}

/**
 * Replaces the text of a file, with mode 0600. Dies before the rename: the old file remains. Dies after it: the new one is in place.
 * One caller at a time, because the draft has a fixed name, so that the draft of a dead process is removed.
 */
export function replacePrivateFile(path: string, text: string, calls: FileCalls = fs): void {
  const draft = `${path}.draft`
  removeIfThere(draft, calls)
  writeDraft(draft, text, calls)
  try {
    calls.renameSync(draft, path)
  } catch (cause) {
    calls.unlinkSync(draft)
    throw cause
  }
  syncDirectory(dirname(path), calls)
}

/** Replaces the text of a file that everybody may read. Whenever the process dies, the path is the old file or the whole new one. */
export function replacePublicFile(path: string, text: string): void {
  const draft = `${path}.draft`
  removeIfThere(draft, fs)
  writeDraft(draft, text, fs, PUBLIC)
  fs.renameSync(draft, path)
  syncDirectory(dirname(path))
}

/**
 * Creates an empty file with mode 0600 unless there is one; a link is refused, because whoever planted it chose what is written to.
 * @throws Error when the path is a link
 */
export function ensurePrivateFile(path: string): void {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = fs.constants
  try {
    fs.closeSync(fs.openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW, OWNER_ONLY))
  } catch (cause) {
    if (!hasCode(cause, 'ELOOP')) throw cause
    throw new Error(`\`${path}\` is a link; give the path of the file itself`, { cause })
  }
}

/** Whether an error of the file system has this code. */
export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** Makes the names in a directory durable; the files themselves already are. */
export function syncDirectory(path: string, calls: FileCalls = fs): void {
  const directory = calls.openSync(path, fs.constants.O_RDONLY)
  try {
    calls.fsyncSync(directory)
  } finally {
    calls.closeSync(directory)
  }
}

function openForReading(path: string, what: string): number {
  try {
    return fs.openSync(path, fs.constants.O_RDONLY)
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause
    throw new Error(`${what}: \`${path}\` does not exist; restore it from its backup, or make one`, { cause })
  }
}

function writeDraft(path: string, text: string, calls: FileCalls, mode = OWNER_ONLY): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants
  const file = calls.openSync(path, O_WRONLY | O_CREAT | O_EXCL, mode)
  try {
    // The umask of the process may have removed rights of the owner too.
    calls.fchmodSync(file, mode)
    calls.writeFileSync(file, text)
    calls.fsyncSync(file)
  } catch (cause) {
    calls.unlinkSync(path)
    throw cause
  } finally {
    calls.closeSync(file)
  }
}

function removeIfThere(path: string, calls: FileCalls): void {
  try {
    calls.unlinkSync(path)
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT')) throw cause
  }
}
