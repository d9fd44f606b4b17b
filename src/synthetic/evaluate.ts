import { formatHex } from '../encoding/bytes.ts'
import type { Keyring } from '../ports/keys.ts'
import { FIRST_COMPARED_FAMILY, type MatchToken } from '../ports/mentions.ts'
import { canonicaliseIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import { DEFAULT_BLOCK_LIMIT, weighEvidence } from '../pseudonym/evidence.ts'
import { MATCH_FAMILIES } from '../pseudonym/match-families.ts'
import { deriveMatchKeys } from '../pseudonym/match-keys.ts'
import type { LabelledRecord } from './mapping.ts'

/** Number of pairs of records linked as one person, and how many of them really are. */
export interface PairFigures {
  readonly found: number
  readonly right: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface Evaluation {
  readonly records: number
  readonly entities: number
  /** Pairs of records about one person; between two files only those across. */
  readonly truePairs: number
  readonly automatic: PairFigures
  readonly withPossible: PairFigures
  /** Pairs in the transitive closure of the automatic links. */
  readonly closure: PairFigures
  /** Tokens stored per mention, padding included, and how many of them are searched by. */
  readonly tokensPerRecord: number
  readonly searchedTokens: number
  /** Average number of real tokens per record. */
  readonly realTokens: number
  /** The highest number of persons of one token before it was demoted. */
  readonly largestBlock: number
  readonly demotedTokens: number
  /** Number of values that failed their check and were skipped, by kind. */
  readonly refused: Readonly<Record<string, number>>
}

const DOMAIN = 'evaluation'
const EPOCH = 1

/**
 * Links labelled records as the gateway does, one after another in the order given: the same keys, the same evidence, the same
 * block limit, and no assumption that a record has one counterpart. Later corrections by a merge or a
 * recipient's answer are not simulated: the closure is counted as it is.
 *
 * @param files one list to find duplicates in, or two to link with each other; pairs within one of the two do not count
 * @param onRecord called with the number of processed records
 */
export async function evaluateLinking(
  keyring: Keyring,
  files: readonly (readonly LabelledRecord[])[],
  {
    blockLimit = DEFAULT_BLOCK_LIMIT,
    onRecord = () => {},
  }: { blockLimit?: number; onRecord?: (done: number) => void } = {},
): Promise<Evaluation> {
  const records = files.flatMap((list, file) => list.map((record) => ({ ...record, file })))
  const counts = (one: number, other: number) => files.length === 1 || records[one]!.file !== records[other]!.file
  const isTrue = (one: number, other: number) => records[one]!.entity === records[other]!.entity
  const index = createBlocks(blockLimit)
  const persons = createDisjointSets(records.length)
  const tokensOf: (readonly MatchToken[])[] = []
  const automatic = { found: 0, right: 0 }
  const possible = { found: 0, right: 0 }
  const refused = new Map<string, number>()

  for (const [position, { identifiers, refused: kinds }] of records.entries()) {
    for (const kind of kinds) refused.set(kind, (refused.get(kind) ?? 0) + 1)
    const { canonical, faults } = canonicaliseIdentifiers(identifiers)
    if (faults.length > 0) throw new RangeError('record: contains an identifier that fails its check; leave it out')
    const { tokens } = await deriveMatchKeys(keyring, DOMAIN, EPOCH, canonical)
    tokensOf.push(tokens)
    for (const other of index.find(tokens, persons.find)) {
      const { verdict } = weighEvidence(tokens, tokensOf[other]!, index.isDemoted)
      if (verdict === 'automatic') persons.join(position, other)
      if (verdict === 'none' || !counts(position, other)) continue
      const tally = verdict === 'automatic' ? automatic : possible
      tally.found += 1
      if (isTrue(position, other)) tally.right += 1
    }
    index.add(position, tokens)
    onRecord(position + 1)
  }

  const pairsOf = (keyOf: (position: number) => string) => countPairs(records, keyOf, files.length > 1)
  const truePairs = pairsOf((position) => records[position]!.entity)
  const figures = ({ found, right }: { found: number; right: number }) => formFigures(found, right, truePairs)
  return {
    records: records.length,
    entities: new Set(records.map(({ entity }) => entity)).size,
    truePairs,
    automatic: figures(automatic),
    withPossible: figures({ found: automatic.found + possible.found, right: automatic.right + possible.right }),
    closure: figures({
      found: pairsOf((position) => String(persons.find(position))),
      right: pairsOf((position) => `${persons.find(position)} ${records[position]!.entity}`),
    }),
    tokensPerRecord: sumSizes(MATCH_FAMILIES),
    searchedTokens: sumSizes(MATCH_FAMILIES.filter(({ id }) => id < FIRST_COMPARED_FAMILY)),
    realTokens: tokensOf.reduce((sum, { length }) => sum + length, 0) / Math.max(records.length, 1),
    largestBlock: index.largest(),
    demotedTokens: index.demoted(),
    refused: Object.fromEntries([...refused].sort()),
  }
}

const sumSizes = (families: readonly { readonly size: number }[]) => families.reduce((sum, { size }) => sum + size, 0)

const formFigures = (found: number, right: number, truePairs: number): PairFigures => {
  const precision = found === 0 ? 1 : right / found
  const recall = truePairs === 0 ? 1 : right / truePairs
  return {
    found,
    right,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  }
}

/** Number of pairs of records that share a key; for two files, of pairs across them. */
function countPairs(
  records: readonly { readonly file: number }[],
  keyOf: (position: number) => string,
  isAcross: boolean,
): number {
  const sizes = new Map<string, [number, number]>()
  for (const [position, { file }] of records.entries()) {
    const size = sizes.get(keyOf(position)) ?? [0, 0]
    size[file === 0 ? 0 : 1] += 1
    sizes.set(keyOf(position), size)
  }
  let pairs = 0
  for (const [first, second] of sizes.values()) pairs += isAcross ? first * second : (first * (first - 1)) / 2
  return pairs
}

/** Index from tokens to records, as in the gateway: a token of too many persons is demoted. */
function createBlocks(limit: number) {
  const blocks = new Map<string, number[] | 'demoted'>()
  let largest = 0
  let demoted = 0
  const searched = (tokens: readonly MatchToken[]) =>
    tokens.filter(({ family }) => family < FIRST_COMPARED_FAMILY).map(({ token }) => formatHex(token))
  return {
    find(tokens: readonly MatchToken[], personOf: (position: number) => number): ReadonlySet<number> {
      const found = new Set<number>()
      for (const name of searched(tokens)) {
        const block = blocks.get(name)
        if (block === undefined || block === 'demoted') continue
        const persons = new Set(block.map(personOf)).size
        largest = Math.max(largest, persons)
        if (persons > limit) {
          blocks.set(name, 'demoted')
          demoted += 1
        } else for (const position of block) found.add(position)
      }
      return found
    },
    add(position: number, tokens: readonly MatchToken[]) {
      for (const name of searched(tokens)) {
        const block = blocks.get(name)
        if (block === undefined) blocks.set(name, [position])
        else if (block !== 'demoted') block.push(position)
      }
    },
    isDemoted: (token: Uint8Array) => blocks.get(formatHex(token)) === 'demoted',
    largest: () => largest,
    demoted: () => demoted,
  }
}

function createDisjointSets(size: number) {
  const parents = Array.from({ length: size }, (_, position) => position)
  const find = (position: number): number => {
    let root = position
    while (parents[root] !== root) root = parents[root]!
    for (let next = position; next !== root; ) {
      const above = parents[next]!
      parents[next] = root
      next = above
    }
    return root
  }
  return {
    find,
    join(one: number, other: number) {
      parents[find(one)] = find(other)
    },
  }
}
