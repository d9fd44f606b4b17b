import type { Question } from '../../../src/model/decision.ts'
import { isConsistent } from '../../../src/policy/facts/relations.ts'
import { assemblePolicySet, type PolicySet } from '../../../src/policy/policy-set.ts'
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

/** Relations between words, as the vocabulary of a privacy officer has them. */
function relate(set: PolicySet): PolicySet {
  const { circumstances, assessments } = set.vocabulary
  const relations = new Map<string, object>([
    ['feit-0', { excludes: ['feit-1', 'oordeel-0'] }],
    ['feit-1', { excludes: ['feit-0'] }],
    ['feit-2', { impliedBy: ['feit-3'] }],
    ['oordeel-0', { excludes: ['feit-0'] }],
  ])
  const related = <Value extends { id: string }>(words: ReadonlyMap<string, Value>) =>
    new Map([...words].map(([id, word]) => [id, { ...word, ...relations.get(id) }]))
  const vocabulary = {
    ...set.vocabulary,
    circumstances: related(circumstances),
    assessments: related(assessments),
  }
  return assemblePolicySet({ ...set, vocabulary })
}

/** Made-up worlds with questions that nearly fit a rule of it, and of which about half was not stated. */
export function* knowableSituations(
  seed: number,
  worlds: number,
  questions: number,
  hasRelations = false,
  presumptions = 0,
): Generator<KnowableSituation> {
  for (let world = 0; world < worlds; world++) {
    const chance = createChance(seed + world)
    const { set: plain, ask } = createWorld(
      { ...KNOWABLE_WORLD, circumstances: hasRelations ? 4 : 3, presumptions },
      chance,
    )
    const set = hasRelations ? relate(plain) : plain
    for (let at = 0; at < questions; at++) {
      const question = vaguer(ask(chance), chance)
      if (question.dataSubjects.every((subject) => isConsistent(set.vocabulary, subject))) {
        yield { set, question, chance }
      }
    }
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
