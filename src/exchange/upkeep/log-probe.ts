import type { MonotonicClock } from '../../ports/keys.ts'
import type { Store } from '../../ports/store.ts'
import type { RecordCounter } from './record-counter.ts'

/** Seconds between two probes: a load balancer asks as often, and anybody may ask. */
const PROBE_SECONDS = 10

/** Whether the log can be written. */
export interface LogProbe {
  /**
   * False after a commit that failed, until one succeeds: a heartbeat is tried every ten seconds for that. Otherwise by a small
   * durable write of its own, at most every ten seconds, because a disk also becomes full when nobody asks anything.
   */
  canWrite(): Promise<boolean>
}

export function createLogProbe(parts: {
  readonly counter: Pick<RecordCounter, 'isWritable'>
  readonly store: Pick<Store, 'probeWrite'>
  readonly monotonic: MonotonicClock
}): LogProbe {
  const { counter, store, monotonic } = parts
  let probedAtMs = Number.NEGATIVE_INFINITY
  let newest = Promise.resolve(true)
  return {
    async canWrite() {
      if (!counter.isWritable()) return false
      if (monotonic() - probedAtMs >= PROBE_SECONDS * 1000) {
        probedAtMs = monotonic()
        newest = store.probeWrite().then(
          () => true,
          () => false,
        )
      }
      return (await newest) && counter.isWritable()
    },
  }
}
