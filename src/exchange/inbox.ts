import { formatDeliveryRecord } from '../audit/record/delivery.ts'
import { sluisError } from '../errors.ts'
import type { Receipt, StoredDelivery } from '../ports/stored.ts'
import type { Gateway } from './gateway.ts'
import { renewReceipt } from './receipts.ts'

/**
 * A delivery as its recipient gets it: sealed content and the proof that it was recorded, side by side, the proof on a checkpoint
 * that a witness cosigned when there is one.
 */
export interface DeliveryAnswer {
  readonly delivery: StoredDelivery
  /** Of the record that it was handed over now. */
  readonly handedOver: Receipt
}

/**
 * Hands a delivery to its recipient. That it was handed over is recorded first; without that record nothing leaves.
 * @returns undefined when this recipient has no such delivery
 * @throws SluisError `content-recalled` when its sender took it back, `content-erased` when its retention is over,
 *   `log-unavailable`
 */
export async function fetchDelivery(
  gateway: Gateway,
  recipient: string,
  id: string,
): Promise<DeliveryAnswer | undefined> {
  const delivery = await gateway.store.findDelivery(recipient, id)
  if (!delivery) return undefined
  refuseWhatIsGone(delivery)
  const record = formatDeliveryRecord({ type: 'delivered', ...describe(gateway, delivery) })
  const result = await gateway.queue.commit({ record })
  if (result.status !== 'committed') throw new Error('a record on its own is always committed')
  // It may have been taken back or destroyed while this waited for the log, and then it is not to leave.
  const present = await gateway.store.findDelivery(recipient, id)
  refuseWhatIsGone(present ?? delivery)
  return {
    delivery: { ...delivery, receipt: await renewReceipt(gateway, delivery.receipt) },
    handedOver: result.receipt,
  }
}

function refuseWhatIsGone({ recalledAt, erasedAt }: StoredDelivery): void {
  if (recalledAt !== undefined) {
    throw sluisError('content-recalled', {
      nl: 'de afzender heeft deze uitwisseling teruggenomen en de inhoud is vernietigd; de kennisgeving in uw inbox zegt waarom, en wat u er al van overnam moet u herstellen of vernietigen',
      en: 'the sender took this exchange back and the content was destroyed; the notice in your inbox says why, and what you took over from it is for you to correct or destroy',
    })
  }
  if (erasedAt !== undefined) {
    throw sluisError('content-erased', {
      nl: 'de bewaartermijn is om en de inhoud is vernietigd; vraag de afzender zo nodig om een nieuwe melding',
      en: 'the retention period is over and the content was destroyed; ask the sender for a new report if need be',
    })
  }
}

/**
 * The recipient says that it has the content and has verified it. Saying so again keeps the first moment and adds a record.
 * @returns undefined when this recipient has no such delivery
 * @throws SluisError `log-unavailable`
 */
export async function acknowledgeDelivery(
  gateway: Gateway,
  recipient: string,
  id: string,
): Promise<{ acknowledgedAt: string; receipt: Receipt } | undefined> {
  const delivery = await gateway.store.findDelivery(recipient, id)
  if (!delivery) return undefined
  const description = describe(gateway, delivery)
  const record = formatDeliveryRecord({ type: 'acknowledged', ...description })
  const result = await gateway.queue.commit({ record, acknowledge: { deliveryId: id, recipient, at: description.at } })
  if (result.status !== 'committed') throw new Error('an acknowledgement is always committed')
  return { acknowledgedAt: delivery.acknowledgedAt ?? description.at, receipt: result.receipt }
}

const describe = (gateway: Gateway, delivery: StoredDelivery) => ({
  at: gateway.clock().toISOString(),
  ...(delivery.exchangeId !== undefined && { exchangeId: delivery.exchangeId }),
  deliveryId: delivery.id,
  recipient: delivery.recipient,
  nonce: gateway.random(16),
})
