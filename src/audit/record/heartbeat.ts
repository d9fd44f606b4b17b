import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** How far a clock may be off before the log says so: more than a clock that is kept in step is ever corrected at once. */
export const CLOCK_TOLERANCE_SECONDS = 5

export const HEARTBEAT_OCCASIONS = ['start', 'time', 'clock', 'stop'] as const

/**
 * The gateway says that it lives, and how many records it wrote since it last said so. A log that was cut off, or that is
 * shown to nobody any more, lacks its next heartbeat; a record that was left out does not fit the counters.
 */
export type HeartbeatRecord = Envelope & {
  readonly type: 'heartbeat'
  /** Why now: it started, an interval was over, its clock jumped, or it stops in good order. */
  readonly occasion: (typeof HEARTBEAT_OCCASIONS)[number]
  /** Index of the first record that the counters are about: after the previous heartbeat, or where this process began. */
  readonly since: number
  /** Record type to how many this process wrote from `since` up to here, this record not counted; none is left out. */
  readonly counts: { readonly [type: string]: number }
  /** Commits since then that could not be written; whoever asked for them was refused. */
  readonly failed: number
  /** The rule set in force. */
  readonly policyHash: string
  /** The next heartbeat comes within so many minutes; absent at a stop, which promises none. */
  readonly everyMinutes?: number
  /**
   * How many seconds the wall clock moved ahead of (or, below zero, behind) the passing of time since the last heartbeat of this
   * process; at a start, how far it lies behind the newest record, below zero then too. Absent when it kept time within
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
