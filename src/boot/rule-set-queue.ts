import { type SluisError, sluisError } from '../errors.ts'

/** How much work on rule sets may be asked for at once, running work included. */
export interface QueueBounds {
  readonly perCaller: number
  readonly inAll: number
  /** Seconds after which a caller who is refused may try again. */
  readonly retrySeconds: number
}

/** Runs one work at a time, and refuses what would wait too long. */
export type RuleSetQueue = <Result>(caller: string, work: () => Promise<Result>) => Promise<Result>

interface Waiting {
  readonly caller: string
  readonly start: () => Promise<void>
}

/**
 * A queue in which callers take turns: whoever was served least recently comes first, so that one caller delays another by one work
 * at most. A refusal is SluisError `too-many-requests`.
 */
export function createRuleSetQueue({ perCaller, inAll, retrySeconds }: QueueBounds): RuleSetQueue {
  const waiting: Waiting[] = []
  /** Callers in the order in which they were last served; forgotten when nobody waits. */
  let served: readonly string[] = []
  let running: string | undefined

  const startNext = () => {
    if (running !== undefined) return
    if (waiting.length === 0) {
      served = []
      return
    }
    // Somebody who was never served has index -1; the first of equals waited longest.
    const next = waiting.reduce((first, other) =>
      served.indexOf(other.caller) < served.indexOf(first.caller) ? other : first,
    )
    waiting.splice(waiting.indexOf(next), 1)
    running = next.caller
    served = [...served.filter((caller) => caller !== running), running]
    void next.start().finally(() => {
      running = undefined
      startNext()
    })
  }

  return (caller, work) => {
    const own = waiting.filter((other) => other.caller === caller).length + (running === caller ? 1 : 0)
    if (own >= perCaller) return Promise.reject(refusal(OWN, retrySeconds))
    if (waiting.length + (running === undefined ? 0 : 1) >= inAll) return Promise.reject(refusal(ALL, retrySeconds))
    return new Promise((resolve, reject) => {
      waiting.push({ caller, start: () => work().then(resolve, reject) })
      startNext()
    })
  }
}

const OWN = {
  nl: 'de gateway controleert nog andere bestanden die u stuurde; wacht op dat antwoord',
  en: 'the gateway is still checking other files that you sent; wait for that answer',
}

const ALL = {
  nl: 'de gateway controleert regelsets van andere functionarissen; probeer het over een halve minuut opnieuw',
  en: 'the gateway is checking rule sets of other officers; try again in half a minute',
}

const refusal = (detail: typeof OWN, retryAfterSeconds: number): SluisError =>
  sluisError('too-many-requests', detail, { retryAfterSeconds })
