import { expect, test } from 'vitest'
import { identifiersOf } from '../../bench/people.ts'
import { formatHex } from '../../src/encoding/bytes.ts'
import { deriveMatchKeys } from '../../src/pseudonym/match-keys.ts'
import { openAttacked, report, selectRecords } from './attacked-gateway.ts'
import { readMentionTokens } from './stolen-database.ts'

/**
 * The number of tokens tells how many names somebody has, and their order which of them are real: a thief must see the same
 * of everybody. Real tokens that many people share do repeat; that is what the attack on frequencies is about.
 */
test('every mention has the same number of tokens of every family, and real ones stand anywhere', async () => {
  const linker = await openAttacked()
  const records = selectRecords({ people: 2000, seed: 12 }, 1500)
  for (const record of records) await linker.link(record)
  const stolen = readMentionTokens(linker.databasePath)
  expect(stolen).toHaveLength(records.length)

  const shapes = new Set(stolen.map((tokens) => tokens.map(({ family }) => family).join(' ')))
  const realCounts = new Set<number>()
  const places: number[] = []
  for (const [place, record] of records.entries()) {
    const derived = await deriveMatchKeys(linker.gateway.keyring, 'comensha-registratie', 1, identifiersOf(record))
    const real = new Set(derived.tokens.map(({ token }) => formatHex(token)))
    realCounts.add(real.size)
    for (const ofFamily of Map.groupBy(stolen[place]!, ({ family }) => family).values()) {
      // A family without padding, or with nothing else, has no order to tell anything by.
      const isReal = ofFamily.map(({ token }) => real.has(formatHex(token)))
      if (!isReal.includes(true) || !isReal.includes(false)) continue
      for (const [index, hit] of isReal.entries()) if (hit) places.push(index / (ofFamily.length - 1))
    }
  }
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length
  report(
    'padding',
    `${shapes.size} shape of ${stolen[0]!.length} tokens over ${stolen.length} mentions, which hold ${Math.min(...realCounts)} to ` +
      `${Math.max(...realCounts)} real ones; mean place of a real one ${mean.toFixed(3)} between the first (0) and the last (1)`,
  )
  expect(shapes.size).toBe(1)
  expect(realCounts.size).toBeGreaterThan(5)
  // Places are even between 0 and 1: a standard deviation below 0.5 each, so that four of the mean are these.
  expect(Math.abs(mean - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(places.length / 4))
})
