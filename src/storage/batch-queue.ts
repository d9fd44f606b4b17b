import { takeTurns } from '../audit/export/read-log.ts'

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Combines single calls into batches: the calls that are waiting when a batch finishes form the next one, in order, at most
 * `maxBatch` at once. One batch runs at a time. When `write` fails, exactly the calls of that batch fail.
 *
 * @param write returns one result for each item, in order
 */
export function createBatchQueue<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  maxBatch: number,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = []
  let isWriting = false

  const writeAll = async () => {
    // Waiting one turn of the event loop lets all calls of this turn, and calls caused by its results, share a batch.
    for (await takeTurns(); queue.length > 0; await takeTurns()) {
      const batch = queue.splice(0, maxBatch)
      try {
        const results = await write(batch.map(({ item }) => item))
        for (const [position, { resolve }] of batch.entries()) resolve(results[position]!)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (isWriting) return
      isWriting = true
      void writeAll()
    })
}
