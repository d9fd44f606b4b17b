import type { AccessRecord } from '../record/access.ts'
import { type FieldOutcome, parseFieldOutcomes, type RecordedSubject } from '../record/decision-summary.ts'
import type { AuditRecord } from '../record/record.ts'

/**
 * Records as a table for a spreadsheet (RFC 4180, UTF-8, CRLF), for reading and counting; it proves nothing. One row per data
 * subject of an exchange or a check, counted from 0, and one row for every other record. Columns keep their order and new ones are
 * added at the end.
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
export type CsvColumn = (typeof CSV_COLUMNS)[number]
type Row = { readonly [Column in CsvColumn]?: string | number | readonly string[] | undefined }

/** What separates the cells of a table, by name. */
export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const
export type Separator = keyof typeof SEPARATORS

/** Without it a spreadsheet reads UTF-8 as the code page of its machine, and shows `Ã«` for `ë`. */
export const BYTE_ORDER_MARK = '\ufeff'

/** How a table is written. */
export interface TableForm {
  /** Whether a byte order mark comes first. */
  readonly isMarked: boolean
  readonly separator: Separator
  /** Between the words of a list in one cell. */
  readonly between: string
  heading(column: CsvColumn): string
  /** A word as it is shown. */
  word(column: CsvColumn, word: string, record: AuditRecord): string
}

/** Ids, for programs. */
export const ID_TABLE: TableForm = {
  isMarked: false,
  separator: 'comma',
  between: ' ',
  heading: (column) => column,
  word: (_, word) => word,
}

/** The first line of the table, with its line break. */
export const formatCsvHead = ({ isMarked, separator, heading }: TableForm = ID_TABLE): string =>
  (isMarked ? BYTE_ORDER_MARK : '') + formatRow(CSV_COLUMNS.map(heading), separator)

/** The rows of one record, each with its line break. @throws SyntaxError for an unknown treatment of a field */
export function formatCsvRows(leafIndex: number, record: AuditRecord, form: TableForm = ID_TABLE): string {
  const { separator, between, word } = form
  const cellOf = (column: CsvColumn, value: Row[CsvColumn]): string | number | undefined => {
    if (value === undefined || typeof value === 'number') return value
    return [value]
      .flat()
      .map((one) => word(column, one, record))
      .join(between)
  }
  return rowsOf(record)
    .map((row) => ({ leafIndex, ...row }) as Row)
    .map((row) =>
      formatRow(
        CSV_COLUMNS.map((column) => cellOf(column, row[column])),
        separator,
      ),
    )
    .join('')
}

/** One row, with its line break. */
export const formatRow = (cells: readonly (string | number | undefined)[], separator: Separator): string =>
  `${cells.map(formatCell).join(SEPARATORS[separator])}\r\n`

/**
 * One cell. A value that a spreadsheet would evaluate as a formula (it starts with `=`, `+`, `-`, `@`, their full-width forms, a tab or
 * a line break, also after spaces) gets a leading `'`, so that it is shown as text; a program that reads the table removes it. A value
 * with a comma, a semicolon or a tab is quoted, and a formula that would begin after a comma, a semicolon or a tab gets its own `'`, because
 * a spreadsheet that takes another of them for the separator does not see those quotes.
 *
 * @see OWASP, CSV Injection
 */
export function formatCell(value: string | number | undefined): string {
  const text = String(value ?? '')
  const safe = typeof value === 'string' ? text.replace(FORMULA, "'") : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
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
      const duties = record.duties.map((duty) => `${duty.kind}:${duty.for}`)
      return record.subjects.map((subject, index) => ({
        ...decided,
        ...own,
        duties,
        dataSubject: index,
        ...subjectCells(subject),
      }))
    }
    case 'access':
      return [{ ...head, step: formatAccess(record), by: record.by }]
    case 'match':
      return [{ ...head, step: record.step, recipient: record.recipient, by: record.by }]
    case 'policy': {
      const { step = 'files', policyHash, proposedBy, approvedBy, withdrawnBy } = record
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
  const named = (isMeant: (field: FieldOutcome) => boolean) => fields.filter(isMeant).map(({ field }) => field)
  return {
    role: subject.role,
    subjectOutcome: subject.outcome,
    subjectReason: subject.reason,
    released: named(({ release }) => release === 'verstrekken'),
    generalised: fields.flatMap(({ field, level }) => (level === undefined ? [] : [`${field}:${level}`])),
    withheld: named(({ release }) => release === 'weglaten'),
    refused: named(({ release }) => release === 'weigeren'),
    linked: named(({ link }) => link),
    rules: subject.rules,
    prohibitions: subject.prohibitions,
    assessments: subject.assessments,
    knownTrue: subject.true,
    knownFalse: subject.false,
    commitment: subject.commitment,
  }
}

function formatAccess(record: AccessRecord): string {
  if (record.what === 'log') return `log:${record.use}`
  return record.what === 'limit' ? `limit:${record.limit}` : record.what
}
