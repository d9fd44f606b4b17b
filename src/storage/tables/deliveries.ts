import { and, asc, eq, gt, isNotNull, isNull, max, or, type SQL, sql } from 'drizzle-orm'
import { parseUtf8 } from '../../encoding/bytes.ts'
import type { Commit, NewExchange, NewNotice } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'
import type { DeliveryMoments, Receipt, StoredDelivery } from '../../ports/stored.ts'
import { delivery, entry, exchange, hold } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Acknowledgement = NonNullable<Commit['acknowledge']>
type Reply = NonNullable<Commit['reply']>

/** Deliveries to recipients: exchanges, and notices of the gateway. Every query names the party whose rows it may see. */
export interface Deliveries {
  list: (...page: Parameters<Store['listDeliveries']>) => Awaited<ReturnType<Store['listDeliveries']>>
  find(recipient: string, id: string): StoredDelivery | undefined
  findOf(party: string, exchangeId: string): StoredDelivery | undefined
  /** Stores the delivery of an exchange, if it has one; the exchange is stored already. */
  store(exchange: NewExchange): void
  /** Stores a notice; the entry of its receipt is stored already. It is held when its exchange is held. */
  storeNotice(notice: NewNotice, receipt: Receipt): void
  /** Puts the delivery of a held exchange into the inbox, followed by its notices. */
  release(exchangeId: string): void
  /** Keeps the first moment; does nothing for a held delivery or one of another recipient. */
  handOver(handOver: NonNullable<Commit['handOver']>): void
  /** Keeps the first moment; does nothing for an exchange that is not in the inbox of this recipient. */
  answer(reply: Reply): void
  /** Keeps the first moment; does nothing for a held delivery or one of another recipient. */
  acknowledge(acknowledgement: Acknowledgement): void
}

export const MOMENT_COLUMNS = {
  fetchedAt: delivery.fetchedAt,
  acknowledgedAt: delivery.acknowledgedAt,
  answeredAt: delivery.answeredAt,
  erasedAt: delivery.erasedAt,
  recalledAt: delivery.recalledAt,
}

/** Sender of a notice. */
export const GATEWAY = 'sluis'

export function createDeliveries(db: SqliteDatabase): Deliveries {
  const recipient = sql.placeholder('recipient')
  const party = sql.placeholder('party')
  const id = sql.placeholder('id')
  const isExchange = eq(delivery.kind, 'exchange')
  const leafIndex = sql<number>`coalesce(${delivery.leafIndex}, ${exchange.leafIndex})`
  const select = (condition: SQL | undefined) =>
    db
      .select({
        inboxPosition: delivery.inboxPosition,
        id: delivery.id,
        kind: delivery.kind,
        exchangeId: delivery.exchangeId,
        recipient: delivery.recipient,
        sender: sql<string>`coalesce(${exchange.sender}, ${sql.raw(`'${GATEWAY}'`)})`,
        at: sql<string>`coalesce(${delivery.at}, ${exchange.at})`,
        sealed: delivery.sealed,
        ...MOMENT_COLUMNS,
        leafIndex,
        record: entry.record,
        proof: sql<string>`coalesce(${delivery.proof}, ${exchange.proof})`,
      })
      .from(delivery)
      .leftJoin(exchange, and(isExchange, eq(exchange.id, delivery.exchangeId)))
      .innerJoin(entry, eq(entry.leafIndex, leafIndex))
      .where(condition)
      .orderBy(asc(delivery.inboxPosition))
      .limit(sql.placeholder('limit'))
      .prepare()

  const inInbox = select(and(eq(delivery.recipient, recipient), gt(delivery.inboxPosition, sql.placeholder('cursor'))))
  const byId = select(and(eq(delivery.recipient, recipient), eq(delivery.id, id), isNotNull(delivery.inboxPosition)))
  const byExchange = select(
    and(
      isExchange,
      eq(delivery.exchangeId, id),
      or(eq(exchange.sender, party), and(eq(delivery.recipient, party), isNotNull(delivery.inboxPosition))),
    ),
  )
  const lastPosition = db
    .select({ last: max(delivery.inboxPosition) })
    .from(delivery)
    .where(eq(delivery.recipient, recipient))
    .prepare()
  const held = db
    .select({ id: delivery.id, recipient: delivery.recipient })
    .from(delivery)
    .where(and(eq(delivery.exchangeId, id), isNull(delivery.inboxPosition)))
    // Notices about an exchange come after it; nulls come first.
    .orderBy(asc(delivery.leafIndex))
    .prepare()
  const waiting = db
    .select({ exchangeId: hold.exchangeId })
    .from(hold)
    .where(and(eq(hold.exchangeId, id), eq(hold.status, 'waiting')))
    .prepare()
  const place = db
    .update(delivery)
    .set({ inboxPosition: sql`${sql.placeholder('position')}` })
    .where(eq(delivery.id, id))
    .prepare()
  const isReceived = and(eq(delivery.recipient, recipient), isNotNull(delivery.inboxPosition))
  const firstMoment = (
    column: typeof delivery.fetchedAt | typeof delivery.acknowledgedAt | typeof delivery.answeredAt,
  ) => sql`coalesce(${column}, ${sql.placeholder('at')})`
  const handOver = db
    .update(delivery)
    .set({ fetchedAt: firstMoment(delivery.fetchedAt) })
    .where(and(isReceived, eq(delivery.id, id)))
    .prepare()
  const acknowledge = db
    .update(delivery)
    .set({ acknowledgedAt: firstMoment(delivery.acknowledgedAt) })
    .where(and(isReceived, eq(delivery.id, id)))
    .prepare()
  const answer = db
    .update(delivery)
    .set({ answeredAt: firstMoment(delivery.answeredAt) })
    .where(and(isReceived, isExchange, eq(delivery.exchangeId, id)))
    .prepare()
  const insert = prepareInsert(db, delivery)
  const insertHold = prepareInsert(db, hold)

  const nextPosition = (recipient: string): number => (lastPosition.get({ recipient })?.last ?? 0) + 1

  return {
    list: (recipient, cursor, limit) =>
      inInbox
        .all({ recipient, cursor, limit })
        .map((row) => ({ cursor: row.inboxPosition!, delivery: formatDelivery(row) })),
    find(recipient, id) {
      const row = byId.get({ recipient, id, limit: 1 })
      return row && formatDelivery(row)
    },
    findOf(party, exchangeId) {
      const row = byExchange.get({ party, id: exchangeId, limit: 1 })
      return row && formatDelivery(row)
    },
    store({ id: exchangeId, sender, recipient, delivery }) {
      if (!delivery) return
      const { id, sealed, eraseAt, hold } = delivery
      insert({
        ...WITHOUT_RECEIPT,
        ...UNTOUCHED,
        id,
        kind: 'exchange',
        exchangeId,
        recipient,
        inboxPosition: hold ? null : nextPosition(recipient),
        sealed,
        eraseAt: eraseAt ?? null,
      })
      if (hold) insertHold({ exchangeId, sender, status: 'waiting', ...hold })
    },
    storeNotice({ deliveryId, recipient, exchangeId, at, sealed }, { leafIndex, proof }) {
      const isHeld = exchangeId !== undefined && waiting.get({ id: exchangeId }) !== undefined
      insert({
        ...UNTOUCHED,
        id: deliveryId,
        kind: 'notice',
        exchangeId: exchangeId ?? null,
        recipient,
        inboxPosition: isHeld ? null : nextPosition(recipient),
        sealed,
        eraseAt: null,
        at,
        leafIndex,
        proof,
      })
    },
    release(exchangeId) {
      for (const { id, recipient } of held.all({ id: exchangeId })) {
        place.run({ id, position: nextPosition(recipient) })
      }
    },
    handOver({ deliveryId, recipient, at }) {
      handOver.run({ id: deliveryId, recipient, at })
    },
    answer({ exchangeId, recipient, at }) {
      answer.run({ id: exchangeId, recipient, at })
    },
    acknowledge({ deliveryId, recipient, at }) {
      acknowledge.run({ id: deliveryId, recipient, at })
    },
  }
}

const UNTOUCHED = { fetchedAt: null, acknowledgedAt: null, answeredAt: null, erasedAt: null, recalledAt: null }
/** The receipt of an exchange is stored with the exchange. */
const WITHOUT_RECEIPT = { at: null, leafIndex: null, proof: null }

type MomentsRow = { readonly [Name in keyof DeliveryMoments]-?: string | null }

interface DeliveryRow extends Omit<StoredDelivery, 'exchangeId' | 'receipt' | keyof DeliveryMoments>, MomentsRow {
  readonly inboxPosition: number | null
  readonly exchangeId: string | null
  readonly leafIndex: number
  readonly record: Uint8Array
  readonly proof: string
}

const formatDelivery = ({
  id,
  kind,
  exchangeId,
  recipient,
  sender,
  at,
  sealed,
  leafIndex,
  record,
  proof,
  inboxPosition: _,
  ...moments
}: DeliveryRow): StoredDelivery => ({
  id,
  kind,
  ...(exchangeId !== null && { exchangeId }),
  recipient,
  sender,
  at,
  sealed,
  receipt: { leafIndex, record: parseUtf8(record), proof },
  ...formatMoments(moments),
})

export const formatMoments = ({
  fetchedAt,
  acknowledgedAt,
  answeredAt,
  erasedAt,
  recalledAt,
}: MomentsRow): DeliveryMoments => ({
  ...(fetchedAt !== null && { fetchedAt }),
  ...(acknowledgedAt !== null && { acknowledgedAt }),
  ...(answeredAt !== null && { answeredAt }),
  ...(erasedAt !== null && { erasedAt }),
  ...(recalledAt !== null && { recalledAt }),
})
