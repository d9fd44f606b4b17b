import type { Commit, NewExchange } from '../../ports/commit.ts'
import type { Move, PersonRead } from '../../ports/mentions.ts'
import type { Store } from '../../ports/store.ts'
import { createMatches, type Matches } from './matches.ts'
import { createMentions, type Mentions } from './mentions.ts'
import { createPersons, type Persons } from './persons.ts'
import type { SqliteDatabase } from './statements.ts'
import { createTokenIndex } from './token-index.ts'

type Answer = NonNullable<Commit['answer']>

/**
 * Changes persons, mentions and matches together. Synchronous, inside a transaction of the caller; a call that returns false changed
 * nothing.
 */
export interface Links {
  readonly persons: Persons
  readonly mentions: Mentions
  readonly matches: Matches
  findCandidates(...question: Parameters<Store['findCandidates']>): Awaited<ReturnType<Store['findCandidates']>>
  /** Whether everything that the linking of an exchange depended on is unchanged. */
  isCurrent(exchange: NewExchange): boolean
  /** Stores the mentions of an exchange with their matches and moves. */
  store(exchange: NewExchange): void
  /** Applies the answer to a match; false when the state it depends on has changed. */
  answer(answer: Answer): boolean
  /** Removes the tokens of a match epoch from their mentions, which remain. Reads every token. */
  dropTokensOf(epoch: number): void
  /** Removes the mentions of an exchange, or those of some of its data subjects, with their tokens, matches and persons. */
  remove(exchangeId: string, dataSubjects?: readonly number[]): void
}

export function createLinks(db: SqliteDatabase): Links {
  const index = createTokenIndex(db)
  const matches = createMatches(db)
  const persons = createPersons(db, matches)
  const mentions = createMentions(db, index)

  const areCurrent = (moves: readonly Move[], reads: readonly PersonRead[]): boolean =>
    moves.every(({ mentionId, from }) => mentions.find(mentionId)?.personId === from) &&
    reads.every(({ domain, personId, fingerprint }) => persons.find(domain, personId)?.fingerprint === fingerprint)

  const move = (moves: readonly Move[]): void => {
    const left = new Map<string, { domain: string; personId: string }>()
    for (const { mentionId, from, to } of moves) {
      const { domain } = mentions.find(mentionId)!
      // A person that cannot be recognised never moves.
      persons.store({ domain, personId: to, isLinkable: true })
      mentions.move(mentionId, to)
      left.set(`${domain} ${from}`, { domain, personId: from })
    }
    for (const { domain, personId } of left.values()) persons.forget(domain, personId)
  }

  return {
    persons,
    mentions,
    matches,
    findCandidates: index.find,
    dropTokensOf: index.dropEpoch,
    isCurrent({ mentions: added, matches, moves, reads }) {
      const isKnown = (id: string) => added.some((mention) => mention.id === id) || mentions.find(id) !== undefined
      return (
        added.every(({ domain, pseudonymEpoch, lookup, fingerprint }) => {
          const stored = persons.findDomain(domain)
          // Nobody could place a pseudonym of another epoch than the rest of the domain.
          if (stored && stored.pseudonymEpoch !== pseudonymEpoch) return false
          return index.find(lookup).fingerprint === fingerprint
        }) &&
        matches.every(({ earlierMention, laterMention }) => isKnown(earlierMention) && isKnown(laterMention)) &&
        areCurrent(moves, reads)
      )
    },
    store({ id, recipient, mentions: added, matches: found, moves }) {
      for (const mention of added) {
        const { domain, pseudonymEpoch } = mention
        persons.storeDomain({ domain, recipient, pseudonymEpoch })
        persons.store(mention)
        mentions.store(mention, id)
      }
      for (const match of found) matches.store(match, recipient)
      move(moves)
    },
    answer({ matchId, from, status, joins, others, moves, reads, by, at }) {
      const isThere = matches.findStatus(matchId) === from
      if (!isThere || others.some((other) => matches.findStatus(other.matchId) === undefined)) return false
      if (!areCurrent(moves, reads)) return false
      for (const given of [{ matchId, status, joins }, ...others]) matches.answer(given.matchId, { ...given, by, at })
      move(moves)
      return true
    },
    remove(exchangeId, dataSubjects) {
      const rows = mentions
        .listOf(exchangeId)
        .filter(({ dataSubject }) => dataSubjects === undefined || dataSubjects.includes(dataSubject))
      for (const { seq, id, domain, personId } of rows) {
        const named = matches.removeOf(id)
        mentions.remove(seq)
        for (const person of new Set([personId, ...named])) persons.forget(domain, person)
      }
    },
  }
}
