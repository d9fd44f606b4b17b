import type { Language } from '../../model/language.ts'
import type { Validity } from '../../model/rule.ts'
import { describeTreatment, REASON_WORDS } from '../../model/treatment-words.ts'
import { formatDuty } from '../explain.ts'
import { formatDate, type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Behaviour } from './behaviour.ts'
import type { DecisionChange } from './diff.ts'
import { formatReference } from './finding.ts'
import type { KnownWords } from './knowledge.ts'

/**
 * Describes changes, grouped by sender, recipient, purpose and role; then per group of fields the old treatment, the new one,
 * and what must be known for the change to occur. What passes comes first, then refusals for another reason, then changes that
 * only a check without a declared basis shows.
 */
export function describeChanges(
  changes: readonly DecisionChange[],
  sets: { readonly old: PolicySet; readonly next: PolicySet },
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const labels = labelsOf(language, sets.next, sets.old)
  if (changes.length === 0) return [words.none]
  const isOnlyChecked = ({ legalBases }: DecisionChange) => legalBases !== undefined && legalBases.length === 0
  const weight = (change: DecisionChange) =>
    isOnlyChecked(change) ? 2 : change.before.reason !== undefined && change.after.reason !== undefined ? 1 : 0
  const ordered = changes.toSorted((a, b) => weight(a) - weight(b))
  const everything = {
    parties: [...new Set([...sets.old.parties.keys(), ...sets.next.parties.keys()])],
    purposes: [...new Set([...sets.old.vocabulary.purposes.keys(), ...sets.next.vocabulary.purposes.keys()])],
    bases: [...new Set([...sets.old.rulesByFile.keys(), ...sets.next.rulesByFile.keys()])],
  }
  const places = Map.groupBy(ordered, (change) => describePlace(change, everything, labels, language))
  return [...places].flatMap(([place, group]) => [
    place,
    ...group.flatMap((change) => describeChange(change, labels, language).map((line) => `  ${line}`)),
  ])
}

interface Everything {
  readonly parties: readonly string[]
  readonly purposes: readonly string[]
  readonly bases: readonly string[]
}

function describePlace(change: DecisionChange, everything: Everything, labels: Labels, language: Language): string {
  const words = WORDS[language]
  const { senders, recipients, purposes, roles, legalBases, periods } = change
  // For a long list it is shorter to name who is not in it.
  const named = (list: readonly string[] | undefined, all: readonly string[], label: (word: string) => string) => {
    if (list === undefined) return words.anybody
    if (list.length <= all.length / 2) return labels.list(list.map(label))
    return words.except(labels.list(all.filter((word) => !list.includes(word)).map(label)))
  }
  const { parties } = everything
  return [
    `${named(senders, parties, labels.party)} → ${named(recipients, parties, labels.party)}`,
    ...(purposes === undefined ? [] : [words.purpose(named(purposes, everything.purposes, labels.purpose))]),
    ...(roles === undefined ? [] : [words.role(labels.list(roles.map(labels.role)))]),
    ...(legalBases === undefined
      ? []
      : [legalBases.length === 0 ? words.undeclared : words.basis(named(legalBases, everything.bases, labels.file))]),
    periods.map((period) => describePeriod(period, language)).join(` ${words.and} `),
  ].join('; ')
}

function describePeriod({ from, until }: Validity, language: Language): string {
  const words = WORDS[language]
  const start = from === '0000-01-01' ? '' : words.from(formatDate(from, language))
  const end = until === undefined ? '' : words.until(formatDate(until, language))
  return start === '' && end === '' ? words.always : [start, end].filter((part) => part !== '').join(' ')
}

function describeChange(change: DecisionChange, labels: Labels, language: Language): readonly string[] {
  const { fields, known, before, after, rules } = change
  const [was, willBe] = [before, after].map((behaviour) => describeBehaviour(behaviour, language))
  // Where only the duties differ, the treatment is left out.
  const isDutyOnly = withoutDuties(before) === withoutDuties(after)
  // What no longer passes has no duties; that is left out too.
  const isGiven = before.reason === undefined && after.reason === undefined
  const duties = isDutyOnly || isGiven ? describeDuties(before, after, labels, language) : []
  return [
    `${labels.list(fields.map(labels.field))}: ${isDutyOnly ? was : `${was} → ${willBe}`}`,
    ...duties.map((line) => `  ${line}`),
    ...known.flatMap((state) => describeKnown(state, labels, language)).map((line) => `  ${line}`),
    `  (${rules.map(formatReference).join(', ')})`,
  ]
}

const withoutDuties = ({ release, level, link, reason }: Behaviour): string =>
  JSON.stringify([release, level, link, reason])

/** The treatment of a field in a few words, with the reason when nothing at all passes. */
export function describeBehaviour(behaviour: Omit<Behaviour, 'duties'>, language: Language): string {
  const treatment = describeTreatment(behaviour, language)
  return behaviour.reason === undefined ? treatment : `${treatment} (${REASON_WORDS[language][behaviour.reason]})`
}

function describeDuties(before: Behaviour, after: Behaviour, labels: Labels, language: Language): readonly string[] {
  const words = WORDS[language]
  const [old, next] = [before, after].map(({ duties }) => duties.map((duty) => formatDuty(duty, labels, language)))
  return [
    ...next!.filter((duty) => !old!.includes(duty)).map((duty) => words.dutyAdded(duty)),
    ...old!.filter((duty) => !next!.includes(duty)).map((duty) => words.dutyGone(duty)),
  ]
}

function describeKnown({ yes, no, declared }: KnownWords, labels: Labels, language: Language): readonly string[] {
  const words = WORDS[language]
  const parts = [
    ...yes.map((word) => `‘${labels.circumstance(word)}’`),
    ...no.map((word) => `${words.not} ‘${labels.circumstance(word)}’`),
    ...declared.map((word) => `${words.declared} ‘${labels.assessment(word)}’`),
  ]
  return parts.length === 0 ? [] : [words.when(labels.list(parts))]
}

const WORDS = {
  nl: {
    none: 'Geen enkel besluit verandert.',
    anybody: 'alle',
    except: (list: string) => `alle behalve ${list}`,
    purpose: (list: string) => `doel: ${list}`,
    role: (list: string) => `over: ${list}`,
    basis: (list: string) => `grondslag: ${list}`,
    undeclared: 'alleen bij vragen vooraf zonder grondslag',
    from: (date: string) => `vanaf ${date}`,
    until: (date: string) => `tot ${date}`,
    always: 'altijd',
    and: 'en',
    not: 'niet',
    declared: 'verklaard',
    when: (list: string) => `als vaststaat: ${list}`,
    dutyAdded: (duty: string) => `plicht erbij: ${duty}`,
    dutyGone: (duty: string) => `plicht vervalt: ${duty}`,
  },
  en: {
    none: 'No decision changes at all.',
    anybody: 'all',
    except: (list: string) => `all but ${list}`,
    purpose: (list: string) => `purpose: ${list}`,
    role: (list: string) => `about: ${list}`,
    basis: (list: string) => `legal basis: ${list}`,
    undeclared: 'only in checks without a legal basis',
    from: (date: string) => `from ${date}`,
    until: (date: string) => `until ${date}`,
    always: 'always',
    and: 'and',
    not: 'not',
    declared: 'declared',
    when: (list: string) => `when it is certain: ${list}`,
    dutyAdded: (duty: string) => `new duty: ${duty}`,
    dutyGone: (duty: string) => `duty gone: ${duty}`,
  },
} as const
