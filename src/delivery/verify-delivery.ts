import type { WitnessPolicy } from '../audit/checkpoint/witness-policy.ts'
import { sealedHash } from '../audit/record/envelope.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import { checkReceipt } from '../audit/verify/check-receipt.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import type { Receipt, StoredDelivery } from '../ports/stored.ts'

export type DeliveryVerification =
  | { readonly ok: true; readonly treeSize: number }
  | { readonly ok: false; readonly reason: string }

/** The checked parts of a delivery: its description, its sealed bytes and its receipts. */
export type ReceivedDelivery = Pick<StoredDelivery, 'id' | 'kind' | 'sealed'> & {
  readonly exchangeId?: string
  readonly sender?: string
  readonly at?: string
  readonly receipt: Receipt
  /** Receipt of the hand-over record, the only record that names the delivery of an exchange by its id. */
  readonly handedOver?: Receipt
}

/** Sender of a notice. */
const GATEWAY = 'sluis'

/**
 * Checks a delivery before it is opened: its receipt must prove a record in a log of `verifierKeys`, that record must be of
 * this exchange, or of this notice of the gateway itself, it must name `recipient`, and it must commit to exactly these sealed
 * bytes. Sender, moment and the receipt of the hand-over must match too, when present.
 *
 * @param verifierKeys of the log: one, or one for each origin that it had
 * @param policy when given, a quorum of its witnesses must have cosigned the checkpoint of the receipt; that of the hand-over is
 *   too recent for a cosignature
 */
export async function verifyDelivery(
  delivery: ReceivedDelivery,
  recipient: string,
  verifierKeys: string | readonly string[],
  policy?: WitnessPolicy,
): Promise<DeliveryVerification> {
  const keys = typeof verifierKeys === 'string' ? [verifierKeys] : verifierKeys
  const check = await checkReceipt(delivery.receipt, keys, policy)
  if (!check.ok) return { ok: false, reason: `/receipt${check.place ?? ''}: ${check.reason}` }
  const { record, treeSize } = check
  const mistake = delivery.kind === 'exchange' ? ofExchange(delivery, record) : ofNotice(delivery, record)
  if (mistake !== undefined) return refuse(mistake)
  if (!('recipient' in record) || record.recipient !== recipient) return refuse('its record names another recipient')
  if (!('sealed' in record) || record.sealed !== sealedHash(formatUtf8(delivery.sealed)))
    return refuse('its record commits to other sealed bytes')
  if (delivery.at !== undefined && record.at !== delivery.at) return refuse('its record is of another moment')
  if (delivery.handedOver === undefined) return { ok: true, treeSize }
  const handOver = await checkReceipt(delivery.handedOver, keys)
  if (!handOver.ok) return { ok: false, reason: `/handedOver${handOver.place ?? ''}: ${handOver.reason}` }
  const isOfIt = isHandOver(handOver.record, delivery, recipient)
  return isOfIt ? { ok: true, treeSize } : refuse('the record of its hand-over is of another delivery')
}

function ofExchange({ exchangeId, sender }: ReceivedDelivery, record: AuditRecord): string | undefined {
  if (record.type !== 'exchange') return 'its record is not that of an exchange'
  if (sender !== undefined && record.sender !== sender) return 'its record names another sender'
  return record.id === exchangeId ? undefined : 'its record is of another exchange'
}

function ofNotice({ id, exchangeId, sender }: ReceivedDelivery, record: AuditRecord): string | undefined {
  if (record.type !== 'match' && record.type !== 'key' && record.type !== 'recalled')
    return 'its record is not that of a notice'
  if (sender !== undefined && sender !== GATEWAY) return 'a notice is of the gateway itself'
  if (record.type === 'recalled' && record.exchangeId !== exchangeId) return 'its record is of another exchange'
  return 'deliveryId' in record && record.deliveryId === id ? undefined : 'its record is of another notice'
}

const isHandOver = (record: AuditRecord, { id, exchangeId }: ReceivedDelivery, recipient: string): boolean =>
  record.type === 'delivered' &&
  record.deliveryId === id &&
  record.exchangeId === exchangeId &&
  record.recipient === recipient

const refuse = (what: string): DeliveryVerification => ({
  ok: false,
  reason: `delivery: ${what}; do not open it and inform the operator`,
})
