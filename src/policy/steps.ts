/**
 * Pure work that is done in steps. It yields where others may go first: between two steps nothing of it is half done, and what
 * happens meanwhile does not change its result.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>

/** Does the whole work at once. */
export function doAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Does the work step by step, and between two steps waits for `takeTurns`. */
export async function doInTurns<Result>(steps: Steps<Result>, takeTurns: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await takeTurns()
  }
}

/** Maps a list, one step an element. A list of one takes no turn. */
export function* mapInSteps<Item, Result>(
  items: readonly Item[],
  map: (item: Item, at: number) => Result,
): Steps<readonly Result[]> {
  const results: Result[] = []
  for (const [at, item] of items.entries()) {
    if (at > 0) yield
    results.push(map(item, at))
  }
  return results
}
