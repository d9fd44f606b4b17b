import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openMeasured } from '../../src/cli/linkage/open-measured.ts'
import type { IdentifierKind, Identifiers } from '../../src/model/identifier.ts'
import { parseCsv } from '../../src/synthetic/csv.ts'
import { type Evaluation, evaluateLinking } from '../../src/synthetic/evaluate.ts'
import { type LabelledRecord, parseMapping, readLabelled } from '../../src/synthetic/mapping.ts'
import { formatCsv, generateRecords } from '../../src/synthetic/records.ts'

const FEBRL = '../shared/data/febrl'
const mapping = (name: string) => parseMapping(readFileSync(`bench/linkage-mappings/${name}.yaml`, 'utf8'))
const record = (entity: string, identifiers: Identifiers, corruptions: readonly string[] = []): LabelledRecord => ({
  entity,
  identifiers,
  refused: [],
  corruptions,
})
const somebody = { voornaam: ['Anouk'], achternaam: ['Testvrouw'], geboortedatum: ['1990-03-07'] }
const named = { voornaam: ['Anouk'], achternaam: ['Testvrouw'], geboorteplaats: ['Meppel'] }
const numbered = { documentnummer: ['XR1234567'] }

async function evaluate(files: readonly (readonly LabelledRecord[])[], blockLimit?: number): Promise<Evaluation> {
  const { gateway, close } = openMeasured(blockLimit)
  onTestFinished(close)
  return evaluateLinking(gateway, files)
}

describe('an evaluation', () => {
  test('an evaluation counts pairs that were found, pairs that are right and pairs to find', async () => {
    const { truePairs, automatic, answered, entities, joins } = await evaluate([
      [record('a', somebody), record('a', somebody), record('b', somebody), record('c', { achternaam: ['Ander'] })],
    ])
    expect({ truePairs, entities }).toEqual({ truePairs: 1, entities: 3 })
    expect(automatic).toEqual({ found: 3, right: 1, precision: 1 / 3, recall: 1, f1: 0.5 })
    expect(joins, 'one link to a person, not one to each of their records').toEqual({ made: 2, wrong: 1 })
    expect(answered, 'nobody is asked about a link that was made').toEqual(automatic)
  })

  test('an evaluation of two files counts only pairs across them', async () => {
    const file = [record('a', somebody), record('a', somebody)]
    const { truePairs, automatic } = await evaluate([file, file])
    expect(truePairs).toBe(4)
    expect(automatic).toMatchObject({ found: 4, right: 4 })
  })

  test('two records of one person count as found when one in between links them', async () => {
    const { automatic } = await evaluate([
      [record('a', somebody), record('a', numbered), record('a', { ...somebody, ...numbered })],
    ])
    expect(automatic).toMatchObject({ found: 3, right: 3 })
  })

  test('a question is answered by the truth, and what is answered yes counts as found', async () => {
    const { automatic, answered, questions, wrongQuestions } = await evaluate([
      [record('a', named), record('a', named), record('b', named)],
    ])
    expect(automatic).toMatchObject({ found: 0 })
    expect(answered).toMatchObject({ found: 1, right: 1 })
    expect(questions, 'once the first two are one person, one no is for both').toEqual({
      asked: 3,
      per1000: 1000,
      settled: 1,
      yes: 1,
      no: 1,
    })
    expect(wrongQuestions).toEqual([{ equal: ['given-name', 'family-name', 'birthplace'], different: [], pairs: 1 }])
  })

  test('a pair that was missed has how far it came, what agrees in it and what was corrupted', async () => {
    const { missed, corruptions } = await evaluate([
      [
        record('a', { voornaam: ['Anouk'], telefoon: ['0612345678'] }),
        record('a', { voornaam: ['Marieke'], achternaam: ['Testvrouw'] }, ['alias-als-naam']),
        record('b', { ...numbered, bsn: ['999990019'] }),
        record('b', { ...somebody, ...numbered, bsn: ['999990020'] }),
      ],
    ])
    expect(missed).toEqual([{ stage: 'not-met', equal: [], different: ['given-name'], pairs: 1 }])
    expect(corruptions).toEqual({ 'alias-als-naam': 1 })
  })

  test('the curve has the most that is found at a precision', async () => {
    const { curve } = await evaluate([
      [
        record('a', { ...somebody, ...numbered }),
        record('a', { ...somebody, ...numbered }),
        record('b', named),
        record('c', named),
      ],
    ])
    expect(curve.map(({ precision, recall, wrong }) => [precision, recall, wrong])).toEqual([
      [0.9999, 1, 0],
      [0.999, 1, 0],
      [0.99, 1, 0],
      [0.95, 1, 0],
      [0.9, 1, 0],
    ])
  })

  test('an evaluation demotes a token that leads to too many persons', async () => {
    const surnames = ['Aalbers', 'Bakker', 'Coster', 'Dekker', 'Evers', 'Fontein', 'Gerrits', 'Hofman']
    const namesakes = surnames.map((name) => record(name, { ...somebody, achternaam: [name] }))
    const { demotedTokens, questions } = await evaluate([namesakes], 3)
    expect(demotedTokens).toBe(1)
    expect(questions.asked).toBe(6)
  })

  test('linking joins nobody wrongly among 1,000 generated people', { timeout: 120_000 }, async () => {
    const text = [...formatCsv(generateRecords({ people: 1000, seed: 3 }))].join('\r\n')
    const { joins, refused, automatic, answered } = await evaluate([
      [...readLabelled(parseCsv(text), mapping('generated'))],
    ])
    expect(refused).toEqual({})
    expect(joins.wrong).toBe(0)
    expect(automatic.recall).toBeGreaterThan(0.4)
    expect(answered.recall).toBeGreaterThan(0.6)
  })
})

// Floors on the sets that keys and weights were chosen on; others are what they are judged by.
describe.skipIf(!existsSync(FEBRL))('on FEBRL (skipped when ../shared/data/febrl is absent)', () => {
  const floors: [set: number, without: IdentifierKind[], least: { automatic: number; answered: number }][] = [
    [1, [], { automatic: 0.964, answered: 0.99 }],
    [1, ['adres'], { automatic: 0.964, answered: 0.99 }],
    [1, ['adres', 'documentnummer'], { automatic: 0.598, answered: 0.914 }],
    [2, ['adres'], { automatic: 0.937, answered: 0.997 }],
    [2, ['adres', 'documentnummer'], { automatic: 0.528, answered: 0.915 }],
  ]
  test.each(floors)(
    'linking FEBRL dataset %i without %j keeps to its floor',
    { timeout: 120_000 },
    async (set, without, least) => {
      const rows = parseCsv(readFileSync(`${FEBRL}/dataset${set}.csv`, 'utf8'))
      const { joins, automatic, answered } = await evaluate([[...readLabelled(rows, mapping('febrl'), without)]])
      expect(joins.wrong).toBe(0)
      expect(automatic.recall).toBeGreaterThanOrEqual(least.automatic)
      expect(answered.recall).toBeGreaterThanOrEqual(least.answered)
    },
  )
})
