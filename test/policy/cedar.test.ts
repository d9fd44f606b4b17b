import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, test } from 'vitest'
import type { FieldDecision, Question, SubjectQuestion } from '../../src/model/decision.ts'
import { decide } from '../../src/policy/decide.ts'
import { cedarContext, exportCedar } from './cedar-export.ts'
import { createChance, createWorld, SMALL_WORLD, type World } from './random-set.ts'

const SEED = 4_13_0
const WORLDS = 25
const QUESTIONS = 200

/** What Cedar makes of one field, asked only where yes turns into no. */
function askCedar(id: string, question: Question, subject: SubjectQuestion, field: string) {
  const context = cedarContext(question, subject)
  return (action: string, step = 0): boolean => {
    const answer = statefulIsAuthorized({
      principal: { type: 'Party', id: question.sender },
      action: { type: 'Action', id: action },
      resource: { type: 'Field', id: field },
      context: { ...context, step },
      preparsedPolicySetId: id,
      entities: [],
    })
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '))
    if (answer.response.diagnostics.errors.length > 0) throw new Error('an exported policy cannot be evaluated')
    return answer.response.decision === 'allow'
  }
}

/** The same from the engine's decision, for the steps that tell every decision from its neighbours. */
function compare(world: World, decided: FieldDecision, allows: (action: string, step?: number) => boolean) {
  const ladder = world.set.vocabulary.fields.get(decided.field)!.ladder
  const isReleased = decided.release === 'verstrekken' || decided.release === 'generaliseren'
  const step = decided.level === undefined ? 0 : 1 + ladder.indexOf(decided.level)
  return {
    engine: {
      ...(isReleased ? { step: true, finer: false } : { coarsest: false }),
      link: decided.link,
      stop: decided.release === 'weigeren',
    },
    cedar: {
      ...(isReleased
        ? { step: allows('release', step), finer: step > 0 && allows('release', step - 1) }
        : { coarsest: allows('release', ladder.length) }),
      link: allows('link'),
      stop: allows('stop'),
    },
  }
}

describe('Cedar, given the same rules, agrees about every field', () => {
  test(`Cedar, given the same rules, agrees about every field of ${WORLDS * QUESTIONS} random requests`, {
    timeout: 60_000,
  }, () => {
    const releases = new Set<string>()
    for (let number = 0; number < WORLDS; number++) {
      const chance = createChance(SEED + number)
      const world = createWorld(
        { ...SMALL_WORLD, rules: 8, inOneBucket: number % 3 === 0, presumptions: number % 2 === 0 ? 0 : 0.5 },
        chance,
      )
      const id = `world-${number}`
      expect(preparsePolicySet(id, { staticPolicies: { ...exportCedar(world.set) } })).toEqual({ type: 'success' })
      for (let asked = 0; asked < QUESTIONS; asked++) {
        const question = world.ask(chance)
        const [subject] = question.dataSubjects
        const { fields } = decide(world.set, { ...question, dataSubjects: [subject!] }).dataSubjects[0]!
        const decided = fields[asked % fields.length]!
        releases.add(decided.release)
        const { engine, cedar } = compare(world, decided, askCedar(id, question, subject!, decided.field))
        expect({ seed: SEED + number, asked, ...cedar }).toEqual({ seed: SEED + number, asked, ...engine })
      }
    }
    expect(releases.size).toBe(4)
  })
})
