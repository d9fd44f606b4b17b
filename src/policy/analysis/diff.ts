import type { RuleReference } from '../../model/decision.ts'
import type { BasisRule, Validity } from '../../model/rule.ts'
import type { Field } from '../../model/vocabulary.ts'
import type { PolicySet } from '../policy-set.ts'
import {
  type Behaviour,
  behaviourAt,
  describeKey,
  isSameBehaviour,
  isSameView,
  telling,
  viewField,
} from './behaviour.ts'
import { type Clause, clausesOf, fieldsOf, isSafeguard, type Narrowing, narrowedFieldsOf } from './clauses.ts'
import { listReferences } from './finding.ts'
import { closureIn, type Knowledge, type KnowledgeWords, type KnownWords, knowledgeWords, least } from './knowledge.ts'
import { AXES, type Box, divide, exchangeSpace, joinBoxes, type Space, stretchesOf, UNDECLARED } from './space.ts'
import { policyTooComplex } from './too-complex.ts'

/** Decisions that change in the same way: for whom, for which fields, from what to what. */
export interface DecisionChange {
  /** Absent means any. */
  readonly senders?: readonly string[]
  readonly recipients?: readonly string[]
  readonly purposes?: readonly string[]
  readonly roles?: readonly string[]
  /** Declared legal bases; empty when the change only affects checks that declare none. */
  readonly legalBases?: readonly string[]
  readonly periods: readonly Validity[]
  readonly fields: readonly string[]
  /** The least that must be known for the change to occur: one of these. */
  readonly known: readonly KnownWords[]
  readonly before: Behaviour
  readonly after: Behaviour
  /** Added, removed or changed rules that affect these decisions. */
  readonly rules: readonly RuleReference[]
}

type Rule = BasisRule | Narrowing

/**
 * Most comparisons of a state of knowledge with a rule, over all fields and regions. A count, because the clock of Workers stands
 * still while a program computes. Replacing the whole shipped set takes a fraction of it.
 */
const MAX_COMPARISONS = 12_000_000

/**
 * Finds every decision that two sets make differently, exactly: each changed decision is in a change, and each change is real.
 * Only regions where the rules differ are compared, each set with what follows from stated words by its own relations. Explanations,
 * labels and cases change no decision; `diffRelations` lists what else a statement means in the new set.
 *
 * @throws SluisError `policy-too-complex` when rules overlap so much that too much must be compared
 */
export function diffPolicySets(
  old: PolicySet,
  next: PolicySet,
  onProgress: (done: number, total: number) => void = () => {},
  maxComparisons = MAX_COMPARISONS,
): readonly DecisionChange[] {
  const space = exchangeSpace(old, next)
  const words = knowledgeWords(old.vocabulary, next.vocabulary)
  const changed = findChangedRules(old, next)
  const closures = [closureIn(words, old.vocabulary), closureIn(words, next.vocabulary)] as const
  const clauses = [old, next].flatMap((set, side) =>
    clausesOf(set, space, words).map((clause) => {
      const rule = ruleOf(clause)
      return {
        side,
        clause,
        rule,
        box: clause.box,
        isChanged: changed.has(rule),
        fields: fieldsTouchedBy(rule, [old, next]),
      }
    }),
  )
  const fields = [...new Set(clauses.flatMap((clause) => (clause.isChanged ? clause.fields : [])))]
  const differences: Difference[] = []
  let comparisons = 0
  for (const [index, field] of fields.entries()) {
    onProgress(index, fields.length)
    const touching = clauses.filter((clause) => clause.fields.includes(field))
    for (const { box, things } of divide(space.whole, touching, ({ isChanged }) => isChanged)) {
      const [before, after] = [0, 1].map((side) => things.filter((thing) => thing.side === side))
      const [one, other] = [
        viewField(
          old,
          field,
          before!.map(({ clause }) => clause),
        ),
        viewField(
          next,
          field,
          after!.map(({ clause }) => clause),
        ),
      ]
      // A rule that changed elsewhere only, such as for a new party.
      if (isSameView(one, other)) continue
      const telltale = telling(one, other)
      comparisons += telltale.length * things.length
      if (comparisons > maxComparisons) throw policyTooComplex()
      const found = compareField(closures, one, other, telltale)
      const rules = things.filter(({ isChanged }) => isChanged).map(({ rule }) => rule)
      differences.push(...found.map((difference) => ({ ...difference, box, field, rules })))
    }
  }
  onProgress(1, 1)
  return groupDifferences(differences, space, words)
}

const ruleOf = (clause: Clause): Rule => (clause.kind === 'lift' ? clause.of : clause.rule)

/** Rules that the other set does not contain; sentences and citations do not count. */
function findChangedRules(old: PolicySet, next: PolicySet): ReadonlySet<Rule> {
  const reshaped = reshapedFields(old, next)
  const contents = [old, next].map((set) => new Map(rulesOf(set).map((rule) => [contentOf(rule), rule])))
  const missing = (own: ReadonlyMap<string, Rule>, other: ReadonlyMap<string, Rule>) =>
    [...own].filter(([content]) => !other.has(content)).map(([, rule]) => rule)
  const reached = [old, next].flatMap((set) =>
    rulesOf(set).filter((rule) => fieldsTouchedBy(rule, [set]).some((field) => reshaped.has(field))),
  )
  return new Set([...missing(contents[0]!, contents[1]!), ...missing(contents[1]!, contents[0]!), ...reached])
}

const rulesOf = (set: PolicySet): readonly Rule[] => [...set.rules, ...set.prohibitions, ...set.safeguards]

/** Fields whose ladder differs: the same level then means something else. */
function reshapedFields(old: PolicySet, next: PolicySet): ReadonlySet<string> {
  const shape = (field: Field | undefined) => field?.ladder.join(' ')
  return new Set(
    [...old.vocabulary.fields.keys(), ...next.vocabulary.fields.keys()].filter(
      (field) => shape(old.vocabulary.fields.get(field)) !== shape(next.vocabulary.fields.get(field)),
    ),
  )
}

/** What a rule decides, as text: its sentences and citation do not count. */
export const contentOf = ({ explanation: _, citation: __, ...rule }: Rule): string =>
  JSON.stringify(rule, (_key, value: unknown) => (value instanceof Map ? [...value].sort() : value))

function fieldsTouchedBy(rule: Rule, sets: readonly PolicySet[]): readonly string[] {
  if ('release' in rule) return fieldsOf(rule)
  const fields = narrowedFieldsOf(rule)
  // A safeguard that only adds duties is about every field.
  const isEverywhere = isSafeguard(rule) && fields.length === 0
  return isEverywhere ? [...new Set(sets.flatMap(({ vocabulary }) => [...vocabulary.fields.keys()]))] : fields
}

type Closing = ReturnType<typeof closureIn>

interface Difference {
  readonly box: Box
  readonly field: string
  readonly rules: readonly Rule[]
  readonly known: readonly Knowledge[]
  readonly before: Behaviour
  readonly after: Behaviour
}

/** Each set is asked with what follows by its own relations. Nobody can ask what contradicts itself. */
function compareField(
  [closeOld, closeNext]: readonly [Closing, Closing],
  one: ReturnType<typeof viewField>,
  other: ReturnType<typeof viewField>,
  telltale: readonly Knowledge[],
): readonly Pick<Difference, 'known' | 'before' | 'after'>[] {
  const differing = telltale
    .flatMap((knowledge) => {
      const [was, willBe] = [closeOld(knowledge), closeNext(knowledge)]
      if (was === undefined || willBe === undefined) return []
      return [{ knowledge, before: behaviourAt(one, was), after: behaviourAt(other, willBe) }]
    })
    .filter(({ before, after }) => !isSameBehaviour(before, after))
  const groups = Map.groupBy(differing, ({ before, after }) => `${describeKey(before)} ${describeKey(after)}`)
  return [...groups.values()].map((group) => ({
    before: group[0]!.before,
    after: group[0]!.after,
    known: least(group.map(({ knowledge }) => knowledge)),
  }))
}

/** Joins regions, then fields, into as few changes as possible. */
function groupDifferences(
  differences: readonly Difference[],
  space: Space,
  words: KnowledgeWords,
): readonly DecisionChange[] {
  const effectOf = ({ known, before, after }: Difference) =>
    JSON.stringify([known.map(String).sort(), describeKey(before), describeKey(after)])
  const byPlace = [
    ...Map.groupBy(differences, (difference) => `${difference.field} ${effectOf(difference)}`).values(),
  ].flatMap((group) => {
    const rules = new Set(group.flatMap((difference) => difference.rules))
    return joinBoxes(group.map(({ box }) => box)).map((box) => ({ ...group[0]!, box, rules: [...rules] }))
  })
  const placeOf = ({ box }: Difference) => AXES.map((axis) => box[axis]).join(' ')
  const together = Map.groupBy(byPlace, (difference) => `${placeOf(difference)} ${effectOf(difference)}`)
  return [...together.values()].map((group) => {
    const { box, known, before, after } = group[0]!
    return {
      ...describeBox(space, box),
      fields: group.map(({ field }) => field),
      known: known.map(words.describe),
      before,
      after,
      rules: listReferences(group.flatMap(({ rules }) => rules)),
    }
  })
}

function describeBox(space: Space, box: Box) {
  const named = (axis: 'senders' | 'recipients' | 'purposes' | 'roles') =>
    box[axis] === space.whole[axis] ? {} : { [axis]: space.wordsOf(box, axis) }
  const bases = space.wordsOf(box, 'legalBases').filter((word) => word !== UNDECLARED)
  return {
    ...named('senders'),
    ...named('recipients'),
    ...named('purposes'),
    ...named('roles'),
    ...(box.legalBases !== space.whole.legalBases && { legalBases: bases }),
    periods: stretchesOf(space, box),
  }
}
