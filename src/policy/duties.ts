import type { BasisRule, Duty } from '../types.ts'
import { compareText } from './fault.ts'

/**
 * The duties of rules together, one per kind and bearer: of `bewaartermijn` the shortest, of `loggen` the longest, of
 * `vier-ogen` the most people. A merged duty cites every ground that asks for it at that strength. Sorted by kind and bearer.
 */
export function mergeDuties(rules: readonly BasisRule[]): readonly Duty[] {
  const duties = rules.flatMap((rule) => rule.duties)
  const groups = Map.groupBy(duties, (duty) => `${duty.kind} ${duty.for}`)
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => mergeGroup(group))
}

function mergeGroup(group: readonly Duty[]): Duty {
  const strongest = group.reduce((best, duty) => (strength(duty) > strength(best) ? duty : best))
  const asking = group.filter((duty) => strength(duty) === strength(strongest))
  const citations = [...new Set(asking.flatMap(({ citation }) => citation ?? []))].sort()
  const { citation: _, ...duty } = strongest
  return citations.length === 0 ? duty : { ...duty, citation: citations.join('; ') }
}

/** The duty that asks the most has the highest strength. */
function strength(duty: Duty): number {
  if (duty.kind === 'bewaartermijn') return -(duty.retentionDays ?? Number.POSITIVE_INFINITY)
  if (duty.kind === 'loggen') return duty.keepLogDays ?? 0
  if (duty.kind === 'vier-ogen') return duty.people ?? 2
  return 0
}
