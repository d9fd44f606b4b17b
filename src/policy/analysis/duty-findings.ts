import type { Duty } from '../../model/rule.ts'
import { quote } from '../files/fault.ts'
import { type Clause, isSafeguard, type Permit } from './clauses.ts'
import { type Finding, listReferences, referTo } from './finding.ts'
import { ALWAYS, type Alternatives, canHaveAll } from './knowledge.ts'
import { type Box, overlap } from './space.ts'

/** A rule with duties, and when they apply. */
interface Bearer {
  readonly rule: { readonly file: string; readonly id: string; readonly duties: readonly Duty[] }
  readonly box: Box
  readonly firing: Alternatives
}

/** Duties that nobody can carry out together: within one rule, or of rules that come into play together. */
export function dutyFindings(permits: readonly Permit[], narrowing: readonly Clause[]): readonly Finding[] {
  const safeguards = narrowing.flatMap((clause): readonly Bearer[] =>
    clause.kind === 'bar' && isSafeguard(clause.rule) ? [{ rule: clause.rule, box: clause.box, firing: ALWAYS }] : [],
  )
  const bearers: readonly Bearer[] = [...permits, ...safeguards].filter(({ rule }) => rule.duties.length > 0)
  const silent = bearers.filter(({ rule }) => rule.duties.some(({ kind }) => kind === 'geheimhouding'))
  const speaking = bearers.filter(({ rule }) => rule.duties.some(({ kind }) => SPEAKING.includes(kind)))
  const clashes = silent.flatMap((one) =>
    speaking.flatMap((other) => {
      if (!isTogether(one, other)) return []
      return clashingDuties(one, other).map((duty) => clash(one, other, duty))
    }),
  )
  // A rule that asks more of one sender is several permits with the same duties.
  const found = [...bearers.flatMap(doubledDuties), ...clashes]
  return [...new Map(found.map((finding) => [JSON.stringify(finding), finding])).values()]
}

// Secrecy contradicts informing the person or the sender.
const SPEAKING: readonly string[] = ['informeren', 'terugkoppelen']

const clashingDuties = (one: Bearer, other: Bearer): readonly Duty[] =>
  other.rule.duties.filter(
    (duty) =>
      SPEAKING.includes(duty.kind) &&
      one.rule.duties.some(({ kind, for: bearer }) => kind === 'geheimhouding' && bearer === duty.for),
  )

function isTogether(one: Bearer, other: Bearer): boolean {
  if (one.rule === other.rule) return true
  return overlap(one.box, other.box) !== undefined && canHaveAll([one.firing, other.firing])
}

const clash = (one: Bearer, other: Bearer, duty: Duty): Finding => ({
  kind: 'plichten-tegenstrijdig',
  file: one.rule.file,
  rule: one.rule.id,
  others: one.rule === other.rule ? [] : [referTo(other.rule)],
  message: {
    nl: `${quote(duty.for)} moet geheimhouden, en volgens ${quote(other.rule.id)} ook ${quote(duty.kind)}`,
    en: `${quote(duty.for)} must keep the data secret, and under ${quote(other.rule.id)} also ${quote(duty.kind)}`,
  },
  mend: {
    nl: 'kies één plicht, of leg onder `verantwoord` uit hoe zij samengaan',
    en: 'choose one duty, or explain under `verantwoord` how they go together',
  },
})

function doubledDuties({ rule }: Bearer): readonly Finding[] {
  const groups = Map.groupBy(rule.duties, (duty) => `${duty.kind} ${duty.for}`)
  return [...groups.values()].flatMap((group): readonly Finding[] => {
    const numbers = new Set(group.map((duty) => duty.retentionDays ?? duty.keepLogDays ?? duty.people))
    const [duty] = group
    if (numbers.size < 2 || duty === undefined) return []
    return [
      {
        kind: 'plichten-tegenstrijdig',
        file: rule.file,
        rule: rule.id,
        others: listReferences([]),
        message: {
          nl: `de regel noemt plicht ${quote(duty.kind)} voor ${quote(duty.for)} twee keer, met een ander getal`,
          en: `the rule names duty ${quote(duty.kind)} for ${quote(duty.for)} twice, with different numbers`,
        },
        mend: { nl: 'verwijder er één', en: 'remove one' },
      },
    ]
  })
}
