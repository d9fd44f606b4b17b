import type { Commit } from '../ports/commit.ts'
import type { CommitQueue } from '../ports/store.ts'
import type { Receipt } from '../ports/stored.ts'

/**
 * Commits a record that depends on nothing another commit can change, alone or with what the recipient did with a delivery.
 * @throws SluisError `log-unavailable`
 */
export async function commitRecord(
  { queue }: { readonly queue: CommitQueue },
  commit: Pick<Commit, 'record' | 'handOver' | 'acknowledge'>,
): Promise<Receipt> {
  const result = await queue.commit(commit)
  if (result.status !== 'committed') throw new Error('a record that depends on nothing is always committed')
  return result.receipt
}
