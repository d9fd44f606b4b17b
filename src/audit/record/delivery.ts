import { type Draft, type Envelope, formatRecord } from './envelope.ts'

/** A delivery was handed to its recipient, or the recipient acknowledged it. */
export type DeliveryRecord = Envelope & {
  readonly type: 'delivered' | 'acknowledged'
  /** Absent for a notice about no exchange in particular. */
  readonly exchangeId?: string
  readonly deliveryId: string
  readonly recipient: string
}

/** The record that a delivery was handed over or acknowledged. @throws RangeError when the nonce has the wrong length */
export function formatDeliveryRecord(draft: Draft<DeliveryRecord>): string {
  const { type, at, exchangeId, deliveryId, recipient, nonce } = draft
  return formatRecord({ type, at, ...(exchangeId !== undefined && { exchangeId }), deliveryId, recipient, nonce })
}
