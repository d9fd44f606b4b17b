import {
  createRecordTest,
  type FilterBounds,
  type FilterMember,
  type RecordFilter,
} from '../audit/export/record-filter.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import type { AttemptedRecord } from './attempts/attempts.ts'

/** The criteria of a search that a monthly report takes too. */
export const REPORT_FILTER_MEMBERS = [
  'sender',
  'recipient',
  'field',
  'fieldClass',
  'treatment',
  'file',
  'attempt',
] as const satisfies readonly FilterMember[]
export type ReportFilter = Pick<RecordFilter, (typeof REPORT_FILTER_MEMBERS)[number]>

/** Exchanges and checks that match a filter, and the records of what happened to those exchanges. */
export interface ExchangeSelection {
  /** Whether the next record of the log is one of them. Records come in order, so an exchange comes before its steps. */
  takes(placed: AttemptedRecord, record: AuditRecord): Promise<boolean>
}

/**
 * Selects exchanges and checks as a search does, and follows the exchanges further. Memory grows with the number of selected
 * exchanges.
 */
export function selectExchanges(filter: ReportFilter, bounds: FilterBounds): ExchangeSelection {
  const test = createRecordTest(filter, bounds)
  const selected = new Set<string>()
  return {
    async takes({ record: text, attempt }, record) {
      if ('exchangeId' in record) return record.exchangeId !== undefined && selected.has(record.exchangeId)
      if (record.type !== 'exchange' && record.type !== 'check') return false
      if (filter.attempt !== undefined && attempt !== filter.attempt) return false
      if ((await test(text)) === undefined) return false
      if (record.type === 'exchange') selected.add(record.id)
      return true
    },
  }
}

export const EVERYTHING: ExchangeSelection = { takes: async () => true }
