import type { Commit } from '../../ports/commit.ts'
import type { Gateway } from '../gateway.ts'

/**
 * Commits a change of the keys before anything is served, when nobody else writes.
 * @throws Error when it was not stored all the same: going on would be on keys that the database does not know
 */
export async function commitKeys({ queue }: Gateway, commit: Commit): Promise<void> {
  const { status } = await queue.commit(commit)
  if (status !== 'committed') throw new Error(`keys: a change was answered with ${status}; start the gateway again`)
}
