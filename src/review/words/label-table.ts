import type { CsvColumn, Separator, TableForm } from '../../audit/export/csv.ts'
import { OPERATOR } from '../../audit/record/access.ts'
import type { AuditRecord } from '../../audit/record/record.ts'
import type { Language } from '../../model/language.ts'
import { OUTCOME_WORDS, REASON_WORDS, withLevel } from '../../model/treatment-words.ts'
import { DUTY_BEARERS } from '../../policy/explain.ts'
import type { Labels } from '../../policy/labels.ts'
import { nameClient } from './describe-record.ts'
import { EVENT_WORDS, type EventWords, nameKeyEvent } from './event-words.ts'

/** A table of records for people: everything with a label is shown by it. Ids of records, hashes and moments stay. */
export function labelledTable(language: Language, labels: Labels, separator: Separator): TableForm {
  const events = EVENT_WORDS[language]
  const who = (client: string) => (client === OPERATOR ? events.operator : nameClient(client, labels))
  const from = (known: Readonly<Record<string, string>>) => (word: string) => known[word] ?? word
  const outcome = from(OUTCOME_WORDS[language])
  const reason = from(REASON_WORDS[language])
  const rule = (id: string) => `${labels.file(id.split('/')[0]!)} (${id})`
  const names: { readonly [Column in CsvColumn]?: (word: string, record: AuditRecord) => string } = {
    type: from(events.recordType),
    step: (step, record) => nameStep(step, record, events),
    sender: who,
    recipient: who,
    by: who,
    kind: labels.kind,
    purpose: labels.purpose,
    legalBasis: labels.file,
    outcome,
    reason,
    duties: (duty) => {
      const [kind = '', bearer = ''] = duty.split(':')
      return `${from(DUTY_BEARERS[language])(bearer)}: ${labels.duty(kind)}`
    },
    role: labels.role,
    subjectOutcome: outcome,
    subjectReason: reason,
    released: labels.field,
    generalised: (field) => {
      const [name = '', level] = field.split(':')
      return withLevel(labels.field(name), level)
    },
    withheld: labels.field,
    refused: labels.field,
    linked: labels.field,
    rules: rule,
    prohibitions: rule,
    assessments: labels.assessment,
    knownTrue: labels.circumstance,
    knownFalse: labels.circumstance,
  }
  return {
    isMarked: true,
    separator,
    between: '; ',
    heading: (column) => HEADINGS[language][column],
    word: (column, word, record) => names[column]?.(word, record) ?? word,
  }
}

function nameStep(step: string, record: AuditRecord, events: EventWords): string {
  const [what = '', detail = ''] = step.split(':')
  const from = (known: Readonly<Record<string, string>>, word: string) => known[word] ?? word
  switch (record.type) {
    case 'access':
      if (what === 'log') return from(events.use, detail)
      return what === 'limit' ? `${events.limitOf} ${from(events.limit, detail)}` : from(events.access, what)
    case 'match':
      return from(events.matchStep, step)
    case 'policy':
      return from(events.policyStep, step)
    case 'key':
      return nameKeyEvent(step, events)
    case 'party':
      return from(events.partyStep, step)
    case 'heartbeat':
      return from(events.occasion, step)
    case 'epoch':
      return from(events.epochReason, step)
    case 'erased':
      return from(events.erasureGround, step)
    case 'recalled':
      return from(events.recallGround, step)
    default:
      return step
  }
}

const HEADINGS: Readonly<Record<Language, Readonly<Record<CsvColumn, string>>>> = {
  nl: {
    leafIndex: 'Logregel',
    at: 'Moment (UTC)',
    type: 'Soort',
    step: 'Gebeurtenis',
    exchangeId: 'Uitwisseling',
    dataSubject: 'Betrokkene (vanaf 0)',
    sender: 'Afzender',
    recipient: 'Ontvanger',
    by: 'Door',
    kind: 'Soort uitwisseling',
    purpose: 'Doel',
    legalBasis: 'Grondslag',
    outcome: 'Uitkomst',
    reason: 'Reden',
    duties: 'Plichten',
    role: 'Rol',
    subjectOutcome: 'Uitkomst voor deze betrokkene',
    subjectReason: 'Reden voor deze betrokkene',
    released: 'Verstrekt',
    generalised: 'Grover verstrekt',
    withheld: 'Achtergehouden',
    refused: 'Geweigerd',
    linked: 'Gekoppeld',
    rules: 'Toegestaan door',
    prohibitions: 'Beperkt door',
    assessments: 'Verklaard',
    knownTrue: 'Opgegeven als waar',
    knownFalse: 'Opgegeven als niet waar',
    commitment: 'Commitment',
    policyHash: 'Regelset',
  },
  en: {
    leafIndex: 'Record',
    at: 'Moment (UTC)',
    type: 'Type',
    step: 'Event',
    exchangeId: 'Exchange',
    dataSubject: 'Data subject (from 0)',
    sender: 'Sender',
    recipient: 'Recipient',
    by: 'By',
    kind: 'Kind of exchange',
    purpose: 'Purpose',
    legalBasis: 'Legal basis',
    outcome: 'Outcome',
    reason: 'Reason',
    duties: 'Duties',
    role: 'Role',
    subjectOutcome: 'Outcome for this data subject',
    subjectReason: 'Reason for this data subject',
    released: 'Released',
    generalised: 'Coarser',
    withheld: 'Withheld',
    refused: 'Refused',
    linked: 'Linked',
    rules: 'Permitted by',
    prohibitions: 'Restricted by',
    assessments: 'Declared',
    knownTrue: 'Stated as true',
    knownFalse: 'Stated as not true',
    commitment: 'Commitment',
    policyHash: 'Rule set',
  },
}
