import { CLOCK_TOLERANCE_SECONDS, formatHeartbeatRecord, type HeartbeatRecord } from '../../audit/record/heartbeat.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import { parseUtf8 } from '../../encoding/bytes.ts'
import type { Clock, MonotonicClock, RandomBytes } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import type { RecordCounter } from './record-counter.ts'

/** Often enough to tell within an hour that a log was cut off, seldom enough to weigh nothing. */
export const DEFAULT_HEARTBEAT_MINUTES = 60
/** A heartbeat older than so many intervals is alarming: one was missed, and the next is due. */
const STALE_INTERVALS = 2
/** After one that could not be written, the next try comes so many seconds later. */
const RETRY_SECONDS = 60

/** What may be asked about the heartbeats of this process. */
export interface Pulse {
  /** A heartbeat comes within so many minutes of the one before. */
  readonly everyMinutes: number
  /** When this process wrote its newest heartbeat, RFC 3339 in UTC; undefined before the first. */
  newestAt(): string | undefined
  /** Is it younger than twice the interval, by the time that passed and not by the wall clock? */
  isFresh(): boolean
}

/** Writes heartbeats. Call one of its functions at a time. */
export interface Heart extends Pulse {
  /**
   * The first heartbeat of this process, when everything that comes before serving is recorded. Notes a newest record of before
   * that lies in the future.
   * @throws SluisError `log-unavailable`
   */
  start(policyHash: string): Promise<void>
  /**
   * Looks whether a heartbeat is due, because an interval will be over before the next look or because the clock jumped, and
   * writes it. Costs nothing when none is. When one could not be written it waits a minute before it tries again.
   * @throws SluisError `log-unavailable`
   */
  look(policyHash: string): Promise<void>
  /** The last heartbeat of this process, at the end of an orderly stop. @throws SluisError `log-unavailable` */
  stop(policyHash: string): Promise<void>
}

export interface HeartOptions {
  readonly counter: RecordCounter
  readonly log: Store['log']
  readonly clock: Clock
  /**
   * On Workers time stands still within a request and a Durable Object keeps none from one stay in memory to the next, so that
   * a jump between two stays shows only when it puts the newest record into the future.
   */
  readonly monotonic: MonotonicClock
  readonly random: RandomBytes
  readonly everyMinutes?: number
  /** How far `look` calls lie apart. */
  readonly lookSeconds: number
  /** Told once when the newest heartbeat has become too old, and again only after a fresh one. */
  readonly reportStale: (newestAt: string) => void
}

/** The wall clock and the passing of time, at one moment. */
interface Moment {
  readonly wallMs: number
  readonly monotonicMs: number
}

export function createHeart(options: HeartOptions): Heart {
  const { counter, log, clock, monotonic, random, lookSeconds, reportStale } = options
  const everyMinutes = options.everyMinutes ?? DEFAULT_HEARTBEAT_MINUTES
  const everyMs = everyMinutes * 60_000
  let newest: (Moment & { readonly at: string }) | undefined
  let triedAtMs = Number.NEGATIVE_INFINITY
  let isStaleReported = false
  let isBeating = false

  const now = (): Moment => ({ wallMs: clock().getTime(), monotonicMs: monotonic() })
  const shiftSince = (then: Moment, { wallMs, monotonicMs }: Moment): number | undefined =>
    beyondTolerance((wallMs - then.wallMs - (monotonicMs - then.monotonicMs)) / 1000)

  const beat = async (
    policyHash: string,
    occasion: HeartbeatRecord['occasion'],
    findShift: (moment: Moment) => number | undefined,
  ): Promise<void> => {
    isBeating = true
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
      isBeating = false
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
    async start(policyHash) {
      const newestRecordAt = await findMomentBefore(log, await counter.findStart())
      await beat(policyHash, 'start', ({ wallMs }) =>
        newestRecordAt === undefined || newestRecordAt <= wallMs
          ? undefined
          : beyondTolerance((wallMs - newestRecordAt) / 1000),
      )
    },
    async look(policyHash) {
      if (!newest || isBeating) return
      const moment = now()
      const isDue = moment.monotonicMs - newest.monotonicMs + lookSeconds * 1000 > everyMs
      const occasion = sinceNewest(moment) !== undefined ? 'clock' : isDue ? 'time' : undefined
      const mayTry = newest.monotonicMs >= triedAtMs || moment.monotonicMs - triedAtMs >= RETRY_SECONDS * 1000
      try {
        if (occasion && mayTry) await beat(policyHash, occasion, sinceNewest)
      } finally {
        isFresh()
      }
    },
    stop: (policyHash) => beat(policyHash, 'stop', sinceNewest),
  }
}

/** Whole seconds, or undefined within what a clock may be off. */
function beyondTolerance(seconds: number): number | undefined {
  return Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS ? Math.round(seconds) : undefined
}

/** What the record before `leafIndex` gives as its moment, POSIX milliseconds. */
async function findMomentBefore(log: Store['log'], leafIndex: number): Promise<number | undefined> {
  const [bytes] = leafIndex === 0 ? [] : await log.records(leafIndex - 1, leafIndex)
  return bytes && Date.parse(parseRecord(parseUtf8(bytes)).at)
}
