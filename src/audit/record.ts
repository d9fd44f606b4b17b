import { sha256 } from '@noble/hashes/sha2.js'
import { formatCanonicalJson } from '../canonical-json.ts'
import { formatBase64Url, formatUtf8 } from '../encoding.ts'
import { sluisError } from '../errors.ts'
import type { Decision, Question } from '../types.ts'
import type { AccessRecord } from './access-record.ts'
import { type DecisionSummary, summariseDecision } from './decision-summary.ts'
import type { KeyRecord } from './key-record.ts'
import type { MatchRecord } from './match-record.ts'

/**
 * What the log says. A record is canonical JSON (RFC 8785) and holds words of the vocabulary, random ids, hashes of random
 * or sealed bytes and salted commitments: never a value of a report. A new meaning is a new `v`.
 */

export const MAX_RECORD_BYTES = 4096
/** Fresh random bytes in every record, so that nobody can guess a record from its leaf hash. */
export const NONCE_BYTES = 16

// Type aliases, not interfaces, here and below: only an alias fits `Json`.
/** What every record holds. */
export type Envelope = {
  readonly v: 1
  /** Instant, RFC 3339 in UTC. Order comes from the index in the log, never from this. */
  readonly at: string
  readonly nonce: string
}

type DecidedRecord = Envelope &
  DecisionSummary & {
    readonly sender: string
    readonly recipient: string
    readonly purpose: string
    readonly legalBasis?: string
    /** Trace of the request (W3C Trace Context). */
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
  /** Of a question who somebody is: the data subject of `inReplyTo` (as its sender counted them, from 0) and the fields asked for. */
  readonly asked?: Asked
  /** SHA-256 of the sealed bytes. */
  readonly sealed?: string
  /** Commitment to the content before it was sealed. */
  readonly payload?: string
}

/** Of whom, and what, somebody asked the source to make known. Words and a number. */
export type Asked = { readonly dataSubject: number; readonly fields: readonly string[] }

/** A question that was asked and answered; nothing left. */
export type CheckRecord = DecidedRecord & { readonly type: 'check' }

/** A delivery was handed to its recipient, or the recipient said that it has it. */
export type DeliveryRecord = Envelope & {
  readonly type: 'delivered' | 'acknowledged'
  /** Absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  readonly deliveryId: string
  readonly recipient: string
}

/** A second person let a held exchange through; with `remaining` 0 its delivery entered the inbox in the same commit. */
export type ApprovalRecord = Envelope & {
  readonly type: 'approved'
  readonly exchangeId: string
  /** Client id of a person: a role, never a name. */
  readonly by: string
  /** How many approvals are still needed after this one. */
  readonly remaining: number
}

/** A held exchange ended without delivery, because a person refused it or nobody was in time. Its content is destroyed. */
export type DiscardRecord = Envelope & {
  readonly type: 'refused' | 'expired'
  readonly exchangeId: string
  /** Client id of the person who refused. */
  readonly by?: string
}

/**
 * The sealed content of a delivery and the salts of its exchange were destroyed: as a duty of retention asked, or because the
 * person did (AVG 17), and then their match tokens went too.
 */
export type ErasureRecord = Envelope & {
  readonly type: 'erased'
  readonly exchangeId: string
  readonly deliveryId: string
  readonly recipient: string
  readonly ground: 'bewaartermijn' | 'verzoek-betrokkene'
}

/**
 * A step of a rule set towards force. Without `step` it was put in force from the files, and nobody approved it
 * (development). People are client ids: roles, never names.
 */
export type PolicyRecord = Envelope & {
  readonly type: 'policy'
  readonly step?: 'proposed' | 'approved' | 'withdrawn' | 'activated'
  readonly policyHash: string
  readonly sourceHash: string
  /** The set that was in force before; in the record that puts one in force. */
  readonly previous?: string
  readonly proposedBy?: string
  readonly approvedBy?: string
  readonly withdrawnBy?: string
  readonly activeFrom?: string
}

export type AuditRecord =
  | ExchangeRecord
  | CheckRecord
  | DeliveryRecord
  | ApprovalRecord
  | DiscardRecord
  | ErasureRecord
  | AccessRecord
  | KeyRecord
  | MatchRecord
  | PolicyRecord

/** A record before it is formatted; the nonce is {@link NONCE_BYTES} fresh random bytes. */
export type Draft<Content> = Content extends AuditRecord
  ? Omit<Content, 'v' | 'nonce'> & { readonly nonce: Uint8Array }
  : never

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
  /** The sealed bytes themselves; the record holds their hash. */
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

// Members are named one by one: whatever else the caller's object holds stays out of the log.

/** The record that a delivery was handed over or acknowledged. @throws RangeError when the nonce has the wrong length */
export function formatDeliveryRecord(draft: Draft<DeliveryRecord>): string {
  const { type, at, exchangeId, deliveryId, recipient, nonce } = draft
  return formatRecord({ type, at, ...(exchangeId !== undefined && { exchangeId }), deliveryId, recipient, nonce })
}

/** The record of an approval. @throws RangeError when the nonce has the wrong length */
export function formatApprovalRecord(draft: Draft<ApprovalRecord>): string {
  const { type, at, exchangeId, by, remaining, nonce } = draft
  return formatRecord({ type, at, exchangeId, by, remaining, nonce })
}

/** The record that a held exchange ended without delivery. @throws RangeError when the nonce has the wrong length */
export function formatDiscardRecord(draft: Draft<DiscardRecord>): string {
  const { type, at, exchangeId, by, nonce } = draft
  return formatRecord({ type, at, exchangeId, ...(by !== undefined && { by }), nonce })
}

/** The record of an erasure. @throws RangeError when the nonce has the wrong length */
export function formatErasureRecord(draft: Draft<ErasureRecord>): string {
  const { type, at, exchangeId, deliveryId, recipient, ground, nonce } = draft
  return formatRecord({ type, at, exchangeId, deliveryId, recipient, ground, nonce })
}

/** The record of a step of a rule set. @throws RangeError when the nonce has the wrong length */
export function formatPolicyRecord(draft: Draft<PolicyRecord>): string {
  const { type, at, policyHash, sourceHash, nonce } = draft
  const { step, previous, proposedBy, approvedBy, withdrawnBy, activeFrom } = draft
  return formatRecord({
    type,
    at,
    policyHash,
    sourceHash,
    nonce,
    ...(step !== undefined && { step }),
    ...(previous !== undefined && { previous }),
    ...(proposedBy !== undefined && { proposedBy }),
    ...(approvedBy !== undefined && { approvedBy }),
    ...(withdrawnBy !== undefined && { withdrawnBy }),
    ...(activeFrom !== undefined && { activeFrom }),
  })
}

/** How a record commits to sealed bytes: SHA-256 in base64url. The recipient compares it with what was delivered. */
export const sealedHash = (sealed: Uint8Array): string => formatBase64Url(sha256(sealed))

/** The question that a record answers. Lists come back as sorted sets; they never had an order of their own. */
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

/** A record as the log holds it. @throws SluisError `record-too-large`; RangeError when the nonce has the wrong length */
export function formatRecord(draft: Draft<AuditRecord>): string {
  if (draft.nonce.length !== NONCE_BYTES) throw new RangeError(`nonce: is not ${NONCE_BYTES} bytes; give random bytes`)
  const record = formatCanonicalJson({ ...draft, v: 1, nonce: formatBase64Url(draft.nonce) })
  if (formatUtf8(record).length > MAX_RECORD_BYTES) {
    throw sluisError('record-too-large', {
      nl: `de melding heeft te veel betrokkenen, gegevens of omstandigheden voor één regel van ${MAX_RECORD_BYTES} bytes in het logboek; verdeel haar over meer uitwisselingen`,
      en: `the report has too many data subjects, fields or circumstances for one log record of ${MAX_RECORD_BYTES} bytes; divide it over more exchanges`,
    })
  }
  return record
}
