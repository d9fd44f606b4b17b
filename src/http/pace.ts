/** Runs the work of an answer and returns its result, or throws its error, at a fixed distance from the start. */
export type Pace = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Lets answers leave at multiples of an interval after their request, so that the time an answer takes does not show how much the
 * gateway knew about a person: a look-up of somebody who was reported thirty times takes longer than one of a stranger. The work is
 * bounded, so that it fits into one interval on a machine that is not overloaded.
 *
 * Counts with timers only, because the clock of Workers stands still while the program computes.
 *
 * @param intervalMs 0 lets every answer leave at once
 */
export function createPace(
  intervalMs: number,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Pace {
  return async (work) => {
    if (intervalMs === 0) return work()
    let isDone = false
    const result = work().finally(() => {
      isDone = true
    })
    // An error waits too; until it is returned below nobody listens to it.
    result.catch(() => {})
    do await wait(intervalMs)
    while (!isDone)
    return result
  }
}
