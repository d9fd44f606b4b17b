import { verifyReceipt } from '../audit/receipt.ts'
import { sealedHash } from '../audit/record/envelope.ts'
import { parseRecord } from '../audit/record/parse.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import type { Receipt } from '../commit.ts'
import { formatUtf8 } from '../encoding.ts'
import type { StoredDelivery } from '../store.ts'

export type DeliveryVerification =
  | { readonly ok: true; readonly treeSize: number }
  | { readonly ok: false; readonly reason: string }

/** What is checked of a delivery: what it says it is, its sealed bytes and its receipt. */
export type ReceivedDelivery = Pick<StoredDelivery, 'id' | 'kind' | 'sealed'> & {
  readonly exchangeId?: string
  readonly receipt: Receipt
}

/**
 * Checks a delivery before it is opened: its receipt must prove a record in the log of one of `verifierKeys`, that record must be
 * of this exchange, or of this notice of the gateway itself, it must name `recipient`, and it must commit to exactly these sealed
 * bytes.
 */
export async function verifyDelivery(
  delivery: ReceivedDelivery,
  recipient: string,
  verifierKeys: string | readonly string[],
): Promise<DeliveryVerification> {
  const proof = await verifyReceipt(delivery.receipt, verifierKeys)
  if (!proof.ok) return proof
  const record = parseRecord(delivery.receipt.record)
  const mistake = delivery.kind === 'exchange' ? ofExchange(delivery, record) : ofNotice(delivery, record)
  if (mistake !== undefined) return refuse(mistake)
  if (!('recipient' in record) || record.recipient !== recipient) return refuse('its record names another recipient')
  if (!('sealed' in record) || record.sealed !== sealedHash(formatUtf8(delivery.sealed)))
    return refuse('its record commits to other sealed bytes')
  return proof
}

function ofExchange({ exchangeId }: ReceivedDelivery, record: AuditRecord): string | undefined {
  if (record.type !== 'exchange') return 'its record is not that of an exchange'
  return record.id === exchangeId ? undefined : 'its record is of another exchange'
}

function ofNotice({ id, exchangeId }: ReceivedDelivery, record: AuditRecord): string | undefined {
  if (record.type !== 'match' && record.type !== 'key' && record.type !== 'recalled')
    return 'its record is not that of a notice'
  if (record.type === 'recalled' && record.exchangeId !== exchangeId) return 'its record is of another exchange'
  return 'deliveryId' in record && record.deliveryId === id ? undefined : 'its record is of another notice'
}

const refuse = (what: string): DeliveryVerification => ({
  ok: false,
  reason: `delivery: ${what}; do not open it and tell the operator`,
})
