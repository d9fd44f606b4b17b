interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Turns single calls into batches: whatever is waiting when the previous batch is done goes into the next, in order, at most
 * `maxBatch` at once. One batch is under way at a time. When `write` fails, exactly the calls of that batch fail.
 *
 * @param write gives one result for each item, in order
 */
export function createBatchQueue<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  maxBatch: number,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = []
  let isWriting = false

  const writeAll = async () => {
    // Waiting for the next turn first lets everything that arrives in this one, or on hearing its answer, share a batch.
    for (await nextTurn(); queue.length > 0; await nextTurn()) {
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

// Not every runtime has setImmediate.
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
