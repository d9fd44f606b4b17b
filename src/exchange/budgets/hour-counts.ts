import type { CommitQueue } from '../../ports/store.ts'
import { type PartyLimit, YIELDING } from './limits.ts'

/** What a party wants to spend, and the limits that hold for it. */
export interface Spending {
  readonly party: string
  readonly limit: PartyLimit
  /** At least 1. */
  readonly amount: number
  /** Of this limit, for this party. */
  readonly most: number
  /** Of all limits, for all parties together. */
  readonly mostOfAll: number
  /** Number of parties in the rule set. */
  readonly parties: number
}

/** What the parties spent in the present hour, in the memory of one process. */
export interface HourCounts {
  /**
   * Spends the whole amount or nothing.
   * @param window the hour, as POSIX seconds of its start; one before the newest counts as the newest
   * @returns which limit refuses it, if one does
   */
  spend(window: number, spending: Spending): 'party' | 'all-parties' | undefined
  /**
   * Runs `record` for the first refusal under this key in the hour, and again only when it failed.
   * @param key a limit, and a party unless it is the limit of all
   */
  recordOnce(window: number, key: string, record: () => Promise<unknown>): Promise<void>
}

interface Hour {
  readonly window: number
  /** By limit and party. */
  readonly used: Map<string, number>
  /** By party. */
  readonly usedInAll: Map<string, number>
  /** What parties spent beyond their shares. */
  beyondShares: number
  readonly recorded: Set<string>
}

/**
 * Half of what all parties may do together is divided among them equally, and no other party can use up such a share. The other
 * half is for whoever comes first. So one party in a loop gets its share and at most that half, and whatever several of them do,
 * everybody else can still do its share.
 */
export function createHourCounts(): HourCounts {
  let hour = beginHour(Number.NEGATIVE_INFINITY)
  const hourOf = (window: number): Hour => {
    if (window > hour.window) hour = beginHour(window)
    return hour
  }

  return {
    spend(window, { party, limit, amount, most, mostOfAll, parties }) {
      const present = hourOf(window)
      const key = `${limit} ${party}`
      const used = (present.used.get(key) ?? 0) + amount
      if (used > most) return 'party'
      const before = present.usedInAll.get(party) ?? 0
      const share = Math.max(1, Math.floor(mostOfAll / 2 / Math.max(1, parties)))
      const beyond = Math.max(0, before + amount - share) - Math.max(0, before - share)
      const free = Math.max(0, mostOfAll - share * parties - present.beyondShares)
      if (beyond > free && YIELDING.has(limit)) return 'all-parties'
      present.used.set(key, used)
      present.usedInAll.set(party, before + amount)
      present.beyondShares += beyond
      return undefined
    },
    async recordOnce(window, key, record) {
      const { recorded } = hourOf(window)
      if (recorded.has(key)) return
      recorded.add(key)
      try {
        await record()
      } catch (error) {
        recorded.delete(key)
        throw error
      }
    },
  }
}

const beginHour = (window: number): Hour => ({
  window,
  used: new Map(),
  usedInAll: new Map(),
  beyondShares: 0,
  recorded: new Set(),
})

const countsOf = new WeakMap<CommitQueue, HourCounts>()

/** The counts of everything that commits through one queue. */
export function hourCountsOf(queue: CommitQueue): HourCounts {
  const counts = countsOf.get(queue) ?? createHourCounts()
  countsOf.set(queue, counts)
  return counts
}
