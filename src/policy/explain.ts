import {
  type Decision,
  type FieldDecision,
  type Outcome,
  type Question,
  RELEASES,
  type SubjectDecision,
  type SubjectQuestion,
} from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { Duty } from '../model/rule.ts'
import { capitalised, describeTreatment, explainOutcome, type Mood, withLevel } from '../model/treatment-words.ts'
import { formatDate, type Labels, labelsOf } from './labels.ts'
import { legalDate } from './legal-date.ts'
import { findOtherDays } from './other-days.ts'
import type { PolicySet } from './policy-set.ts'
import { sentencesBehind } from './sentences.ts'

/**
 * Explains a decision in sentences, one a line: what was asked, the outcome, what happens to each group of fields and why, on
 * which questions it still depends, and which duties apply. For readers who have never seen a rule file.
 */
export function explainDecision(
  set: PolicySet,
  question: Question,
  decision: Decision,
  language: Language,
): readonly string[] {
  const labels = labelsOf(language, set)
  const words = WORDS[language]
  const subjects = question.dataSubjects.flatMap((subject, index) => {
    const decided = decision.dataSubjects[index]
    if (decided === undefined) return []
    const title = question.dataSubjects.length > 1 ? [words.person(index + 1, labels.role(subject.role))] : []
    return [...title, ...explainSubject(subject, decided, decision.outcome, labels, language)]
  })
  return [
    words.asked(
      labels.party(question.sender),
      labels.party(question.recipient),
      labels.list(question.dataSubjects.map(({ role }) => labels.role(role).toLowerCase())),
      labels.purpose(question.purpose),
    ),
    question.legalBasis === undefined ? words.noBasis : words.basis(labels.file(question.legalBasis)),
    words.on(formatDate(legalDate(question.at), language)),
    ...findOtherDays(set, question).map(({ file, nearest: { from, until } }) => {
      const isPast = from <= legalDate(question.at)
      return words.noText(labels.file(file), isPast ? 'until' : 'from', formatDate(isPast ? until! : from, language))
    }),
    explainOutcome(decision.outcome, decision.reason, language),
    ...subjects,
    ...explainDuties(decision.duties, labels, language),
  ]
}

function explainSubject(
  asked: SubjectQuestion,
  decided: SubjectDecision,
  outcome: Outcome,
  labels: Labels,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const mood: Mood = outcome === 'geweigerd' || decided.outcome === 'geweigerd' ? 'wouldHave' : 'done'
  const known = [
    ...Object.entries(asked.circumstances).map(([word, isSo]) => words.fact(labels.circumstance(word), isSo)),
    ...asked.assessments.map((word) => words.declared(labels.assessment(word))),
  ]
  return [
    known.length === 0 ? words.nothingKnown : words.known(known.join('; ')),
    ...groupFields(decided.fields).map(([first, fields]) => {
      const { release, link } = first
      const names = labels.list(fields.map(({ field, level }) => withLevel(labels.field(field), level)))
      return `${capitalised(describeTreatment({ release, link }, language, mood))}: ${names}. ${sentenceOf(first, language)}`
    }),
    ...sentencesBehind(decided, language),
    ...(decided.nearestMisses.length === 0 ? [] : [words.dependsOn]),
    ...decided.nearestMisses.map(({ sentence }) => `- ${sentence[language].trim()}`),
  ]
}

/** Fields with the same treatment, by the same rule, for the same reason. */
function groupFields(
  fields: readonly FieldDecision[],
): readonly (readonly [FieldDecision, readonly FieldDecision[]])[] {
  const keyOf = ({ release, link, rule, sentence }: FieldDecision) => JSON.stringify([release, link, rule, sentence.nl])
  return [...Map.groupBy(fields, keyOf).values()]
    .map((group) => [group[0]!, group] as const)
    .toSorted(([a], [b]) => RELEASES.indexOf(a.release) - RELEASES.indexOf(b.release))
}

function sentenceOf({ sentence, citation }: FieldDecision, language: Language): string {
  const text = sentence[language].trim()
  return citation === undefined || text.includes(citation) ? text : `${text} (${citation})`
}

function explainDuties(duties: readonly Duty[], labels: Labels, language: Language): readonly string[] {
  if (duties.length === 0) return []
  const words = WORDS[language]
  return [words.duties, ...duties.map((duty) => `- ${formatDuty(duty, labels, language)}`)]
}

/** Who has a duty, at the start of a line. */
export const DUTY_BEARERS: Readonly<Record<Language, Readonly<Record<Duty['for'], string>>>> = {
  nl: { afzender: 'De afzender', ontvanger: 'De ontvanger', sluis: 'Sluis' },
  en: { afzender: 'The sender', ontvanger: 'The recipient', sluis: 'Sluis' },
}

/** Describes a duty: who must do what, for how long, on which ground. */
export function formatDuty(duty: Duty, labels: Labels, language: Language): string {
  const words = WORDS[language]
  const amount = words.amount(duty)
  const ground = duty.citation === undefined ? '' : ` (${duty.citation})`
  return `${DUTY_BEARERS[language][duty.for]}: ${labels.duty(duty.kind)}${amount === '' ? '' : `, ${amount}`}${ground}`
}

const WORDS = {
  nl: {
    asked: (sender: string, recipient: string, roles: string, purpose: string) =>
      `${sender} wil gegevens over ${roles} aan ${recipient} geven, met als doel: ${purpose}.`,
    basis: (title: string) => `De opgegeven grondslag is: ${title}.`,
    noBasis: 'Er is geen grondslag opgegeven; alle grondslagen tellen mee.',
    on: (date: string) => `Beoordeeld naar het recht van ${date}.`,
    noText: (title: string, border: 'from' | 'until', date: string) =>
      `Voor deze dag is er geen tekst in: ${title}; de regels hiervoor ${border === 'from' ? 'gelden vanaf' : 'golden tot'} ${date}.`,
    person: (number: number, role: string) => `Betrokkene ${number} (${role}):`,
    nothingKnown: 'Over deze persoon is geen omstandigheid opgegeven en geen beoordeling verklaard.',
    known: (facts: string) => `Opgegeven: ${facts}.`,
    fact: (label: string, isSo: boolean) => (isSo ? label : `niet: ${label}`),
    declared: (label: string) => `verklaard: ${label}`,
    dependsOn: 'Wat er kan, hangt nog af van:',
    duties: 'Daarbij horen deze plichten:',
    amount: ({ retentionDays, keepLogDays, people }: Duty) =>
      retentionDays !== undefined
        ? `hooguit ${retentionDays} dagen`
        : keepLogDays !== undefined
          ? `ten minste ${keepLogDays} dagen`
          : people !== undefined
            ? `${people} personen`
            : '',
  },
  en: {
    asked: (sender: string, recipient: string, roles: string, purpose: string) =>
      `${sender} wants to give ${recipient} data about: ${roles}; the purpose is: ${purpose}.`,
    basis: (title: string) => `The declared legal basis is: ${title}.`,
    noBasis: 'No legal basis was declared; all of them count.',
    on: (date: string) => `Judged by the law of ${date}.`,
    noText: (title: string, border: 'from' | 'until', date: string) =>
      `There is no text for this day in: ${title}; its rules for this ${border === 'from' ? 'apply from' : 'applied until'} ${date}.`,
    person: (number: number, role: string) => `Data subject ${number} (${role}):`,
    nothingKnown: 'No circumstance was stated and no assessment declared about this person.',
    known: (facts: string) => `Stated: ${facts}.`,
    fact: (label: string, isSo: boolean) => (isSo ? label : `not: ${label}`),
    declared: (label: string) => `declared: ${label}`,
    dependsOn: 'What is possible still depends on:',
    duties: 'These duties come along:',
    amount: ({ retentionDays, keepLogDays, people }: Duty) =>
      retentionDays !== undefined
        ? `at most ${retentionDays} days`
        : keepLogDays !== undefined
          ? `at least ${keepLogDays} days`
          : people !== undefined
            ? `${people} people`
            : '',
  },
} as const
