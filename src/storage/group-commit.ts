import type { CommitQueue, Store } from '../ports/store.ts'
import { createBatchQueue } from './batch-queue.ts'

/**
 * One durable transaction costs the same for one commit as for a hundred, so that commits which wait together go together.
 *
 * @param options.maxBatch most commits in one transaction; above 128 they wait longer and no more get through
 */
export function createGroupCommit(
  store: Pick<Store, 'commit'>,
  { maxBatch = 128 }: { maxBatch?: number } = {},
): CommitQueue {
  return { commit: createBatchQueue((commits) => store.commit(commits), maxBatch) }
}
