import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Store } from '../../ports/store.ts'
import { formatMoments, GATEWAY, MOMENT_COLUMNS } from './deliveries.ts'
import { approval, delivery, exchange } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** Lists an inbox from its end, without content and proofs, so that a page of it costs little. */
export function createInboxList(
  db: SqliteDatabase,
): (...page: Parameters<Store['listNewestDeliveries']>) => Awaited<ReturnType<Store['listNewestDeliveries']>> {
  const recipient = sql.placeholder('recipient')
  const positionOf = db
    .select({ position: delivery.inboxPosition })
    .from(delivery)
    .where(and(eq(delivery.recipient, recipient), eq(delivery.id, sql.placeholder('id'))))
    .prepare()
  const at = sql<string>`coalesce(${delivery.at}, ${exchange.at})`
  const approvedAt = sql`(select max(${approval.at}) from ${approval} where ${approval.exchangeId} = ${delivery.exchangeId})`
  const list = db
    .select({
      id: delivery.id,
      kind: delivery.kind,
      exchangeId: delivery.exchangeId,
      sender: sql<string>`coalesce(${exchange.sender}, ${sql.raw(`'${GATEWAY}'`)})`,
      at,
      // A notice about a held exchange may be older than its approval, and enters the inbox with it.
      placedAt: sql<string>`max(${at}, coalesce(${approvedAt}, ''))`,
      ...MOMENT_COLUMNS,
    })
    .from(delivery)
    .leftJoin(exchange, and(eq(delivery.kind, 'exchange'), eq(exchange.id, delivery.exchangeId)))
    .where(and(eq(delivery.recipient, recipient), lt(delivery.inboxPosition, sql.placeholder('position'))))
    .orderBy(desc(delivery.inboxPosition))
    .limit(sql.placeholder('limit'))
    .prepare()
  return (recipient, before, limit) => {
    const position = before === undefined ? END : positionOf.get({ recipient, id: before })?.position
    return list
      .all({ recipient, position: position ?? 0, limit })
      .map(({ id, kind, exchangeId, sender, at, placedAt, ...moments }) => ({
        id,
        kind,
        ...(exchangeId !== null && { exchangeId }),
        sender,
        at,
        placedAt,
        ...formatMoments(moments),
      }))
  }
}

/** Beyond every position. */
const END = Number.MAX_SAFE_INTEGER
