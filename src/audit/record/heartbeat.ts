import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** Clock deviations up to this are not recorded: a synchronised clock is never corrected by more at once. */
export const CLOCK_TOLERANCE_SECONDS = 5

export const HEARTBEAT_OCCASIONS = ['start', 'time', 'clock', 'recovery', 'stop'] as const

/**
 * The gateway records that it is running, and how many records it wrote since the previous heartbeat. In a log that was cut off or is
 * no longer shown, the next heartbeat is missing; a record that was left out contradicts the counters.
 */
export type HeartbeatRecord = Envelope & {
  readonly type: 'heartbeat'
  /** Reason: a start, the end of an interval, a jump of the clock, the log that can be written again after a commit failed, or an orderly stop. */
  readonly occasion: (typeof HEARTBEAT_OCCASIONS)[number]
  /** Index of the first counted record: the one after the previous heartbeat, or the first of this process. */
  readonly since: number
  /** Number of records of each type that this process wrote from `since` up to this record, which is not counted. */
  readonly counts: { readonly [type: string]: number }
  /** Number of commits since then that could not be written; their requests were refused. */
  readonly failed: number
  /** The rule set in force. */
  readonly policyHash: string
  /** The next heartbeat follows within this many minutes; absent at a stop. */
  readonly everyMinutes?: number
  /**
   * Seconds that the wall clock moved ahead of (negative: behind) elapsed time since the previous heartbeat of this process; at a
   * start, how far it is behind the newest record, as a negative number. Absent when the clock deviated no more than
   * {@link CLOCK_TOLERANCE_SECONDS}. The order of records never depends on it.
   */
  readonly clockShiftSeconds?: number
}

/** The record of a heartbeat. @throws RangeError when the nonce has the wrong length */
export function formatHeartbeatRecord(draft: Draft<HeartbeatRecord>): string {
  const { type, at, occasion, since, counts, failed, policyHash, everyMinutes, clockShiftSeconds, nonce } = draft
  return formatRecord({
    type,
    at,
    occasion,
    since,
    counts,
    failed,
    policyHash,
    ...(everyMinutes !== undefined && { everyMinutes }),
    ...(clockShiftSeconds !== undefined && { clockShiftSeconds }),
    nonce,
  })
}
