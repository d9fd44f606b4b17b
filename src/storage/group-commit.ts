import type { CommitQueue, Store } from '../ports/store.ts'
import { createBatchQueue } from './batch-queue.ts'

/**
 * One durable transaction costs the same for one commit as for a hundred, so waiting commits share a transaction.
 *
 * @param options.maxBatch most commits in one transaction; above 128 latency rises and throughput does not
 */
export function createGroupCommit(
  store: Pick<Store, 'commit'>,
  { maxBatch = 128 }: { maxBatch?: number } = {},
): CommitQueue {
  return { commit: createBatchQueue((commits) => store.commit(commits), maxBatch) }
}
