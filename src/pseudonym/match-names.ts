import type { IdentifierKind } from '../model/identifier.ts'
import { distinctiveParts } from './canonicalise/particles.ts'
import { skeletonsOf } from './phonetic/skeleton.ts'
import { soundOf } from './phonetic/sound.ts'
import { spellingOf, typosOf } from './phonetic/spelling.ts'

/** The names of a person in parts, each once, without particles and initials. */
export interface Names {
  /** The given name that stands first, and the first two in one word: `Xiao Ming` is also written `Xiaoming`. */
  readonly first: readonly string[]
  /** The other given names, which siblings often share. */
  readonly others: readonly string[]
  readonly family: readonly string[]
  readonly alias: readonly string[]
}

/** @param identifiers canonical values by kind */
export function findNames(identifiers: Readonly<Partial<Record<IdentifierKind, readonly string[]>>>): Names {
  const partsOf = (kind: IdentifierKind, field: 'given' | 'family') => [
    ...new Set((identifiers[kind] ?? []).flatMap((name) => distinctiveParts(name, field))),
  ]
  const [given, family] = withoutOverlap(partsOf('voornaam', 'given'), partsOf('achternaam', 'family'))
  const [first, second] = given
  return {
    first: [...given.slice(0, 1), ...(first && second ? [first + second] : [])],
    others: given.slice(1),
    family,
    alias: partsOf('alias', 'given'),
  }
}

/**
 * A full name in one of the fields would pair a family name with itself. A name in both fields therefore counts once: as family name
 * when there are other given names, else as given name.
 */
function withoutOverlap(
  given: readonly string[],
  family: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const onlyGiven = given.filter((part) => !family.includes(part))
  if (onlyGiven.length > 0) return [onlyGiven, family]
  return [given, family.filter((part) => !given.includes(part))]
}

/**
 * The sounds of a given name or alias and a family name, in code unit order, so that swapped name fields make the same pair.
 * Never of two family names: twins have those in common. Pairs of first-named parts come first.
 */
export function findNamePairs({ first: [first, joined], others, family, alias }: Names): readonly string[] {
  return pairNames([first, ...others, joined, ...alias], family, (name) => [soundOf(name)])
}

/** As `findNamePairs`, of skeletons. The first two given names in one word come before the second: 小明 is Siu Ming. */
export function findSkeletonPairs({ first, others, family, alias }: Names): readonly string[] {
  return pairNames([...first, ...others, ...alias], family, skeletonsOf)
}

function pairNames(
  givenNames: readonly (string | undefined)[],
  family: readonly string[],
  codesOf: (name: string) => readonly string[],
): readonly string[] {
  const given = givenNames.filter((name) => name !== undefined).map(codesOf)
  const pairs = given
    .flatMap((one, i) => family.map(codesOf).flatMap((other, j) => combine(one, other, i + j)))
    .filter(({ codes: [one, other] }) => one !== '' && other !== '' && one !== other)
    // Stable: of equal rank the earlier given name counts.
    .sort((a, b) => a.rank - b.rank)
    .map(({ codes }) => codes.sort().join(' '))
  return [...new Set(pairs)]
}

/** A second reading of a name ranks behind a second name. */
const READING_RANK = 0.5

const combine = (one: readonly string[], other: readonly string[], rank: number) =>
  one.flatMap((code, i) =>
    other.map((otherCode, j) => ({
      rank: rank + READING_RANK * (i + j),
      codes: [code, otherCode] as [string, string],
    })),
  )

const GIVEN_LETTERS = 7
/** A given name must be long enough that one letter does not make another name of it: Lina and Lisa, Mia and Maya. */
const GIVEN_MIN_LETTERS = 5
const FAMILY_LETTERS = 5
const FAMILY_MIN_LETTERS = 3

/** First and family name with at most one slip of the pen in one of the two, as `typosOf` makes them; at most twelve. */
export function findNamePairTypos({ first: [first], family: [surname] }: Names): readonly string[] {
  if (first === undefined || surname === undefined) return []
  // Names hardly ever differ only after this many letters.
  const given = spellingOf(first).slice(0, GIVEN_LETTERS)
  const family = spellingOf(surname).slice(0, FAMILY_LETTERS)
  return [
    ...(given.length < GIVEN_MIN_LETTERS ? [] : typosOf(given).map((typo) => `${typo}~ ${family}`)),
    ...(family.length < FAMILY_MIN_LETTERS ? [] : typosOf(family).map((typo) => `${given} ${typo}~`)),
  ]
}
