import type { MatchStatus } from '../../ports/mentions.ts'

/** An earlier mention with the weight of the evidence for it. Score and verdict stay inside the gateway. */
export interface WeighedMention {
  readonly mentionId: string
  readonly personId: string
  readonly verdict: 'automatic' | 'possible'
  readonly score: number
}

/** Relations between the persons that the evidence leads to. All are symmetric. */
export interface PersonRelations {
  /**
   * Whether evidence of the mention's person contradicts the new mention, such as a different number. Evidence that did not
   * contradict that mention itself does not count.
   */
  contradicts(mention: WeighedMention): boolean
  /** Whether evidence of two persons contradicts that they are one, as with twins. */
  contradict(one: string, other: string): boolean
  /** Whether the recipient answered that they are two persons. */
  isRejected(one: string, other: string): boolean
  /** Whether the recipient was asked and has not answered yet. */
  isAsked(one: string, other: string): boolean
}

/** A match of the new mention with an earlier one. */
export interface DecidedLink {
  readonly mentionId: string
  readonly personId: string
  readonly status: MatchStatus & ('automatic' | 'possible')
  readonly score: number
}

export interface LinkDecision {
  /** Persons that the new mention belongs to and thereby makes one; empty for a new person. */
  readonly joined: readonly string[]
  /** At most one for each person, those that join first. Those with status `automatic` join. */
  readonly links: readonly DecidedLink[]
}

/** People answer these one by one; when a mention resembles more persons than this, only the strongest are asked about. */
export const MAX_POSSIBLE_MATCHES = 5

/**
 * Decides which person a new mention is. No I/O, no randomness; the order of the evidence makes no difference.
 *
 * Strong evidence joins the mention to the person with the highest score, and merges all persons with strong evidence into one.
 * When two of those contradict each other, or the recipient answered that they are two, the recipient is asked about them instead;
 * when they have equal scores, the mention is a new person until the recipient answers. Weak evidence only makes a question, and
 * not again about persons that were asked about or rejected before.
 *
 * @param mayMerge false when earlier persons must stay as they are, because the exchange is not delivered yet
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
  // Strong evidence against an earlier answer is worth a new question; weak evidence is not.
  const doubted = strong.filter((mention) => !joining.includes(mention) && !isOpen(mention.personId))
  const resembling = weak.filter(({ personId }) => !isOpen(personId) && !wasAnswered(personId))
  return {
    joined,
    links: [...joining.map(asAutomatic), ...[...doubted, ...resembling].slice(0, MAX_POSSIBLE_MATCHES).map(asPossible)],
  }
}

/** For each person the mention with the strongest evidence, strongest first; of equals the earlier mentioned first. */
function selectStrongest(weighed: readonly WeighedMention[]): WeighedMention[] {
  const byPerson = Map.groupBy(weighed, ({ personId }) => personId)
  return [...byPerson.values()].map((mentions) => mentions.toSorted(byStrength)[0]!).sort(byStrength)
}

/** Sorting is stable, so equals keep the order in which they were mentioned. */
function byStrength(one: WeighedMention, other: WeighedMention): number {
  if (one.verdict !== other.verdict) return one.verdict === 'automatic' ? -1 : 1
  return other.score - one.score
}

const asAutomatic = (mention: WeighedMention): DecidedLink => asLink(mention, 'automatic')
const asPossible = (mention: WeighedMention): DecidedLink => asLink(mention, 'possible')

const asLink = ({ mentionId, personId, score }: WeighedMention, status: DecidedLink['status']): DecidedLink => ({
  mentionId,
  personId,
  status,
  score,
})
