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
  /** Of the record that the sender took the exchange back. */
  readonly receipt: Receipt
}

/** Who takes an exchange back. */
export interface Recaller {
  readonly party: string
  /** Client id of the party, or of one of its people. */
  readonly by: string
}

/**
 * The sender takes back what it sent. In one commit: it is recorded, everything that the gateway keeps of the content and of the
 * persons is destroyed, and a sealed notice tells the recipient, who may have it already. What the recipient does with what it
 * took over is its own duty; the log shows that it was told.
 *
 * Dies before the commit: nothing happened. Dies after it: a second try answers `already-recalled`.
 *
 * @returns undefined when the party sent no such exchange
 * @throws SluisError `recall-not-possible` for what never reached its recipient, `already-recalled`, `recipient-without-key`,
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
  if (!delivery) throw refusedThen()
  if (delivery.recalledAt !== undefined) throw alreadyRecalled()

  const at = gateway.clock().toISOString()
  const step = { type: 'recalled', at, exchangeId, sender: party, recipient: exchange.recipient, ground } as const
  const notice = await sealNotice(gateway, exchange.recipient, { type: 'recalled', exchangeId, ground })
  const told: NewNotice = {
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
    notices: [told],
  })
  // It was in the inbox a moment ago, and does not leave it otherwise.
  if (result.status !== 'committed') throw alreadyRecalled()
  return { recalledAt: at, receipt: result.receipt }
}

const NOT_DELIVERED = {
  waiting: {
    nl: 'deze uitwisseling wacht nog op goedkeuring en is niet bezorgd; laat haar tegenhouden met `_refuse`',
    en: 'this exchange still waits for approval and was not delivered; have it stopped with `_refuse`',
  },
  refused: {
    nl: 'deze uitwisseling is tegengehouden en nooit bezorgd; de inhoud is al vernietigd en u hoeft niets te doen',
    en: 'this exchange was stopped and never delivered; its content is destroyed already and you need do nothing',
  },
  expired: {
    nl: 'deze uitwisseling is verlopen en nooit bezorgd; de inhoud is al vernietigd en u hoeft niets te doen',
    en: 'this exchange expired and was never delivered; its content is destroyed already and you need do nothing',
  },
} as const

const notDelivered = (status: Exclude<StoredHold['status'], 'approved'>): SluisError =>
  sluisError('recall-not-possible', NOT_DELIVERED[status])

const refusedThen = (): SluisError =>
  sluisError('recall-not-possible', {
    nl: 'deze uitwisseling is geweigerd en er is niets bezorgd; u hoeft niets terug te nemen',
    en: 'this exchange was refused and nothing was delivered; there is nothing to take back',
  })

const alreadyRecalled = (): SluisError =>
  sluisError('already-recalled', {
    nl: 'deze uitwisseling is al teruggenomen en de ontvanger weet het; vraag haar op om te zien sinds wanneer',
    en: 'this exchange was taken back already and the recipient knows; get it to see since when',
  })
