import type { Question } from '../src/model/decision.ts'
import { createChance, createWorld, SMALL_WORLD, type WorldShape } from '../test/policy/random-set.ts'

/** Fields that a question about a made-up set asks for. */
export const FIELDS = 15

const SHAPE: WorldShape = {
  ...SMALL_WORLD,
  parties: 40,
  purposes: 20,
  roles: 6,
  circumstances: 64,
  assessments: 16,
  fields: 40,
  files: 50,
  safeguards: 0,
  factsAsked: [3, 6],
}

const sets = new Map<string, ReturnType<typeof makeSet>>()

/** A set is made once, so that every engine gets the same one; the largest are not kept. */
export function createSet(rules: number, inOneBucket: boolean) {
  const key = `${rules} ${inOneBucket}`
  const made = sets.get(key) ?? makeSet(rules, inOneBucket)
  if (rules <= 10_000) sets.set(key, made)
  return made
}

/** Every rule set has one prohibition to nine permits. */
function makeSet(rules: number, inOneBucket: boolean) {
  const chance = createChance(rules)
  const world = createWorld({ ...SHAPE, inOneBucket, rules: rules * 0.9, prohibitions: rules * 0.1 }, chance)
  // Always with a declared basis: the other engines know no other way of asking.
  const ask = (): Question => {
    const question = world.ask(chance, FIELDS)
    return { legalBasis: 'wet-0', ...question }
  }
  return { set: world.set, ask }
}
