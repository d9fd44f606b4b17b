import type { Vocabulary } from '../../model/vocabulary.ts'
import type { Permit } from '../analysis/clauses.ts'
import { type Knowledge, type KnowledgeWords, type KnownWords, NOTHING } from '../analysis/knowledge.ts'
import type { Space } from '../analysis/space.ts'
import type { PolicyCase } from '../policy-set.ts'

/** What the columns of a matrix are about. */
export const COLUMN_KINDS = ['roles', 'regimes', 'ages', 'dates'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** The axes of an exchange that can be columns. */
export type ColumnAxis = 'roles' | 'periods'

/** What one column is about, in words of the vocabulary. */
export type ColumnTopic =
  | { readonly kind: 'role'; readonly role: string }
  /** Half-open, in legal dates; without `until` when open-ended. */
  | { readonly kind: 'period'; readonly from: string; readonly until?: string }
  /** In full years: from `from`, until just before `until`. */
  | { readonly kind: 'age'; readonly from?: number; readonly until?: number }
  | { readonly kind: 'unknown-age' }
  | { readonly kind: 'statement'; readonly circumstance: string }
  /** This is stated, and of the words under `ten_minste_een_van` that none is so. */
  | { readonly kind: 'alone'; readonly circumstance: string }
  /** None of the words that the other columns are about is stated. */
  | { readonly kind: 'unstated' }

export interface Column {
  readonly topic: ColumnTopic
  /** The word of the axis, as a bit; every word when the columns are statements. */
  readonly bit: bigint
  /** What the column states. */
  readonly stated: Partial<KnownWords>
}

export interface Columns {
  readonly axis?: ColumnAxis
  readonly columns: readonly Column[]
  /** Bits of the circumstances that stay as the column states them, both true and false. */
  readonly fixed: Knowledge
}

/** What columns are made from. */
interface Ground {
  readonly vocabulary: Vocabulary
  readonly space: Space
  readonly words: KnowledgeWords
  /** The permits of the legal basis. */
  readonly permits: readonly Permit[]
  /** The cases of its file. */
  readonly cases: readonly PolicyCase[]
}

/** The columns of one kind, before those that no rule tells apart are merged. */
export function listColumns(kind: ColumnKind, ground: Ground): Columns {
  if (kind === 'roles') return { axis: 'roles', columns: roleColumns(ground), fixed: NOTHING }
  if (kind === 'dates') return { axis: 'periods', columns: periodColumns(ground), fixed: NOTHING }
  return kind === 'ages' ? ageColumns(ground) : regimeColumns(ground)
}

const roleColumns = ({ space }: Ground): readonly Column[] =>
  space.words.roles.map((role, index) => ({ topic: { kind: 'role', role }, bit: 1n << BigInt(index), stated: {} }))

const periodColumns = ({ space }: Ground): readonly Column[] =>
  space.words.periods.map((from, index, days) => {
    const until = days[index + 1]
    const topic = { kind: 'period' as const, from, ...(until !== undefined && { until }) }
    return { topic, bit: 1n << BigInt(index), stated: {} }
  })

/** The stretches between the ages that a date of birth settles, and an unknown age. */
function ageColumns({ vocabulary, words }: Ground): Columns {
  const limits = [...vocabulary.circumstances.values()]
    .flatMap(({ id, settledBy }) =>
      settledBy !== undefined && 'youngerThan' in settledBy ? [{ id, age: settledBy.youngerThan }] : [],
    )
    .sort((a, b) => a.age - b.age)
  const stretches = [...limits.keys(), limits.length].map((index): Column => {
    const [below, above] = [limits[index - 1], limits[index]]
    const topic = { kind: 'age' as const, ...(below && { from: below.age }), ...(above && { until: above.age }) }
    return { topic, bit: ALL, stated: { ...(below && { no: [below.id] }), ...(above && { yes: [above.id] }) } }
  })
  const unknown: Column = { topic: { kind: 'unknown-age' }, bit: ALL, stated: {} }
  const isDistinct = limits.length > 0
  return {
    columns: isDistinct ? [...stretches, unknown] : [unknown],
    fixed: bothSides(
      words,
      limits.map(({ id }) => id),
    ),
  }
}

/**
 * The words of which the rules ask at least one (`ten_minste_een_van`), with every word that these exclude, follow from or imply, one
 * column each. A word that a rule also asks by itself is no column: it can be stated beside a regime. A word without such a relation
 * has a column when a case of the file states it alone: with a no to every word that the rules ask. For police data these are the
 * regimes of the Wpg.
 */
function regimeColumns({ vocabulary, words, permits, cases }: Ground): Columns {
  const anyOf = [...new Set(permits.flatMap(({ rule }) => rule.anyOf))]
  const asked = new Set(anyOf)
  // A set that grows while it is walked: a word joins when it has a relation with one that is in it.
  for (const word of asked) for (const related of relatedTo(vocabulary, word)) asked.add(related)
  // A word that a rule also asks by itself stays open, or a rule that asks it beside a regime could never fire.
  const apart = new Set(permits.flatMap(({ rule }) => [...rule.when, ...[...(rule.whenFrom?.values() ?? [])].flat()]))
  const family = [...vocabulary.circumstances.keys()].filter((word) => asked.has(word) && !apart.has(word))
  const statedAlone =
    anyOf.length === 0 ? new Set<string>() : new Set(cases.flatMap((one) => wordsBesideNo(one, anyOf)))
  const alone = [...vocabulary.circumstances.keys()].filter(
    (word) => statedAlone.has(word) && !asked.has(word) && !apart.has(word),
  )
  return {
    columns: [
      ...family.map((circumstance) => ({
        topic: { kind: 'statement' as const, circumstance },
        bit: ALL,
        stated: { yes: [circumstance] },
      })),
      ...alone.map((circumstance) => ({
        topic: { kind: 'alone' as const, circumstance },
        bit: ALL,
        stated: { yes: [circumstance], no: anyOf },
      })),
      { topic: { kind: 'unstated' }, bit: ALL, stated: {} },
    ],
    fixed: bothSides(words, [...family, ...alone]),
  }
}

/** What a case states to be so while it states that none of these words is. */
function wordsBesideNo({ question }: PolicyCase, anyOf: readonly string[]): readonly string[] {
  return question.dataSubjects.flatMap(({ circumstances }) =>
    anyOf.every((word) => circumstances[word] === false)
      ? Object.keys(circumstances).filter((word) => circumstances[word] === true)
      : [],
  )
}

function relatedTo({ circumstances }: Vocabulary, word: string): readonly string[] {
  const { excludes = [], impliedBy = [] } = circumstances.get(word) ?? {}
  const others = [...circumstances.values()]
    .filter((other) => other.impliedBy?.includes(word) || other.excludes?.includes(word))
    .map(({ id }) => id)
  return [...excludes, ...impliedBy, ...others].filter((other) => circumstances.has(other))
}

const bothSides = (words: KnowledgeWords, circumstances: readonly string[]): Knowledge =>
  circumstances.reduce((all, word) => all | words.isTrue(word) | words.isFalse(word), NOTHING)

/** Every word of an axis. */
const ALL = -1n
