import {
  type AnswerEffect,
  confirmInForest,
  moveAll,
  rejectInForest,
  selectElder,
} from '../../../src/exchange/linking/person-forest.ts'
import type { MatchStatus, StoredMatch, StoredPerson } from '../../../src/ports/mentions.ts'

/** Mentions, matches and persons of one domain in memory, changed as the store changes them. */
export interface Forest {
  readonly matches: readonly StoredMatch[]
  /** Persons by id. */
  persons(): ReadonlyMap<string, StoredPerson>
  personOf(mention: string): string
  /** A new mention: of the person of `near`, or of somebody new. */
  mention(near?: string): string
  /** A match that nobody answered; `automatic` makes one of two persons. */
  match(earlier: string, later: string, status: 'possible' | 'automatic'): StoredMatch
  answer(matchId: string, answer: 'confirmed' | 'rejected'): AnswerEffect
  /** A mention goes, with every match about it. */
  erase(mention: string): void
}

export function createForest(): Forest {
  const personOf = new Map<string, string>()
  let matches: Omit<StoredMatch, 'persons'>[] = []
  let clock = 0
  const now = () => new Date(Date.UTC(2026, 10, 22) + clock++).toISOString()
  const formMatch = (match: Omit<StoredMatch, 'persons'>): StoredMatch => ({
    ...match,
    persons: [personOf.get(match.earlierMention)!, personOf.get(match.laterMention)!],
  })
  const findPerson = (personId: string): StoredPerson => ({
    domain: 'd',
    personId,
    fingerprint: '',
    mentions: [...personOf].flatMap(([id, person]) =>
      person === personId ? [{ id, exchangeId: `exchange-${id}`, dataSubject: 0 }] : [],
    ),
    matches: matches.map(formMatch).filter(({ persons }) => persons.includes(personId)),
  })
  const set = (id: string, status: MatchStatus, joins: boolean) => {
    matches = matches.map((match) => (match.id === id ? { ...match, status, joins, answeredAt: now() } : match))
  }
  const add = (earlierMention: string, laterMention: string, status: 'possible' | 'automatic', joins: boolean) => {
    const id = `match-${String(matches.length).padStart(4, '0')}`
    matches.push({
      id,
      domain: 'd',
      recipient: 'r',
      status,
      earlierMention,
      laterMention,
      laterPerson: '',
      joins,
      at: now(),
    })
    return formMatch(matches.at(-1)!)
  }
  const move = (moves: AnswerEffect['moves']) => {
    for (const { mentionId, to } of moves) personOf.set(mentionId, to)
  }
  let made = 0
  return {
    get matches() {
      return matches.map(formMatch)
    },
    persons: () => new Map([...new Set(personOf.values())].map((personId) => [personId, findPerson(personId)])),
    personOf: (mention) => personOf.get(mention)!,
    mention(near) {
      const id = `m${String(made++).padStart(4, '0')}`
      personOf.set(id, near === undefined ? id : personOf.get(near)!)
      if (near !== undefined) add(near, id, 'automatic', true)
      return id
    },
    match(earlier, later, status) {
      const pair = [...new Set([personOf.get(earlier)!, personOf.get(later)!])].map(findPerson)
      const isJoin = status === 'automatic' && pair.length > 1
      const added = add(earlier, later, status, isJoin)
      const elder = selectElder(pair)
      if (isJoin) move(pair.flatMap((person) => (person === elder ? [] : moveAll(person, elder.personId))))
      return added
    },
    answer(matchId, answer) {
      const match = formMatch(matches.find(({ id }) => id === matchId)!)
      const persons = [...new Set(match.persons)].map(findPerson)
      const effect = answer === 'confirmed' ? confirmInForest(match, persons) : rejectInForest(match, persons)
      set(matchId, answer, effect.joins)
      for (const other of effect.others) set(other.matchId, answer, other.joins)
      move(effect.moves)
      return effect
    },
    erase(mention) {
      personOf.delete(mention)
      matches = matches.filter(
        ({ earlierMention, laterMention }) => earlierMention !== mention && laterMention !== mention,
      )
    },
  }
}
