import type { BasisRule, Field } from '../types.ts'
import { type Facts, failedConditions } from './conditions.ts'
import { strictness, type Treatment } from './release.ts'

/** What the fired rules together allow for one field, and which of them allow it. */
export interface Permit extends Treatment {
  /** Rules that give this release; empty when it is `weglaten`. */
  readonly releasedBy: readonly BasisRule[]
  /** Rules that give the link. */
  readonly linkedBy: readonly BasisRule[]
}

/** Whether a rule says anything about one of the fields. */
export const covers = (rule: BasisRule, fields: readonly string[]): boolean =>
  fields.some((field) => isReleasing(rule, field) || rule.link.includes(field))

const isReleasing = (rule: BasisRule, field: string): boolean =>
  rule.release.includes(field) || rule.generalise.has(field)

/** A rule fires when all its conditions are certain and it says something about what was asked. */
export const fires = (rule: BasisRule, facts: Facts): boolean =>
  failedConditions(rule, facts).next().done === true && covers(rule, facts.fields)

/** The least restrictive treatment among the fired rules; the finer of two levels. Nothing fired: withheld, no link. */
export function permitFor(name: string, fired: readonly BasisRule[], field: Field | undefined): Permit {
  const linkedBy = fired.filter((rule) => rule.link.includes(name))
  const offers = fired
    .filter((rule) => isReleasing(rule, name))
    .map((rule) => ({ rule, offer: offerOf(rule, name) }))
    .map(({ rule, offer }) => ({ rule, offer, rank: strictness(offer, field) }))
  const best = Math.min(...offers.map(({ rank }) => rank))
  const winners = offers.filter(({ rank }) => rank === best)
  const treatment = winners[0]?.offer ?? { release: 'weglaten' as const }
  return { ...treatment, link: linkedBy.length > 0, releasedBy: winners.map(({ rule }) => rule), linkedBy }
}

function offerOf(rule: BasisRule, name: string): Pick<Treatment, 'release' | 'level'> {
  const level = rule.generalise.get(name)
  return level === undefined || rule.release.includes(name)
    ? { release: 'verstrekken' }
    : { release: 'generaliseren', level }
}
