import { formatUtf8 } from '../../encoding/bytes.ts'
import { type ExportFormat, exportLog } from '../../review/export-log.ts'
import { findPolicyTexts } from '../../review/policy-texts.ts'
import { DEFAULT_SEARCH_LIMIT, searchRecords } from '../../review/search-records.ts'
import { showExchange, showRecord } from '../../review/show-records.ts'
import { cursorParameter, readCursor } from '../cursor.ts'
import { callingClient, idParameter, json, notFound, type Route } from '../route.ts'
import { AUDIT_MEMBERS } from '../wire/log-records.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const RECORDED = 'This use is recorded in the log before you are answered.'

const MEDIA_TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  logboek: 'application/x-ndjson',
} as const satisfies Record<ExportFormat, string>

/** Least size of a chunk: sending every line as a chunk of its own would cost more than the line. */
const CHUNK_BYTES = 65_536

/** For auditors: search, export and show the records of the log. */
export const auditRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/log/records/_search',
    operationId: 'searchLog',
    tag: 'log',
    summary: 'Search the records of the log',
    description: `By party, sender, recipient, purpose, legal basis, field, class of fields, rule file, rule, outcome, duty, period and type. A page reads a bounded number of records: continue with its cursor while \`hasMore\`. ${RECORDED}`,
    scope: 'audit:read',
    budget: 'log-uses',
    body: 'LogSearch',
    bodyExample: {
      filter: { recipient: 'comensha', fieldClass: 'avg-9', treatment: 'shared', since: '2026-11-01' },
      limit: 20,
    },
    answer: { status: 200, description: 'A page of records', schema: 'LogPage' },
    problems: ['cursor-unknown', 'log-unavailable'],
    async perform(visit) {
      const search = await readWireBody(visit.request, wire.LogSearch, AUDIT_MEMBERS)
      const { filter = {}, order = 'newest-first', limit = DEFAULT_SEARCH_LIMIT, cursor } = search
      const page = { filter, order, limit, ...(cursor !== undefined && { cursor }) }
      return json(await searchRecords(visit.gateway, callingClient(visit), page))
    },
  },
  {
    method: 'post',
    path: '/v1/log/records/_export',
    operationId: 'exportLog',
    tag: 'log',
    summary: 'Export records of the log as a stream',
    description:
      'As NDJSON with everything needed to verify them (`ndjson`), as a table (`csv`, `text/csv`), or as lines of the Logboek Dataverwerkingen 1.0 (`logboek`, NDJSON). ' +
      `An NDJSON export without a count at its end was cut off. ${RECORDED}`,
    scope: 'audit:read',
    budget: 'log-uses',
    body: 'LogExportRequest',
    bodyExample: { filter: { recordType: 'exchange', since: '2026-11-01', until: '2026-12-01' }, format: 'ndjson' },
    answer: { status: 200, description: 'The export', contentType: 'application/x-ndjson' },
    problems: ['log-unavailable'],
    async perform(visit) {
      const body = await readWireBody(visit.request, wire.LogExportRequest, AUDIT_MEMBERS)
      const { filter = {}, format = 'ndjson', use = 'export', start, end } = body
      const lines = await exportLog(visit.gateway, callingClient(visit), {
        filter,
        format,
        use,
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
      })
      return new Response(streamText(lines), {
        headers: { 'content-type': MEDIA_TYPES[format], 'cache-control': 'no-store' },
      })
    },
  },
  {
    method: 'get',
    path: '/v1/log/records/{leafIndex}',
    operationId: 'showRecord',
    tag: 'log',
    summary: 'One record, with its proof and its meaning in sentences',
    description: RECORDED,
    scope: 'audit:read',
    budget: 'log-uses',
    parameters: [
      {
        name: 'leafIndex',
        in: 'path',
        description: 'Index of the record, from 0',
        required: true,
        schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
        example: 0,
      },
    ],
    answer: { status: 200, description: 'The record', schema: 'ShownRecord' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const leafIndex = Number(visit.parameters.leafIndex)
      const shown = await showRecord(visit.gateway, callingClient(visit), leafIndex, visit.language)
      if (!shown) throw notFound()
      return json(shown)
    },
  },
  {
    method: 'get',
    path: '/v1/log/exchanges/{id}',
    operationId: 'showExchange',
    tag: 'log',
    summary: 'Every record of one exchange, in order and in sentences',
    description: RECORDED,
    scope: 'audit:read',
    budget: 'log-uses',
    parameters: [idParameter('exchange'), cursorParameter('log')],
    answer: { status: 200, description: 'The records, each with its proof', schema: 'ShownExchange' },
    problems: ['not-found', 'cursor-unknown', 'log-unavailable'],
    async perform(visit) {
      const { gateway, parameters, query, language } = visit
      const id = parameters.id ?? ''
      const shown = await showExchange(gateway, callingClient(visit), id, readCursor(query, 'log'), language)
      if (!shown) throw notFound()
      return json(shown)
    },
  },
  {
    method: 'get',
    path: '/v1/log/policies/{hash}',
    operationId: 'getArchivedPolicy',
    tag: 'log',
    summary: 'The texts of a rule set that was ever in force',
    description: `For re-deriving the decisions that were made with it. ${RECORDED}`,
    scope: 'audit:read',
    budget: 'log-uses',
    parameters: [
      {
        name: 'hash',
        in: 'path',
        description: '`policyHash` of a record',
        required: true,
        schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      },
    ],
    answer: { status: 200, description: 'The rule set', schema: 'ArchivedPolicy' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const texts = await findPolicyTexts(visit.gateway, callingClient(visit), visit.parameters.hash ?? '')
      if (!texts) throw notFound()
      return json(texts)
    },
  },
]

/** Text as a body. A failure halfway ends the connection early; the missing last line of the export shows it. */
function streamText(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = ''
      while (text.length < CHUNK_BYTES) {
        const next = await iterator.next()
        if (next.done) {
          if (text !== '') controller.enqueue(formatUtf8(text))
          controller.close()
          return
        }
        text += next.value
      }
      controller.enqueue(formatUtf8(text))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
