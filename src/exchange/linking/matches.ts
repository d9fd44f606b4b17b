import { formatMatchRecord } from '../../audit/record/match.ts'
import { sluisError } from '../../errors.ts'
import type { Commit, NewNotice } from '../../ports/commit.ts'
import type { MatchStatus, PersonRead, StoredMatch, StoredPerson } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import type { Receipt } from '../../ports/stored.ts'
import type { Gateway } from '../gateway.ts'
import { type MatchNotice, sealMatchNotice } from '../notices.ts'
import { formMatchView, locateInDeliveries, type MatchView, pseudonymsOf } from './match-view.ts'
import { type AnswerEffect, confirmInForest, rejectInForest } from './person-forest.ts'

/** The result of an answer. No receipt when nothing happened: the match already had this answer, or was not as the caller saw it. */
export interface MatchAnswer extends MatchView {
  readonly effect: AnswerEffect['effect']
  readonly receipt?: Receipt
}

export type Answer = 'confirmed' | 'rejected'

interface DecidedAnswer extends Pick<AnswerEffect, 'effect'> {
  readonly persons: readonly StoredPerson[]
  readonly step: NonNullable<Commit['answer']>
}

// Every round that answers `stale` means that another commit changed these persons.
const MAX_ROUNDS = 8

/** The recipient's matches after a cursor, oldest first. */
export async function listMatches(
  gateway: Gateway,
  recipient: string,
  status: MatchStatus | undefined,
  cursor: string,
  limit: number,
): Promise<readonly MatchView[]> {
  const matches = await gateway.store.listMatches(recipient, status, cursor, limit)
  return Promise.all(matches.map((match) => formMatchView(gateway, match)))
}

/** Matches that a count looks at, so that a long list costs no more than this many rows. */
export const COUNTED_MATCHES = 1000

/** What of the matches waits for an answer. */
export interface MatchCounts {
  readonly possible: number
}

/** Counts the oldest `COUNTED_MATCHES` matches that wait for an answer of the recipient. */
export async function countMatches({ store }: Pick<Gateway, 'store'>, recipient: string): Promise<MatchCounts> {
  return { possible: (await store.listMatches(recipient, 'possible', '', COUNTED_MATCHES)).length }
}

/** @returns undefined when this recipient has no such match */
export async function findMatch(gateway: Gateway, recipient: string, id: string): Promise<MatchView | undefined> {
  const match = await gateway.store.findMatch(recipient, id)
  return match && formMatchView(gateway, match)
}

/**
 * Records the recipient's answer whether both sides of a match are one person. When it merges two persons or splits one, a notice
 * in the inbox reports that, with both pseudonyms. A different answer later reverses it, and a person that was split off before
 * gets the same pseudonym again. The same answer a second time changes nothing.
 *
 * @param by client id of the person or system that answers
 * @param seen the status on which the answer is based; a match that has another by now, and not `answer`, stays as it is
 * @returns undefined when this recipient has no such match
 * @throws SluisError `recipient-without-key`, `log-unavailable`
 */
export async function answerMatch(
  gateway: Gateway,
  recipient: string,
  by: string,
  id: string,
  answer: Answer,
  seen?: MatchStatus,
): Promise<MatchAnswer | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const match = await gateway.store.findMatch(recipient, id)
    if (!match) return undefined
    const isOutdated = seen !== undefined && match.status !== seen
    if (match.status === answer || isOutdated) return { ...(await formMatchView(gateway, match)), effect: 'none' }
    const receipt = await commitAnswer(gateway, match, by, answer)
    if (!receipt) continue
    const answered = await gateway.store.findMatch(recipient, id)
    if (!answered) return undefined
    return { ...(await formMatchView(gateway, answered)), ...receipt }
  }
  throw sluisError('log-unavailable', {
    nl: 'te veel gelijktijdige wijzigingen aan dezelfde persoon; probeer het over enkele seconden opnieuw',
    en: 'too many concurrent changes to the same person; try again in a few seconds',
  })
}

/** One attempt. @returns undefined when another commit changed the persons in the meantime */
async function commitAnswer(
  gateway: Gateway,
  match: StoredMatch,
  by: string,
  answer: Answer,
): Promise<Pick<MatchAnswer, 'effect' | 'receipt'> | undefined> {
  const { id, domain, recipient } = match
  const at = gateway.clock().toISOString()
  const decided = await decideAnswer(gateway.store, match, { answer, by, at })
  if (decided === undefined) return undefined
  const { effect, persons, step } = decided
  const notice = await sealMoveNotice(gateway, match, answer, { effect, moves: step.moves }, persons)
  const nonce = gateway.random(16)
  const result = await gateway.queue.commit({
    record: formatMatchRecord({ type: 'match', at, step: answer, effect, matchId: id, domain, recipient, by, nonce }),
    notices: notice ? [notice] : [],
    answer: step,
  })
  return result.status === 'committed' ? { effect, receipt: result.receipt } : undefined
}

/** What an answer does, with the step that stores it. Reads only. @returns undefined when a person has changed in the meantime */
export async function decideAnswer(
  store: Pick<Store, 'findPerson'>,
  match: StoredMatch,
  { answer, by, at }: { readonly answer: Answer; readonly by: string; readonly at: string },
): Promise<DecidedAnswer | undefined> {
  const { id, domain, status } = match
  const found = await Promise.all([...new Set(match.persons)].map((person) => store.findPerson(domain, person)))
  const persons = found.filter((person) => person !== undefined)
  if (persons.length < found.length) return undefined
  const answerIn = answer === 'confirmed' ? confirmInForest : rejectInForest
  const { effect, joins, others, moves } = answerIn(match, persons)
  const step = {
    matchId: id,
    from: status,
    status: answer,
    joins,
    others: others.map((other) => ({ ...other, status: answer })),
    moves,
    reads: persons.map(({ personId, fingerprint }): PersonRead => ({ domain, personId, fingerprint })),
    by,
    at,
  }
  return { effect, persons, step }
}

async function sealMoveNotice(
  gateway: Gateway,
  { id, domain, recipient }: StoredMatch,
  answer: Answer,
  { effect, moves }: Pick<AnswerEffect, 'effect' | 'moves'>,
  persons: readonly StoredPerson[],
): Promise<NewNotice | undefined> {
  const [move] = moves
  if (effect === 'none' || move === undefined) return undefined
  const [from, to] = await pseudonymsOf(gateway, domain, [move.from, move.to])
  const head = { domain, matchId: id, from: from!, to: to! }
  if (effect === 'merged') return sealMatchNotice(gateway, recipient, answer, { type: 'merged', ...head })
  const moved = new Set(moves.map(({ mentionId }) => mentionId))
  const mentions = persons.flatMap((person) => person.mentions.filter((mention) => moved.has(mention.id)))
  const content: MatchNotice = {
    type: 'split',
    ...head,
    mentions: await locateInDeliveries(gateway, recipient, mentions),
  }
  return sealMatchNotice(gateway, recipient, answer, content)
}
