import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/**
 * The sealed content of a delivery and the salts of its exchange were erased: because a retention duty required it, or at the request
 * of the person (AVG 17), and then with their match tokens.
 */
export type ErasureRecord = Envelope & {
  readonly type: 'erased'
  readonly exchangeId: string
  readonly deliveryId: string
  readonly recipient: string
  readonly ground: 'bewaartermijn' | 'verzoek-betrokkene'
}

/** The record of an erasure. @throws RangeError when the nonce has the wrong length */
export function formatErasureRecord(draft: Draft<ErasureRecord>): string {
  const { type, at, exchangeId, deliveryId, recipient, ground, nonce } = draft
  return formatRecord({ type, at, exchangeId, deliveryId, recipient, ground, nonce })
}
