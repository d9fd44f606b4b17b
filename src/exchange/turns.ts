import { takeTurns } from '../audit/export/read-log.ts'
import { doInTurns, type Steps } from '../policy/steps.ts'
import type { CommitQueue } from '../ports/store.ts'

/** Runs work one after the other, in the order of the calls. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    // The next call waits for the end of this turn, not for its success.
    last = turn.catch(() => undefined)
    return turn
  }
}

const turnsOf = new WeakMap<CommitQueue, Turns>()

/**
 * Takes turns with all other callers that commit through one queue. For attempts that others keep overtaking: if fifty try again
 * at once, each round lets one through and sends the rest back.
 */
export function takeTurn<Result>(queue: CommitQueue, work: () => Promise<Result>): Promise<Result> {
  const turns = turnsOf.get(queue) ?? createTurns()
  turnsOf.set(queue, turns)
  return turns(work)
}

/** Does work that can take tens of milliseconds between other requests, which wait for one step of it only. */
export const inTurns = <Result>(steps: Steps<Result>): Promise<Result> => doInTurns(steps, takeTurns)
