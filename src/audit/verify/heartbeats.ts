import type { HeartbeatRecord } from '../record/heartbeat.ts'
import type { AuditRecord } from '../record/record.ts'

/** A record with its index in the log. */
export interface PlacedRecord {
  readonly leafIndex: number
  readonly record: Pick<AuditRecord, 'type' | 'at'> | HeartbeatRecord
}

/** A finding about the completeness of a log, from its heartbeats, in the order of the log. Contains no personal data. */
export type HeartbeatFinding =
  /**
   * A heartbeat is overdue: later than the previous one announced although that was not a stop (`isStopped` false), or between a
   * stop and the next start. `leafIndex` is that of the late heartbeat; absent when there is none yet.
   */
  | {
      readonly kind: 'silence'
      readonly leafIndex?: number
      readonly since: string
      readonly seconds: number
      readonly isStopped: boolean
      /** Number of records written in the meantime. */
      readonly records: number
    }
  /** The counters of the heartbeat at `leafIndex` differ from the records of the log from `since` up to it. */
  | {
      readonly kind: 'miscount'
      readonly leafIndex: number
      readonly since: number
      readonly types: readonly { readonly type: string; readonly counted: number; readonly found: number }[]
    }
  /** Records `[start, end)` that no heartbeat counts: a process ended without a stop, or counting had not started. */
  | { readonly kind: 'uncounted'; readonly start: number; readonly end: number }
  /** The heartbeat at `leafIndex` counts records that an earlier one counted: two processes wrote, or it was forged. */
  | { readonly kind: 'overlap'; readonly leafIndex: number; readonly since: number }
  /** The heartbeat at `leafIndex` noted that the clock jumped. */
  | { readonly kind: 'clock'; readonly leafIndex: number; readonly seconds: number }
  /** Commits before the heartbeat at `leafIndex` that could not be written, as their senders were informed. */
  | { readonly kind: 'failed'; readonly leafIndex: number; readonly commits: number }

export interface HeartbeatSummary {
  readonly heartbeats: number
  /** Heartbeats that were not compared, because their counters start before the first given record. */
  readonly unchecked: number
  readonly newest?: { readonly leafIndex: number; readonly at: string }
  readonly findings: readonly HeartbeatFinding[]
}

export interface HeartbeatCheck {
  /** Takes the next record of the log. @throws RangeError when its index does not follow the previous one */
  add(placed: PlacedRecord): void
  /**
   * The findings. Records after the newest heartbeat are reported only when `until` is so late that another heartbeat should have
   * followed.
   *
   * @param until moment up to which the log was read, RFC 3339 in UTC; absent when unknown
   */
  finish(until?: string): HeartbeatSummary
}

export interface HeartbeatCheckOptions {
  /** Interval of a heartbeat that does not announce one. */
  readonly everyMinutes?: number
  /** Tolerated delay of a heartbeat: a busy or sleeping machine is not a missing heartbeat. */
  readonly slackMinutes?: number
}

/**
 * Checks heartbeats against the records between them, in one pass over unfiltered records in the order of the log. A tree
 * proves that no record was changed; that none was left out and the log was not cut off shows only here, in counters that differ
 * and in missing heartbeats.
 *
 * It cannot detect a process that leaves out a record and does not count it either; the receipts of both parties can. On Workers
 * an object leaves memory without a stop, so records without a counter are normal there.
 */
export function createHeartbeatCheck({
  everyMinutes = 60,
  slackMinutes = 5,
}: HeartbeatCheckOptions = {}): HeartbeatCheck {
  const findings: HeartbeatFinding[] = []
  let heartbeats = 0
  let unchecked = 0
  let first: number | undefined
  let next = 0
  let newest: { leafIndex: number; record: HeartbeatRecord } | undefined
  /** Types of the records from `pendingStart` on: those after the newest heartbeat. */
  let pending: string[] = []
  let pendingStart = 0

  const silenceUntil = (at: string, shiftSeconds: number) => {
    if (!newest) return undefined
    const { record } = newest
    const seconds = Math.round((Date.parse(at) - Date.parse(record.at)) / 1000 - shiftSeconds)
    const isStopped = record.occasion === 'stop'
    const promisedSeconds = isStopped ? 0 : (record.everyMinutes ?? everyMinutes) * 60
    return seconds > promisedSeconds + slackMinutes * 60
      ? { kind: 'silence' as const, since: record.at, seconds, isStopped, records: pending.length }
      : undefined
  }

  const countFrom = (start: number): Map<string, number> => {
    const found = new Map<string, number>()
    for (const type of pending.slice(start - pendingStart)) found.set(type, (found.get(type) ?? 0) + 1)
    return found
  }

  const compare = (leafIndex: number, { since, counts }: HeartbeatRecord): void => {
    if (first === undefined || since < first) {
      unchecked += 1
      return
    }
    if (since < pendingStart || since > leafIndex) {
      findings.push({ kind: 'overlap', leafIndex, since })
      return
    }
    if (since > pendingStart) findings.push({ kind: 'uncounted', start: pendingStart, end: since })
    const found = countFrom(since)
    const types = [...new Set([...Object.keys(counts), ...found.keys()])]
      .sort()
      .map((type) => ({ type, counted: counts[type] ?? 0, found: found.get(type) ?? 0 }))
      .filter((one) => one.counted !== one.found)
    if (types.length > 0) findings.push({ kind: 'miscount', leafIndex, since, types })
  }

  const take = (leafIndex: number, record: HeartbeatRecord): void => {
    heartbeats += 1
    // Elapsed time, corrected for clock jumps, so that a jump neither creates nor hides an overdue heartbeat.
    const silence = silenceUntil(record.at, record.occasion === 'start' ? 0 : (record.clockShiftSeconds ?? 0))
    if (silence) findings.push({ ...silence, leafIndex })
    compare(leafIndex, record)
    if (record.clockShiftSeconds !== undefined)
      findings.push({ kind: 'clock', leafIndex, seconds: record.clockShiftSeconds })
    if (record.failed > 0) findings.push({ kind: 'failed', leafIndex, commits: record.failed })
    newest = { leafIndex, record }
    pending = []
    pendingStart = leafIndex + 1
  }

  return {
    add({ leafIndex, record }) {
      if (first === undefined) {
        first = leafIndex
        pendingStart = leafIndex
      } else if (leafIndex !== next) {
        throw new RangeError(`heartbeats: record ${leafIndex} does not follow ${next - 1}; give all records in order`)
      }
      next = leafIndex + 1
      if (isHeartbeat(record)) take(leafIndex, record)
      else pending.push(record.type)
    },
    finish(until) {
      const silence = until === undefined ? undefined : silenceUntil(until, 0)
      // After a stop no heartbeat is due; only records without one are remarkable.
      const isStrange = silence && (!silence.isStopped || silence.records > 0)
      const never = heartbeats === 0 && first !== undefined
      return {
        heartbeats,
        unchecked,
        ...(newest && { newest: { leafIndex: newest.leafIndex, at: newest.record.at } }),
        findings: [
          ...findings,
          ...(never ? [{ kind: 'uncounted' as const, start: pendingStart, end: next }] : []),
          ...(isStrange ? [silence] : []),
        ],
      }
    },
  }
}

const isHeartbeat = (record: PlacedRecord['record']): record is HeartbeatRecord =>
  record.type === 'heartbeat' && 'counts' in record
