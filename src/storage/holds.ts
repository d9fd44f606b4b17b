import { and, asc, eq, isNull, lte, max, sql } from 'drizzle-orm'
import type { Commit, Store, StoredExchange, StoredHold } from '../ports.ts'
import { approval, delivery, exchange, hold, salt } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Approval = NonNullable<Commit['approve']>
type Discard = NonNullable<Commit['discard']>
type Erasure = NonNullable<Commit['erase']>

/**
 * Exchanges that wait for approval, and the end of sealed content. Each write answers whether it could be done, and does
 * nothing when not.
 */
export interface Holds {
  find(sender: string, exchangeId: string): StoredHold | undefined
  list(sender: string, limit: number): readonly StoredHold[]
  listExpired: (...of: Parameters<Store['listExpiredHolds']>) => Awaited<ReturnType<Store['listExpiredHolds']>>
  listErasable: (...of: Parameters<Store['listErasable']>) => Awaited<ReturnType<Store['listErasable']>>
  approve(approval: Approval): boolean
  discard(discard: Discard): boolean
  erase(erasure: Erasure): boolean
}

export function createHolds(
  db: SqliteDatabase,
  findExchange: (sender: string, id: string) => StoredExchange | undefined,
): Holds {
  const id = sql.placeholder('id')
  const sender = sql.placeholder('sender')
  const columns = {
    exchangeId: hold.exchangeId,
    sender: hold.sender,
    submittedBy: exchange.submittedBy,
    recipient: exchange.recipient,
    approvalsNeeded: hold.approvalsNeeded,
    expiresAt: hold.expiresAt,
    status: hold.status,
  }
  const byId = db
    .select(columns)
    .from(hold)
    .innerJoin(exchange, eq(exchange.id, hold.exchangeId))
    .where(eq(hold.exchangeId, id))
    .prepare()
  // Ids rise in time, so that the oldest comes first.
  const waiting = db
    .select({ exchangeId: hold.exchangeId })
    .from(hold)
    .where(and(eq(hold.sender, sender), eq(hold.status, 'waiting')))
    .orderBy(asc(hold.exchangeId))
    .limit(sql.placeholder('limit'))
    .prepare()
  const expired = db
    .select({ exchangeId: hold.exchangeId })
    .from(hold)
    .where(and(eq(hold.status, 'waiting'), lte(hold.expiresAt, sql.placeholder('now'))))
    .orderBy(asc(hold.expiresAt))
    .limit(sql.placeholder('limit'))
    .prepare()
  const erasable = db
    .select({ deliveryId: delivery.id, exchangeId: delivery.exchangeId, recipient: delivery.recipient })
    .from(delivery)
    .where(lte(delivery.eraseAt, sql.placeholder('now')))
    .orderBy(asc(delivery.eraseAt))
    .limit(sql.placeholder('limit'))
    .prepare()
  const approvals = db
    .select({ by: approval.by, at: approval.at })
    .from(approval)
    .where(eq(approval.exchangeId, id))
    .orderBy(asc(approval.at), asc(approval.by))
    .prepare()
  const insertApproval = prepareInsert(db, approval)
  const setStatus = db
    .update(hold)
    .set({ status: sql`${sql.placeholder('status')}` })
    .where(eq(hold.exchangeId, id))
    .prepare()
  const lastPosition = db
    .select({ last: max(delivery.inboxPosition) })
    .from(delivery)
    .where(eq(delivery.recipient, sql.placeholder('recipient')))
    .prepare()
  const giveOut = db
    .update(delivery)
    .set({ inboxPosition: sql`${sql.placeholder('position')}` })
    .where(eq(delivery.exchangeId, id))
    .prepare()
  const unerased = db
    .select({ exchangeId: delivery.exchangeId })
    .from(delivery)
    .where(and(eq(delivery.id, id), isNull(delivery.erasedAt)))
    .prepare()
  // The row stays: the inbox counts by it, and the recipient may learn that there was something.
  const emptyDelivery = db
    .update(delivery)
    .set({ sealed: '', eraseAt: null, erasedAt: sql`${sql.placeholder('at')}` })
    .where(eq(delivery.exchangeId, id))
    .prepare()
  const removeSalts = db.delete(salt).where(eq(salt.exchangeId, id)).prepare()

  const find = (sender: string, exchangeId: string): StoredHold | undefined => {
    const row = byId.get({ id: exchangeId })
    const stored = row?.sender === sender ? findExchange(sender, exchangeId) : undefined
    if (!row || !stored) return undefined
    const { submittedBy, status, approvalsNeeded, expiresAt } = row
    const given = approvals.all({ id: exchangeId })
    return {
      exchange: stored,
      submittedBy: submittedBy ?? sender,
      status,
      approvals: given,
      approvalsNeeded,
      expiresAt,
    }
  }
  const destroy = (exchangeId: string, at: string): void => {
    emptyDelivery.run({ id: exchangeId, at })
    removeSalts.run({ id: exchangeId })
  }

  return {
    find,
    list: (sender, limit) => waiting.all({ sender, limit }).flatMap(({ exchangeId }) => find(sender, exchangeId) ?? []),
    listExpired: (now, limit) => expired.all({ now, limit }),
    listErasable: (now, limit) => erasable.all({ now, limit }),
    approve({ exchangeId, by, at, remaining }) {
      const row = byId.get({ id: exchangeId })
      if (row?.status !== 'waiting' || row.expiresAt <= at || (row.submittedBy ?? row.sender) === by) return false
      const given = approvals.all({ id: exchangeId })
      if (row.approvalsNeeded - given.length - 1 !== remaining || given.some((one) => one.by === by)) return false
      insertApproval({ exchangeId, by, at })
      if (remaining > 0) return true
      setStatus.run({ id: exchangeId, status: 'approved' })
      giveOut.run({ id: exchangeId, position: (lastPosition.get({ recipient: row.recipient })?.last ?? 0) + 1 })
      return true
    },
    discard({ exchangeId, status, at }) {
      if (byId.get({ id: exchangeId })?.status !== 'waiting') return false
      setStatus.run({ id: exchangeId, status })
      destroy(exchangeId, at)
      return true
    },
    erase({ deliveryId, at }) {
      const row = unerased.get({ id: deliveryId })
      if (!row) return false
      destroy(row.exchangeId, at)
      return true
    },
  }
}
