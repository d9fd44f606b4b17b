import type { Question } from '../../../src/model/decision.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { type Chance, createChance, createWorld, SMALL_WORLD, type WorldShape } from '../random-set.ts'

/** A world with so few words that every state of knowledge can be tried. */
const KNOWABLE_WORLD: WorldShape = {
  ...SMALL_WORLD,
  parties: 3,
  purposes: 2,
  roles: 2,
  circumstances: 4,
  assessments: 2,
  fields: 5,
  rules: 12,
  prohibitions: 5,
  safeguards: 2,
  factsAsked: [1, 3],
}

export interface KnowableSituation {
  readonly set: PolicySet
  readonly question: Question
  readonly chance: Chance
}

/** Made-up worlds with questions that nearly fit a rule of it, and of which about half was not stated. */
export function* knowableSituations(seed: number, worlds: number, questions: number): Generator<KnowableSituation> {
  for (let world = 0; world < worlds; world++) {
    const chance = createChance(seed + world)
    const { set, ask } = createWorld(KNOWABLE_WORLD, chance)
    for (let at = 0; at < questions; at++) yield { set, question: vaguer(ask(chance), chance), chance }
  }
}

const vaguer = (question: Question, chance: Chance): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.slice(0, 2).map((subject) => ({
    ...subject,
    circumstances: Object.fromEntries(Object.entries(subject.circumstances).filter(() => chance() < 0.5)),
    assessments: subject.assessments.filter(() => chance() < 0.5),
  })),
})
