import { describe, expect, test } from 'vitest'
import type { Decision } from '../../src/model/decision.ts'
import { decide } from '../../src/policy/decide.ts'
import { createChance, createWorld, SMALL_WORLD, type WorldShape } from './random-set.ts'
import { referenceDecide } from './reference-decide.ts'

const SEED = 20261122

/** Worlds in which other parts of the index do the work, with how many sets of each and how many questions to a set. */
const WORLDS: readonly (readonly [string, WorldShape, sets: number, questions: number])[] = [
  ['few rules', { ...SMALL_WORLD, rules: 4, prohibitions: 2, safeguards: 1 }, 200, 40],
  ['rules that differ in everything', SMALL_WORLD, 100, 80],
  ['rules in one bucket', { ...SMALL_WORLD, rules: 40, inOneBucket: true, circumstances: 8 }, 20, 200],
  ['prohibitions and safeguards only', { ...SMALL_WORLD, rules: 3, prohibitions: 60, safeguards: 40 }, 10, 150],
  [
    'hundreds of rules in one bucket',
    {
      ...SMALL_WORLD,
      rules: 300,
      prohibitions: 90,
      circumstances: 60,
      fields: 40,
      inOneBucket: true,
      factsAsked: [0, 5],
    },
    2,
    250,
  ],
  ['rules that presume answers', { ...SMALL_WORLD, presumptions: 0.5 }, 100, 80],
  ['a thousand rules', { ...SMALL_WORLD, rules: 1000, prohibitions: 100, parties: 12, fields: 40, files: 20 }, 1, 300],
]

// Without reading them, since they are searched only when they are read.
const withoutMisses = (decision: Decision): Decision => ({
  ...decision,
  dataSubjects: decision.dataSubjects.map(({ outcome, reason, fields, presumed, firedRules, prohibitions }) => ({
    outcome,
    ...(reason !== undefined && { reason }),
    fields,
    // The sentence is made from the rest.
    ...(presumed && { presumed: presumed.map((one) => ({ ...one, sentence: { nl: '', en: '' } })) }),
    firedRules,
    prohibitions,
    nearestMisses: [],
  })),
})

describe('the index gives the same answer, to the letter, as looking at every rule', () => {
  test.each(WORLDS)(
    'the index gives the same answer, to the letter, as reading every rule, for %s',
    (_, shape, sets, questions) => {
      for (let number = 0; number < sets; number++) {
        const chance = createChance(SEED + number)
        const world = createWorld(shape, chance)
        for (let asked = 0; asked < questions; asked++) {
          const question = world.ask(chance)
          const decision = withoutMisses(decide(world.set, question))
          const expected = referenceDecide(world.set, question)
          if (JSON.stringify(decision) !== JSON.stringify(expected)) {
            expect({ seed: SEED + number, asked, question, decision }).toEqual({
              seed: SEED + number,
              asked,
              question,
              decision: expected,
            })
          }
        }
      }
    },
  )

  test('the index is compared over at least twenty thousand questions', () => {
    const total = WORLDS.reduce((sum, [, , sets, questions]) => sum + sets * questions, 0)
    expect(total).toBeGreaterThanOrEqual(20_000)
  })
})
