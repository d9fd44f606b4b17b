import { parseRecord } from '../audit/parse-record.ts'
import { verifyReceipt } from '../audit/receipt.ts'
import { sealedHash } from '../audit/record.ts'
import { formatUtf8 } from '../encoding.ts'
import type { Receipt } from '../ports.ts'

export type DeliveryVerification =
  | { readonly ok: true; readonly treeSize: number }
  | { readonly ok: false; readonly reason: string }

/**
 * Checks a delivery before it is opened: its receipt must prove an exchange record in the log of `verifierKey`, the record must
 * name this exchange and `recipient`, and it must commit to exactly these sealed bytes.
 */
export async function verifyDelivery(
  delivery: { readonly exchangeId: string; readonly sealed: string; readonly receipt: Receipt },
  recipient: string,
  verifierKey: string,
): Promise<DeliveryVerification> {
  const proof = await verifyReceipt(delivery.receipt, verifierKey)
  if (!proof.ok) return proof
  const record = parseRecord(delivery.receipt.record)
  if (record.type !== 'exchange') return refuse('its record is not that of an exchange')
  if (record.id !== delivery.exchangeId) return refuse('its record is of another exchange')
  if (record.recipient !== recipient) return refuse('its record names another recipient')
  if (record.sealed !== sealedHash(formatUtf8(delivery.sealed)))
    return refuse('its record commits to other sealed bytes')
  return proof
}

const refuse = (what: string): DeliveryVerification => ({
  ok: false,
  reason: `delivery: ${what}; do not open it and tell the operator`,
})
