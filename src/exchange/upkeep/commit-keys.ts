import type { Commit } from '../../ports/commit.ts'
import type { Gateway } from '../gateway.ts'

/**
 * Commits a change of the keys before anything is served, when nothing else is written.
 * @throws Error when it was not stored: the gateway must not continue with keys that the database does not know
 */
export async function commitKeys({ queue }: Pick<Gateway, 'queue'>, commit: Commit): Promise<void> {
  const { status } = await queue.commit(commit)
  if (status !== 'committed') throw new Error(`keys: a change was answered with ${status}; start the gateway again`)
}
