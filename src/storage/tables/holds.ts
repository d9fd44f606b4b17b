import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Commit } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'
import type { StoredExchange, StoredHold } from '../../ports/stored.ts'
import type { Deliveries } from './deliveries.ts'
import type { Erasure } from './erasure.ts'
import { approval, exchange, hold } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

type Approval = NonNullable<Commit['approve']>
type Discard = NonNullable<Commit['discard']>

/** Exchanges that wait for approval. Each write returns whether it was done. */
export interface Holds {
  find(sender: string, exchangeId: string): StoredHold | undefined
  list(sender: string, limit: number): readonly StoredHold[]
  listExpired: (...of: Parameters<Store['listExpiredHolds']>) => Awaited<ReturnType<Store['listExpiredHolds']>>
  approve(approval: Approval): boolean
  discard(discard: Discard): boolean
}

export function createHolds(
  db: SqliteDatabase,
  {
    findExchange,
    release,
    destroy,
  }: {
    findExchange: (sender: string, id: string) => StoredExchange | undefined
    release: Deliveries['release']
    destroy: Erasure['destroy']
  },
): Holds {
  const id = sql.placeholder('id')
  const sender = sql.placeholder('sender')
  const columns = {
    exchangeId: hold.exchangeId,
    sender: hold.sender,
    submittedBy: exchange.submittedBy,
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

  return {
    find,
    list: (sender, limit) => waiting.all({ sender, limit }).flatMap(({ exchangeId }) => find(sender, exchangeId) ?? []),
    listExpired: (now, limit) => expired.all({ now, limit }),
    approve({ exchangeId, by, at, remaining }) {
      const row = byId.get({ id: exchangeId })
      if (row?.status !== 'waiting' || row.expiresAt <= at || (row.submittedBy ?? row.sender) === by) return false
      const given = approvals.all({ id: exchangeId })
      if (row.approvalsNeeded - given.length - 1 !== remaining || given.some((one) => one.by === by)) return false
      insertApproval({ exchangeId, by, at })
      if (remaining > 0) return true
      setStatus.run({ id: exchangeId, status: 'approved' })
      release(exchangeId)
      return true
    },
    discard({ exchangeId, status, at }) {
      if (byId.get({ id: exchangeId })?.status !== 'waiting') return false
      setStatus.run({ id: exchangeId, status })
      destroy(exchangeId, at)
      return true
    },
  }
}
