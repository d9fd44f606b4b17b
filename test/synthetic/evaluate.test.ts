import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { IdentifierKind, Identifiers } from '../../src/model/identifier.ts'
import { parseCsv } from '../../src/synthetic/csv.ts'
import { type Evaluation, evaluateLinking } from '../../src/synthetic/evaluate.ts'
import { type LabelledRecord, parseMapping, readLabelled } from '../../src/synthetic/mapping.ts'
import { formatCsv, generateRecords } from '../../src/synthetic/records.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'

const FEBRL = '../shared/data/febrl'
const mapping = (name: string) => parseMapping(readFileSync(`bench/linkage-mappings/${name}.yaml`, 'utf8'))
const record = (entity: string, identifiers: Identifiers): LabelledRecord => ({ entity, identifiers, refused: [] })
const somebody = { voornaam: ['Anouk'], achternaam: ['Testvrouw'], geboortedatum: ['1990-03-07'] }

describe('an evaluation', () => {
  test('an evaluation counts pairs that were found, pairs that are right and pairs to find', async () => {
    const { truePairs, automatic, closure, entities } = await evaluateLinking(testKeyring(), [
      [record('a', somebody), record('a', somebody), record('b', somebody), record('c', { achternaam: ['Ander'] })],
    ])
    expect({ truePairs, entities }).toEqual({ truePairs: 1, entities: 3 })
    expect(automatic).toEqual({ found: 3, right: 1, precision: 1 / 3, recall: 1, f1: 0.5 })
    expect(closure).toEqual(automatic)
  })

  test('an evaluation of two files counts only pairs across them', async () => {
    const file = [record('a', somebody), record('a', somebody)]
    const { truePairs, automatic, closure } = await evaluateLinking(testKeyring(), [file, file])
    expect(truePairs).toBe(4)
    expect(automatic).toMatchObject({ found: 4, right: 4 })
    expect(closure).toMatchObject({ found: 4, right: 4 })
  })

  test('the closure of an evaluation links two records that are linked to one in between', async () => {
    const numbered = { documentnummer: ['XR1234567'] }
    const { automatic, closure } = await evaluateLinking(testKeyring(), [
      [record('a', somebody), record('a', numbered), record('a', { ...somebody, ...numbered })],
    ])
    expect([automatic.right, closure.right]).toEqual([2, 3])
  })

  test('an evaluation demotes a token that leads to too many persons', async () => {
    const surnames = ['Aalbers', 'Bakker', 'Coster', 'Dekker', 'Evers', 'Fontein', 'Gerrits', 'Hofman']
    const namesakes = surnames.map((name) => record(name, { ...somebody, achternaam: [name] }))
    const { largestBlock, demotedTokens, withPossible } = await evaluateLinking(testKeyring(), [namesakes], {
      blockLimit: 3,
    })
    expect({ largestBlock, demotedTokens }).toEqual({ largestBlock: 4, demotedTokens: 1 })
    expect(withPossible.found).toBe(6)
  })

  test('linking joins nobody wrongly among 2,000 generated people', { timeout: 120_000 }, async () => {
    const text = [...formatCsv(generateRecords({ people: 2000, seed: 3 }))].join('\r\n')
    const { automatic, refused } = await evaluateLinking(testKeyring(), [
      [...readLabelled(parseCsv(text), mapping('generated'))],
    ])
    expect(refused).toEqual({})
    expect(automatic.found - automatic.right).toBe(0)
    expect(automatic.recall).toBeGreaterThan(0.4)
  })
})

// Floors on the sets that keys and weights were chosen on; others are what they are judged by.
describe.skipIf(!existsSync(FEBRL))('on FEBRL (skipped when ../shared/data/febrl is absent)', () => {
  const floors: [set: number, without: IdentifierKind[], least: { precision: number; recall: number; both: number }][] =
    [
      [1, [], { precision: 1, recall: 0.964, both: 0.99 }],
      [1, ['adres'], { precision: 1, recall: 0.964, both: 0.99 }],
      [1, ['adres', 'documentnummer'], { precision: 1, recall: 0.598, both: 0.914 }],
      [2, ['adres'], { precision: 1, recall: 0.947, both: 0.985 }],
      [2, ['adres', 'documentnummer'], { precision: 1, recall: 0.514, both: 0.873 }],
    ]
  test.each(floors)(
    'linking FEBRL dataset %i without %j keeps to its floor',
    { timeout: 120_000 },
    async (set, without, least) => {
      const rows = parseCsv(readFileSync(`${FEBRL}/dataset${set}.csv`, 'utf8'))
      const { automatic, withPossible }: Evaluation = await evaluateLinking(testKeyring(), [
        [...readLabelled(rows, mapping('febrl'), without)],
      ])
      expect(automatic.precision).toBeGreaterThanOrEqual(least.precision)
      expect(automatic.recall).toBeGreaterThanOrEqual(least.recall)
      expect(withPossible.recall).toBeGreaterThanOrEqual(least.both)
    },
  )
})
