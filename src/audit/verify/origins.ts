import { formatBase64, formatUtf8, parseUtf8 } from '../../encoding/bytes.ts'
import { parseVerifierKey, type VerifierKey } from '../checkpoint/signed-note.ts'
import type { EpochReason, EpochRecord } from '../record/epoch.ts'
import { parseRecord } from '../record/parse.ts'
import { type Frontier, rootHash } from '../tree/tree.ts'

/**
 * A log that cannot continue under its origin continues under another: the same tree, another name and another key. A reader must
 * see where that happens, and that the new origin signed everything after that record and nothing before it.
 */

/** A point where the log continued under another origin. */
export interface OriginChange {
  /** Index of the `epoch` record; the new origin signs every larger tree and no other. */
  readonly leafIndex: number
  readonly origin: string
  readonly previousOrigin: string
  readonly reason: EpochReason
  /** Number of records that the old origin had signed and this log does not contain. */
  readonly lost: number
}

/** Follows the origins of one log record by record. Not usable after the first fault. */
export interface OriginTrail {
  /**
   * Adds the next record.
   * @param before returns the tree without it; called only when the record starts an origin
   * @returns the fault, when it is not a valid start of an origin
   */
  takeRecord(record: Uint8Array, before: () => Frontier): string | undefined
  /**
   * Adds a checkpoint of the tree so far, whose signature by `origin` was verified.
   * @returns the fault, when this origin may not sign at this size
   */
  takeCheckpoint(origin: string): string | undefined
  readonly changes: readonly OriginChange[]
}

// A record is canonical JSON: its members are in order, and `type` and `v` are the last. Parsing every record would be slow.
const EPOCH_RECORD_END = formatUtf8(',"type":"epoch","v":1}')

/** @param verifierKeys the keys that checkpoints are verified with; a key named in a record must agree with them */
export function followOrigins(verifierKeys: readonly VerifierKey[]): OriginTrail {
  const changes: OriginChange[] = []
  const ended = new Set<string>()
  /** Unknown until the first checkpoint or `epoch` record. */
  let current: string | undefined

  return {
    changes,
    takeRecord(bytes, readBefore) {
      if (!endsWith(bytes, EPOCH_RECORD_END)) return undefined
      const before = readBefore()
      const leafIndex = before.treeSize
      let record: EpochRecord
      try {
        record = parseRecord(parseUtf8(bytes)) as EpochRecord
      } catch {
        return `record ${leafIndex}: begins an origin but is no record of this version; read it with a newer version`
      }
      const mistake = findMistake(record, before, { current, ended, verifierKeys })
      if (mistake !== undefined) return `record ${leafIndex}: begins an origin, but ${mistake}`
      const { origin, reason, previous } = record
      if (current !== undefined) ended.add(current)
      ended.add(previous.origin)
      current = origin
      changes.push({
        leafIndex,
        origin,
        previousOrigin: previous.origin,
        reason,
        lost: Math.max(0, previous.treeSize - leafIndex),
      })
      return undefined
    },
    takeCheckpoint(origin) {
      current ??= origin
      if (origin === current) return undefined
      return ended.has(origin)
        ? `is signed under \`${origin}\`, which ended before it; the old key was used again`
        : `is signed under \`${origin}\` without a record that begins this origin; compare it with another copy`
    },
  }
}

function findMistake(
  { origin, reason, inherited, previous }: EpochRecord,
  before: Frontier,
  known: { current: string | undefined; ended: ReadonlySet<string>; verifierKeys: readonly VerifierKey[] },
): string | undefined {
  const { current, ended, verifierKeys } = known
  if (inherited !== before.treeSize) return 'it inherits another number of records than stand before it'
  if (origin === current || origin === previous.origin || ended.has(origin)) return 'the log had that origin before'
  const key = tryParseKey(previous.verifierKey)
  if (key?.name !== previous.origin) return 'the key it names is not that of the previous origin'
  const given = verifierKeys.filter(({ name }) => name === previous.origin)
  if (given.length > 0 && !given.some(({ keyId }) => keyId === key.keyId))
    return 'the key it names is not the one that was given for the previous origin'
  const isLost = previous.treeSize > inherited
  // When records are missing, the origin that signed the last of them may be missing too.
  if (!isLost && reason !== 'forked' && current !== undefined && previous.origin !== current)
    return 'the origin before it is another'
  if (reason === 'rolled-back' && !isLost) return 'it says that records are lost and names none'
  if (isLost || reason === 'forked') {
    const isSame = previous.treeSize === inherited && previous.rootHash === formatBase64(rootHash(before))
    return isSame ? 'it says that the log forked and names the tree that it has' : undefined
  }
  return previous.treeSize === inherited && previous.rootHash === formatBase64(rootHash(before))
    ? undefined
    : 'the last checkpoint that it names is not that of the records before it'
}

function tryParseKey(line: string): VerifierKey | undefined {
  try {
    return parseVerifierKey(line)
  } catch {
    return undefined
  }
}

const endsWith = (bytes: Uint8Array, end: Uint8Array): boolean =>
  bytes.length >= end.length && end.every((byte, position) => bytes[bytes.length - end.length + position] === byte)

/**
 * The name of the next origin of a log: `host`, then `host/2`, `host/3` and so on; higher than every one that was in use.
 * @param used every origin this log may ever have had, at least one
 */
export function nextOrigin(used: readonly [string, ...string[]]): string {
  const parts = used.map((origin) => {
    const [, base, number] = /^(.*?)(?:\/([2-9]|[1-9][0-9]{1,8}))?$/.exec(origin)!
    return { base: base!, number: number === undefined ? 1 : Number(number) }
  })
  return `${parts[0]!.base}/${Math.max(...parts.map(({ number }) => number)) + 1}`
}
