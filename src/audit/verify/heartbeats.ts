import type { HeartbeatRecord } from '../record/heartbeat.ts'
import type { AuditRecord } from '../record/record.ts'

/** A record with its place in the log. */
export interface PlacedRecord {
  readonly leafIndex: number
  readonly record: Pick<AuditRecord, 'type' | 'at'> | HeartbeatRecord
}

/** Something that the heartbeats of a log say about its completeness, in the order of the log. Holds no personal data. */
export type HeartbeatFinding =
  /**
   * No heartbeat for longer than the one before it promised, although it did not say that it stopped (`isStopped` false), or
   * between a stop and the next start. `leafIndex` is that of the heartbeat that came too late; absent when none came yet.
   */
  | {
      readonly kind: 'silence'
      readonly leafIndex?: number
      readonly since: string
      readonly seconds: number
      readonly isStopped: boolean
      /** How many records were written in the meantime. */
      readonly records: number
    }
  /** The counters of the heartbeat at `leafIndex` are not what the log shows from `since` up to it. */
  | {
      readonly kind: 'miscount'
      readonly leafIndex: number
      readonly since: number
      readonly types: readonly { readonly type: string; readonly counted: number; readonly found: number }[]
    }
  /** Records `[start, end)` that no heartbeat counts: a process ended without saying so, or nothing counted yet. */
  | { readonly kind: 'uncounted'; readonly start: number; readonly end: number }
  /** The heartbeat at `leafIndex` counts again what one before it counted; two processes wrote, or somebody made it up. */
  | { readonly kind: 'overlap'; readonly leafIndex: number; readonly since: number }
  /** The heartbeat at `leafIndex` noted that the clock jumped. */
  | { readonly kind: 'clock'; readonly leafIndex: number; readonly seconds: number }
  /** Commits that could not be written, and whose senders were told so, before the heartbeat at `leafIndex`. */
  | { readonly kind: 'failed'; readonly leafIndex: number; readonly commits: number }

export interface HeartbeatSummary {
  readonly heartbeats: number
  /** Heartbeats whose counters reach back before the first record that was given, and were not compared. */
  readonly unchecked: number
  readonly newest?: { readonly leafIndex: number; readonly at: string }
  readonly findings: readonly HeartbeatFinding[]
}

export interface HeartbeatCheck {
  /** Takes the next record of the log. @throws RangeError when its index does not follow on the one before */
  add(placed: PlacedRecord): void
  /**
   * What was found. Records after the newest heartbeat are found fault with only when `until` is so late that it should have
   * been followed by another.
   *
   * @param until moment up to which the log was read, RFC 3339 in UTC; absent when nobody knows
   */
  finish(until?: string): HeartbeatSummary
}

export interface HeartbeatCheckOptions {
  /** What a heartbeat promises that does not say it itself. */
  readonly everyMinutes?: number
  /** How late a heartbeat may be: a busy or a sleeping machine is no gap. */
  readonly slackMinutes?: number
}

/**
 * Checks heartbeats against the records between them, in one pass over unfiltered records in the order of the log. A tree
 * proves that no record was changed; that none was left out, or the log cut off, shows only here: in counters that do not fit
 * and in a heartbeat that did not come.
 *
 * What it cannot see: a process that writes, leaves a record out and counts it out too; for that there are the receipts of
 * both parties. On Workers an object goes from memory without a stop, so that stretches without a counter are normal there.
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
    // Time as it passed: what the clock jumped by in the meantime does not make a silence, or hide one.
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
        throw new RangeError(
          `heartbeats: record ${leafIndex} does not follow on ${next - 1}; give all records in order`,
        )
      }
      next = leafIndex + 1
      if (isHeartbeat(record)) take(leafIndex, record)
      else pending.push(record.type)
    },
    finish(until) {
      const silence = until === undefined ? undefined : silenceUntil(until, 0)
      // Whoever stopped may stay away; only what is written without a heartbeat is strange then.
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
