import { and, asc, eq, gt, isNotNull, max, type SQL, sql } from 'drizzle-orm'
import { parseUtf8 } from '../encoding.ts'
import type { Commit, NewExchange, Receipt, Store, StoredDelivery, StoredExchange } from '../ports.ts'
import { delivery, entry, exchange, hold, salt } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Acknowledgement = NonNullable<Commit['acknowledge']>

/** Exchanges and what waits for their recipients. Every query names the party whose rows it may see. */
export interface Exchanges {
  find(sender: string, id: string): StoredExchange | undefined
  findByIdempotencyKey: (
    ...key: Parameters<Store['findByIdempotencyKey']>
  ) => Awaited<ReturnType<Store['findByIdempotencyKey']>>
  listDeliveries: (...page: Parameters<Store['listDeliveries']>) => Awaited<ReturnType<Store['listDeliveries']>>
  findDelivery(recipient: string, id: string): StoredDelivery | undefined
  /** Stores an exchange with its salts and delivery; the entry of its receipt is stored already. */
  store(exchange: NewExchange, receipt: Receipt): void
  /** Keeps the first moment; does nothing for a delivery that is held or somebody else's. */
  acknowledge(acknowledgement: Acknowledgement): void
}

const EXCHANGE_COLUMNS = {
  id: exchange.id,
  sender: exchange.sender,
  recipient: exchange.recipient,
  outcome: exchange.outcome,
  at: exchange.at,
  decision: exchange.decision,
  bodyHash: exchange.bodyHash,
  leafIndex: exchange.leafIndex,
  record: entry.record,
  proof: exchange.proof,
}

const DELIVERY_COLUMNS = {
  inboxPosition: delivery.inboxPosition,
  id: delivery.id,
  exchangeId: delivery.exchangeId,
  recipient: delivery.recipient,
  sender: exchange.sender,
  at: exchange.at,
  sealed: delivery.sealed,
  acknowledgedAt: delivery.acknowledgedAt,
  erasedAt: delivery.erasedAt,
  leafIndex: exchange.leafIndex,
  record: entry.record,
  proof: exchange.proof,
}

export function createExchanges(db: SqliteDatabase): Exchanges {
  const sender = sql.placeholder('sender')
  const recipient = sql.placeholder('recipient')
  const id = sql.placeholder('id')
  const selectExchange = (condition: SQL | undefined) =>
    db
      .select(EXCHANGE_COLUMNS)
      .from(exchange)
      .innerJoin(entry, eq(entry.leafIndex, exchange.leafIndex))
      .where(condition)
      .prepare()
  const selectDeliveries = (condition: SQL | undefined) =>
    db
      .select(DELIVERY_COLUMNS)
      .from(delivery)
      .innerJoin(exchange, eq(exchange.id, delivery.exchangeId))
      .innerJoin(entry, eq(entry.leafIndex, exchange.leafIndex))
      .where(condition)
      .orderBy(asc(delivery.inboxPosition))
      .limit(sql.placeholder('limit'))
      .prepare()

  const byId = selectExchange(and(eq(exchange.sender, sender), eq(exchange.id, id)))
  // Nearly every key is new, and finding nothing in one index takes a third of what finding nothing in the join takes.
  const idByKey = db
    .select({ id: exchange.id })
    .from(exchange)
    .where(and(eq(exchange.sender, sender), eq(exchange.keyHash, sql.placeholder('keyHash'))))
    .prepare()
  const inInbox = selectDeliveries(
    and(eq(delivery.recipient, recipient), gt(delivery.inboxPosition, sql.placeholder('cursor'))),
  )
  const deliveryById = selectDeliveries(
    and(eq(delivery.recipient, recipient), eq(delivery.id, id), isNotNull(delivery.inboxPosition)),
  )
  const lastPosition = db
    .select({ last: max(delivery.inboxPosition) })
    .from(delivery)
    .where(eq(delivery.recipient, recipient))
    .prepare()
  const acknowledge = db
    .update(delivery)
    .set({ acknowledgedAt: sql`coalesce(${delivery.acknowledgedAt}, ${sql.placeholder('at')})` })
    .where(and(eq(delivery.recipient, recipient), eq(delivery.id, id), isNotNull(delivery.inboxPosition)))
    .prepare()
  const insertExchange = prepareInsert(db, exchange)
  const insertSalt = prepareInsert(db, salt)
  const insertDelivery = prepareInsert(db, delivery)
  const insertHold = prepareInsert(db, hold)

  return {
    find(sender, id) {
      const row = byId.get({ sender, id })
      return row && formatExchange(row)
    },
    findByIdempotencyKey(sender, keyHash) {
      const found = idByKey.get({ sender, keyHash })
      const row = found && byId.get({ sender, id: found.id })
      return row && { exchange: formatExchange(row), bodyHash: row.bodyHash }
    },
    listDeliveries: (recipient, cursor, limit) =>
      inInbox
        .all({ recipient, cursor, limit })
        .map((row) => ({ cursor: row.inboxPosition!, delivery: formatDelivery(row) })),
    findDelivery(recipient, id) {
      const row = deliveryById.get({ recipient, id, limit: 1 })
      return row && formatDelivery(row)
    },
    store(
      { id, sender, submittedBy, recipient, idempotency, salts, delivery, persons: _, ...columns },
      { leafIndex, proof },
    ) {
      insertExchange({
        id,
        sender,
        submittedBy: submittedBy ?? null,
        recipient,
        ...columns,
        ...idempotency,
        leafIndex,
        proof,
      })
      for (const [label, bytes] of Object.entries(salts)) insertSalt({ exchangeId: id, label, salt: bytes })
      if (!delivery) return
      insertDelivery({
        id: delivery.id,
        exchangeId: id,
        recipient,
        inboxPosition: delivery.hold ? null : (lastPosition.get({ recipient })?.last ?? 0) + 1,
        sealed: delivery.sealed,
        acknowledgedAt: null,
        eraseAt: delivery.eraseAt ?? null,
        erasedAt: null,
      })
      if (delivery.hold) insertHold({ exchangeId: id, sender, status: 'waiting', ...delivery.hold })
    },
    acknowledge({ deliveryId, recipient, at }) {
      acknowledge.run({ id: deliveryId, recipient, at })
    },
  }
}

interface ReceiptColumns {
  readonly leafIndex: number
  readonly record: Uint8Array
  readonly proof: string
}

interface ExchangeRow extends Omit<StoredExchange, 'receipt'>, ReceiptColumns {
  readonly bodyHash: Uint8Array
}

interface DeliveryRow extends Omit<StoredDelivery, 'receipt' | 'acknowledgedAt' | 'erasedAt'>, ReceiptColumns {
  readonly inboxPosition: number | null
  readonly acknowledgedAt: string | null
  readonly erasedAt: string | null
}

const formatReceipt = ({ leafIndex, record, proof }: ReceiptColumns): Receipt => ({
  leafIndex,
  record: parseUtf8(record),
  proof,
})

const formatExchange = ({ bodyHash: _, leafIndex, record, proof, ...columns }: ExchangeRow): StoredExchange => ({
  ...columns,
  receipt: formatReceipt({ leafIndex, record, proof }),
})

const formatDelivery = ({
  inboxPosition: _,
  acknowledgedAt,
  erasedAt,
  leafIndex,
  record,
  proof,
  ...columns
}: DeliveryRow): StoredDelivery => ({
  ...columns,
  receipt: formatReceipt({ leafIndex, record, proof }),
  ...(acknowledgedAt !== null && { acknowledgedAt }),
  ...(erasedAt !== null && { erasedAt }),
})
