import type { Exception, Prohibition, RuleScope, Safeguard } from '../../model/rule.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { setBit, wordsFor } from './bits.ts'
import { factsAsked } from './facts-index.ts'
import type { DutyLists, Numbering } from './permit-index.ts'
import { LINK_ONLY, REFUSED, rankOfLevel, WITHHELD } from './ranks.ts'
import { indexScopes, type ScopeIndex, type ScopeWords } from './scope-index.ts'

/** A rule that narrows what permits allow. */
export type Narrowing = Prohibition | Safeguard

/**
 * The prohibitions and safeguards of a set as bars. One bar is one rule together with the fields that it treats alike. Bars are
 * numbered from the strictest down, so that the first bar in force over a field decides; vectors have one bit a bar.
 */
export interface NarrowingIndex {
  readonly scopes: ScopeIndex
  readonly bars: BarTable
  /** For each field, the bars that cover it; absent when there are none. */
  readonly covers: readonly (Uint32Array | undefined)[]
  /** For each fact, the bars that it lifts; absent when it lifts none. */
  readonly liftedBy: readonly (Uint32Array | undefined)[]
  /** Bars that more than one fact together may lift. */
  readonly exceptions: readonly (readonly LiftingException[])[]
  readonly hasExceptions: Uint32Array
  /** Bars that cover no field: they only add duties. */
  readonly bare: Uint32Array
  readonly hasDuties: Uint32Array
}

interface BarTable {
  readonly rank: Int32Array
  /** Position among prohibitions and safeguards. */
  readonly narrowing: Int32Array
  readonly from: Int32Array
  readonly until: Int32Array
  /** Index in the duty lists; 0 is none. */
  readonly duties: Int32Array
}

/** An exception that asks for more than one fact, or is limited to some parties or roles. */
export interface LiftingException {
  readonly facts: readonly number[]
  /** Ids of each dimension that it is limited to; absent means any. */
  readonly limits: readonly (ReadonlySet<number> | undefined)[]
}

interface Bar {
  readonly rank: number
  readonly narrowing: number
  readonly fields: readonly string[]
}

export function indexNarrowings(
  narrowings: readonly Narrowing[],
  vocabulary: Vocabulary,
  numbering: Numbering,
): NarrowingIndex {
  const { facts, fields, eras, duties } = numbering
  const bars = narrowings
    .flatMap((narrowing, index) => barsOf(narrowing, index, vocabulary))
    .sort((a, b) => b.rank - a.rank || a.narrowing - b.narrowing)
  const words = wordsFor(bars.length)
  const covers: (Uint32Array | undefined)[] = []
  const liftedBy: (Uint32Array | undefined)[] = []
  const exceptions: LiftingException[][] = []
  const [hasExceptions, bare, hasDuties] = [new Uint32Array(words), new Uint32Array(words), new Uint32Array(words)]
  const set = (vectors: (Uint32Array | undefined)[], position: number, bar: number) => {
    vectors[position] ??= new Uint32Array(words)
    setBit(vectors[position], bar)
  }
  for (const [index, bar] of bars.entries()) {
    const narrowing = narrowings[bar.narrowing]!
    for (const field of bar.fields) set(covers, fields.add(field), index)
    if (bar.fields.length === 0) setBit(bare, index)
    if ('duties' in narrowing && narrowing.duties.length > 0) setBit(hasDuties, index)
    for (const word of narrowing.when) set(liftedBy, facts.circumstances.get(word)!.isFalse, index)
    for (const word of narrowing.whenNot) set(liftedBy, facts.circumstances.get(word)!.isTrue, index)
    for (const word of narrowing.whenStated ?? []) set(liftedBy, facts.circumstances.get(word)!.unstated!, index)
    const harder = narrowing.unless.flatMap((exception) => {
      const asked = factsAsked(exception, facts)
      const isLimited = (['senders', 'recipients', 'roles'] as const).some((key) => exception[key] !== undefined)
      if (asked.length !== 1 || isLimited) return [{ facts: asked, limits: limitsOf(exception, numbering.scopes) }]
      set(liftedBy, asked[0]!, index)
      return []
    })
    exceptions.push(harder)
    if (harder.length > 0) setBit(hasExceptions, index)
  }
  const column = (value: (narrowing: Narrowing, bar: Bar) => number) =>
    Int32Array.from(bars, (bar) => value(narrowings[bar.narrowing]!, bar))
  return {
    scopes: indexScopes(
      bars.map(({ narrowing }): RuleScope => narrowings[narrowing]!.scope),
      numbering.scopes,
    ),
    bars: {
      rank: column((_, { rank }) => rank),
      narrowing: column((_, { narrowing }) => narrowing),
      from: column(({ validity }) => eras.erasOf(validity)[0]),
      until: column(({ validity }) => eras.erasOf(validity)[1]),
      duties: column((narrowing) => dutiesOf(narrowing, duties)),
    },
    covers: Array.from({ length: fields.ids.size }, (_, field) => covers[field]),
    liftedBy: Array.from({ length: facts.count }, (_, fact) => liftedBy[fact]),
    exceptions,
    hasExceptions,
    bare,
    hasDuties,
  }
}

const dutiesOf = (narrowing: Narrowing, duties: DutyLists): number =>
  'duties' in narrowing ? duties.add(narrowing.duties) : 0

function barsOf(narrowing: Narrowing, index: number, vocabulary: Vocabulary): readonly Bar[] {
  const ranks = ranksOf(narrowing, vocabulary)
  if (ranks.size === 0) return 'duties' in narrowing ? [{ rank: 0, narrowing: index, fields: [] }] : []
  const byRank = Map.groupBy(ranks.keys(), (field) => ranks.get(field)!)
  return [...byRank].map(([rank, fields]) => ({ rank, narrowing: index, fields }))
}

function ranksOf(narrowing: Narrowing, vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const generalised = (levels: ReadonlyMap<string, string>, field: string) => {
    const level = levels.get(field)
    return level === undefined ? LINK_ONLY : rankOfLevel(level, vocabulary.fields.get(field))
  }
  if ('outcome' in narrowing) {
    const { outcome, levels } = narrowing
    const rank = { 'alleen-koppelen': LINK_ONLY, weglaten: WITHHELD, weigeren: REFUSED }
    return new Map(
      narrowing.fields.map((field) => [
        field,
        outcome === 'generaliseren' ? generalised(levels, field) : rank[outcome],
      ]),
    )
  }
  const { generalise, linkOnly, withhold } = narrowing
  return new Map([
    ...[...generalise.keys()].map((field) => [field, generalised(generalise, field)] as const),
    ...linkOnly.map((field) => [field, LINK_ONLY] as const),
    ...withhold.map((field) => [field, WITHHELD] as const),
  ])
}

function limitsOf({ senders, recipients, roles }: Exception, scopes: ScopeWords): LiftingException['limits'] {
  return [senders, recipients, undefined, roles].map(
    (words, dimension) => words && new Set(words.map((word) => scopes[dimension]!.add(word))),
  )
}
