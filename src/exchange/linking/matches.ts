import { formatMatchRecord } from '../../audit/record/match.ts'
import { sluisError } from '../../errors.ts'
import type { Commit, NewNotice } from '../../ports/commit.ts'
import type { MatchStatus, PersonRead, StoredMatch, StoredPerson } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import type { Receipt } from '../../ports/stored.ts'
import { derivePseudonyms } from '../../pseudonym/pseudonym.ts'
import type { Gateway } from '../gateway.ts'
import { type MatchNotice, sealMatchNotice } from '../notices.ts'
import { findReceived } from '../reply.ts'
import { type AnswerEffect, confirmInForest, rejectInForest } from './person-forest.ts'
import { findPseudonymEpoch } from './pseudonym-epoch.ts'

/** A data subject as the recipient got it: an exchange, and the position in `dataSubjects` of its content, from 0. */
export interface DeliveredMention {
  readonly exchangeId: string
  readonly dataSubject: number
}

/** A match as its recipient sees it, without the evidence for it. */
export interface MatchView {
  readonly id: string
  readonly domain: string
  readonly status: MatchStatus
  /** The present pseudonym of each side; the same when they are one person. */
  readonly pseudonyms: readonly [earlier: string, later: string]
  /** The data subject of each side that caused the match. */
  readonly mentions: readonly DeliveredMention[]
  readonly at: string
  /** Client id of the person or system that answered last, and when. */
  readonly answeredBy?: string
  readonly answeredAt?: string
}

/** The result of an answer. No receipt when the match already had this answer: then nothing happened. */
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
  return Promise.all(matches.map((match) => formView(gateway, match)))
}

/** @returns undefined when this recipient has no such match */
export async function findMatch(gateway: Gateway, recipient: string, id: string): Promise<MatchView | undefined> {
  const match = await gateway.store.findMatch(recipient, id)
  return match && formView(gateway, match)
}

/**
 * Records the recipient's answer whether both sides of a match are one person. When it merges two persons or splits one, a notice
 * in the inbox reports that, with both pseudonyms. A different answer later reverses it, and a person that was split off before
 * gets the same pseudonym again. The same answer a second time changes nothing.
 *
 * @param by client id of the person or system that answers
 * @returns undefined when this recipient has no such match
 * @throws SluisError `recipient-without-key`, `log-unavailable`
 */
export async function answerMatch(
  gateway: Gateway,
  recipient: string,
  by: string,
  id: string,
  answer: Answer,
): Promise<MatchAnswer | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const match = await gateway.store.findMatch(recipient, id)
    if (!match) return undefined
    if (match.status === answer) return { ...(await formView(gateway, match)), effect: 'none' }
    const receipt = await commitAnswer(gateway, match, by, answer)
    if (!receipt) continue
    const answered = await gateway.store.findMatch(recipient, id)
    if (!answered) return undefined
    return { ...(await formView(gateway, answered)), ...receipt }
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

async function formView(gateway: Gateway, match: StoredMatch): Promise<MatchView> {
  const { id, domain, recipient, status, at, answeredBy, answeredAt } = match
  const [earlier, later] = await pseudonymsOf(gateway, domain, match.persons)
  const mentions = await gateway.store.listMentions([match.earlierMention, match.laterMention])
  return {
    id,
    domain,
    status,
    pseudonyms: [earlier!, later!],
    mentions: await locateInDeliveries(
      gateway,
      recipient,
      mentions.toSorted((one) => (one.id === match.earlierMention ? -1 : 1)),
    ),
    at,
    ...(answeredBy !== undefined && { answeredBy }),
    ...(answeredAt !== undefined && { answeredAt }),
  }
}

const pseudonymsOf = async (gateway: Gateway, domain: string, personIds: readonly string[]) =>
  derivePseudonyms(gateway.keyring, domain, await findPseudonymEpoch(gateway, domain), personIds)

/**
 * Converts positions in a report into positions in the delivered content, which leaves out data subjects of whom nothing passed.
 * Exchanges that are held or were never delivered are left out.
 */
async function locateInDeliveries(
  gateway: Gateway,
  recipient: string,
  mentions: readonly DeliveredMention[],
): Promise<DeliveredMention[]> {
  const located: DeliveredMention[] = []
  for (const { exchangeId, dataSubject } of mentions) {
    const received = await findReceived(gateway.store, recipient, exchangeId)
    if (!received) continue
    const before = received.record.subjects.slice(0, dataSubject)
    located.push({ exchangeId, dataSubject: before.filter(({ outcome }) => outcome !== 'geweigerd').length })
  }
  return located
}
