import type { Duty } from '../../model/rule.ts'
import { canEverBeApproved, peopleNeeded } from '../clients.ts'
import { quote } from '../files/fault.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Bar, Permit } from './clauses.ts'
import type { Finding } from './finding.ts'
import { type Box, overlap, type Space } from './space.ts'

/** A rule, and exchanges that it holds until enough people approved. */
interface Holding {
  readonly rule: { readonly file: string; readonly id: string; readonly duties: readonly Duty[] }
  readonly box: Box
}

/**
 * Rules with `vier-ogen` whose exchanges some sender can never send: it has too few people who may approve, whether its system or
 * one of its people submits. Such an exchange waits until it expires.
 */
export function approvalFindings(
  set: PolicySet,
  space: Space,
  permits: readonly Permit[],
  bars: readonly Bar[],
): readonly Finding[] {
  const firing = permits.filter((permit) => permit.firing.length > 0)
  const safeguards = bars.flatMap(({ rule, box }) => ('duties' in rule ? [{ rule, box }] : []))
  const holding: readonly Holding[] = [
    ...firing,
    ...safeguards.flatMap(({ rule, box }) =>
      firing.flatMap((permit) => {
        const both = overlap(box, permit.box)
        return both ? [{ rule, box: both }] : []
      }),
    ),
    ...set.sharedDuties.flatMap((shared) =>
      firing.filter(({ rule }) => shared.legalBases.includes(rule.file)).map(({ box }) => ({ rule: shared, box })),
    ),
  ].filter(({ rule }) => rule.duties.some(({ kind }) => kind === 'vier-ogen'))
  return [...Map.groupBy(holding, ({ rule }) => rule)].flatMap(([{ file, id, duties }, boxes]) => {
    const people = peopleNeeded(duties)
    const senders = new Set(boxes.flatMap(({ box }) => space.wordsOf(box, 'senders')))
    const unable = [...set.parties.values()]
      .filter((party) => senders.has(party.id) && !canEverBeApproved(party, people))
      .map((party) => quote(party.id))
    return unable.length === 0 ? [] : [unreachable(file, id, people, unable.join(', '))]
  })
}

const unreachable = (file: string, rule: string, people: number, senders: string): Finding => ({
  kind: 'vier-ogen-onhaalbaar',
  file,
  rule,
  others: [],
  message: {
    nl: `de regel vraagt ${people} mensen, en die zijn er niet bij ${senders}: wat daar wacht, verloopt`,
    en: `the rule needs ${people} people, and there are not as many at ${senders}: what waits there expires`,
  },
  mend: {
    nl: 'geef daar meer mensen `exchange:approve`; het systeem van een partij telt niet als mens',
    en: 'give more people there `exchange:approve`; the system of a party counts as nobody',
  },
})
