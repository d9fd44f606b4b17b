import type { Language } from '../types.ts'
import {
  type FieldOutcome,
  parseFieldOutcomes,
  type RecordedDuty,
  type RecordedSubject,
} from './record/decision-summary.ts'
import type { CheckRecord, ExchangeRecord } from './record/exchange.ts'
import type { AuditRecord } from './record/record.ts'
import { RECORD_WORDS } from './record-words.ts'

/** Labels for the words of a record; `labelsOf` of the rule set that decided makes them. */
export interface RecordLabels {
  party(word: string): string
  purpose(word: string): string
  role(word: string): string
  circumstance(word: string): string
  assessment(word: string): string
  duty(word: string): string
  field(word: string): string
  file(word: string): string
}

const asItIs = (word: string): string => word

/** Every word as the record has it. */
export const NO_LABELS: RecordLabels = {
  party: asItIs,
  purpose: asItIs,
  role: asItIs,
  circumstance: asItIs,
  assessment: asItIs,
  duty: asItIs,
  field: asItIs,
  file: asItIs,
}

/**
 * What a record says, a sentence a line, from nothing but the record: so that whoever verified it knows what was proven. Why a
 * rule decided as it did stands in the rule set that the record names.
 *
 * @throws SyntaxError when a field has an unknown treatment
 */
export function describeRecord(record: AuditRecord, language: Language, labels = NO_LABELS): readonly string[] {
  const words = RECORD_WORDS[language]
  const head = words.head(words.types[record.type], record.at)
  if (record.type === 'exchange' || record.type === 'check') return [head, ...describeDecided(record, language, labels)]
  return [head, ...describeMembers(record)]
}

function describeDecided(record: ExchangeRecord | CheckRecord, language: Language, labels: RecordLabels): string[] {
  const words = RECORD_WORDS[language]
  const { sender, recipient, purpose, legalBasis, outcome, reason, subjects, duties, policyHash, engineVersion } =
    record
  return [
    ...(record.type === 'exchange' ? [words.exchange(record.id, record.kind)] : []),
    words.parties(labels.party(sender), labels.party(recipient), labels.purpose(purpose)),
    legalBasis === undefined ? words.noBasis : words.basis(labels.file(legalBasis)),
    words.outcomes[reason ?? outcome],
    ...(record.type === 'exchange' && record.submittedBy !== undefined ? [words.submittedBy(record.submittedBy)] : []),
    ...(record.type === 'exchange' && record.inReplyTo !== undefined ? [words.inReplyTo(record.inReplyTo)] : []),
    ...subjects.flatMap((subject, index) => describeSubject(subject, index, language, labels)),
    ...(duties.length === 0 ? [] : [words.duties]),
    ...duties.map((duty) => `  ${describeDuty(duty, language, labels)}`),
    ...(record.type === 'exchange'
      ? [record.sealed === undefined ? words.nothingSealed : words.sealed(record.sealed)]
      : []),
    words.policy(policyHash, engineVersion),
  ]
}

function describeSubject(subject: RecordedSubject, index: number, language: Language, labels: RecordLabels): string[] {
  const words = RECORD_WORDS[language]
  const stated = [
    ...subject.true.map((word) => labels.circumstance(word)),
    ...subject.false.map((word) => words.not(labels.circumstance(word))),
    ...subject.assessments.map((word) => words.declared(labels.assessment(word))),
  ]
  const groups = Map.groupBy(parseFieldOutcomes(subject), treatmentOf)
  const rules = [...subject.rules, ...subject.prohibitions]
  return [
    words.subject(index + 1, labels.role(subject.role), words.outcomes[subject.reason ?? subject.outcome]),
    ...(stated.length === 0 ? [] : [`  ${words.stated}: ${stated.join('; ')}`]),
    ...TREATMENTS.flatMap((treatment) => {
      const fields = groups.get(treatment)
      return fields
        ? [`  ${words.treatments[treatment]}: ${fields.map((field) => nameOf(field, labels)).join(', ')}`]
        : []
    }),
    ...(rules.length === 0 ? [] : [`  ${words.rules}: ${rules.join(', ')}`]),
  ]
}

/** What becomes of a field, in the order of a statement. */
export const TREATMENTS = ['released', 'generalised', 'linked', 'withheld', 'refused'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** What becomes of a field; one that only serves to recognise the person is told apart from one that stays behind. */
export function treatmentOf({ release, link }: Pick<FieldOutcome, 'release' | 'link'>): Treatment {
  if (release === 'verstrekken') return 'released'
  if (release === 'generaliseren') return 'generalised'
  if (release === 'weigeren') return 'refused'
  return link ? 'linked' : 'withheld'
}

const nameOf = ({ field, level }: FieldOutcome, labels: RecordLabels): string =>
  level === undefined ? labels.field(field) : `${labels.field(field)} (${level})`

function describeDuty(duty: RecordedDuty, language: Language, labels: RecordLabels): string {
  const words = RECORD_WORDS[language]
  const { retentionDays, keepLogDays, people } = duty
  const amounts = [
    ...(retentionDays === undefined ? [] : [words.atMostDays(retentionDays)]),
    ...(keepLogDays === undefined ? [] : [words.atLeastDays(keepLogDays)]),
    ...(people === undefined ? [] : [words.people(people)]),
  ]
  return [`${words.bearers[duty.for]}: ${labels.duty(duty.kind)}`, ...amounts].join(', ')
}

/** Members of a record that is not about a decision: words, ids and numbers, each under its own name. */
function describeMembers(record: AuditRecord): string[] {
  const { v: _, type: __, at: ___, nonce: ____, ...members } = record
  return Object.entries(members).map(([name, value]) => {
    return `  ${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`
  })
}
