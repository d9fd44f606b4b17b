import { formatHex } from '../encoding/bytes.ts'
import type { MatchToken } from '../ports/mentions.ts'
import { type EvidenceGroup, findFamily, MATCH_FAMILIES, type MatchFamily, type Weights } from './match-families.ts'

/** `automatic` links, `possible` asks the recipient, `none` does nothing. */
export type Verdict = 'automatic' | 'possible' | 'none'

export interface Comparison {
  readonly verdict: Verdict
  /** In bits, as `Weights`; only for ordering candidates. */
  readonly score: number
  /** The evidence contradicts: the mentions are of two people, unless a reviewer decides otherwise. */
  readonly contradicts: boolean
}

/** First and family name in the same spelling and a full date of birth, without contrary evidence. */
const AUTOMATIC_FROM = 28
/** Two names by their sound with a birthplace or an address, or one name with a full date of birth and a little more. */
const POSSIBLE_FROM = 18
/** A full date of birth, not only a similar one. */
const FULL_DATE = 14
/** A whole identity number, or its second half with the same date. */
const OWN_NUMBER = 12
/** The longer of two lists of given names may belong to another person who shares the shorter one. */
const MORE_NAMES = -4

/** A token shared by more persons than this is demoted, unless the domain sets its own limit (`drempel`). */
export const DEFAULT_BLOCK_LIMIT = 20

/**
 * Weighs whether two mentions of one domain and epoch are of one person. Symmetric.
 *
 * The strongest shared token of every evidence group counts, once; a part that differs next to a shared part counts against; the
 * groups are summed. That alone never links: people who live together share surname, address, telephone, place and, as twins,
 * date of birth. So an automatic link also needs individual evidence: an identity number, or a full date of birth and a
 * first name on both sides, with a family name or half of a document number, so that it never depends on one name. Given names
 * contradict when each side has one that the other lacks, and so do two BSNs or two V-numbers; an equal identity number
 * outweighs names, because names change.
 *
 * @param one real tokens, without padding
 * @param isDemoted tokens shared by too many people; they count neither for nor against
 * @throws RangeError for tokens of an unknown family
 */
export function weighEvidence(
  one: readonly MatchToken[],
  other: readonly MatchToken[],
  isDemoted: (token: Uint8Array) => boolean,
): Comparison {
  const shared = findShared(one, other)
  const sides = [one, other].map((tokens) => new Set(tokens.map(({ family }) => family))) as [Set<number>, Set<number>]
  const counting = shared.filter(({ token }) => !isDemoted(token))
  const differences = findDifferences(sides, shared)
  const names = compareGivenNames(one, other, shared)
  const sum = (pairs: readonly SharedToken[]) => sumEvidence(pairs, differences, names.isOneListLonger)
  const { weights, score } = sum(counting)
  const linking = sum(counting.filter(({ families }) => !families.some(({ onlySuggests }) => onlySuggests)))

  const hasOwnNumber = (weights.get('number') ?? 0) >= OWN_NUMBER
  const isNamed =
    linking.given > 0 &&
    (linking.weights.get('family') ?? 0) > 0 &&
    names.areFirstNamesKnown &&
    (linking.weights.get('date') ?? 0) >= FULL_DATE
  const differByNumber = MATCH_FAMILIES.some(
    ({ id, isOnePerPerson }) => isOnePerPerson && isUnshared(id, sides, shared),
  )
  const contradicts = differByNumber || (names.contradict && !hasOwnNumber)

  const isAutomatic = linking.score >= AUTOMATIC_FROM && (hasOwnNumber || isNamed) && !contradicts
  return { verdict: isAutomatic ? 'automatic' : score >= POSSIBLE_FROM ? 'possible' : 'none', score, contradicts }
}

/** The strongest weight of every group, and their sum; `given` is before the weight of a longer list of names. */
function sumEvidence(
  shared: readonly SharedToken[],
  differences: readonly [EvidenceGroup, number][],
  isOneListLonger: boolean,
) {
  const weights = new Map<EvidenceGroup, number>()
  for (const pair of shared) for (const [group, weight] of entriesOf(weigh(pair, shared))) raise(weights, group, weight)
  for (const [group, weight] of differences) {
    if ((weights.get(group) ?? 0) <= 0) weights.set(group, Math.min(weights.get(group) ?? 0, weight))
  }
  const given = weights.get('given') ?? 0
  if (isOneListLonger && given > 0) weights.set('given', given + MORE_NAMES)
  return { weights, given, score: [...weights.values()].reduce((total, weight) => total + weight, 0) }
}

/** A shared token, with its family on either side. */
interface SharedToken {
  readonly token: Uint8Array
  readonly families: readonly [MatchFamily, MatchFamily]
}

function findShared(one: readonly MatchToken[], other: readonly MatchToken[]): readonly SharedToken[] {
  const known = new Map(other.map(({ token, family }) => [formatHex(token), family]))
  return one.flatMap(({ token, family }) => {
    const otherFamily = known.get(formatHex(token))
    return otherFamily === undefined
      ? []
      : [{ token, families: [findFamily(family), findFamily(otherFamily)] as const }]
  })
}

const entriesOf = (weights: Weights) => Object.entries(weights) as [EvidenceGroup, number][]

function raise(weights: Map<EvidenceGroup, number>, group: EvidenceGroup, weight: number): void {
  weights.set(group, Math.max(weights.get(group) ?? weight, weight))
}

/** A name in another field on the other side weighs less than the same name in the same field. */
function weigh({ families: [one, other] }: SharedToken, shared: readonly SharedToken[]): Weights {
  if (one === other) return one.shared
  const date = FULL_DATE
  if (one.role !== 'family' && other.role !== 'family') return { given: 4, date }
  // Both names in each other's field, or a whole name in one field: then one of them is the given name.
  const isSwap = shared.some(({ families }) => families[0] === other && families[1] === one)
  const names = shared.filter(({ families }) => families.every(({ key }) => key === one.key))
  return isSwap ? { given: 7, family: 5, date } : names.length > 1 ? { given: 4, family: 5, date } : { family: 5, date }
}

const isUnshared = (id: number, [one, other]: readonly [Set<number>, Set<number>], shared: readonly SharedToken[]) =>
  one.has(id) && other.has(id) && !shared.some(({ families }) => families.some((family) => family.id === id))

function findDifferences(
  sides: readonly [Set<number>, Set<number>],
  shared: readonly SharedToken[],
): readonly [EvidenceGroup, number][] {
  const same = new Set(shared.flatMap(({ families }) => families.flatMap(({ parts }) => parts)))
  return MATCH_FAMILIES.flatMap(({ id, unshared }) =>
    unshared !== undefined && same.has(unshared.beside) && isUnshared(id, sides, shared)
      ? entriesOf(unshared.weights)
      : [],
  )
}

/** Compares the given names combined with a date of birth; inconclusive without a shared one. */
function compareGivenNames(one: readonly MatchToken[], other: readonly MatchToken[], shared: readonly SharedToken[]) {
  const isDateShared = shared.some(({ families }) => families.some(({ parts }) => parts.includes('date')))
  const [left, right] = [one, other].map((tokens, side) => {
    const count = (families: readonly MatchFamily[], role: MatchFamily['role']) =>
      families.filter((family) => family.role === role).length
    const known = tokens.map(({ family }) => findFamily(family))
    const met = shared.map(({ families }) => families[side]!)
    const lacksFirst = count(known, 'first') > 0 && count(met, 'first') === 0
    return { lacksFirst, lacksName: lacksFirst || count(known, 'other') > count(met, 'other') }
  }) as [Side, Side]
  return {
    areFirstNamesKnown: !left.lacksFirst && !right.lacksFirst,
    isOneListLonger: isDateShared && left.lacksName !== right.lacksName,
    contradict: isDateShared && left.lacksName && right.lacksName,
  }
}

/** Names in one mention that are not in the other. */
interface Side {
  readonly lacksFirst: boolean
  readonly lacksName: boolean
}
