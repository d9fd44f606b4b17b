import { expect, test } from 'vitest'
import { identifiersOf } from '../../bench/people.ts'
import { storePeople } from '../../bench/stored-people.ts'
import { formatHex } from '../../src/encoding/bytes.ts'
import type { Keyring } from '../../src/ports/keys.ts'
import type { MatchToken } from '../../src/ports/mentions.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import type { GeneratedRecord } from '../../src/synthetic/record.ts'
import { keyringOf, openAttacked, report, selectRecords } from './attacked-gateway.ts'
import { readMentionTokens } from './stolen-database.ts'

/**
 * Frequency alignment: a thief who knows how often every name, every name with date and every other combination occurs lays
 * the commonest token of each family on the commonest combination, the next on the next, and so on. This thief knows more
 * than any real one: the whole population with all identifiers and the code; only the key and which record is whose is hidden.
 */

const DOMAIN = 'comensha-registratie'
const PEOPLE = 8000
/** Highest share of records for which the thief may name the person. */
const MOST = 0.001

test('knowing all people and how often everything about them occurs does not tell which record is whose', async () => {
  const linker = await openAttacked()
  const records = selectRecords({ people: PEOPLE, seed: 13 }, PEOPLE * 6)
  const waiting = records.values()
  await storePeople([linker], { next: () => waiting.next().value }, records.length)

  // What the thief computes: a record of every person, under a key of his own; and what it stands for under the real key.
  const known = [...new Map(records.map((record) => [record.persoon, record])).values()]
  const own = keyringOf(crypto.getRandomValues(new Uint8Array(32)))
  const truth = new Map<string, string>()
  const personsByToken = new Map<string, Set<string>>()
  const ownCounts = createCounts()
  for (const record of known) {
    const guessed = await tokensOf(own, record)
    const real = await tokensOf(linker.gateway.keyring, record)
    for (const [place, token] of guessed.entries()) {
      const name = nameOf(token)
      truth.set(name, nameOf(real[place]!))
      ownCounts.add(token)
      personsByToken.set(name, (personsByToken.get(name) ?? new Set()).add(record.persoon))
    }
  }
  const stolen = readMentionTokens(linker.databasePath)
  const stolenCounts = createCounts()
  for (const tokens of stolen) for (const token of tokens) stolenCounts.add(token)

  let aligned = 0
  let right = 0
  const guessByToken = new Map<string, string>()
  const stolenRanks = stolenCounts.rank()
  for (const [family, ranking] of ownCounts.rank()) {
    const theirs = stolenRanks.get(family) ?? []
    for (const [rank, name] of ranking.entries()) {
      const target = theirs[rank]
      if (target === undefined) break
      guessByToken.set(target, name)
      aligned++
      if (truth.get(name) === target) right++
    }
  }

  // For every record the thief picks the aligned token that fits fewest people and names one of those.
  let expected = 0
  for (const [place, tokens] of stolen.entries()) {
    const guesses = tokens.flatMap((token) => personsByToken.get(guessByToken.get(nameOf(token)) ?? '') ?? [])
    const best = guesses.toSorted((one, other) => one.size - other.size)[0]
    if (best?.has(records[place]!.persoon)) expected += 1 / best.size
  }
  const rate = expected / stolen.length
  report(
    'frequency alignment',
    `${right} of ${aligned} tokens aligned rightly; ${expected.toFixed(1)} of ${stolen.length} records re-identified (${(100 * rate).toFixed(3)} %)`,
  )
  expect(rate).toBeLessThanOrEqual(MOST)
})

const nameOf = ({ family, token }: MatchToken): string => `${family} ${formatHex(token)}`

async function tokensOf(keyring: Keyring, record: GeneratedRecord): Promise<readonly MatchToken[]> {
  const derived = await deriveMatchKeys(keyring, DOMAIN, 1, identifiersOf(record))
  return derived.tokens
}

function createCounts() {
  const counts = new Map<number, Map<string, number>>()
  return {
    add(token: MatchToken) {
      const ofFamily = counts.get(token.family) ?? new Map<string, number>()
      counts.set(token.family, ofFamily.set(nameOf(token), (ofFamily.get(nameOf(token)) ?? 0) + 1))
    },
    /** Names of tokens by family, most frequent first. */
    rank: (): Map<number, readonly string[]> =>
      new Map(
        [...counts].map(([family, ofFamily]) => [
          family,
          [...ofFamily].sort(([, one], [, other]) => other - one).map(([name]) => name),
        ]),
      ),
  }
}
