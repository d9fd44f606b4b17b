import type { Language } from '../../model/language.ts'
import type { Validity } from '../../model/rule.ts'
import { describeTreatment, REASON_WORDS } from '../../model/treatment-words.ts'
import type { StatementWord } from '../../model/vocabulary.ts'
import type { Behaviour } from '../analysis/behaviour.ts'
import { contentOf, type DecisionChange } from '../analysis/diff.ts'
import { formatReference, referTo } from '../analysis/finding.ts'
import type { KnownWords } from '../analysis/knowledge.ts'
import { formatDuty } from '../explain.ts'
import { formatDate, type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { formSentences, lowered, type Place, treatmentKey } from './change-effects.ts'
import { WORDS } from './change-words.ts'

/** What one changed rule, or rules that change the same decisions together, do: for a screen or a page. */
export interface ChangeBlock {
  /** `file/rule` of each. */
  readonly rules: readonly string[]
  /** The effect, one sentence for each kind. */
  readonly sentences: readonly string[]
  /** Who gives what to whom, and how it was and will be. */
  readonly rows: readonly ChangeRow[]
  /** Under which conditions; rows refer to them by position, counted from 1. */
  readonly conditions: readonly ChangeCondition[]
}

export interface ChangeRow {
  readonly sender: string
  readonly recipient: string
  readonly data: string
  readonly before: string
  readonly after: string
  readonly duties: readonly string[]
  /** Positions of the conditions, counted from 1. */
  readonly conditions: readonly number[]
}

export interface ChangeCondition {
  /** Purpose, role, legal basis and period. */
  readonly scope: readonly string[]
  /** What must be known in every case. */
  readonly always: readonly string[]
  /** Beside that, one of these; empty when nothing more is needed. */
  readonly oneOf: readonly (readonly string[])[]
}

export interface ChangeBlocks {
  /** Fields that were added or removed and that no rule gives, a sentence each. */
  readonly fields: readonly string[]
  readonly blocks: readonly ChangeBlock[]
}

interface Sets {
  readonly old: PolicySet
  readonly next: PolicySet
}

/** Arranges changes by the rules that cause them. What passes comes first, then what is refused for another reason. */
export function arrangeChanges(changes: readonly DecisionChange[], sets: Sets, language: Language): ChangeBlocks {
  const labels = labelsOf(language, sets.next, sets.old)
  const isUsed = new Set(
    changes.flatMap(({ fields, before, after }) => (passes(before) || passes(after) ? fields : [])),
  )
  const idle = (field: string) =>
    sets.old.vocabulary.fields.has(field) !== sets.next.vocabulary.fields.has(field) && !isUsed.has(field)
  const [one, other] = [sets.old.vocabulary.fields, sets.next.vocabulary.fields]
  const words = WORDS[language]
  const fields = [
    ...[...other.keys()]
      .filter((field) => !one.has(field) && idle(field))
      .map((field) => words.idleField(labels.field(field))),
    ...[...one.keys()]
      .filter((field) => !other.has(field) && idle(field))
      .map((field) => words.goneField(labels.field(field))),
  ]
  const told = changes.flatMap((change) => {
    const rest = change.fields.filter((field) => !idle(field))
    return rest.length === 0 ? [] : [{ ...change, fields: rest }]
  })
  const isWritten = findWrittenRules(sets)
  const causesOf = ({ rules }: DecisionChange) => {
    const names = rules.map(formatReference)
    const written = names.filter((name) => isWritten.has(name))
    return written.length === 0 ? names : written
  }
  const groups = Map.groupBy(told, (change) => causesOf(change).join(', '))
  const blocks = [...groups.values()].map((group) => formBlock(causesOf(group[0]!), group, sets, labels, language))
  return { fields, blocks }
}

/**
 * Rules that somebody changed in their file. A prohibition of a whole class also changes when a field is added or removed; that is
 * said of the field.
 */
function findWrittenRules({ old, next }: Sets): ReadonlySet<string> {
  const shared = (field: string) => old.vocabulary.fields.has(field) && next.vocabulary.fields.has(field)
  const [one, other] = [old, next].map(
    (set) =>
      new Map(
        [...set.rules, ...set.prohibitions, ...set.safeguards].map((rule) => [
          formatReference(referTo(rule)),
          contentOf('fields' in rule ? { ...rule, fields: rule.fields.filter(shared) } : rule),
        ]),
      ),
  )
  return new Set([...one!.keys(), ...other!.keys()].filter((name) => one!.get(name) !== other!.get(name)))
}

const passes = ({ release, link }: Behaviour): boolean =>
  release === 'verstrekken' || release === 'generaliseren' || link

function formBlock(
  rules: readonly string[],
  group: readonly DecisionChange[],
  sets: Sets,
  labels: Labels,
  language: Language,
): ChangeBlock {
  const ordered = withoutEchoes(group).toSorted((a, b) => weightOf(a) - weightOf(b))
  const conditions = new Map<string, ChangeCondition>()
  const positionOf = (change: DecisionChange): number => {
    const condition = formCondition(change, sets, labels, language)
    const key = JSON.stringify(condition)
    conditions.set(key, condition)
    return [...conditions.keys()].indexOf(key) + 1
  }
  const placed = ordered.map((change) => ({
    change,
    place: placeOf(change, sets, labels, language),
    condition: positionOf(change),
  }))
  // One row for what differs in its conditions only, and then for all data with the same change.
  const merged = [
    ...Map.groupBy(placed, ({ change, place }) => JSON.stringify([place, effectOf(change), change.fields])).values(),
  ]
  const rows = merged.map((list) => ({
    ...list[0]!,
    conditions: [...new Set(list.map(({ condition }) => condition))].sort((a, b) => a - b),
  }))
  const joined = [
    ...Map.groupBy(rows, ({ change, place, conditions: under }) =>
      JSON.stringify([place, effectOf(change), under]),
    ).values(),
  ].map((list) => ({
    ...list[0]!,
    change: { ...list[0]!.change, fields: [...new Set(list.flatMap(({ change }) => change.fields))] },
  }))
  const all = [...conditions.values()]
  return {
    rules,
    sentences: formSentences(joined, all, shortForms(sets, labels, language), labels, language),
    rows: joined.map(({ change, place, conditions: under }) => formRow(change, place, under, labels, language)),
    conditions: all,
  }
}

/** Leaves out what only a check without a legal basis shows when an exchange with a legal basis shows the same. */
function withoutEchoes(group: readonly DecisionChange[]): readonly DecisionChange[] {
  const isOnlyChecked = ({ legalBases }: DecisionChange) => legalBases !== undefined && legalBases.length === 0
  const seen = new Set(
    group
      .filter((change) => !isOnlyChecked(change))
      .flatMap((change) => change.fields.map((field) => `${field} ${effectOf(change)}`)),
  )
  return group.filter(
    (change) => !isOnlyChecked(change) || change.fields.some((field) => !seen.has(`${field} ${effectOf(change)}`)),
  )
}

const effectOf = ({ before, after }: DecisionChange): string => JSON.stringify([before, after])

const weightOf = ({ before, after }: DecisionChange): number =>
  before.reason !== undefined && after.reason !== undefined ? 1 : 0

function placeOf(
  { senders, recipients }: DecisionChange,
  { old, next }: Sets,
  labels: Labels,
  language: Language,
): Place {
  const parties = [...new Set([...old.parties.keys(), ...next.parties.keys()])]
  return {
    sender: nameWords(senders, parties, labels.party, labels, language),
    recipient: nameWords(recipients, parties, labels.party, labels, language),
  }
}

/** Names the words of a list; for a long list it is shorter to name who is not in it. */
function nameWords(
  list: readonly string[] | undefined,
  all: readonly string[],
  label: (word: string) => string,
  labels: Labels,
  language: Language,
): string {
  if (list === undefined) return WORDS[language].anybody
  if (list.length <= all.length / 2) return labels.list(list.map(label))
  return WORDS[language].except(labels.list(all.filter((word) => !list.includes(word)).map(label)))
}

function formCondition(
  { purposes, roles, legalBases, periods, known }: DecisionChange,
  { old, next }: Sets,
  labels: Labels,
  language: Language,
): ChangeCondition {
  const words = WORDS[language]
  const allOf = (keys: (set: PolicySet) => Iterable<string>) => [...new Set([...keys(old), ...keys(next)])]
  const named = (
    list: readonly string[],
    keys: (set: PolicySet) => Iterable<string>,
    label: (word: string) => string,
  ) => nameWords(list, allOf(keys), label, labels, language)
  const states = known.map((state) => describeKnown(state, labels, language))
  const always = (states[0] ?? []).filter((part) => states.every((state) => state.includes(part)))
  const rest = states.map((state) => state.filter((part) => !always.includes(part)))
  const isEnough = rest.some((state) => state.length === 0)
  return {
    scope: [
      ...(purposes ? [words.purpose(named(purposes, (set) => set.vocabulary.purposes.keys(), labels.purpose))] : []),
      ...(roles ? [words.role(named(roles, (set) => set.vocabulary.roles.keys(), labels.role))] : []),
      ...(legalBases
        ? [
            legalBases.length === 0
              ? words.undeclared
              : words.basis(named(legalBases, (set) => set.rulesByFile.keys(), labels.file)),
          ]
        : []),
      words.period(periods.map((period) => describePeriod(period, language)).join(` ${words.and} `)),
    ],
    always,
    oneOf: isEnough ? [] : rest,
  }
}

function describePeriod({ from, until }: Validity, language: Language): string {
  const words = WORDS[language]
  const start = from === '0000-01-01' ? '' : words.from(formatDate(from, language))
  const end = until === undefined ? '' : words.until(formatDate(until, language))
  return start === '' && end === '' ? words.always : [start, end].filter((part) => part !== '').join(' ')
}

/** The short form (`kort`) of each statement that has one, by the text that `describeKnown` gives it. */
function shortForms({ old, next }: Sets, labels: Labels, language: Language): ReadonlyMap<string, string> {
  const shortOf = (words: ReadonlyMap<string, StatementWord>, known: (word: string) => KnownWords) =>
    [...words.values()].flatMap(({ id, short }) =>
      short === undefined
        ? []
        : describeKnown(known(id), labels, language).map((text) => [text, short[language].replace(/\.$/, '')] as const),
    )
  return new Map(
    [old, next].flatMap(({ vocabulary: { circumstances, assessments } }) => [
      ...shortOf(circumstances, (word) => ({ yes: [word], no: [], declared: [] })),
      ...shortOf(assessments, (word) => ({ yes: [], no: [], declared: [word] })),
    ]),
  )
}

function describeKnown({ yes, no, declared }: KnownWords, labels: Labels, language: Language): readonly string[] {
  const words = WORDS[language]
  return [
    ...yes.map((word) => `‘${lowered(labels.circumstance(word))}’`),
    ...declared.map((word) => words.declared(lowered(labels.assessment(word)))),
    ...no.map((word) => words.not(lowered(labels.circumstance(word)))),
  ]
}

function formRow(
  { fields, before, after }: DecisionChange,
  place: Place,
  conditions: readonly number[],
  labels: Labels,
  language: Language,
): ChangeRow {
  // What no longer passes has no duties; that is left out.
  const isGiven = before.reason === undefined && after.reason === undefined
  const isDutyOnly = treatmentKey(before) === treatmentKey(after)
  return {
    ...place,
    data: labels.list(fields.map(labels.field)),
    before: describeBehaviour(before, language),
    after: describeBehaviour(after, language),
    duties: isGiven || isDutyOnly ? describeDuties(before, after, labels, language) : [],
    conditions,
  }
}

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
