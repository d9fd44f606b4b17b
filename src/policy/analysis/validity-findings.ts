import { compareText } from '../../encoding/text-order.ts'
import type { BasisRule, Validity } from '../../model/rule.ts'
import { quote } from '../files/fault.ts'
import type { PolicyFile, PolicySet } from '../policy-set.ts'
import { type Bar, type Clause, isSafeguard, narrowedFieldsOf, type Permit } from './clauses.ts'
import { type Finding, listReferences } from './finding.ts'
import { type Box, divide, joinBoxes, type Space, stretchesOf } from './space.ts'

type Dated = Permit | Bar

/** Periods without a rule, between two rules of a file or within its own period, and rules that overlap in time. */
export function validityFindings(set: PolicySet, clauses: readonly Clause[], space: Space): readonly Finding[] {
  const dated = clauses.filter((clause): clause is Dated => clause.kind !== 'lift')
  const byFile = Map.groupBy(dated, ({ rule }) => rule.file)
  const sharing = set.sharedDuties.map((of) => ({ of, box: space.boxOf({ scope: {}, validity: of.validity }) }))
  return set.files.flatMap((file) => {
    const rules = byFile.get(file.id) ?? []
    const periods = new Set(rules.map(({ box }) => box.periods))
    return [
      ...edges(file, [...rules, ...sharing.filter(({ of }) => of.file === file.id)], space),
      ...(periods.size > 1 ? holes(file, rules, space) : []),
      ...overlaps(file, rules),
    ]
  })
}

const untilText = (until: string | undefined) => ({
  nl: until === undefined ? 'zonder einde' : `tot ${until}`,
  en: until === undefined ? 'without end' : `until ${until}`,
})

/** Days on which the file is valid but none of its rules is. */
function edges(file: PolicyFile, rules: readonly { readonly box: Box }[], space: Space): readonly Finding[] {
  const whole = space.boxOf({ scope: {}, validity: file.validity })
  const inForce = rules.reduce((mask, { box }) => mask | box.periods, 0n)
  const silent = whole.periods & ~inForce
  if (silent === 0n) return []
  return stretchesOf(space, { ...whole, periods: silent }).map((stretch) =>
    gap(file, stretch, [], {
      nl: `het bestand geldt, maar geen van zijn regels`,
      en: `the file is valid, but none of its rules is`,
    }),
  )
}

function gap(
  file: PolicyFile,
  { from, until }: Validity,
  others: Finding['others'],
  what: Finding['message'],
): Finding {
  const end = untilText(until)
  return {
    kind: 'geldigheid-gat',
    file: file.id,
    others,
    message: { nl: `van ${from} ${end.nl}: ${what.nl}`, en: `from ${from} ${end.en}: ${what.en}` },
    mend: {
      nl: 'laat de perioden (`geldig`) op elkaar aansluiten',
      en: 'make the periods (`geldig`) follow on from each other',
    },
  }
}

/** Days without a rule between two rules for the same parties, purpose and role. */
function holes(file: PolicyFile, rules: readonly Dated[], space: Space): readonly Finding[] {
  const timeless = rules.map((clause) => ({ clause, box: { ...clause.box, periods: space.whole.periods } }))
  const found = new Map<string, { stretch: Validity; boxes: Box[]; rules: Set<Dated> }>()
  for (const { box, things } of divide(space.whole, timeless)) {
    if (things.length < 2) continue
    const inForce = things.reduce((mask, { clause }) => mask | clause.box.periods, 0n)
    const stretches = stretchesOf(space, { ...box, periods: inForce })
    for (const [index, later] of stretches.slice(1).entries()) {
      const stretch = { from: stretches[index]!.until!, until: later.from }
      const key = `${stretch.from} ${stretch.until}`
      const entry = found.get(key) ?? { stretch, boxes: [], rules: new Set() }
      entry.boxes.push(box)
      for (const { clause } of things) entry.rules.add(clause)
      found.set(key, entry)
    }
  }
  return [...found.values()].map(({ stretch, boxes, rules: around }) => {
    const [first] = joinBoxes(boxes)
    const purposes = space.wordsOf(first!, 'purposes').map(quote).join(', ')
    const roles = space.wordsOf(first!, 'roles').map(quote).join(', ')
    return gap(file, stretch, listReferences([...around].map(({ rule }) => rule)), {
      nl: `tussen twee regels voor hetzelfde (doel ${purposes}, over ${roles}) geldt er geen`,
      en: `between two rules for the same (purpose ${purposes}, about ${roles}) none is in force`,
    })
  })
}

/** Rules that state the same for the same days. */
function overlaps(file: PolicyFile, rules: readonly Dated[]): readonly Finding[] {
  // A rule that asks more of one sender is several permits, all of them in force on the same days.
  const different = [...new Map(rules.map((clause) => [clause.rule, clause])).values()]
  return [...Map.groupBy(different, contentOf).values()].flatMap((same) => {
    const ordered = same.toSorted((a, b) => compareText(a.rule.validity.from, b.rule.validity.from))
    return ordered.slice(1).flatMap((later, index): readonly Finding[] => {
      const earlier = ordered[index]!
      if ((earlier.box.periods & later.box.periods) === 0n) return []
      const from = later.rule.validity.from
      return [
        {
          kind: 'geldigheid-overlap',
          file: file.id,
          rule: later.rule.id,
          others: listReferences([earlier.rule]),
          message: {
            nl: `zegt vanaf ${from} hetzelfde als ${quote(earlier.rule.id)}, die dan nog geldt`,
            en: `says from ${from} the same as ${quote(earlier.rule.id)}, which is then still in force`,
          },
          mend: {
            nl: `laat ${quote(earlier.rule.id)} eerder eindigen (\`tot\`) of verwijder er één`,
            en: `let ${quote(earlier.rule.id)} end earlier (\`tot\`) or remove one`,
          },
        },
      ]
    })
  })
}

const senderConditions = ({ whenFrom }: BasisRule) =>
  [...(whenFrom ?? [])].map(([sender, words]) => [sender, words.toSorted(compareText)].join(' ')).sort()

/** The content of a rule without its validity and explanation. */
function contentOf({ rule }: Dated): string {
  const { scope, when, whenNot } = rule
  const set = (words: readonly string[] | undefined) => words?.toSorted(compareText) ?? null
  const levels = (map: ReadonlyMap<string, string>) => [...map].map(([field, level]) => `${field}:${level}`).sort()
  const data =
    'release' in rule
      ? [
          senderConditions(rule),
          set(rule.unlessDenied),
          set(rule.anyOf),
          set(rule.assessments),
          set(rule.release),
          levels(rule.generalise),
          set(rule.link),
        ]
      : [
          set(rule.whenStated),
          set(narrowedFieldsOf(rule)),
          isSafeguard(rule) ? levels(rule.generalise) : [rule.outcome, levels(rule.levels)],
          rule.unless,
        ]
  return JSON.stringify([
    set(scope.senders),
    set(scope.recipients),
    set(scope.purposes),
    set(scope.roles),
    set(when),
    set(whenNot),
    data,
  ])
}
