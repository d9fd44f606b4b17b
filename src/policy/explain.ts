import type { Decision, FieldDecision, Question, SubjectDecision, SubjectQuestion } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { Duty } from '../model/rule.ts'
import { formatDate, type Labels, labelsOf } from './labels.ts'
import { legalDate } from './legal-date.ts'
import type { PolicySet } from './policy-set.ts'

/**
 * A decision in sentences, one a line: what was asked, what came of it, per group of fields what happens and why, what is
 * missing, and which duties come along. For people who never saw a rule file.
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
    return [...title, ...explainSubject(subject, decided, labels, language)]
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
    words.outcome[decision.reason ?? decision.outcome],
    ...subjects,
    ...explainDuties(decision.duties, labels, language),
  ]
}

function explainSubject(
  asked: SubjectQuestion,
  decided: SubjectDecision,
  labels: Labels,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const known = [
    ...Object.entries(asked.circumstances).map(([word, isSo]) => words.fact(labels.circumstance(word), isSo)),
    ...asked.assessments.map((word) => words.declared(labels.assessment(word))),
  ]
  return [
    known.length === 0 ? words.nothingKnown : words.known(known.join('; ')),
    ...groupFields(decided.fields).map(([first, fields]) => {
      const names = labels.list(fields.map(({ field, level }) => words.field(labels.field(field), level)))
      return `${words.treatment(first)}: ${names}. ${sentenceOf(first, language)}`
    }),
    ...(decided.nearestMisses.length === 0 ? [] : [words.missing]),
    ...decided.nearestMisses.map(({ sentence }) => `- ${sentence[language].trim()}`),
  ]
}

/** Fields that get the same, by the same rule, for the same reason. */
function groupFields(
  fields: readonly FieldDecision[],
): readonly (readonly [FieldDecision, readonly FieldDecision[]])[] {
  const keyOf = ({ release, link, rule, sentence }: FieldDecision) => JSON.stringify([release, link, rule, sentence.nl])
  const order = ['verstrekken', 'generaliseren', 'weglaten', 'weigeren']
  return [...Map.groupBy(fields, keyOf).values()]
    .map((group) => [group[0]!, group] as const)
    .toSorted(([a], [b]) => order.indexOf(a.release) - order.indexOf(b.release))
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

/** A duty in words: who must do what, for how long, on which ground. */
export function formatDuty(duty: Duty, labels: Labels, language: Language): string {
  const words = WORDS[language]
  const amount = words.amount(duty)
  const ground = duty.citation === undefined ? '' : ` (${duty.citation})`
  return `${words.bearer[duty.for]}: ${labels.duty(duty.kind)}${amount === '' ? '' : `, ${amount}`}${ground}`
}

const WORDS = {
  nl: {
    asked: (sender: string, recipient: string, roles: string, purpose: string) =>
      `${sender} wil gegevens over ${roles} aan ${recipient} geven, met als doel: ${purpose}.`,
    basis: (title: string) => `De opgegeven grondslag is: ${title}.`,
    noBasis: 'Er is geen grondslag opgegeven; alle grondslagen tellen mee.',
    on: (date: string) => `Beoordeeld naar het recht van ${date}.`,
    person: (number: number, role: string) => `Betrokkene ${number} (${role}):`,
    nothingKnown: 'Over deze persoon is geen omstandigheid opgegeven en geen beoordeling verklaard.',
    known: (facts: string) => `Opgegeven: ${facts}.`,
    fact: (label: string, isSo: boolean) => (isSo ? label : `niet: ${label}`),
    declared: (label: string) => `verklaard: ${label}`,
    field: (label: string, level: string | undefined) => (level === undefined ? label : `${label} (alleen ${level})`),
    treatment: ({ release, link }: FieldDecision) =>
      ({
        verstrekken: link ? 'Gaat mee, en dient ook om de persoon te herkennen' : 'Gaat mee',
        generaliseren: link ? 'Gaat grover mee, en dient ook om de persoon te herkennen' : 'Gaat grover mee',
        weglaten: link ? 'Blijft binnen Sluis, om de persoon te herkennen' : 'Blijft achter',
        weigeren: 'Houdt de hele uitwisseling tegen',
      })[release],
    missing: 'Er zou meer kunnen als:',
    duties: 'Daarbij horen deze plichten:',
    bearer: { afzender: 'De afzender', ontvanger: 'De ontvanger', sluis: 'Sluis' },
    amount: ({ retentionDays, keepLogDays, people }: Duty) =>
      retentionDays !== undefined
        ? `hooguit ${retentionDays} dagen`
        : keepLogDays !== undefined
          ? `ten minste ${keepLogDays} dagen`
          : people !== undefined
            ? `${people} personen`
            : '',
    outcome: {
      verstrekt: 'Het mag: alles wat gevraagd is, gaat mee.',
      gedeeltelijk: 'Het mag gedeeltelijk: niet alles gaat mee.',
      'in-afwachting': 'Het mag, maar pas nadat een tweede persoon heeft goedgekeurd.',
      geweigerd: 'Het mag niet.',
      verbod: 'Het mag niet: een verbod staat in de weg.',
      'beoordeling-ontbreekt': 'Het mag nog niet: een persoon moet eerst een beoordeling verklaren.',
      'geen-grondslag': 'Het mag niet: geen regel geeft hiervoor een grondslag.',
    },
  },
  en: {
    asked: (sender: string, recipient: string, roles: string, purpose: string) =>
      `${sender} wants to give ${recipient} data about: ${roles}; the purpose is: ${purpose}.`,
    basis: (title: string) => `The declared legal basis is: ${title}.`,
    noBasis: 'No legal basis was declared; all of them count.',
    on: (date: string) => `Judged by the law of ${date}.`,
    person: (number: number, role: string) => `Data subject ${number} (${role}):`,
    nothingKnown: 'No circumstance was stated and no assessment declared about this person.',
    known: (facts: string) => `Stated: ${facts}.`,
    fact: (label: string, isSo: boolean) => (isSo ? label : `not: ${label}`),
    declared: (label: string) => `declared: ${label}`,
    field: (label: string, level: string | undefined) => (level === undefined ? label : `${label} (only ${level})`),
    treatment: ({ release, link }: FieldDecision) =>
      ({
        verstrekken: link ? 'Is given, and also serves to recognise the person' : 'Is given',
        generaliseren: link ? 'Is given coarser, and also serves to recognise the person' : 'Is given coarser',
        weglaten: link ? 'Stays inside Sluis, to recognise the person' : 'Is withheld',
        weigeren: 'Stops the whole exchange',
      })[release],
    missing: 'More would be possible if:',
    duties: 'These duties come along:',
    bearer: { afzender: 'The sender', ontvanger: 'The recipient', sluis: 'Sluis' },
    amount: ({ retentionDays, keepLogDays, people }: Duty) =>
      retentionDays !== undefined
        ? `at most ${retentionDays} days`
        : keepLogDays !== undefined
          ? `at least ${keepLogDays} days`
          : people !== undefined
            ? `${people} people`
            : '',
    outcome: {
      verstrekt: 'It may: everything that was asked is given.',
      gedeeltelijk: 'It may in part: not everything is given.',
      'in-afwachting': 'It may, but only after a second person has approved.',
      geweigerd: 'It may not.',
      verbod: 'It may not: a prohibition stands in the way.',
      'beoordeling-ontbreekt': 'Not yet: a person must first declare an assessment.',
      'geen-grondslag': 'It may not: no rule gives a legal basis for this.',
    },
  },
} as const
