import { sealedHash } from '../audit/record/envelope.ts'
import { formatRecallRecord, type RecallGround } from '../audit/record/follow-up.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import { type SluisError, sluisError } from '../errors.ts'
import type { NewNotice } from '../ports/commit.ts'
import type { Receipt, StoredHold } from '../ports/stored.ts'
import type { Gateway } from './gateway.ts'
import { sealNotice } from './notices.ts'

export interface RecallAnswer {
  readonly recalledAt: string
  /** Receipt of the record of the recall. */
  readonly receipt: Receipt
}

/** The party, or person at a party, that recalls an exchange. */
export interface Recaller {
  readonly party: string
  /** Client id of the party, or of one of its people. */
  readonly by: string
}

/**
 * Recalls an exchange for its sender. In one commit: the recall is recorded, everything that the gateway keeps of the content and of
 * the persons is destroyed, and a sealed notice informs the recipient, who may have fetched it already. What the recipient copied
 * is its own responsibility; the log shows that it was informed.
 *
 * Dies before the commit: nothing happened. Dies after it: a second attempt answers `already-recalled`.
 *
 * @returns undefined when the party sent no such exchange
 * @throws SluisError `recall-not-possible` for an exchange that never reached its recipient, `already-recalled`, `recipient-without-key`,
 *   `log-unavailable`
 * @see AVG art. 19, Wpg art. 4 lid 4
 */
export async function recallExchange(
  gateway: Gateway,
  { party, by }: Recaller,
  exchangeId: string,
  ground: RecallGround,
): Promise<RecallAnswer | undefined> {
  const exchange = await gateway.store.findExchange(party, exchangeId)
  if (!exchange) return undefined
  const hold = await gateway.store.findHold(party, exchangeId)
  if (hold && hold.status !== 'approved') throw notDelivered(hold.status)
  const delivery = await gateway.store.findDeliveryOf(party, exchangeId)
  if (!delivery) throw nothingDelivered()
  if (delivery.recalledAt !== undefined) throw alreadyRecalled()

  const at = gateway.clock().toISOString()
  const step = { type: 'recalled', at, exchangeId, sender: party, recipient: exchange.recipient, ground } as const
  const notice = await sealNotice(gateway, exchange.recipient, { type: 'recalled', exchangeId, ground })
  const noticeWithRecord: NewNotice = {
    ...notice,
    exchangeId,
    record: formatRecallRecord({
      ...step,
      at: notice.at,
      deliveryId: notice.deliveryId,
      sealed: sealedHash(formatUtf8(notice.sealed)),
      nonce: gateway.random(16),
    }),
  }
  const result = await gateway.queue.commit({
    record: formatRecallRecord({ ...step, by, nonce: gateway.random(16) }),
    recall: { exchangeId, sender: party, at },
    notices: [noticeWithRecord],
  })
  // It was in the inbox just before, and only a recall takes it out.
  if (result.status !== 'committed') throw alreadyRecalled()
  return { recalledAt: at, receipt: result.receipt }
}

const NOT_DELIVERED = {
  waiting: {
    nl: 'deze uitwisseling wacht nog op goedkeuring en is niet bezorgd; laat een collega haar tegenhouden met `_refuse`',
    en: 'this exchange is still waiting for approval and was not delivered; have a colleague stop it with `_refuse`',
  },
  refused: {
    nl: 'deze uitwisseling is tegengehouden en nooit bezorgd; de inhoud is al vernietigd en u hoeft niets te doen',
    en: 'this exchange was stopped and never delivered; its content is already destroyed and you need not do anything',
  },
  expired: {
    nl: 'deze uitwisseling is verlopen en nooit bezorgd; de inhoud is al vernietigd en u hoeft niets te doen',
    en: 'this exchange expired and was never delivered; its content is already destroyed and you need not do anything',
  },
} as const

const notDelivered = (status: Exclude<StoredHold['status'], 'approved'>): SluisError =>
  sluisError('recall-not-possible', NOT_DELIVERED[status])

const nothingDelivered = (): SluisError =>
  sluisError('recall-not-possible', {
    nl: 'deze uitwisseling is geweigerd en er is niets bezorgd; er is niets om in te trekken',
    en: 'this exchange was refused and nothing was delivered; there is nothing to recall',
  })

const alreadyRecalled = (): SluisError =>
  sluisError('already-recalled', {
    nl: 'deze uitwisseling is al ingetrokken en de ontvanger heeft bericht gekregen; vraag haar op om te zien sinds wanneer',
    en: 'this exchange was already recalled and the recipient was notified; fetch it to see since when',
  })
