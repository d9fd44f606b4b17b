import type { BasisRule, Duty } from '../../model/rule.ts'
import { quote } from '../files/fault.ts'
import type { PolicySet } from '../policy-set.ts'
import { isReleased } from '../release.ts'
import { type Bar, type Clause, effectOf, fieldsOf, liftingOf, offerOf, type Permit, rankOf } from './clauses.ts'
import { type Finding, formatReference, listReferences } from './finding.ts'
import { canHaveAll, suffices } from './knowledge.ts'
import { divide, overlap } from './space.ts'

/** A rule that can never fire, whoever the sender is. */
export function deadRule(rule: BasisRule, permits: readonly Permit[]): Finding | undefined {
  if (permits.some(({ firing }) => firing.length > 0)) return undefined
  return {
    kind: 'dood',
    file: rule.file,
    rule: rule.id,
    others: [],
    message: {
      nl: 'de regel kan nooit gelden: haar voorwaarden spreken elkaar tegen',
      en: 'the rule can never fire: its conditions contradict each other',
    },
    mend: {
      nl: 'haal een woord uit `als_niet` of `ten_minste_een_van`, of verwijder de regel',
      en: 'take a word out of `als_niet` or `ten_minste_een_van`, or remove the rule',
    },
  }
}

/**
 * Permits that add nothing to other rules of the same legal basis, wherever and whenever they fire; duties count. All of them
 * can be removed together without changing any decision.
 */
export function shadowedPermits(set: PolicySet, permits: readonly Permit[]): readonly Finding[] {
  const findings: Finding[] = []
  for (const siblings of Map.groupBy(permits, ({ rule }) => rule.file).values()) {
    const kept = new Set(siblings)
    // Of two rules that shadow each other, the later one is reported.
    for (const [rule, variants] of [...Map.groupBy(siblings, (permit) => permit.rule)].toReversed()) {
      const shadows = variants.map((permit) => {
        const others = [...kept].filter((other) => other.rule !== rule && couldShadow(other, permit))
        return permit.firing.length === 0 ? undefined : shadowsOf(set, permit, others)
      })
      // A rule goes only when every sender gets the same without it.
      if (!shadows.every((found) => found !== undefined)) continue
      for (const permit of variants) kept.delete(permit)
      const names = listReferences(shadows.flat().map((shadow) => shadow.rule))
      const list = names.map((name) => quote(name.rule)).join(', ')
      findings.push({
        kind: 'overschaduwd',
        file: rule.file,
        rule: rule.id,
        others: names,
        message: {
          nl: `de regel geeft nergens meer dan ${list}`,
          en: `the rule never permits more than ${list}`,
        },
        mend: {
          nl: 'verwijder de regel, of maak de andere smaller als deze de bedoeling was',
          en: 'remove the rule, or narrow the other one if this was what was meant',
        },
      })
    }
  }
  return findings
}

const couldShadow = (other: Permit, permit: Permit): boolean =>
  overlap(other.box, permit.box) !== undefined && permit.firing.some((knowledge) => suffices(knowledge, other.firing))

/** The rules that shadow a permit; undefined when it adds something anywhere. */
function shadowsOf(set: PolicySet, permit: Permit, others: readonly Permit[]): readonly Permit[] | undefined {
  const used = new Set<Permit>()
  for (const part of divide(permit.box, others)) {
    for (const knowledge of permit.firing) {
      const firing = part.things.filter((other) => suffices(knowledge, other.firing))
      for (const field of fieldsOf(permit.rule)) {
        const shadows = fieldShadows(set, permit, firing, field)
        if (shadows === undefined) return undefined
        for (const shadow of shadows) used.add(shadow)
      }
    }
  }
  return [...used]
}

function fieldShadows(
  set: PolicySet,
  { rule }: Permit,
  firing: readonly Permit[],
  field: string,
): readonly Permit[] | undefined {
  const shadows: Permit[] = []
  const offer = offerOf(rule, field)
  if (offer !== undefined) {
    const rank = rankOf(set, field, offer)
    const rankOfOther = (other: Permit) => rankOf(set, field, offerOf(other.rule, field) ?? { release: 'weglaten' })
    const better = firing.find((other) => rankOfOther(other) < rank)
    const equal = firing.filter((other) => rankOfOther(other) === rank)
    if (better !== undefined) shadows.push(better)
    else if (equal.length > 0 && coverDuties(rule.duties, equal)) shadows.push(...equal)
    else return undefined
  }
  if (rule.link.includes(field)) {
    const linking = firing.filter((other) => other.rule.link.includes(field))
    if (linking.length === 0 || !coverDuties(rule.duties, linking)) return undefined
    shadows.push(...linking)
  }
  return shadows
}

function coverDuties(duties: readonly Duty[], permits: readonly Permit[]): boolean {
  const others = permits.flatMap(({ rule }) => rule.duties)
  return duties.every((duty) => others.some((other) => isSameDuty(duty, other)))
}

/** Whether two duties demand the same of the same bearer; their citations may differ. */
export const isSameDuty = (a: Duty, b: Duty): boolean =>
  a.kind === b.kind &&
  a.for === b.for &&
  a.retentionDays === b.retentionDays &&
  a.keepLogDays === b.keepLogDays &&
  a.people === b.people

/** The fields of a permit after all prohibitions and safeguards. */
export interface PermitLife {
  /** Fields that pass or link in some situation. */
  readonly living: readonly string[]
  /** Fields that are always withheld, and the rules that withhold them. */
  readonly blocked: ReadonlyMap<string, readonly Bar[]>
}

/** Finds, for every field that a permit gives, whether there is any situation in which something of it passes. */
export function lifeOf(permit: Permit, narrowing: readonly Clause[]): PermitLife {
  const near = narrowing.filter((clause) => overlap(clause.box, permit.box) !== undefined)
  const blocked = new Map<string, readonly Bar[]>()
  const living: string[] = []
  for (const field of fieldsOf(permit.rule)) {
    const bars = blockersOf(permit, blockingClauses(permit, field, near))
    if (bars === undefined) living.push(field)
    else blocked.set(field, bars)
  }
  return { living, blocked }
}

/** The prohibitions that withhold everything that a permit gives of a field, with their exceptions. */
export function blockingClauses(permit: Permit, field: string, narrowing: readonly Clause[]): readonly Clause[] {
  const blocking = new Set(
    narrowing.flatMap((clause) => (clause.kind === 'bar' && takesAway(permit, clause, field) ? [clause.rule] : [])),
  )
  return narrowing.filter(
    (clause) =>
      (clause.kind === 'bar' && blocking.has(clause.rule)) || (clause.kind === 'lift' && blocking.has(clause.of)),
  )
}

/** Whether a prohibition withholds everything that this permit releases or links of a field. */
function takesAway({ rule }: Permit, bar: Bar, field: string): boolean {
  const effect = effectOf(bar.rule, field)
  if (effect === undefined) return false
  const leavesRelease = offerOf(rule, field) !== undefined && isReleased(effect)
  const leavesLink = rule.link.includes(field) && effect.link
  return !leavesRelease && !leavesLink
}

function blockersOf(permit: Permit, clauses: readonly Clause[]): readonly Bar[] | undefined {
  const used = new Set<Bar>()
  for (const part of divide(permit.box, clauses)) {
    const bars = part.things.filter((clause): clause is Bar => clause.kind === 'bar')
    if (canHaveAll([permit.firing, ...bars.map((bar) => liftingOf(bar, part.things))])) return undefined
    for (const bar of bars) used.add(bar)
  }
  return [...used]
}

/** A rule of which prohibitions withhold all or some fields in every situation, whoever the sender is. */
export function barredRule(rule: BasisRule, lives: readonly PermitLife[]): Finding | undefined {
  const living = new Set(lives.flatMap((life) => life.living))
  const blocked = lives.flatMap((life) => [...life.blocked]).filter(([field]) => !living.has(field))
  if (blocked.length === 0) return undefined
  const bars = listReferences(blocked.flatMap(([, blocking]) => blocking.map((bar) => bar.rule)))
  const names = bars.map((reference) => quote(formatReference(reference))).join(', ')
  const fields = [...new Set(blocked.map(([field]) => field))]
  const list = fields.map(quote).join(', ')
  const isWhole = living.size === 0
  return {
    kind: 'onder-verbod',
    file: rule.file,
    rule: rule.id,
    others: bars,
    ...(!isWhole && { fields }),
    message: isWhole
      ? {
          nl: `alles wat de regel toestaat, houdt ${names} altijd tegen`,
          en: `${names} always stops everything the rule permits`,
        }
      : { nl: `${list} wordt altijd tegengehouden door ${names}`, en: `${list} is always stopped by ${names}` },
    mend: {
      nl: 'haal het uit de regel, of maak een uitzondering (`tenzij`) op het verbod',
      en: 'take it out of the rule, or make an exception (`tenzij`) to the prohibition',
    },
  }
}
