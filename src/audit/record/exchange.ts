import { formatBase64Url } from '../../encoding/bytes.ts'
import type { Decision, Question } from '../../model/decision.ts'
import { type DecisionSummary, summariseDecision } from './decision-summary.ts'
import { type Draft, type Envelope, formatRecord, sealedHash } from './envelope.ts'

type DecidedRecord = Envelope &
  DecisionSummary & {
    readonly sender: string
    readonly recipient: string
    readonly purpose: string
    readonly legalBasis?: string
    /** Trace id and parent id of the request (W3C Trace Context), `<32 hex>-<16 hex>`. The sender chose them. */
    readonly trace?: string
  }

/** An exchange, refused ones included. Hashes and commitments are base64url. */
export type ExchangeRecord = DecidedRecord & {
  readonly type: 'exchange'
  readonly id: string
  /** Kind of report. */
  readonly kind: string
  /** Client id (`<party>.<person>`, a role and never a name) of the person who submitted; absent when a system did. */
  readonly submittedBy?: string
  /** Keyed hash of the sender's own reference. */
  readonly reference?: string
  /** Id of the exchange that this one answers; the gateway checked that its recipient sent it to its sender. */
  readonly inReplyTo?: string
  /** For an identity question: the data subject of `inReplyTo` (as its sender counted them, from 0) and the fields asked for. */
  readonly asked?: Asked
  /** SHA-256 of the sealed bytes. */
  readonly sealed?: string
  /** Commitment to the content before it was sealed. */
  readonly payload?: string
}

/** The data subject and the fields that an identity question asks the sender to reveal. Words and a number. */
export type Asked = { readonly dataSubject: number; readonly fields: readonly string[] }

/** A question that was answered; nothing was shared. */
export type CheckRecord = DecidedRecord & { readonly type: 'check' }

export interface CheckRecordInput {
  readonly type: 'check'
  readonly question: Question
  readonly decision: Decision
  readonly trace?: string
  readonly nonce: Uint8Array
}

export interface ExchangeRecordInput extends Omit<CheckRecordInput, 'type'> {
  readonly type: 'exchange'
  readonly id: string
  readonly kind: string
  /** Client id of the person who submitted. */
  readonly submittedBy?: string
  /** Keyed hash of the sender's own reference. */
  readonly reference?: Uint8Array
  readonly inReplyTo?: string
  readonly asked?: Asked
  /** The sealed bytes themselves; the record contains their hash. */
  readonly sealed?: Uint8Array
  /** Commitment to the content before it was sealed. */
  readonly payload?: Uint8Array
  /** Commitments to persons, by index of the data subject in the question. */
  readonly subjectCommitments?: ReadonlyMap<number, Uint8Array>
}

/**
 * The record of an exchange. The whole question and the outcome of every field can be read back from it.
 *
 * @throws SluisError `record-too-large`
 * @throws RangeError when the decision does not answer the question, or the nonce has the wrong length
 */
export function formatExchangeRecord(input: ExchangeRecordInput): string {
  const { id, kind, submittedBy, reference, inReplyTo, asked, sealed, payload, subjectCommitments } = input
  const decided = formDecided(input)
  return formatRecord({
    ...decided,
    type: 'exchange',
    subjects: decided.subjects.map((subject, index) => {
      const commitment = subjectCommitments?.get(index)
      return { ...subject, ...(commitment && { commitment: formatBase64Url(commitment) }) }
    }),
    id,
    kind,
    ...(submittedBy !== undefined && { submittedBy }),
    ...(reference && { reference: formatBase64Url(reference) }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(asked && { asked: { dataSubject: asked.dataSubject, fields: asked.fields.toSorted() } }),
    ...(sealed && { sealed: sealedHash(sealed) }),
    ...(payload && { payload: formatBase64Url(payload) }),
  })
}

/**
 * The record of a check: the question and its outcome.
 *
 * @throws SluisError `record-too-large`
 * @throws RangeError when the decision does not answer the question, or the nonce has the wrong length
 */
export function formatCheckRecord(input: CheckRecordInput): string {
  return formatRecord({ ...formDecided(input), type: 'check' })
}

/** The question that a record answers. Lists are returned as sorted sets; their order never had a meaning. */
export function parseExchangeQuestion(record: ExchangeRecord | CheckRecord): Question {
  const { sender, recipient, purpose, legalBasis, at, subjects } = record
  return {
    sender,
    recipient,
    purpose,
    ...(legalBasis !== undefined && { legalBasis }),
    at,
    dataSubjects: subjects.map((subject) => ({
      role: subject.role,
      circumstances: Object.fromEntries([
        ...subject.true.map((word) => [word, true] as const),
        ...subject.false.map((word) => [word, false] as const),
      ]),
      assessments: subject.assessments,
      fields: Object.keys(subject.fields).sort(),
    })),
  }
}

function formDecided({
  question,
  decision,
  trace,
  nonce,
}: Omit<CheckRecordInput, 'type'>): Omit<Draft<CheckRecord>, 'type'> {
  const { sender, recipient, purpose, legalBasis, at } = question
  return {
    at,
    nonce,
    sender,
    recipient,
    purpose,
    ...(legalBasis !== undefined && { legalBasis }),
    ...(trace !== undefined && { trace }),
    ...summariseDecision(question, decision),
  }
}
