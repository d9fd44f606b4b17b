import type { CommitQueue } from '../ports/store.ts'

const lastTurns = new WeakMap<CommitQueue, Promise<unknown>>()

/**
 * One after the other, in the order in which they came, for everybody who writes to one queue. For work that others keep
 * overtaking: fifty who try again at once would each time let one through and send the rest back.
 */
export function takeTurn<Result>(queue: CommitQueue, work: () => Promise<Result>): Promise<Result> {
  const turn = (lastTurns.get(queue) ?? Promise.resolve()).then(work)
  // Whoever comes next waits for the end of this turn, not for its success.
  lastTurns.set(
    queue,
    turn.catch(() => undefined),
  )
  return turn
}
