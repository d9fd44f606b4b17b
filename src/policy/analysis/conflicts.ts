import type { RuleReference } from '../../model/decision.ts'
import type { PolicySet } from '../policy-set.ts'
import {
  type Bar,
  type Clause,
  effectOf,
  fieldsOf,
  isSafeguard,
  type Lift,
  offerOf,
  type Permit,
  rankOf,
} from './clauses.ts'
import { formatReference, referTo } from './finding.ts'
import { join, type Knowledge, suffices } from './knowledge.ts'
import { type Box, isCovered, overlap } from './space.ts'

/** A rule and a prohibition for which there is a situation where the rule fires and the prohibition certainly applies. */
export interface Conflict {
  readonly rule: RuleReference
  readonly prohibition: RuleReference
  readonly fields: readonly string[]
}

/** Every rule and prohibition that can both be in play with nothing unknown. The prohibition wins; the list is for reading. */
export const listConflicts = (set: PolicySet, clauses: readonly Clause[]): readonly Conflict[] =>
  listCuts(
    set,
    clauses.filter((clause) => clause.kind !== 'bar' || !isSafeguard(clause.rule)),
  )

/** The same with the safeguards, which narrow a rule as a prohibition does. */
export function listCuts(set: PolicySet, clauses: readonly Clause[]): readonly Conflict[] {
  const permits = clauses.filter((clause): clause is Permit => clause.kind === 'permit')
  const bars = clauses.filter((clause): clause is Bar => clause.kind === 'bar')
  const lifts = Map.groupBy(
    clauses.filter((clause): clause is Lift => clause.kind === 'lift'),
    ({ of }) => of,
  )
  const met = permits.flatMap((permit) =>
    bars.flatMap((bar) => {
      const fields = fieldsOf(permit.rule).filter((field) => narrows(set, permit, bar, field))
      const shared = overlap(permit.box, bar.box)
      if (fields.length === 0 || shared === undefined) return []
      const { certain } = bar
      const meeting = permit.firing.flatMap((knowledge) =>
        certain === undefined ? [] : (join(knowledge, certain) ?? []),
      )
      const isMet = meeting.some((knowledge) => !isLiftedAllOver(shared, knowledge, lifts.get(bar.rule) ?? []))
      return isMet ? [{ rule: referTo(permit.rule), prohibition: referTo(bar.rule), fields }] : []
    }),
  )
  // A rule that asks more of one sender is several permits.
  const nameOf = ({ rule, prohibition }: Conflict) => `${formatReference(rule)} ${formatReference(prohibition)}`
  return [...new Map(met.map((conflict) => [nameOf(conflict), conflict])).values()]
}

function narrows(set: PolicySet, { rule }: Permit, bar: Bar, field: string): boolean {
  const effect = effectOf(bar.rule, field)
  if (effect === undefined) return false
  const offer = offerOf(rule, field)
  const narrowsRelease = offer !== undefined && rankOf(set, field, effect) > rankOf(set, field, offer)
  return narrowsRelease || (rule.link.includes(field) && !effect.link)
}

function isLiftedAllOver(box: Box, knowledge: Knowledge, lifts: readonly Lift[]): boolean {
  const counting = lifts.filter(({ lifting }) => suffices(knowledge, lifting))
  return isCovered(box, counting)
}
