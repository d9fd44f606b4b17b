import { type FieldOutcome, parseFieldOutcomes, type RecordedSubject } from '../record/decision-summary.ts'
import type { AuditRecord } from '../record/record.ts'

/**
 * Records as a table for a spreadsheet (RFC 4180, UTF-8, CRLF), for reading and counting; it proves nothing. One row per data
 * subject of an exchange or a check, counted from 0, and one row for every other record. Columns keep their order and new ones are
 * added at the end. Lists are words separated by spaces.
 */
export const CSV_COLUMNS = [
  'leafIndex',
  'at',
  'type',
  'step',
  'exchangeId',
  'dataSubject',
  'sender',
  'recipient',
  'by',
  'kind',
  'purpose',
  'legalBasis',
  'outcome',
  'reason',
  'duties',
  'role',
  'subjectOutcome',
  'subjectReason',
  'released',
  'generalised',
  'withheld',
  'refused',
  'linked',
  'rules',
  'prohibitions',
  'assessments',
  'knownTrue',
  'knownFalse',
  'commitment',
  'policyHash',
] as const
type Row = { readonly [Column in (typeof CSV_COLUMNS)[number]]?: string | number | undefined }

/** The first line of the table, with its line break. */
export const formatCsvHead = (): string => `${CSV_COLUMNS.join(',')}\r\n`

/** The rows of one record, each with its line break. @throws SyntaxError for an unknown treatment of a field */
export const formatCsvRows = (leafIndex: number, record: AuditRecord): string =>
  rowsOf(record)
    .map((row) => `${CSV_COLUMNS.map((column) => formatCell({ leafIndex, ...row }[column])).join(',')}\r\n`)
    .join('')

/**
 * One cell. A value that a spreadsheet would evaluate as a formula (it starts with `=`, `+`, `-`, `@`, their full-width forms, a tab or
 * a line break, also after spaces) gets a leading `'`, so that it is shown as text; a program that reads the table removes it. A value
 * with a comma or a semicolon is quoted, and a formula that would begin after a comma, a semicolon or a tab gets its own `'`, because
 * a spreadsheet that takes another of them for the separator does not see those quotes.
 *
 * @see OWASP, CSV Injection
 */
export function formatCell(value: string | number | undefined): string {
  const text = String(value ?? '')
  const safe = typeof value === 'string' ? text.replace(FORMULA, "'") : text
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Where a formula begins: at the start of a cell, or of what is one to a spreadsheet with another separator. */
const FORMULA = /(?<=^|[,;\t\r\n])(?=[ \u00a0"]*[=+\-@\uff0b\uff0d\uff1d\uff20])|^(?=[\t\r\n])/g

function rowsOf(record: AuditRecord): readonly Row[] {
  const { at, type } = record
  const head = { at, type }
  switch (record.type) {
    case 'exchange':
    case 'check': {
      const { sender, recipient, purpose, legalBasis, outcome, reason, policyHash } = record
      const decided = { ...head, sender, recipient, purpose, legalBasis, outcome, reason, policyHash }
      const own =
        record.type === 'exchange'
          ? { exchangeId: record.id, kind: record.kind, by: record.submittedBy }
          : { exchangeId: undefined, kind: undefined, by: undefined }
      const duties = join(record.duties.map((duty) => `${duty.kind}:${duty.for}`))
      return record.subjects.map((subject, index) => ({
        ...decided,
        ...own,
        duties,
        dataSubject: index,
        ...subjectCells(subject),
      }))
    }
    case 'access':
      return [{ ...head, step: record.what === 'log' ? `log:${record.use}` : record.what, by: record.by }]
    case 'match':
      return [{ ...head, step: record.step, recipient: record.recipient, by: record.by }]
    case 'policy': {
      const { step, policyHash, proposedBy, approvedBy, withdrawnBy } = record
      return [{ ...head, step, policyHash, by: withdrawnBy ?? approvedBy ?? proposedBy }]
    }
    case 'key':
      return [{ ...head, step: record.step === 'command' ? `command:${record.command}` : record.step }]
    case 'party':
      return [{ ...head, step: record.step, sender: record.party }]
    case 'heartbeat':
      return [{ ...head, step: record.occasion, policyHash: record.policyHash }]
    case 'epoch':
      return [{ ...head, step: record.reason }]
    case 'approved':
    case 'refused':
    case 'expired':
      return [{ ...head, exchangeId: record.exchangeId, by: record.by }]
    case 'delivered':
    case 'acknowledged':
      return [{ ...head, exchangeId: record.exchangeId, recipient: record.recipient }]
    case 'erased':
      return [{ ...head, step: record.ground, exchangeId: record.exchangeId, recipient: record.recipient }]
    case 'feedback':
      return [{ ...head, exchangeId: record.exchangeId, sender: record.sender, recipient: record.recipient }]
    case 'recalled': {
      const { ground, exchangeId, sender, recipient, by } = record
      return [{ ...head, step: ground, exchangeId, sender, recipient, by }]
    }
  }
}

function subjectCells(subject: RecordedSubject): Row {
  const fields = parseFieldOutcomes(subject)
  const named = (isMeant: (field: FieldOutcome) => boolean) => join(fields.filter(isMeant).map(({ field }) => field))
  return {
    role: subject.role,
    subjectOutcome: subject.outcome,
    subjectReason: subject.reason,
    released: named(({ release }) => release === 'verstrekken'),
    generalised: join(fields.flatMap(({ field, level }) => (level === undefined ? [] : [`${field}:${level}`]))),
    withheld: named(({ release }) => release === 'weglaten'),
    refused: named(({ release }) => release === 'weigeren'),
    linked: named(({ link }) => link),
    rules: join(subject.rules),
    prohibitions: join(subject.prohibitions),
    assessments: join(subject.assessments),
    knownTrue: join(subject.true),
    knownFalse: join(subject.false),
    commitment: subject.commitment,
  }
}

const join = (words: readonly string[]): string => words.join(' ')
