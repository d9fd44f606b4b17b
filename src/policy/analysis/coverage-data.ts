import type { LocalisedText } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import { quote } from '../files/fault.ts'
import type { ExpectedDecision, PolicySet } from '../policy-set.ts'
import { combine, type Treatment } from '../release.ts'
import { type Bar, type Clause, effectOf, type Narrowing, narrowedFieldsOf, offerOf, rankOf } from './clauses.ts'
import type { Conflict } from './conflicts.ts'
import type { Gap } from './coverage-gaps.ts'
import { formatReference, referTo } from './finding.ts'
import { type Alternatives, either, type Knowledge, suffices } from './knowledge.ts'
import { AXES, type Box, overlap } from './space.ts'

/** A case with the rules that are in play in it. */
export interface Play {
  readonly fields: readonly string[]
  readonly expected: ExpectedDecision
  readonly permits: readonly BasisRule[]
  readonly bars: readonly Narrowing[]
}

/** What a rule does to one field, under its key in the rule file. */
interface Entry {
  readonly key: string
  readonly field: string
  /** A case shows the entry when it states the release, or what is linked, and that would be otherwise without the entry. */
  readonly states: 'release' | 'link'
}

/** Finds the rules that are in play when exactly this is known. */
export function findPlay(clauses: readonly Clause[], point: Box, knowledge: Knowledge): Pick<Play, 'permits' | 'bars'> {
  const near = clauses.filter(({ box }) => overlap(point, box) !== undefined)
  const lifting = new Map<Narrowing, Alternatives>()
  for (const clause of near) {
    if (clause.kind === 'lift') lifting.set(clause.of, either(lifting.get(clause.of) ?? [], clause.lifting))
  }
  const fired = near.flatMap((clause) =>
    clause.kind === 'permit' && suffices(knowledge, clause.firing) ? [clause.rule] : [],
  )
  const applied = near.flatMap((clause) =>
    clause.kind === 'bar' && !suffices(knowledge, [...clause.lifting, ...(lifting.get(clause.rule) ?? [])])
      ? [clause.rule]
      : [],
  )
  return { permits: [...new Set(fired)], bars: applied }
}

/**
 * Finds what a basis rule gives without a case that would fail if it did not: fields it releases, levels, and fields it links.
 * @param plays cases in which the rule fires
 */
export function permitDataGaps(set: PolicySet, rule: BasisRule, plays: readonly Play[]): readonly Gap[] {
  const entries: readonly Entry[] = [
    ...rule.release.map((field) => ({ key: 'verstrekken', field, states: 'release' as const })),
    ...[...rule.generalise.keys()].map((field) => ({ key: 'generaliseren', field, states: 'release' as const })),
    ...rule.link.map((field) => ({ key: 'koppelen', field, states: 'link' as const })),
  ]
  return dataGaps(entries, plays, (play, { field }) => {
    const others = play.permits.filter((other) => other !== rule)
    return [treat(set, field, play), treat(set, field, { ...play, permits: others })]
  })
}

/**
 * Finds what a prohibition or safeguard takes away without a case that would fail if it did not.
 * @param plays cases in which it applies
 * @param cuts what it can take from the rules of the set; a field that no rule gives needs no case, unless it refuses everything
 * @param clauses of the set; a field that another rule takes away always, wherever this one applies, needs no case either
 */
export function narrowingDataGaps(
  set: PolicySet,
  rule: Narrowing,
  plays: readonly Play[],
  cuts: readonly Conflict[],
  clauses: readonly Clause[],
): readonly Gap[] {
  const rules = new Map(set.rules.map((one) => [formatReference(referTo(one)), one]))
  const cut = cuts
    .filter(({ prohibition }) => prohibition.file === rule.file && prohibition.rule === rule.id)
    .map((conflict) => ({ given: rules.get(formatReference(conflict.rule))!, fields: conflict.fields }))
  const own = clauses.find((clause) => clause.kind === 'bar' && clause.rule === rule)!
  const wider = clauses.flatMap((clause) =>
    clause.kind === 'bar' && clause !== own && isUnconditional(clause) && contains(clause.box, own.box)
      ? [clause.rule]
      : [],
  )
  const entries = narrowedFieldsOf(rule).flatMap((field): readonly Entry[] => {
    const effect = effectOf(rule, field)!
    const isTakenAnyway = wider.some((other) => {
      const taken = effectOf(other, field)
      return (
        taken !== undefined && rankOf(set, field, taken) >= rankOf(set, field, effect) && !(taken.link && !effect.link)
      )
    })
    if (isTakenAnyway) return []
    const givers = cut.filter(({ fields }) => fields.includes(field)).map(({ given }) => given)
    const isReleased = givers.some((given) => {
      const offer = offerOf(given, field)
      return offer !== undefined && rankOf(set, field, effect) > rankOf(set, field, offer)
    })
    const isLinked = !effect.link && givers.some(({ link }) => link.includes(field))
    return [
      ...(isReleased || effect.release === 'weigeren' ? [{ key: keyOf(rule), field, states: 'release' as const }] : []),
      ...(isLinked && effect.release !== 'weigeren' ? [{ key: keyOf(rule), field, states: 'link' as const }] : []),
    ]
  })
  return dataGaps(entries, plays, (play, { field }) => {
    const others = play.bars.filter((other) => other !== rule)
    return [treat(set, field, play), treat(set, field, { ...play, bars: others })]
  })
}

const isUnconditional = ({ rule }: Bar): boolean =>
  rule.when.length === 0 && rule.whenNot.length === 0 && rule.whenStated === undefined && rule.unless.length === 0

const contains = (outer: Box, inner: Box): boolean => AXES.every((axis) => (outer[axis] & inner[axis]) === inner[axis])

const keyOf = (rule: Narrowing): string => ('outcome' in rule ? 'verbiedt' : 'gegevens')

/** The treatment of a field by the rules in play. */
function treat(set: PolicySet, field: string, { permits, bars }: Pick<Play, 'permits' | 'bars'>): Treatment {
  const offers = permits.flatMap((rule) => offerOf(rule, field) ?? [])
  const best = offers.toSorted((a, b) => rankOf(set, field, a) - rankOf(set, field, b))[0]
  const link = permits.some((rule) => rule.link.includes(field))
  return bars.reduce<Treatment>(
    (sofar, bar) => {
      const effect = effectOf(bar, field)
      return effect === undefined ? sofar : combine(sofar, effect, set.vocabulary.fields.get(field))
    },
    { ...(best ?? { release: 'weglaten' }), link },
  )
}

function dataGaps(
  entries: readonly Entry[],
  plays: readonly Play[],
  compare: (play: Play, entry: Entry) => readonly [Treatment, Treatment],
): readonly Gap[] {
  const isShown = (entry: Entry): boolean =>
    plays.some((play) => {
      const { fields, expected } = play
      const isStated = entry.states === 'link' ? expected.link !== undefined : expected.fields.has(entry.field)
      if (!isStated || !fields.includes(entry.field)) return false
      const [now, otherwise] = compare(play, entry)
      if (entry.states === 'link') return now.link !== otherwise.link
      return now.release !== otherwise.release || now.level !== otherwise.level
    })
  const unseen = entries.filter((entry) => !isShown(entry))
  const byKey = Map.groupBy(unseen, ({ key, states }) => `${key} ${states}`)
  return [...byKey.values()].map((group) => {
    const { key, states } = group[0]!
    const words = group.map(({ field }) => field)
    return { kind: 'data', key, words, isRequired: true, message: MESSAGES[states](key, words.map(quote).join(', ')) }
  })
}

const MESSAGES: Readonly<Record<Entry['states'], (key: string, fields: string) => LocalisedText>> = {
  release: (key, fields) => ({
    nl: `geen geval zou mislukken zonder ${fields} onder \`${key}\`: noem in een geval bij \`verwacht\` \`gegevens\` wat er met elk gebeurt`,
    en: `no case would fail without ${fields} under \`${key}\`: state in a case under \`verwacht\` \`gegevens\` what happens to each`,
  }),
  link: (key, fields) => ({
    nl: `geen geval laat zien dat \`${key}\` bepaalt of ${fields} koppelt: noem in een geval bij \`verwacht\` \`koppelen\` wat koppelt`,
    en: `no case shows that \`${key}\` decides whether ${fields} links: state in a case under \`verwacht\` \`koppelen\` what links`,
  }),
}
