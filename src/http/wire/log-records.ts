import { z } from 'zod'
import type { PlacedRecord } from '../../audit/export/read-log.ts'
import { ATTEMPTS, CLASS_WORDS, type RecordFilter, TREATMENTS } from '../../audit/export/record-filter.ts'
import { MAX_RECORD_BYTES } from '../../audit/record/envelope.ts'
import { RECORD_TYPES } from '../../audit/record/record.ts'
import { composed, hash, word } from '../../model/answer-parts.ts'
import { OUTCOMES, REASONS } from '../../model/decision.ts'
import { DUTY_KINDS } from '../../model/rule.ts'
import { MAX_FILES } from '../../model/rule-file-bounds.ts'
import { isMoment } from '../../review/check-filter.ts'
import { EXPORT_FORMATS, EXPORT_USES } from '../../review/export-log.ts'
import { LOG_CURSOR_FORM } from '../../review/log-cursor.ts'
import {
  DEFAULT_SEARCH_LIMIT,
  MAX_SEARCH_LIMIT,
  type RecordPage,
  SEARCH_ORDERS,
  SEARCH_READS,
} from '../../review/search-records.ts'
import { SHOW_READS, type ShownExchange, type ShownRecord } from '../../review/show-records.ts'
import { filePath, ruleFileText } from './proposal.ts'
import { receipt } from './receipt.ts'

/** Searches, exports and shown records of the log. */

const index = z.int().nonnegative()
const moment = z
  .string()
  .max(40)
  .refine(isMoment, {
    params: {
      detail: {
        nl: 'ongeldige waarde; geef een datum als JJJJ-MM-DD of een tijdstip volgens RFC 3339, vanaf 2024',
        en: 'invalid value; give a date as YYYY-MM-DD or an instant as in RFC 3339, from 2024 on',
      },
    },
  })

const logCursor = z.string().max(48).regex(new RegExp(LOG_CURSOR_FORM))

const logFilter = z
  .strictObject({
    party: word.exactOptional().describe('A party or one of its people, anywhere in the record'),
    sender: word.exactOptional().describe('The party that sent or asked'),
    recipient: word.exactOptional().describe('The party that it was meant for'),
    purpose: word.exactOptional(),
    field: word.exactOptional().describe('A field that was asked for'),
    fieldClass: z
      .enum(CLASS_WORDS)
      .exactOptional()
      .describe('A field of this class; `avg-9` and `avg-10` are the classes under that article of the AVG together'),
    treatment: z
      .enum(TREATMENTS)
      .exactOptional()
      .describe('Of `field`, of a field of `fieldClass`, or of any field: `shared` also when it is shared coarser'),
    file: word.exactOptional().describe('Id of a rule file: any of its rules'),
    legalBasis: word.exactOptional().describe('Id of a rule file'),
    rule: word.exactOptional().describe('`file/rule` of a permit, prohibition or safeguard'),
    outcome: z.enum(OUTCOMES).exactOptional().describe('Of the exchange or check, or of one person in it'),
    reason: z.enum(REASONS).exactOptional(),
    attempt: z
      .enum(ATTEMPTS)
      .exactOptional()
      .describe(
        '`stayed`: refused, and no next try of the same report within an hour; `retried`: refused again; `repaired`: passed after all; `repair`: the report that passed',
      ),
    duty: z.enum(DUTY_KINDS).exactOptional(),
    recordType: z.enum(RECORD_TYPES).exactOptional(),
    since: moment.exactOptional().describe('A date in Amsterdam or an instant, inclusive'),
    until: moment.exactOptional().describe('A date in Amsterdam or an instant, exclusive'),
    exchangeId: z.uuid().exactOptional().describe('Every record that names this exchange'),
  })
  .readonly()
  .describe(
    'Every member must match. Words of the vocabulary and ids only: the record of this use contains them',
  ) satisfies z.ZodType<RecordFilter>

const logSearch = z.strictObject({
  filter: logFilter.exactOptional(),
  order: z.enum(SEARCH_ORDERS).exactOptional().describe('By index; `newest-first` when absent'),
  cursor: logCursor
    .exactOptional()
    .describe('`cursor` of the previous page; one of another log, or of before a restore, is refused'),
  limit: z.int().min(1).max(MAX_SEARCH_LIMIT).exactOptional().describe(`${DEFAULT_SEARCH_LIMIT} when absent`),
})

const logRecord = z
  .object({
    leafIndex: index,
    record: z.string().max(MAX_RECORD_BYTES).describe('Exactly as it was hashed: canonical JSON (RFC 8785)'),
  })
  .readonly() satisfies z.ZodType<PlacedRecord>

const logPage = z
  .object({
    records: z.array(logRecord).max(MAX_SEARCH_LIMIT).readonly(),
    cursor: logCursor.describe('Pass it in the next request to continue from here'),
    hasMore: z
      .boolean()
      .describe(`A page reads at most ${SEARCH_READS} records, so it can be empty while there are more`),
    treeSize: index,
    read: z.object({ start: index, end: index }).readonly().describe('Records `[start, end)` that were read'),
  })
  .readonly() satisfies z.ZodType<RecordPage>

const shownRecord = z
  .object({
    receipt: receipt.describe('Receipt under the newest checkpoint'),
    sentences: z
      .array(composed)
      .max(MAX_RECORD_BYTES)
      .readonly()
      .describe('The record in sentences, in the language of Accept-Language'),
  })
  .readonly() satisfies z.ZodType<ShownRecord>

const shownExchange = z
  .object({
    id: z.uuid(),
    records: z.array(shownRecord).max(SHOW_READS).readonly(),
    cursor: logCursor,
    hasMore: z.boolean(),
  })
  .readonly() satisfies z.ZodType<ShownExchange>

const logExportRequest = z.strictObject({
  filter: logFilter.exactOptional(),
  start: index.exactOptional().describe('First record; 0 when absent'),
  end: index.exactOptional().describe('Index after the last record; the size of the log when absent'),
  format: z.enum(EXPORT_FORMATS).exactOptional().describe('`ndjson` when absent; only that can be verified'),
  use: z
    .enum(EXPORT_USES)
    .exactOptional()
    .describe('Purpose of the export, as the log records it; `export` when absent'),
})

const archivedPolicy = z.object({
  policyHash: hash,
  sourceHash: hash,
  files: z.record(filePath, ruleFileText).meta({ maxProperties: MAX_FILES }).describe('Text by path, as put in force'),
})

/** The schemas of the auditors' routes, under their names in the OpenAPI document. */
export const auditWire = {
  LogFilter: logFilter,
  LogSearch: logSearch,
  LogRecord: logRecord,
  LogPage: logPage,
  ShownRecord: shownRecord,
  ShownExchange: shownExchange,
  LogExportRequest: logExportRequest,
  ArchivedPolicy: archivedPolicy,
} as const

/** Member names that an error may show. */
export const AUDIT_MEMBERS: ReadonlySet<string> = new Set([
  ...Object.keys(logFilter.unwrap().shape),
  ...Object.keys(logSearch.shape),
  ...Object.keys(logExportRequest.shape),
])
