import type { Exception, Field, Prohibition } from '../types.ts'
import { type Facts, failedConditions, isInForce, isInScope, type Requirements } from './conditions.ts'
import { combine, strictness, type Treatment } from './release.ts'

/** What the applying prohibitions together leave for one field. */
export interface Restriction extends Treatment {
  /** The strictest prohibition; absent when none covers the field. */
  readonly by?: Prohibition
}

/** A prohibition applies unless it is certain that it does not, and when it covers a field that was asked. */
export function applies(prohibition: Prohibition, facts: Facts): boolean {
  return (
    isInForce(prohibition.validity, facts.date) &&
    isInScope(prohibition.scope, facts) &&
    !prohibition.when.some((word) => facts.know(word) === false) &&
    !prohibition.whenNot.some((word) => facts.know(word) === true) &&
    !prohibition.unless.some((exception) => isCertain(exception, facts)) &&
    facts.fields.some((field) => prohibition.fields.includes(field))
  )
}

const isCertain = (exception: Exception, facts: Facts): boolean =>
  failedConditions(requirementsOf(exception), facts).next().done === true

/** What must be certain for an exception to lift its prohibition. */
export function requirementsOf(exception: Exception): Requirements {
  const { senders, recipients, roles, when, whenNot, assessments } = exception
  const scope = { ...(senders && { senders }), ...(recipients && { recipients }), ...(roles && { roles }) }
  return { scope, when, whenNot, assessments }
}

/** The most restrictive of the prohibitions that cover a field; the coarser of two levels. */
export function restrictionFor(name: string, applied: readonly Prohibition[], field: Field | undefined): Restriction {
  let result: Restriction = { release: 'verstrekken', link: true }
  for (const prohibition of applied) {
    if (!prohibition.fields.includes(name)) continue
    const effect = effectOn(prohibition, name)
    const rank = strictness(effect, field)
    const current = strictness(result, field)
    // `alleen-koppelen` and `weglaten` release alike; the one that also stops the link is the stricter.
    const isStricter = rank > current || (rank === current && result.link && !effect.link)
    result = {
      ...combine(result, effect, field),
      ...(isStricter ? { by: prohibition } : result.by && { by: result.by }),
    }
  }
  return result
}

function effectOn({ outcome, levels }: Prohibition, name: string): Treatment {
  if (outcome === 'alleen-koppelen') return { release: 'weglaten', link: true }
  if (outcome !== 'generaliseren') return { release: outcome, link: false }
  const level = levels.get(name)
  return level === undefined ? { release: 'weglaten', link: true } : { release: 'generaliseren', level, link: true }
}
