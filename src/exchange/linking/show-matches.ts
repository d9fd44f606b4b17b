import { formatAccessRecord } from '../../audit/record/access.ts'
import { parseClientId } from '../../model/client-id.ts'
import type { MatchStatus } from '../../ports/mentions.ts'
import type { Gateway } from '../gateway.ts'
import type { MatchView } from './match-view.ts'
import { findMatch, listMatches } from './matches.ts'

/**
 * The matches of the caller's party after a cursor, oldest first, recorded before they leave.
 * @param by client id of the caller
 * @throws SluisError `log-unavailable`; then nothing may be answered
 */
export async function showMatches(
  gateway: Gateway,
  by: string,
  status: MatchStatus | undefined,
  cursor: string,
  limit: number,
): Promise<readonly MatchView[]> {
  const matches = await listMatches(gateway, parseClientId(by).party, status, cursor, limit)
  await recordMatchesRead(gateway, by, matches.length)
  return matches
}

/**
 * One match of the caller's party, recorded before it leaves; that there is none is recorded too.
 * @throws SluisError `log-unavailable`; then nothing may be answered
 */
export async function showMatch(gateway: Gateway, by: string, id: string): Promise<MatchView | undefined> {
  const match = await findMatch(gateway, parseClientId(by).party, id)
  await recordMatchesRead(gateway, by, match ? 1 : 0)
  return match
}

/** For an answer that changed nothing, and so has no record of its own. */
export async function recordMatchesRead(
  { queue, clock, random }: Pick<Gateway, 'queue' | 'clock' | 'random'>,
  by: string,
  found: number,
): Promise<void> {
  const at = clock().toISOString()
  await queue.commit({
    record: formatAccessRecord({ type: 'access', at, by, what: 'matches', found, nonce: random(16) }),
  })
}
