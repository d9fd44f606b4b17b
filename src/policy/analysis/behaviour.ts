import type { Reason } from '../../model/decision.ts'
import type { Duty } from '../../model/rule.ts'
import { mergeDuties } from '../duties.ts'
import type { PolicySet } from '../policy-set.ts'
import { combine, isReleased, type Treatment } from '../release.ts'
import {
  type Bar,
  type Clause,
  effectOf,
  fieldsOf,
  isSafeguard,
  liftingOf,
  narrowedFieldsOf,
  offerOf,
  type Permit,
  rankOf,
} from './clauses.ts'
import {
  type Alternatives,
  both,
  breakingOf,
  either,
  holds,
  join,
  type Knowledge,
  least,
  NOTHING,
  silencesOf,
  suffices,
  withSilences,
} from './knowledge.ts'
import { policyTooComplex } from './too-complex.ts'

/** The decision about one field of one person. Decisions about more fields follow from these, field by field. */
export interface Behaviour extends Treatment {
  /** Present when nothing passes. */
  readonly reason?: Reason
  /** When nothing passes: duties that requesting the field adds if another field passes. */
  readonly duties: readonly Duty[]
}

/** A field in a part of the space that every clause covers wholly or not at all: only knowledge decides there. */
export interface FieldView {
  readonly set: PolicySet
  readonly field: string
  /** Permits that list the field. */
  readonly permits: readonly Permit[]
  /** Prohibitions and safeguards that cover the field or add duties, with the knowledge that lifts them. */
  readonly bars: readonly { readonly bar: Bar; readonly lifting: Alternatives }[]
  /** The silences that any of them asks. */
  readonly silences: Knowledge
}

export function viewField(set: PolicySet, field: string, clauses: readonly Clause[]): FieldView {
  const permits = clauses.filter(
    (clause): clause is Permit => clause.kind === 'permit' && fieldsOf(clause.rule).includes(field),
  )
  const bars = clauses
    .filter((clause): clause is Bar => clause.kind === 'bar' && concerns(clause, field))
    .map((bar) => ({ bar, lifting: liftingOf(bar, clauses) }))
  const asked = [...permits.map(({ firing }) => firing), ...bars.map(({ lifting }) => lifting)].flat()
  return { set, field, permits, bars, silences: silencesOf(asked.reduce((all, one) => all | one, NOTHING)) }
}

/** Whether two views decide alike whatever is known: their clauses differ at most in where else they apply. */
export const isSameView = (one: FieldView, other: FieldView): boolean => describeView(one) === describeView(other)

function describeView({ set, field, permits, bars }: FieldView): string {
  const clauses = [
    ...permits.map(({ rule, firing, firingButForAssessments }) => [
      ...[firing, firingButForAssessments].map(describeAlternatives),
      offerOf(rule, field),
      rule.link.includes(field),
      rule.duties.map(withoutCitation),
    ]),
    ...bars.map(({ bar, lifting }) => [
      describeAlternatives(lifting),
      effectOf(bar.rule, field),
      dutiesOf(bar).map(withoutCitation),
    ]),
  ]
  return [
    set.vocabulary.fields.get(field)?.ladder.join(' '),
    ...clauses.map((clause) => JSON.stringify(clause)).sort(),
  ].join('\n')
}

const describeAlternatives = (alternatives: Alternatives): string => alternatives.map(String).sort().join(' ')

// A safeguard that only adds duties is about every field.
const concerns = ({ rule }: Bar, field: string): boolean =>
  effectOf(rule, field) !== undefined || (isSafeguard(rule) && narrowedFieldsOf(rule).length === 0)

const dutiesOf = ({ rule }: Bar): readonly Duty[] => (isSafeguard(rule) ? rule.duties : [])

/** The treatment of the field when exactly this is known, and nothing else was stated. */
export function behaviourAt({ set, field, permits, bars, silences }: FieldView, stated: Knowledge): Behaviour {
  const knowledge = withSilences(stated, silences)
  const description = set.vocabulary.fields.get(field)
  const fired = permits.filter(({ firing }) => suffices(knowledge, firing))
  const offers = fired.flatMap(({ rule }) => {
    const offer = offerOf(rule, field)
    return offer === undefined ? [] : [{ rule, offer, rank: rankOf(set, field, offer) }]
  })
  const best = Math.min(...offers.map(({ rank }) => rank))
  const winners = offers.filter(({ rank }) => rank === best)
  const linking = fired.filter(({ rule }) => rule.link.includes(field)).map(({ rule }) => rule)
  const permit: Treatment = { ...(winners[0]?.offer ?? { release: 'weglaten' }), link: linking.length > 0 }
  const applied = bars.filter(({ lifting }) => !suffices(knowledge, lifting)).map(({ bar }) => bar)
  const outcome = applied.reduce<Treatment>((sofar, bar) => {
    const effect = effectOf(bar.rule, field)
    return effect === undefined ? sofar : combine(sofar, effect, description)
  }, permit)
  const passes = isReleased(outcome) || outcome.link
  if (!passes || outcome.release === 'weigeren') {
    const lacksAssessment =
      fired.length === 0 && permits.some((other) => suffices(knowledge, other.firingButForAssessments))
    const isForbidden =
      isReleased(permit) ||
      permit.link ||
      (outcome.release === 'weigeren' && (lacksAssessment || refusesForCertain(applied, field, knowledge)))
    const reason = isForbidden ? 'verbod' : lacksAssessment ? 'beoordeling-ontbreekt' : 'geen-grondslag'
    const accompanying = outcome.release === 'weigeren' ? [] : applied.map((bar) => ({ duties: dutiesOf(bar) }))
    return { ...outcome, reason, duties: mergeDuties(accompanying).map(withoutCitation) }
  }
  const bringing = [
    ...(isReleased(outcome) ? winners.map(({ rule }) => rule) : []),
    ...(outcome.link ? linking : []),
    ...applied.map((bar) => ({ duties: dutiesOf(bar) })),
  ]
  return { ...outcome, duties: mergeDuties(bringing).map(withoutCitation) }
}

/** Whether a prohibition that refuses the field applies and everything that it asks is known; its exceptions can be unknown. */
const refusesForCertain = (applied: readonly Bar[], field: string, knowledge: Knowledge): boolean =>
  applied.some(
    ({ rule, certain }) =>
      effectOf(rule, field)?.release === 'weigeren' && certain !== undefined && holds(knowledge, certain),
  )

const withoutCitation = ({ citation: _, ...duty }: Duty): Duty => duty

/**
 * The knowledge at which two views of one field must be compared: as it is, and with any of the statements that break a silence
 * of a view. If the views differ anywhere, they differ in the same way at one of these: each threshold of either view is tested at the least knowledge that crosses it, joined with whatever else
 * a duty depends on (a better permit that takes over, a safeguard that is lifted).
 *
 * @throws SluisError `policy-too-complex` when there are too many
 */
export function telling(one: FieldView, other: FieldView): readonly Knowledge[] {
  const silences = one.silences | other.silences
  return silences === NOTHING
    ? crossingsOf(one, other)
    : joins(crossingsOf(one, other), subsetsOf(breakingOf(silences)))
}

/** Every union of bits. @throws SluisError `policy-too-complex` when there are more than `MAX_SUBSETS` */
function subsetsOf(bits: Knowledge): readonly Knowledge[] {
  let subsets: readonly Knowledge[] = [NOTHING]
  for (let rest = bits; rest !== NOTHING; rest &= rest - 1n) {
    subsets = subsets.flatMap((subset) => [subset, subset | (rest & -rest)])
    if (subsets.length > MAX_SUBSETS) throw policyTooComplex()
  }
  return subsets
}

const MAX_SUBSETS = 4096

function crossingsOf(one: FieldView, other: FieldView): readonly Knowledge[] {
  const views = [one, other].map(thresholdsOf)
  const notRefused = views.reduce<Alternatives>((sofar, view) => both(sofar, view.notRefused), [0n])
  const outcomes = views.flatMap(({ treatments, link, permitted, nearlyPermitted, certain }) => [
    ...treatments,
    link,
    // What a reason depends on, where the field is refused in neither view, in one of them and in both.
    ...[permitted, nearlyPermitted, certain].flatMap((asked) => [
      asked,
      both(asked, notRefused),
      ...views.map((view) => both(asked, view.notRefused)),
    ]),
  ])
  const crossings = new Set(outcomes.flat())
  if (!hasVaryingDuties(one, other)) return [...crossings]
  const released = views.reduce<Alternatives>((sofar, view) => both(sofar, view.released), [0n])
  const linked = views.reduce<Alternatives>((sofar, view) => both(sofar, view.link), [0n])
  const firings = [one, other].flatMap(({ permits }) => permits.map(({ firing }) => firing))
  const bases = [
    released,
    linked,
    ...firings.flatMap((firing) => [both(firing, released), both(firing, linked)]),
  ].flat()
  const withLevel = joins(
    bases,
    views.flatMap(({ permitLevels }) => permitLevels.flat()),
  )
  const safeguardsGone = [one, other].flatMap((view) => dutyGroups(view).map((group) => liftingOfBars(group))).flat()
  for (const knowledge of joins(withLevel, safeguardsGone)) crossings.add(knowledge)
  for (const knowledge of both(safeguardsGone, notRefused)) crossings.add(knowledge)
  for (const knowledge of notRefused) crossings.add(knowledge)
  return [...crossings]
}

/** Most pairs that are joined at once, which bounds what must be compared in one region. */
const MAX_JOINS = 1_000_000

function joins(bases: readonly Knowledge[], additions: readonly Knowledge[]): readonly Knowledge[] {
  const joined = new Set(bases)
  const added = new Set(additions)
  if (joined.size * added.size > MAX_JOINS) throw policyTooComplex()
  for (const base of new Set(bases)) {
    for (const addition of added) {
      const knowledge = join(base, addition)
      if (knowledge !== undefined) joined.add(knowledge)
    }
  }
  return [...joined]
}

function thresholdsOf({ set, field, permits, bars }: FieldView) {
  const clauses = permits.map((permit) => ({ permit, offer: offerOf(permit.rule, field) }))
  const effects = bars.flatMap(({ bar, lifting }) => {
    const effect = effectOf(bar.rule, field)
    return effect === undefined ? [] : [{ lifting, effect, rank: rankOf(set, field, effect), certain: bar.certain }]
  })
  const withheld = rankOf(set, field, { release: 'weglaten' })
  const offers = clauses.flatMap(({ permit, offer }) => (offer ? [{ permit, rank: rankOf(set, field, offer) }] : []))
  const ranks = [...new Set([...offers, ...effects].map(({ rank }) => rank))].filter((rank) => rank < withheld)
  const liftedAbove = (rank: number) =>
    effects
      .filter((effect) => effect.rank > rank)
      .reduce<Alternatives>((sofar, { lifting }) => both(sofar, lifting), [0n])
  const permitLevels = ranks.map((rank) =>
    either(...offers.filter((offer) => offer.rank <= rank).map(({ permit }) => permit.firing)),
  )
  const treatments = ranks.map((rank, index) => both(permitLevels[index]!, liftedAbove(rank)))
  const linking = either(...permits.filter(({ rule }) => rule.link.includes(field)).map(({ firing }) => firing))
  const linkLeft = effects
    .filter(({ effect }) => !effect.link)
    .reduce<Alternatives>((sofar, { lifting }) => both(sofar, lifting), [0n])
  const notRefused = liftedAbove(withheld)
  return {
    treatments: [...treatments, notRefused],
    released: least(treatments.flat()),
    link: both(linking, linkLeft),
    permitLevels,
    permitted: either(...permits.map(({ firing }) => firing)),
    nearlyPermitted: either(...permits.map(({ firingButForAssessments }) => firingButForAssessments)),
    notRefused,
    certain: least(effects.flatMap(({ rank, certain }) => (rank > withheld ? (certain ?? []) : []))),
  }
}

/** Safeguards of a view, per duty that they add. */
function dutyGroups({ bars }: FieldView): readonly (readonly { readonly lifting: Alternatives }[])[] {
  const bringing = bars.flatMap(({ bar, lifting }) =>
    dutiesOf(bar).map((duty) => ({ key: JSON.stringify(withoutCitation(duty)), lifting })),
  )
  return [...Map.groupBy(bringing, ({ key }) => key).values()]
}

const liftingOfBars = (bars: readonly { readonly lifting: Alternatives }[]): Alternatives =>
  bars.reduce<Alternatives>((sofar, { lifting }) => both(sofar, lifting), [0n])

/** Whether duties follow from the treatments: all permits of both views carry the same duties and no safeguard adds any. */
function hasVaryingDuties(one: FieldView, other: FieldView): boolean {
  const lists = [one, other].flatMap(({ permits }) =>
    permits.map(({ rule }) => JSON.stringify(rule.duties.map(withoutCitation))),
  )
  return new Set(lists).size > 1 || [one, other].some(({ bars }) => bars.some(({ bar }) => dutiesOf(bar).length > 0))
}

export const isSameBehaviour = (a: Behaviour, b: Behaviour): boolean => describeKey(a) === describeKey(b)

/** A text that is equal for equal behaviour. */
export const describeKey = ({ release, level, link, reason, duties }: Behaviour): string =>
  JSON.stringify([release, level, link, reason, duties])
