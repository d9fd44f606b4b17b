import { CLOCK_TOLERANCE_SECONDS, formatHeartbeatRecord, type HeartbeatRecord } from '../../audit/record/heartbeat.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import type { Clock, MonotonicClock, RandomBytes } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import type { RecordCounter } from './record-counter.ts'

/** Often enough to show within an hour that a log was cut off, seldom enough to cost nothing. */
export const DEFAULT_HEARTBEAT_MINUTES = 60
/** A heartbeat older than this many intervals raises the alarm: one was missed, and the next is due. */
const STALE_INTERVALS = 2
/** Seconds between a heartbeat that could not be written and the next attempt, and before one that shows a recovery. */
const RETRY_SECONDS = 10

/** The state of the heartbeats of this process. */
export interface HeartbeatStatus {
  /** Greatest number of minutes between two heartbeats. */
  readonly everyMinutes: number
  /** When this process wrote its newest heartbeat, RFC 3339 in UTC; undefined before the first. */
  newestAt(): string | undefined
  /** Whether the newest is younger than twice the interval, by the time that passed and not by the wall clock. */
  isFresh(): boolean
}

/** Writes heartbeats. Not for concurrent use: call one of its functions at a time. */
export interface HeartbeatWriter extends HeartbeatStatus {
  /**
   * Writes the first heartbeat of this process; call it when everything that precedes serving is recorded. It notes when the
   * newest record of the log lies in the future.
   * @throws SluisError `log-unavailable`
   */
  writeFirst(policyHash: string): Promise<void>
  /**
   * Writes a heartbeat when one is due: the interval will be over before the next call, the clock jumped, or a commit failed, so
   * that the log shows when it can be written again. Costs nothing when none is due. It waits ten seconds after one that could
   * not be written, and after any before one for a recovery.
   * @throws SluisError `log-unavailable`, unless a commit or heartbeat before it failed too
   */
  writeIfDue(policyHash: string): Promise<void>
  /** Writes the last heartbeat of this process, at the end of an orderly stop. @throws SluisError `log-unavailable` */
  writeLast(policyHash: string): Promise<void>
}

export interface HeartbeatWriterOptions {
  readonly counter: RecordCounter
  readonly log: Store['log']
  readonly clock: Clock
  /**
   * On Workers this clock stands still within a request, and a Durable Object loses it when it leaves memory; a jump of the wall
   * clock in between shows only when it puts the newest record into the future.
   */
  readonly monotonic: MonotonicClock
  readonly random: RandomBytes
  readonly everyMinutes?: number
  /** Seconds between two calls of `writeIfDue`. */
  readonly checkSeconds: number
  /** Called once when the newest heartbeat has become too old, and again only after a fresh one. */
  readonly reportStale: (newestAt: string) => void
}

/** One moment on both clocks. */
interface Moment {
  readonly wallMs: number
  readonly monotonicMs: number
}

export function createHeartbeatWriter(options: HeartbeatWriterOptions): HeartbeatWriter {
  const { counter, log, clock, monotonic, random, checkSeconds, reportStale } = options
  const everyMinutes = options.everyMinutes ?? DEFAULT_HEARTBEAT_MINUTES
  const everyMs = everyMinutes * 60_000
  let newest: (Moment & { readonly at: string }) | undefined
  let triedAtMs = Number.NEGATIVE_INFINITY
  let isStaleReported = false
  let isWriting = false

  const now = (): Moment => ({ wallMs: clock().getTime(), monotonicMs: monotonic() })
  const shiftSince = (then: Moment, { wallMs, monotonicMs }: Moment): number | undefined =>
    beyondTolerance((wallMs - then.wallMs - (monotonicMs - then.monotonicMs)) / 1000)

  const write = async (
    policyHash: string,
    occasion: HeartbeatRecord['occasion'],
    findShift: (moment: Moment) => number | undefined,
  ): Promise<void> => {
    isWriting = true
    triedAtMs = monotonic()
    try {
      let written: typeof newest
      await counter.commitCount((count) => {
        const moment = now()
        const at = new Date(moment.wallMs).toISOString()
        const clockShiftSeconds = findShift(moment)
        written = { ...moment, at }
        return formatHeartbeatRecord({
          type: 'heartbeat',
          at,
          occasion,
          ...count,
          policyHash,
          ...(occasion !== 'stop' && { everyMinutes }),
          ...(clockShiftSeconds !== undefined && { clockShiftSeconds }),
          nonce: random(16),
        })
      })
      newest = written
      isStaleReported = false
    } finally {
      isWriting = false
    }
  }
  const sinceNewest = (moment: Moment) => newest && shiftSince(newest, moment)

  const isFresh = (): boolean => {
    if (!newest) return false
    if (monotonic() - newest.monotonicMs <= STALE_INTERVALS * everyMs) return true
    if (!isStaleReported) {
      isStaleReported = true
      reportStale(newest.at)
    }
    return false
  }

  return {
    everyMinutes,
    newestAt: () => newest?.at,
    isFresh,
    async writeFirst(policyHash) {
      const newestRecordAt = await findMomentBefore(log, await counter.findStart())
      await write(policyHash, 'start', ({ wallMs }) =>
        newestRecordAt === undefined || newestRecordAt <= wallMs
          ? undefined
          : beyondTolerance((wallMs - newestRecordAt) / 1000),
      )
    },
    async writeIfDue(policyHash) {
      if (!newest || isWriting) return
      const moment = now()
      const isDue = moment.monotonicMs - newest.monotonicMs + checkSeconds * 1000 > everyMs
      const wasWritable = counter.isWritable()
      const due = sinceNewest(moment) !== undefined ? 'clock' : isDue ? 'time' : undefined
      const occasion = due ?? (wasWritable ? undefined : 'recovery')
      const isRested = moment.monotonicMs - triedAtMs >= RETRY_SECONDS * 1000
      const mayTry = isRested || (due !== undefined && newest.monotonicMs >= triedAtMs)
      try {
        if (occasion && mayTry) await write(policyHash, occasion, sinceNewest)
      } catch (error) {
        // Thrown once, when it begins.
        if (wasWritable) throw error
      } finally {
        isFresh()
      }
    },
    writeLast: (policyHash) => write(policyHash, 'stop', sinceNewest),
  }
}

/** Whole seconds, or undefined when they are within the tolerance of a clock. */
function beyondTolerance(seconds: number): number | undefined {
  return Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS ? Math.round(seconds) : undefined
}

/** The moment of the record before `leafIndex`, in POSIX milliseconds. */
async function findMomentBefore(log: Store['log'], leafIndex: number): Promise<number | undefined> {
  const [bytes] = leafIndex === 0 ? [] : await log.records(leafIndex - 1, leafIndex)
  return bytes && Date.parse(parseRecord(parseUtf8(bytes)).at)
}
