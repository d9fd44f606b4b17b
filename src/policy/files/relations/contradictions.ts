import type { Vocabulary } from '../../../model/vocabulary.ts'
import { closeFacts, type Fact, type StatedFacts } from '../../facts/relations.ts'
import { addFault, type PolicyFault, type Position, quote } from '../fault.ts'
import type { Members } from '../reader.ts'

/** The words that a rule file may use, and the list that collects its faults. */
interface Context {
  readonly vocabulary: Vocabulary
  readonly faults: PolicyFault[]
}

/** Conditions of a rule or of an exception, or the words of an example. */
interface Conditions {
  readonly when?: readonly string[]
  readonly whenNot?: readonly string[]
  readonly assessments?: readonly string[]
}

const KEYS = { when: 'als', whenNot: 'als_niet', assessments: 'beoordeling' } as const

/**
 * The first two words that cannot both be as asked, by the relations of the vocabulary. A word that is asked both true and false is
 * another fault, which the readers of each list find.
 */
export function findContradiction(
  conditions: readonly Conditions[],
  { vocabulary }: Pick<Context, 'vocabulary'>,
): readonly [Fact, Fact] | undefined {
  const list = (key: keyof Conditions) => conditions.flatMap((one) => one[key] ?? [])
  const no = list('whenNot')
  const yes = list('when').filter((word) => !no.includes(word))
  const stated: StatedFacts = {
    circumstances: Object.fromEntries([
      ...yes.map((word) => [word, true] as const),
      ...no.map((word) => [word, false] as const),
    ]),
    assessments: list('assessments'),
  }
  return closeFacts(vocabulary, stated).contradictions[0]
}

/** Adds a fault when conditions cannot all be met, so that the rule or exception could never count. */
export function checkConditions(members: Members, conditions: Conditions, context: Context): void {
  const pair = findContradiction([conditions], context)
  if (pair === undefined) return
  const [, last] = pair
  const key = last.kind === 'assessment' ? KEYS.assessments : last.isTrue ? KEYS.when : KEYS.whenNot
  addContradiction(positionOf(members, key, last.word), pair, context)
}

/** Adds a fault for each word of a list that cannot be true where the other conditions are met. */
export function checkAlternatives(
  members: Members,
  key: string,
  words: readonly string[],
  others: Conditions,
  context: Context,
): void {
  for (const word of words) {
    if (others.whenNot?.includes(word)) continue
    const pair = findContradiction([others, { when: [word] }], context)
    if (pair?.some((fact) => fact.word === word)) addContradiction(positionOf(members, key, word), pair, context)
  }
}

export function addContradiction(
  position: Position,
  [one, other]: readonly [Fact, Fact],
  { faults }: Pick<Context, 'faults'>,
): void {
  addFault(
    faults,
    position,
    {
      nl: `${formatFact(one, 'niet')} en ${formatFact(other, 'niet')} kunnen niet samengaan`,
      en: `${formatFact(one, 'not')} and ${formatFact(other, 'not')} cannot both be so`,
    },
    {
      nl: 'verwijder een van beide, of verbeter `volgt-uit` en `sluit-uit` in woordenlijst.yaml',
      en: 'remove one of the two, or correct `volgt-uit` and `sluit-uit` in woordenlijst.yaml',
    },
  )
}

const formatFact = ({ word, isTrue }: Fact, not: string): string => (isTrue ? quote(word) : `${not} ${quote(word)}`)

/** Position of a word in the list under a key, or of the key. */
function positionOf(members: Members, key: string, word: string): Position {
  const list = members.get(key)
  const items = list?.kind === 'list' ? list.items : []
  return items.find((item) => item.kind === 'scalar' && item.value === word)?.position ?? members.positionOf(key)
}
