import { formatDeliveryRecord } from '../../audit/record/delivery.ts'
import { sluisError } from '../../errors.ts'
import type { Receipt, StoredDelivery } from '../../ports/stored.ts'
import { commitRecord } from '../commit-record.ts'
import type { Gateway } from '../gateway.ts'
import { renewReceipt } from '../receipts.ts'

/**
 * A delivery for its recipient: sealed content beside the proof that it was recorded, on a checkpoint that a witness cosigned when
 * there is one.
 */
export interface DeliveryAnswer {
  readonly delivery: StoredDelivery
  /** Receipt of the record of this hand-over. */
  readonly handedOver: Receipt
}

/**
 * Hands a delivery over to its recipient. The hand-over is recorded first; without that record nothing leaves.
 * @returns undefined when this recipient has no such delivery
 * @throws SluisError `content-recalled` when its sender recalled it, `content-erased` when its retention period is over,
 *   `log-unavailable`
 */
export async function fetchDelivery(
  gateway: Gateway,
  recipient: string,
  id: string,
): Promise<DeliveryAnswer | undefined> {
  const delivery = await gateway.store.findDelivery(recipient, id)
  if (!delivery) return undefined
  refuseDestroyed(delivery)
  const description = describe(gateway, delivery)
  const record = formatDeliveryRecord({ type: 'delivered', ...description })
  const handOver = { deliveryId: id, recipient, at: description.at }
  const handedOver = await commitRecord(gateway, { record, handOver })
  // It may have been recalled or destroyed while this waited for the log; then it must not leave.
  const present = await gateway.store.findDelivery(recipient, id)
  refuseDestroyed(present ?? delivery)
  return {
    delivery: { ...delivery, receipt: await renewReceipt(gateway, delivery.receipt) },
    handedOver,
  }
}

function refuseDestroyed({ recalledAt, erasedAt }: StoredDelivery): void {
  if (recalledAt !== undefined) {
    throw sluisError('content-recalled', {
      nl: 'de afzender heeft deze uitwisseling ingetrokken en de inhoud is vernietigd; de kennisgeving in uw inbox noemt de reden; verbeter of vernietig wat u er al van overnam',
      en: 'the sender recalled this exchange and its content was destroyed; the notice in your inbox states why; correct or destroy what you copied from it',
    })
  }
  if (erasedAt !== undefined) {
    throw sluisError('content-erased', {
      nl: 'de bewaartermijn is om en de inhoud is vernietigd; vraag de afzender zo nodig om een nieuwe melding',
      en: 'the retention period is over and the content was destroyed; ask the sender for a new report if you need it',
    })
  }
}

/**
 * Records that the recipient has the content and has verified it. A second acknowledgement keeps the first moment and adds a record.
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
  const receipt = await commitRecord(gateway, {
    record,
    acknowledge: { deliveryId: id, recipient, at: description.at },
  })
  return { acknowledgedAt: delivery.acknowledgedAt ?? description.at, receipt }
}

const describe = (gateway: Pick<Gateway, 'clock' | 'random'>, delivery: StoredDelivery) => ({
  at: gateway.clock().toISOString(),
  ...(delivery.exchangeId !== undefined && { exchangeId: delivery.exchangeId }),
  deliveryId: delivery.id,
  recipient: delivery.recipient,
  nonce: gateway.random(16),
})
