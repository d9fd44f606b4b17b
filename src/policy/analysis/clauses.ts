import type { BasisRule, Prohibition, Safeguard } from '../../model/rule.ts'
import type { PolicySet } from '../policy-set.ts'
import { strictness, type Treatment } from '../release.ts'
import { senderVariants } from '../sender-variants.ts'
import { type Alternatives, either, type Knowledge, type KnowledgeWords, least, NEVER } from './knowledge.ts'
import type { Box, Space } from './space.ts'

/**
 * A basis rule in the form that the analysis uses: where it applies, and the least knowledge that makes it fire. A rule that
 * asks more of one sender (`als_van`) is several permits, whose boxes do not overlap.
 */
export interface Permit {
  readonly kind: 'permit'
  readonly rule: BasisRule
  readonly box: Box
  readonly firing: Alternatives
  /** The same without the assessments, which a person can still declare. */
  readonly firingButForAssessments: Alternatives
}

/** A rule that applies unless it is certain that it does not. */
export type Narrowing = Prohibition | Safeguard

export const isSafeguard = (rule: BasisRule | Narrowing): rule is Safeguard => 'withhold' in rule

/** Prohibitions and safeguards of a set. */
export const narrowingsOf = (set: PolicySet): readonly Narrowing[] => [...set.prohibitions, ...set.safeguards]

/** A prohibition or safeguard: where it applies, and the least knowledge that lifts it there, apart from narrower exceptions. */
export interface Bar {
  readonly kind: 'bar'
  readonly rule: Narrowing
  readonly box: Box
  readonly lifting: Alternatives
  /** The least knowledge with which everything that it asks is known to be so; undefined when that contradicts itself. */
  readonly certain: Knowledge | undefined
}

/** An exception (`tenzij`): within its own scope, other knowledge that lifts its prohibition. */
export interface Lift {
  readonly kind: 'lift'
  readonly of: Narrowing
  /** Position among the exceptions of the prohibition. */
  readonly position: number
  readonly box: Box
  readonly lifting: Alternatives
}

export type Clause = Permit | Bar | Lift

/** Everything in a set that decides. */
export function clausesOf(set: PolicySet, space: Space, words: KnowledgeWords): readonly Clause[] {
  return [
    ...set.rules.flatMap((rule) => permitsOf(rule, space, words)),
    ...narrowingsOf(set).flatMap((rule) => [barOf(rule, space, words), ...liftsOf(rule, space, words)]),
  ]
}

export function permitsOf(rule: BasisRule, space: Space, words: KnowledgeWords): readonly Permit[] {
  const alternatives = rule.anyOf.length === 0 ? [undefined] : rule.anyOf
  return senderVariants(rule).map((variant) => {
    const firingWith = (declared: readonly string[]): Alternatives =>
      least(
        alternatives.flatMap((one) => {
          const yes = one === undefined ? variant.when : [...variant.when, one]
          return words.formKnowledge({ yes, no: rule.whenNot, declared, undenied: rule.unlessDenied ?? [] }) ?? []
        }),
      )
    return {
      kind: 'permit',
      rule,
      box: space.boxOf(variant),
      firing: firingWith(rule.assessments),
      firingButForAssessments: firingWith([]),
    }
  })
}

export function barOf(rule: Narrowing, space: Space, words: KnowledgeWords): Bar {
  const { scope, validity, when, whenNot, whenStated = [] } = rule
  const lifting: readonly Knowledge[] = [
    ...when.map(words.isFalse),
    ...whenNot.map(words.isTrue),
    ...whenStated.map(words.isUnstated),
  ]
  const certain = words.formKnowledge({ yes: [...when, ...whenStated], no: whenNot })
  return { kind: 'bar', rule, box: space.boxOf({ scope, validity }), lifting: least(lifting), certain }
}

export function liftsOf(rule: Narrowing, space: Space, words: KnowledgeWords): readonly Lift[] {
  return rule.unless.map((exception, position) => {
    const { senders, recipients, roles, when, whenNot, assessments } = exception
    const scope = { ...(senders && { senders }), ...(recipients && { recipients }), ...(roles && { roles }) }
    const knowledge = words.formKnowledge({ yes: when, no: whenNot, declared: assessments })
    return {
      kind: 'lift',
      of: rule,
      position,
      box: space.boxOf({ scope, validity: rule.validity }),
      lifting: knowledge === undefined ? NEVER : [knowledge],
    }
  })
}

/** The least knowledge that lifts a prohibition in a part of the space that these clauses cover wholly. */
export function liftingOf(bar: Bar, clauses: readonly Clause[]): Alternatives {
  const lifts = clauses.flatMap((clause) => (clause.kind === 'lift' && clause.of === bar.rule ? [clause.lifting] : []))
  return lifts.length === 0 ? bar.lifting : either(bar.lifting, ...lifts)
}

/** How a rule releases a field; undefined when it does not. */
export function offerOf(rule: BasisRule, field: string): Pick<Treatment, 'release' | 'level'> | undefined {
  if (rule.release.includes(field)) return { release: 'verstrekken' }
  const level = rule.generalise.get(field)
  return level === undefined ? undefined : { release: 'generaliseren', level }
}

/** The most that a prohibition or safeguard allows for a field; undefined when it does not cover it. */
export function effectOf(rule: Narrowing, field: string): Treatment | undefined {
  if (isSafeguard(rule)) {
    if (rule.withhold.includes(field)) return { release: 'weglaten', link: false }
    if (rule.linkOnly.includes(field)) return { release: 'weglaten', link: true }
    return generalisation(rule.generalise, field)
  }
  if (!rule.fields.includes(field)) return undefined
  if (rule.outcome === 'alleen-koppelen') return { release: 'weglaten', link: true }
  if (rule.outcome !== 'generaliseren') return { release: rule.outcome, link: false }
  return generalisation(rule.levels, field) ?? { release: 'weglaten', link: true }
}

function generalisation(levels: ReadonlyMap<string, string>, field: string): Treatment | undefined {
  const level = levels.get(field)
  return level === undefined ? undefined : { release: 'generaliseren', level, link: true }
}

/** Fields that a prohibition or safeguard narrows. */
export const narrowedFieldsOf = (rule: Narrowing): readonly string[] =>
  isSafeguard(rule) ? [...new Set([...rule.withhold, ...rule.linkOnly, ...rule.generalise.keys()])] : rule.fields

/** Fields that a basis rule lists. */
export const fieldsOf = (rule: BasisRule): readonly string[] => [
  ...new Set([...rule.release, ...rule.generalise.keys(), ...rule.link]),
]

/** How strict a treatment of a field is, in this set. */
export const rankOf = (set: PolicySet, field: string, treatment: Pick<Treatment, 'release' | 'level'>): number =>
  strictness(treatment, set.vocabulary.fields.get(field))
