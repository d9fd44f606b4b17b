import type { Move, StoredMatch, StoredPerson } from '../../ports/mentions.ts'

/**
 * Persons as a forest. Mentions are nodes, matches with `joins` are edges, and there is no cycle; a person is a tree. Removing an
 * edge always splits one person into two, and putting it back merges them again.
 *
 * A person has the id of its oldest mention, so that the same mentions are the same person (and have the same pseudonym) whatever
 * was merged and split before. A mention belongs to one person only, so no two persons have one id.
 */

type Mention = StoredPerson['mentions'][number]

/** The effect of an answer to one match. */
export interface AnswerEffect {
  readonly effect: 'none' | 'merged' | 'split'
  /** Whether the match is an edge of a person from now on. */
  readonly joins: boolean
  /** Matches that ask the same question, and so get the same answer. None of them joins. */
  readonly others: readonly { readonly matchId: string; readonly joins: false }[]
  /** Mentions that move from one person to one other. */
  readonly moves: readonly Move[]
}

/** Whether the first mention is older than the second. Exchange ids rise in time (RFC 9562 §5.7). */
function isOlder(one: Mention, other: Mention): boolean {
  if (one.exchangeId !== other.exchangeId) return one.exchangeId < other.exchangeId
  return one.dataSubject < other.dataSubject
}

/** @throws TypeError for no mentions */
const oldestOf = (mentions: readonly Mention[]): Mention =>
  mentions.reduce((oldest, mention) => (isOlder(mention, oldest) ? mention : oldest))

/** The person whose id remains when several become one: the one that was known first. */
export function selectElder<Person extends Pick<StoredPerson, 'mentions'>>(persons: readonly Person[]): Person {
  return persons.reduce((elder, person) =>
    isOlder(oldestOf(person.mentions), oldestOf(elder.mentions)) ? person : elder,
  )
}

/** Moves of every mention of a person to another person. */
export const moveAll = (person: Pick<StoredPerson, 'personId' | 'mentions'>, to: string): Move[] =>
  person.mentions.map(({ id }) => ({ mentionId: id, from: person.personId, to }))

/**
 * The effect of confirming that both mentions of a match are one person.
 * @param persons the person of either mention; one when that is the same
 */
export function confirmInForest(match: StoredMatch, persons: readonly StoredPerson[]): AnswerEffect {
  const [earlier, later] = match.persons
  if (earlier === later) return { effect: 'none', joins: match.joins, others: [], moves: [] }
  const elder = selectElder(persons)
  const others = matchesOf(persons).filter(
    ({ id, status, persons: [one, other] }) =>
      id !== match.id && status !== 'confirmed' && one !== other && areBoth([one, other], match.persons),
  )
  return {
    effect: 'merged',
    joins: true,
    others: others.map(({ id }) => ({ matchId: id, joins: false })),
    moves: persons.filter((person) => person !== elder).flatMap((person) => moveAll(person, elder.personId)),
  }
}

/**
 * The effect of rejecting that the mentions of a match are one person. If they were one, it is split at the newest edge on the path
 * between them; the part with the older mentions remains the same person.
 * @param persons the person of either mention; one when that is the same
 */
export function rejectInForest(match: StoredMatch, persons: readonly StoredPerson[]): AnswerEffect {
  const [person] = persons
  if (match.persons[0] !== match.persons[1] || person === undefined) {
    const others = matchesOf(persons).filter(
      ({ id, status, persons: pair }) => id !== match.id && status !== 'rejected' && areBoth(pair, match.persons),
    )
    return {
      effect: 'none',
      joins: false,
      others: others.map(({ id }) => ({ matchId: id, joins: false })),
      moves: [],
    }
  }

  const edges = person.matches.filter(({ joins }) => joins)
  const cut = match.joins ? match.id : findLastJoined(findPath(edges, match.earlierMention, match.laterMention))?.id
  const remaining = edges.filter(({ id }) => id !== cut)
  const laterSide = walk(remaining, match.laterMention)
  // The side with the mention that the person is named after keeps the id; when that mention was erased, the earlier side does.
  const leaving = laterSide.has(person.personId) ? walk(remaining, match.earlierMention) : laterSide
  const mentions = person.mentions.filter(({ id }) => leaving.has(id))
  const others = person.matches.filter(
    ({ id, status, persons: [one, other], earlierMention, laterMention }) =>
      id !== match.id &&
      status !== 'rejected' &&
      one === other &&
      leaving.has(earlierMention) !== leaving.has(laterMention),
  )
  return {
    effect: 'split',
    joins: false,
    others: others.map(({ id }) => ({ matchId: id, joins: false })),
    moves: moveAll({ personId: person.personId, mentions }, oldestOf(mentions).id),
  }
}

/** Every match of the persons, once. */
const matchesOf = (persons: readonly StoredPerson[]): StoredMatch[] => [
  ...new Map(persons.flatMap(({ matches }) => matches.map((match) => [match.id, match] as const))).values(),
]

const areBoth = (pair: readonly [string, string], other: readonly [string, string]): boolean =>
  (pair[0] === other[0] && pair[1] === other[1]) || (pair[0] === other[1] && pair[1] === other[0])

/** The newest of the matches that join. */
function findLastJoined(edges: readonly StoredMatch[]): StoredMatch | undefined {
  // The id orders what was joined in the same millisecond.
  const joinedAt = ({ answeredAt, at, id }: StoredMatch) => `${answeredAt ?? at} ${id}`
  return edges.toSorted((one, other) => (joinedAt(one) < joinedAt(other) ? -1 : 1)).at(-1)
}

/** Every mention that is reachable from one of them, itself included, with the last step of the path to it. */
function walk(
  edges: readonly StoredMatch[],
  from: string,
): ReadonlyMap<string, { edge: StoredMatch; before: string } | undefined> {
  const touching = Map.groupBy(
    edges.flatMap((edge) => [
      { edge, at: edge.earlierMention, leadsTo: edge.laterMention },
      { edge, at: edge.laterMention, leadsTo: edge.earlierMention },
    ]),
    ({ at }) => at,
  )
  const reached = new Map<string, { edge: StoredMatch; before: string } | undefined>([[from, undefined]])
  // A map may grow while it is iterated; the iteration includes what was added.
  for (const mention of reached.keys()) {
    for (const { edge, leadsTo } of touching.get(mention) ?? []) {
      if (!reached.has(leadsTo)) reached.set(leadsTo, { edge, before: mention })
    }
  }
  return reached
}

/** The edges on the path between two mentions of one tree; none when a mention on the path was erased. */
function findPath(edges: readonly StoredMatch[], from: string, to: string): StoredMatch[] {
  const steps = walk(edges, from)
  const path: StoredMatch[] = []
  for (let step = steps.get(to); step !== undefined; step = steps.get(step.before)) path.push(step.edge)
  return path
}
