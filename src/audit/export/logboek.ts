import { sha256 } from '@noble/hashes/sha2.js'
import { formatHex, formatUtf8 } from '../../encoding/bytes.ts'
import type { ExchangeRecord } from '../record/exchange.ts'
import type { AuditRecord } from '../record/record.ts'

/**
 * Exchanges as lines of the Dutch government's standard *Logboek Dataverwerkingen* 1.0 (Component: Logboek, Interface). One
 * action per data subject, because a line refers to at most one; several are children of an action of the exchange, which refers
 * to no data subject. Later events of an exchange are only in the records themselves.
 */
export interface LogboekLine {
  /** 16 bytes in hexadecimal: of the request (W3C Trace Context), or derived from the record when the request had none. */
  readonly trace_id: string
  /** 8 bytes in hexadecimal, derived from the record: one action has one id in every export. */
  readonly span_id: string
  /** The calling action: that of the exchange, or of the application that sent the request. */
  readonly parent_span_id?: string
  /** A refusal is processing that succeeded, and failures in the gateway have no record, so this is never `Error`. */
  readonly status: 'Unset'
  readonly name: string
  /** RFC 3339 in UTC, in milliseconds. A record has one moment: that of the decision. */
  readonly start_time: string
  readonly end_time: string
  readonly resource: { readonly attributes: { readonly [name: string]: string } }
  readonly attributes: {
    /** The basis in the rule set of that moment; other texts have another address, as the standard's register requires. */
    readonly 'dpl.core.processing_activity_id': string
    readonly 'dpl.core.data_subject_id'?: string
    readonly 'dpl.core.data_subject_id_type'?: string
    /** The action at the sender that requested this one, and the sender. */
    readonly 'dpl.core.foreign_operation.span_id'?: string
    readonly 'dpl.core.foreign_operation.processor'?: string
  }
}

const TRACE = /^([0-9a-f]{32})-([0-9a-f]{16})$/

/**
 * The lines of a record; none unless it is of an exchange. They identify no person: a data subject is the salted commitment of the
 * record, which is meaningless once the salt is destroyed, or, when nothing about them was shared, their position in the exchange.
 *
 * @param origin of the log: its address without scheme
 */
export function formLogboekLines(origin: string, text: string, record: AuditRecord): readonly LogboekLine[] {
  if (record.type !== 'exchange') return []
  const [, traceId, callingSpan] = TRACE.exec(record.trace ?? '') ?? []
  const base = `https://${origin}`
  const attributes = {
    'dpl.core.processing_activity_id': `${base}/v1/log/policies/${record.policyHash}#${record.legalBasis ?? record.purpose}`,
    ...(callingSpan !== undefined && {
      'dpl.core.foreign_operation.span_id': callingSpan,
      'dpl.core.foreign_operation.processor': `${base}/v1/vocabulary#${record.sender}`,
    }),
  }
  const at = new Date(record.at).toISOString()
  const formLine = (place: string, parent: string | undefined, subject: object): LogboekLine => ({
    trace_id: traceId ?? deriveId('trace', text, 16),
    span_id: deriveId(`span ${place}`, text, 8),
    ...(parent !== undefined && { parent_span_id: parent }),
    status: 'Unset',
    name: `uitwisseling ${record.kind}`,
    start_time: at,
    end_time: at,
    resource: { attributes: { 'service.name': 'sluis', 'service.version': record.engineVersion, 'sluis.log': origin } },
    attributes: { ...attributes, ...subject },
  })
  const schema = `${base}/v1/log/record-schema.json`
  if (record.subjects.length === 1) return [formLine('0', callingSpan, subjectAttributes(schema, record, 0))]
  const whole = formLine('exchange', callingSpan, {})
  return [
    whole,
    ...record.subjects.map((_, index) =>
      formLine(String(index), whole.span_id, subjectAttributes(schema, record, index)),
    ),
  ]
}

/** One line of NDJSON, with its newline. */
export const formatLogboekLine = (line: LogboekLine): string => `${JSON.stringify(line)}\n`

function subjectAttributes(schema: string, record: ExchangeRecord, index: number) {
  const commitment = record.subjects[index]?.commitment
  return commitment === undefined
    ? { 'dpl.core.data_subject_id': `${record.id}/${index}`, 'dpl.core.data_subject_id_type': `${schema}#subjects` }
    : { 'dpl.core.data_subject_id': commitment, 'dpl.core.data_subject_id_type': `${schema}#commitment` }
}

/** The nonce in the record makes the id effectively random; the label distinguishes ids of one record. */
const deriveId = (label: string, text: string, bytes: number): string =>
  formatHex(sha256(formatUtf8(`sluis logboek v1 ${label}\n${text}`)).subarray(0, bytes))
