import { compareText } from '../encoding/text-order.ts'
import type { Duty } from '../model/rule.ts'

/**
 * Merges the duties of rules into one per kind and bearer: of `bewaartermijn` the shortest, of `loggen` the longest, of
 * `vier-ogen` the most people. A merged duty cites every ground that asks for it at that strength. Sorted by kind and bearer.
 */
export function mergeDuties(rules: readonly { readonly duties: readonly Duty[] }[]): readonly Duty[] {
  const merged: Merged[] = []
  for (const { duties } of rules) for (const duty of duties) addDuty(merged, duty)
  return merged
    .sort((a, b) => compareText(a.duty.kind, b.duty.kind) || compareText(a.duty.for, b.duty.for))
    .map(formDuty)
}

/** The strongest duty of its kind and bearer so far, and every citation for it at that strength. */
interface Merged {
  duty: Duty
  citations: string[]
}

function addDuty(merged: Merged[], duty: Duty): void {
  const citations = duty.citation === undefined ? [] : [duty.citation]
  const known = merged.find((other) => other.duty.kind === duty.kind && other.duty.for === duty.for)
  if (known === undefined) {
    merged.push({ duty, citations })
    return
  }
  const difference = strength(duty) - strength(known.duty)
  if (difference > 0) {
    known.duty = duty
    known.citations = citations
  }
  if (difference !== 0) return
  for (const citation of citations) if (!known.citations.includes(citation)) known.citations.push(citation)
}

function formDuty({ duty, citations }: Merged): Duty {
  if (citations.length < 2) return duty
  return { ...duty, citation: citations.sort().join('; ') }
}

/** How much a duty asks; the highest strength asks the most. */
function strength(duty: Duty): number {
  if (duty.kind === 'bewaartermijn') return -(duty.retentionDays ?? Number.MAX_SAFE_INTEGER)
  if (duty.kind === 'loggen') return duty.keepLogDays ?? 0
  if (duty.kind === 'vier-ogen') return duty.people ?? 2
  return 0
}
