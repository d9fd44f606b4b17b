import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex } from '../encoding/bytes.ts'
import type { LogReader } from '../ports/store.ts'
import { formatLengthPrefixed } from '../pseudonym/length-prefixed.ts'

/** Form of a cursor in the log: an index, and a hash that binds it to the log. */
export const LOG_CURSOR_FORM = '^(0|[1-9][0-9]{0,14})\\.[0-9a-f]{32}$'

/** The log that a cursor is of. */
export interface CursorLog {
  /** Verifier key (C2SP signed-note); it contains the origin. */
  readonly verifierKey: string
  /** Absent for an export, which need not hold the record before the cursor. */
  readonly hashes?: LogReader['hashes']
}

/**
 * The cursor for the records from `index` on, or for those below it. It is bound to the key of the log and, where hashes can be read,
 * to the record before it: an index alone would point into other records once a backup is restored, and an auditor would miss some.
 */
export async function formatLogCursor(log: CursorLog, index: number): Promise<string> {
  const [before] = index > 0 ? ((await log.hashes?.(0, index - 1, index)) ?? []) : []
  const parts = ['log-cursor', log.verifierKey, String(index), ...(before ? [formatHex(before)] : [])]
  return `${index}.${formatHex(sha256(formatLengthPrefixed(parts))).slice(0, 32)}`
}

/**
 * The index of a cursor in the form of {@link LOG_CURSOR_FORM}.
 * @returns undefined for one of another log, of before a restore, or beyond `treeSize`
 */
export async function parseLogCursor(log: CursorLog, treeSize: number, cursor: string): Promise<number | undefined> {
  const index = Number(cursor.split('.')[0])
  return index <= treeSize && cursor === (await formatLogCursor(log, index)) ? index : undefined
}
