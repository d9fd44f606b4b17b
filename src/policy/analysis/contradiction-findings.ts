import type { BasisRule } from '../../model/rule.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { closeFacts } from '../facts/relations.ts'
import { quote } from '../files/fault.ts'
import { type Bar, type Clause, liftingOf, type Permit } from './clauses.ts'
import { type Finding, formatReference, listReferences } from './finding.ts'
import { blockingClauses, type PermitLife } from './idle-permits.ts'
import { type Alternatives, both, canHaveAll, type Knowledge, type KnowledgeWords } from './knowledge.ts'
import { divide } from './space.ts'

/** A permit and which of its fields pass when relations between words do not count. */
export interface LivingPermit {
  readonly permit: Permit
  readonly life: PermitLife
}

/**
 * Fields of a rule that pass only with statements that contradict each other (`sluit-uit`, `volgt-uit`): what the rule asks and what
 * lifts the prohibitions on it are never true together. The gateway sends such statements back, so nobody gets these fields.
 *
 * @param lives the permits of the rule
 * @param close adds what follows; undefined when that contradicts itself
 */
export function contradictoryRelease(
  rule: BasisRule,
  lives: readonly LivingPermit[],
  narrowing: readonly Clause[],
  vocabulary: Vocabulary,
  words: KnowledgeWords,
  close: (stated: Knowledge) => Knowledge | undefined,
): Finding | undefined {
  const found = lives.map(({ permit, life }) =>
    life.living.map((field) => ({ field, knot: knotOf(permit, field, narrowing, close) })),
  )
  const passing = new Set(found.flat().flatMap(({ field, knot }) => (knot === undefined ? [field] : [])))
  const tied = found.flat().filter(({ field }) => !passing.has(field))
  if (tied.length === 0) return undefined
  const fields = [...new Set(tied.map(({ field }) => field))]
  const bars = listReferences(tied.flatMap(({ knot }) => knot!.bars.map((bar) => bar.rule)))
  const pair = contradictionIn(vocabulary, words, tied[0]!.knot!.knowledge)
  const list = fields.map(quote).join(', ')
  const names = bars.map((reference) => quote(formatReference(reference))).join(', ')
  return {
    kind: 'alleen-bij-tegenspraak',
    file: rule.file,
    rule: rule.id,
    others: bars,
    fields,
    message: {
      nl: `${list} gaat alleen door met verklaringen die elkaar tegenspreken, zoals ${pair.map(quote).join(' en ')}: ${bars.length === 0 ? 'de regel zelf vraagt wat niet samengaat' : `de regel vraagt wat niet samengaat met wat ${names} opheft`}`,
      en: `${list} passes only with statements that contradict each other, such as ${pair.map(quote).join(' and ')}: ${bars.length === 0 ? 'the rule itself asks what cannot both be true' : `what the rule asks cannot be true beside what lifts ${names}`}`,
    },
    mend: {
      nl: 'haal het uit de regel, wijzig de uitzondering (`tenzij`), of wijzig de betekenis van de woorden (`sluit-uit`, `volgt-uit`)',
      en: 'take it out of the rule, change the exception (`tenzij`), or change the meaning of the words (`sluit-uit`, `volgt-uit`)',
    },
  }
}

/** Prohibitions that only contradictory statements lift, with such statements. */
interface Knot {
  readonly bars: readonly Bar[]
  readonly knowledge: Knowledge
}

/** Why a field passes nowhere without a contradiction; undefined when it passes somewhere. */
function knotOf(
  permit: Permit,
  field: string,
  narrowing: readonly Clause[],
  close: (stated: Knowledge) => Knowledge | undefined,
): Knot | undefined {
  let knot: Knot | undefined
  for (const part of divide(permit.box, blockingClauses(permit, field, narrowing))) {
    const bars = part.things.filter((clause): clause is Bar => clause.kind === 'bar')
    const asked = [permit.firing, ...bars.map((bar) => liftingOf(bar, part.things))]
    if (!canHaveAll(asked)) continue
    if (canHaveAllTogether(asked, close)) return undefined
    knot ??= { bars, knowledge: asked.reduce<Alternatives>(both, [0n])[0]! }
  }
  return knot
}

const canHaveAllTogether = (
  asked: readonly Alternatives[],
  close: (stated: Knowledge) => Knowledge | undefined,
): boolean =>
  asked.reduce<Alternatives>(
    (sofar, alternatives) => both(sofar, alternatives).filter((knowledge) => close(knowledge) !== undefined),
    [0n],
  ).length > 0

function contradictionIn(vocabulary: Vocabulary, words: KnowledgeWords, knowledge: Knowledge): readonly string[] {
  const { yes, no, declared, unstated = [], undenied = [] } = words.describe(knowledge)
  const circumstances = Object.fromEntries([
    ...yes.map((word) => [word, true] as const),
    ...no.map((word) => [word, false] as const),
  ])
  const { contradictions } = closeFacts(vocabulary, { circumstances, assessments: declared })
  // Without a pair, something that is stated implies the opposite of what is presumed.
  return contradictions[0]?.map(({ word }) => word) ?? [...unstated, ...undenied]
}
