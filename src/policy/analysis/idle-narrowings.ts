import { type Bar, isSafeguard, type Lift, narrowedFieldsOf } from './clauses.ts'
import type { Finding } from './finding.ts'
import { NOTHING } from './knowledge.ts'
import { isCovered, overlap } from './space.ts'

/** Prohibitions and safeguards that can never apply, and exceptions that can never lift theirs. */
export function deadNarrowing(bar: Bar, lifts: readonly Lift[]): readonly Finding[] {
  const { file, id, unless } = bar.rule
  const own = lifts.filter((lift) => lift.of === bar.rule)
  const found = { kind: 'dood' as const, file, rule: id, others: [] }
  const duties = isSafeguard(bar.rule) ? bar.rule.duties : []
  if (narrowedFieldsOf(bar.rule).length === 0 && duties.length === 0) {
    return [
      {
        ...found,
        message: { nl: 'de regel raakt geen enkel gegeven', en: 'the rule covers no data at all' },
        mend: { nl: 'noem een veld of een klasse die velden heeft', en: 'name a field or a class that has fields' },
      },
    ]
  }
  const always = own.filter(({ lifting }) => lifting.includes(NOTHING))
  const isAlwaysLifted = isCovered(bar.box, always)
  if (isAlwaysLifted) {
    return [
      {
        ...found,
        message: {
          nl: 'de regel geldt nooit: haar uitzonderingen (`tenzij`) heffen haar overal zonder voorwaarde op',
          en: 'the rule never applies: its exceptions (`tenzij`) lift it everywhere without a condition',
        },
        mend: { nl: 'geef een uitzondering een voorwaarde', en: 'give an exception a condition' },
      },
    ]
  }
  return unless.flatMap((_, position) => {
    const lift = own.find((candidate) => candidate.position === position)
    const isUseful = lift !== undefined && lift.lifting.length > 0 && overlap(lift.box, bar.box) !== undefined
    if (isUseful) return []
    return {
      ...found,
      message: {
        nl: `uitzondering ${position + 1} (\`tenzij\`) geldt nooit: zij noemt alleen partijen of rollen waar de regel niet over gaat`,
        en: `exception ${position + 1} (\`tenzij\`) never counts: it names only parties or roles that the rule is not about`,
      },
      mend: {
        nl: 'verbeter de partijen of rollen, of verwijder haar',
        en: 'correct the parties or roles, or remove it',
      },
    }
  })
}
