import { FILTER_MEMBERS } from '../../audit/export/record-filter.ts'
import { OPERATOR } from '../../audit/record/access.ts'
import { type FieldOutcome, parseFieldOutcomes, type RecordedSubject } from '../../audit/record/decision-summary.ts'
import type { CheckRecord, ExchangeRecord } from '../../audit/record/exchange.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import { LIMIT_WORDS } from '../../exchange/budgets/limits.ts'
import { parseClientId } from '../../model/client-id.ts'
import type { Language } from '../../model/language.ts'
import {
  describeOutcome,
  type Mood,
  nameTreatment,
  TREATMENT_NAMES,
  TREATMENT_WORDS,
  withLevel,
} from '../../model/treatment-words.ts'
import { formatDuty } from '../../policy/explain.ts'
import type { Labels } from '../../policy/labels.ts'
import { DUTCH } from './dutch-words.ts'
import { ENGLISH } from './english-words.ts'
import type { RecordWords } from './record-words.ts'

export const RECORD_WORDS: Readonly<Record<Language, RecordWords>> = { nl: DUTCH, en: ENGLISH }

/**
 * Describes a record in sentences, for readers who know the law and not the format. The first sentence states when and what; the
 * others describe the decision and its data subjects, numbered from 1.
 */
export function describeRecord(record: AuditRecord, labels: Labels, language: Language): readonly string[] {
  const words = RECORD_WORDS[language]
  const [first, ...others] = sentencesOf(record, labels, language)
  return [`${words.moment(record.at)}: ${first}`, ...others]
}

/** Describes a record in one line, for a list; a decision by its purpose and outcome only. */
export function summariseRecord(record: AuditRecord, labels: Labels, language: Language): string {
  const words = RECORD_WORDS[language]
  const [first] = describeRecord(record, labels, language)
  if (record.type !== 'exchange' && record.type !== 'check') return first!
  const { outcome, reason, purpose } = record
  return `${first} ${words.purpose}: ${labels.purpose(purpose)}. ${words.outcomeOf}: ${describeOutcome(outcome, reason, language)}.`
}

function sentencesOf(record: AuditRecord, labels: Labels, language: Language): readonly string[] {
  const words = RECORD_WORDS[language]
  const who = (client: string) => nameClient(client, labels)
  switch (record.type) {
    case 'exchange':
    case 'check':
      return describeDecision(record, labels, language)
    case 'approved':
      return [words.approved(who(record.by), record.exchangeId, record.remaining)]
    case 'refused':
      return [words.stopped(record.by === undefined ? undefined : who(record.by), record.exchangeId)]
    case 'expired':
      return [words.expired(record.exchangeId)]
    case 'delivered':
      return [words.delivered(who(record.recipient), record.exchangeId)]
    case 'acknowledged':
      return [words.acknowledged(who(record.recipient), record.exchangeId)]
    case 'feedback':
      return [words.feedback(who(record.sender), who(record.recipient), record.exchangeId, record.feedbackId)]
    case 'recalled':
      return [words.recalled(who(record.sender), who(record.recipient), record.exchangeId, words.ground[record.ground])]
    case 'erased':
      return [words.erased(who(record.recipient), record.exchangeId, words.erasure[record.ground])]
    case 'match':
      return [
        words.match(who(record.recipient), words.matchStep[record.step], record.by === undefined ? '' : who(record.by)),
      ]
    case 'access': {
      if (record.what === 'subject-request') return [words.subjectRequest(who(record.by), record.request, record.found)]
      if (record.what === 'matches') return [words.matches(who(record.by), record.found)]
      if (record.what === 'limit') return [words.limit(who(record.by), LIMIT_WORDS[record.limit][language])]
      const filter = FILTER_MEMBERS.flatMap((member) => {
        const word = record.filter?.[member]
        return word === undefined ? [] : [`${words.filterMember[member]} ${word}`]
      })
      const reader = record.by === OPERATOR ? words.operator : who(record.by)
      const range = record.end > record.start ? words.range(record.start, record.end - 1) : words.nothing
      return [words.log(reader, words.use[record.use], range, filter.join(', '), record.found)]
    }
    case 'policy':
      return [
        words.policy(
          words.policyStep[record.step ?? 'files'],
          record.policyHash ?? record.sourceHash,
          officersOf(record).map(who),
        ),
      ]
    case 'key':
      return [
        record.step === 'command'
          ? words.keyCommand(record.command, record.epoch)
          : words.keyStep(words.keySteps[record.step], record.epoch),
      ]
    case 'party':
      return [words.party(who(record.party), words.partyStep[record.step])]
    case 'heartbeat':
      return [words.heartbeat(words.occasion[record.occasion], sum(record.counts), record.failed)]
    case 'epoch':
      return [words.epoch(record.origin, record.previous.origin, words.epochReason[record.reason], record.inherited)]
  }
}

function describeDecision(record: ExchangeRecord | CheckRecord, labels: Labels, language: Language): readonly string[] {
  const words = RECORD_WORDS[language]
  const { sender, recipient, purpose, legalBasis, outcome, reason, subjects, duties } = record
  const isExchange = record.type === 'exchange'
  const parties = { sender: nameClient(sender, labels), recipient: nameClient(recipient, labels) }
  return [
    isExchange ? words.exchange(record.id, parties) : words.check(parties),
    `${words.purpose}: ${labels.purpose(purpose)}.`,
    ...(legalBasis === undefined ? [] : [`${words.basis}: ${withId(labels.file(legalBasis), legalBasis)}.`]),
    `${words.outcomeOf}: ${describeOutcome(outcome, reason, language)}.`,
    ...(isExchange && record.submittedBy !== undefined
      ? [`${words.submittedBy}: ${nameClient(record.submittedBy, labels)}.`]
      : []),
    ...(isExchange && record.inReplyTo !== undefined ? [words.inReplyTo(record.inReplyTo)] : []),
    ...subjects.flatMap((subject, index) => describeSubject(subject, index, moodOf(record, subject), labels, language)),
    ...duties.map((duty) => `${words.duty}: ${formatDuty(duty, labels, language)}.`),
    ...(record.type === 'exchange'
      ? [record.sealed === undefined ? words.nothingSealed : words.sealed(record.sealed)]
      : []),
    words.rulesOf(record.policyHash),
  ]
}

function describeSubject(
  subject: RecordedSubject,
  index: number,
  mood: Mood,
  labels: Labels,
  language: Language,
): readonly string[] {
  const words = RECORD_WORDS[language]
  const line = (title: string, items: readonly string[], separator = ', ') =>
    items.length === 0 ? [] : [`${words.person(index + 1)}, ${title}: ${items.join(separator)}.`]
  const facts = [
    ...subject.true.map((word) => labels.circumstance(word)),
    ...subject.false.map((word) => `${words.not} ${labels.circumstance(word)}`),
  ]
  const treatments = TREATMENT_WORDS[language][mood]
  const groups = Map.groupBy(parseFieldOutcomes(subject), nameTreatment)
  const nameOf = ({ field, level }: FieldOutcome) => withLevel(labels.field(field), level)
  return [
    `${words.person(index + 1)} (${labels.role(subject.role)}): ${describeOutcome(subject.outcome, subject.reason, language)}.`,
    // Labels of circumstances are sentences, with commas of their own.
    ...line(words.known, facts, '; '),
    ...line(words.declared, subject.assessments.map(labels.assessment), '; '),
    ...TREATMENT_NAMES.flatMap((treatment) => line(treatments[treatment], (groups.get(treatment) ?? []).map(nameOf))),
    ...line(words.fired, subject.rules),
    ...line(words.barred, subject.prohibitions),
  ]
}

/** A check and a refusal release nothing, whatever the treatment of each field. */
function moodOf({ type, outcome }: ExchangeRecord | CheckRecord, subject: RecordedSubject): Mood {
  if (type === 'check') return 'would'
  return outcome === 'geweigerd' || subject.outcome === 'geweigerd' ? 'wouldHave' : 'done'
}

/** A label with its id, so that it can be looked up; the id alone where it has no label. */
const withId = (label: string, id: string): string => (label === id ? id : `${label} (${id})`)

/** `Politie (teamleider-1)`: people are roles in the log, and a party has a label. */
/** A party, or a role at one, by its label; a text that is neither is its own. */
export function nameClient(client: string, labels: Labels): string {
  try {
    const { party, person } = parseClientId(client)
    return person === undefined ? labels.party(party) : `${labels.party(party)} (${person})`
  } catch {
    return client
  }
}

const officersOf = (record: Extract<AuditRecord, { type: 'policy' }>): readonly string[] =>
  [record.proposedBy, record.approvedBy, record.withdrawnBy].flatMap((client) => client ?? [])

const sum = (counts: { readonly [type: string]: number }): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)
