import type { MatchStatus } from '../../ports/mentions.ts'

/** A mention of before that something points at, and how strongly. Score and verdict stay inside the gateway. */
export interface WeighedMention {
  readonly mentionId: string
  readonly personId: string
  readonly verdict: 'automatic' | 'possible'
  readonly score: number
}

/** What is known of the persons that the evidence leads to. Every relation is symmetric. */
export interface PersonRelations {
  /**
   * Something else that is known of the person of a mention cannot be so of the new one, such as another number; what was no
   * objection to that mention itself is none now.
   */
  contradicts(mention: WeighedMention): boolean
  /** What is known of two persons cannot be so of one, as of twins. */
  contradict(one: string, other: string): boolean
  /** The recipient said that they are two. */
  isRejected(one: string, other: string): boolean
  /** The recipient was asked and did not answer yet. */
  isAsked(one: string, other: string): boolean
}

/** A match of the new mention with one of before. */
export interface DecidedLink {
  readonly mentionId: string
  readonly personId: string
  readonly status: MatchStatus & ('automatic' | 'possible')
}

export interface LinkDecision {
  /** Persons that the new mention belongs to, which makes them one; none when it is somebody new. */
  readonly joined: readonly string[]
  /** At most one with each person, those that join first. `automatic` ones join. */
  readonly links: readonly DecidedLink[]
}

/** People answer these one by one; of somebody who resembles more than this many persons the strongest are asked. */
export const MAX_POSSIBLE_MATCHES = 5

/**
 * Decides who a new mention is. Without I/O, without chance, and whatever the order of the evidence.
 *
 * Strong evidence joins it to the person it is strongest for, and makes one person of several that it is strong for. Not so
 * when two of those contradict each other or the recipient said that they are two: such a person is asked about, and when
 * they are equally strong the mention is somebody new until the recipient says who. Weaker evidence only ever asks, and not
 * again about persons that were asked about or rejected before.
 *
 * @param mayMerge false when persons of before must stay as they are, because what was sent is not delivered yet
 */
export function decideLinks(
  weighed: readonly WeighedMention[],
  relations: PersonRelations,
  mayMerge: boolean,
): LinkDecision {
  const strongest = selectStrongest(weighed)
  const isStrong = (mention: WeighedMention) => mention.verdict === 'automatic' && !relations.contradicts(mention)
  const strong = strongest.filter(isStrong)
  const weak = strongest.filter((mention) => !isStrong(mention))
  const areTwo = (one: WeighedMention, other: WeighedMention) =>
    one !== other &&
    (relations.contradict(one.personId, other.personId) || relations.isRejected(one.personId, other.personId))

  const equals = strong.filter(({ score }) => score === strong[0]?.score)
  const best = equals.find((one) => !equals.some((other) => areTwo(one, other)))
  if (best === undefined) {
    return { joined: [], links: strongest.slice(0, MAX_POSSIBLE_MATCHES).map(asPossible) }
  }

  const joining = strong.filter(
    (mention) => mention === best || (mayMerge && !strong.some((other) => areTwo(mention, other))),
  )
  const joined = joining.map(({ personId }) => personId)
  const isOpen = (person: string) => joined.some((other) => relations.isAsked(person, other))
  const wasAnswered = (person: string) => joined.some((other) => relations.isRejected(person, other))
  // New strong evidence against an answer is worth a question; more of the weak evidence that was answered is not.
  const doubted = strong.filter((mention) => !joining.includes(mention) && !isOpen(mention.personId))
  const resembling = weak.filter(({ personId }) => !isOpen(personId) && !wasAnswered(personId))
  return {
    joined,
    links: [...joining.map(asAutomatic), ...[...doubted, ...resembling].slice(0, MAX_POSSIBLE_MATCHES).map(asPossible)],
  }
}

/** Of each person the mention with the strongest evidence, strongest person first; between equals the earlier mentioned. */
function selectStrongest(weighed: readonly WeighedMention[]): WeighedMention[] {
  const byPerson = Map.groupBy(weighed, ({ personId }) => personId)
  return [...byPerson.values()].map((mentions) => mentions.toSorted(byStrength)[0]!).sort(byStrength)
}

/** Sorts are stable, so equals keep the order in which they were mentioned. */
function byStrength(one: WeighedMention, other: WeighedMention): number {
  if (one.verdict !== other.verdict) return one.verdict === 'automatic' ? -1 : 1
  return other.score - one.score
}

const asAutomatic = ({ mentionId, personId }: WeighedMention): DecidedLink => ({
  mentionId,
  personId,
  status: 'automatic',
})
const asPossible = ({ mentionId, personId }: WeighedMention): DecidedLink => ({
  mentionId,
  personId,
  status: 'possible',
})
