import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { compareText } from '../../encoding/text-order.ts'
import type { Store } from '../../ports/store.ts'
import type { StoredHold } from '../../ports/stored.ts'
import { formatMoments, MOMENT_COLUMNS } from './deliveries.ts'
import { EXCHANGE_COLUMNS, formatExchange } from './exchanges.ts'
import { approval, delivery, entry, exchange, hold } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

type ListExchanges = (...page: Parameters<Store['listExchanges']>) => Awaited<ReturnType<Store['listExchanges']>>

/** Lists a page of exchanges with their approvals and deliveries in one query, however many of them wait. */
export function createExchangeList(db: SqliteDatabase): ListExchanges {
  const approvals = db
    .select({ approvals: sql`json_group_array(json_object('by', ${approval.by}, 'at', ${approval.at}))` })
    .from(approval)
    .where(eq(approval.exchangeId, exchange.id))
  const columns = {
    exchange: EXCHANGE_COLUMNS,
    submittedBy: exchange.submittedBy,
    hold: { status: hold.status, approvalsNeeded: hold.approvalsNeeded, expiresAt: hold.expiresAt },
    approvals: sql<string>`(${approvals})`,
    delivery: { id: delivery.id, ...MOMENT_COLUMNS },
  }
  const beyond = (compare: typeof gt, direction: typeof asc) =>
    db
      .select(columns)
      .from(exchange)
      .innerJoin(entry, eq(entry.leafIndex, exchange.leafIndex))
      .leftJoin(delivery, and(eq(delivery.exchangeId, exchange.id), eq(delivery.kind, 'exchange')))
      .leftJoin(hold, eq(hold.exchangeId, exchange.id))
      .where(and(eq(exchange.sender, sql.placeholder('sender')), compare(exchange.id, sql.placeholder('cursor'))))
      .orderBy(direction(exchange.id))
      .limit(sql.placeholder('limit'))
      .prepare()
  const [after, before] = [beyond(gt, asc), beyond(lt, desc)]

  return (sender, cursor, limit, order = 'oldest-first') =>
    (order === 'oldest-first' ? after : before)
      // Ids are hexadecimal, so none comes behind this one.
      .all({ sender, cursor: cursor === '' && order === 'newest-first' ? '\uffff' : cursor, limit })
      .map((row) => {
        const stored = formatExchange(row.exchange)
        return {
          exchange: stored,
          ...(row.hold && {
            hold: {
              exchange: stored,
              submittedBy: row.submittedBy ?? sender,
              ...row.hold,
              approvals: parseApprovals(row.approvals),
            },
          }),
          ...(row.delivery && { moments: formatMoments(row.delivery) }),
        }
      })
}

/** Oldest first, as `StoredHold` promises; the aggregate has no order. */
const parseApprovals = (text: string): StoredHold['approvals'] =>
  (JSON.parse(text) as StoredHold['approvals']).toSorted(
    (one, other) => compareText(one.at, other.at) || compareText(one.by, other.by),
  )
