import { nameTreatment, type TreatmentName } from '../../model/treatment-words.ts'
import { type Behaviour, behaviourAt, type FieldView } from '../analysis/behaviour.ts'
import { effectOf, offerOf, rankOf } from '../analysis/clauses.ts'
import { ALWAYS, type Alternatives, both, either, holds, type Knowledge, least, NEVER } from '../analysis/knowledge.ts'
import { policyTooComplex } from '../analysis/too-complex.ts'

/** What may be stated beside a column. */
export interface Scope {
  /** Everything that is known in the column. */
  readonly known: Knowledge
  /** Bits of words that are not stated beside what the column states. */
  readonly fixed: Knowledge
  /** The statements, one bit each, from which a fixed bit follows in the column. */
  settling(fixedBit: Knowledge): Alternatives
  /** What follows from knowledge; undefined when it contradicts itself. */
  close(knowledge: Knowledge): Knowledge | undefined
}

/** The most that can pass of one field, and the statements that give it. */
export interface Reach {
  readonly treatment: TreatmentName
  readonly level?: string
  readonly link: boolean
  /** Smallest sets of statements that give it; `[NOTHING]` when it takes none or when nothing passes. */
  readonly ways: Alternatives
  /** Why nothing passes: no rule can fire, or prohibitions stop it. */
  readonly reason?: 'geen-grondslag' | 'verbod'
  /** Articles of the prohibitions and safeguards that keep it from more. */
  readonly citations: readonly string[]
}

/**
 * The most that can pass of a field: the finest release, and beside that the link, over every set of statements and assessments that
 * contradicts neither the column nor itself. Exact, because more knowledge never gives less.
 *
 * @throws SluisError `policy-too-complex` when there are too many sets
 */
export function reachField(view: FieldView, scope: Scope): Reach {
  const { set, field, permits, bars } = view
  const effects = bars.flatMap(({ bar, lifting }) => {
    const effect = effectOf(bar.rule, field)
    const ways = openTo(lifting, scope)
    return effect === undefined ? [] : [{ bar, effect, ways, rank: rankOf(set, field, effect) }]
  })
  const lifted = (isInTheWay: (effect: (typeof effects)[0]) => boolean): Alternatives =>
    effects.filter(isInTheWay).reduce((sofar, { ways }) => meet(sofar, ways, scope), ALWAYS)
  const withheld = rankOf(set, field, { release: 'weglaten' })
  const offers = permits.flatMap(({ rule, firing }) => {
    const offer = offerOf(rule, field)
    return offer === undefined ? [] : [{ rank: rankOf(set, field, offer), ways: openTo(firing, scope) }]
  })
  const linking = either(
    ...permits.filter(({ rule }) => rule.link.includes(field)).map(({ firing }) => openTo(firing, scope)),
  )
  const linkWays = meet(
    linking,
    lifted(({ effect }) => !effect.link),
    scope,
  )
  const ranks = [...new Set([...offers, ...effects].map(({ rank }) => rank))].filter((rank) => rank < withheld)
  for (const rank of ranks.sort((a, b) => a - b)) {
    const offered = either(...offers.filter((offer) => offer.rank <= rank).map(({ ways }) => ways))
    const ways =
      offered.length === 0
        ? NEVER
        : meet(
            offered,
            lifted((effect) => effect.rank > rank),
            scope,
          )
    if (ways.length > 0) return passing(preferred(ways, linkWays, scope))
  }
  const notRefused = lifted(({ rank }) => rank > withheld)
  if (linkWays.length > 0 && notRefused.length > 0) {
    const ways = meet(linkWays, notRefused, scope)
    if (ways.length > 0) return passing(ways)
  }
  const isPermitted = offers.some(({ ways }) => ways.length > 0) || linking.length > 0
  const stopping = effects.filter(({ ways }) => ways.length === 0)
  return {
    treatment: notRefused.length > 0 ? 'withheld' : 'refused',
    link: false,
    ways: ALWAYS,
    reason: isPermitted || notRefused.length === 0 ? 'verbod' : 'geen-grondslag',
    citations: isPermitted || notRefused.length === 0 ? citationsOf(stopping.length > 0 ? stopping : effects) : [],
  }

  function passing(ways: Alternatives): Reach {
    const known = scope.close(scope.known | ways[0]!)!
    const behaviour: Behaviour = behaviourAt(view, known)
    const best = Math.min(withheld, ...offers.filter((offer) => isReached(offer.ways, known)).map(({ rank }) => rank))
    const rank = rankOf(set, field, behaviour)
    const narrowing = effects.filter((effect) => effect.rank > best && !isReached(effect.ways, known))
    return {
      treatment: nameTreatment(behaviour),
      ...(behaviour.level !== undefined && { level: behaviour.level }),
      link: behaviour.link,
      ways: least(ways.map((way) => withoutImplied(way, scope))),
      citations: rank > best ? citationsOf(narrowing) : [],
    }
  }
}

const citationsOf = (effects: readonly { readonly bar: { readonly rule: { readonly citation: string } } }[]) => [
  ...new Set(effects.map(({ bar }) => bar.rule.citation)),
]

/** With the link where something gives both. */
function preferred(ways: Alternatives, linkWays: Alternatives, scope: Scope): Alternatives {
  const linked = linkWays.length === 0 ? NEVER : meet(ways, linkWays, scope)
  return linked.length > 0 ? linked : ways
}

const isReached = (ways: Alternatives, known: Knowledge): boolean => ways.some((way) => holds(known, way))

/** The alternatives as what must still be stated; those that the column rules out are left out. */
function openTo(alternatives: Alternatives, scope: Scope): Alternatives {
  const open = alternatives
    .flatMap((asked) => withoutFixed(asked & ~scope.known, scope))
    .filter((asked) => isOpen(asked, scope))
  return least(open)
}

/** Asks, in place of a word that the column fixes, each statement from which it follows. */
function withoutFixed(asked: Knowledge, { fixed, settling }: Scope): Alternatives {
  let ways: Alternatives = [asked & ~fixed]
  for (const bit of bitsOf(asked & fixed))
    ways = ways.flatMap((way) => settling(bit).map((statement) => way | statement))
  return ways
}

const isOpen = (asked: Knowledge, { known, fixed, close }: Scope): boolean =>
  (asked & fixed) === 0n && close(known | asked) !== undefined

/** Most pairs of sets that are joined at once, which bounds the time of one cell. */
const MAX_PAIRS = 100_000

/** Sets of statements that satisfy both. @throws SluisError `policy-too-complex` */
export function meet(one: Alternatives, other: Alternatives, scope: Scope): Alternatives {
  if (one.length * other.length > MAX_PAIRS) throw policyTooComplex()
  return both(one, other).filter((asked) => isOpen(asked, scope))
}

/** Leaves out statements that follow from the column and the others. */
function withoutImplied(way: Knowledge, { known, close }: Scope): Knowledge {
  let kept = way
  for (const bit of bitsOf(way)) {
    const rest = close(known | (kept & ~bit))
    if (rest !== undefined && holds(rest, bit)) kept &= ~bit
  }
  return kept
}

function bitsOf(knowledge: Knowledge): readonly Knowledge[] {
  const bits: Knowledge[] = []
  for (let bit = 1n; bit <= knowledge; bit <<= 1n) if ((knowledge & bit) !== 0n) bits.push(bit)
  return bits
}
