import { and, asc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Commit } from '../../ports/commit.ts'
import type { Store } from '../../ports/store.ts'
import type { Links } from './links.ts'
import { delivery, exchange, hold, salt } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/**
 * Erasure of an exchange. Erased: sealed content, salts, and the mentions with their tokens and matches, because a person whose data
 * is erased must not be recognised again either (storage limitation, AVG art. 5 lid 1 onder e). Kept: the row, because inbox
 * positions depend on it and the recipient may know that there was a delivery, and the records.
 */
export interface Erasure {
  listErasable: (...of: Parameters<Store['listErasable']>) => Awaited<ReturnType<Store['listErasable']>>
  /** All of one exchange, by its delivery; false when nothing is left of it. */
  erase(erasure: NonNullable<Commit['erase']>): boolean
  /** Some data subjects of an exchange, and its sealed content, which contains all of them; false when nothing is left. */
  eraseSubjects(erasure: NonNullable<Commit['eraseSubjects']>): boolean
  /** All of one exchange that is in its recipient's inbox, whatever is left of it; false when it is not or was recalled before. */
  recall(recall: NonNullable<Commit['recall']>): boolean
  /** All of one exchange, whatever is left of it. */
  destroy(exchangeId: string, at: string): void
}

export function createErasure(db: SqliteDatabase, links: Links): Erasure {
  const id = sql.placeholder('id')
  const erasable = db
    .select({ deliveryId: delivery.id, exchangeId: delivery.exchangeId, recipient: delivery.recipient })
    .from(delivery)
    .where(lte(delivery.eraseAt, sql.placeholder('now')))
    .orderBy(asc(delivery.eraseAt))
    .limit(sql.placeholder('limit'))
    .prepare()
  const exchangeOf = db
    .select({ exchangeId: delivery.exchangeId })
    .from(delivery)
    .where(and(eq(delivery.id, id), eq(delivery.kind, 'exchange')))
    .prepare()
  const unerased = db
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.exchangeId, id), isNull(delivery.erasedAt)))
    .prepare()
  const salts = db.select({ label: salt.label }).from(salt).where(eq(salt.exchangeId, id)).prepare()
  const emptyDeliveries = db
    .update(delivery)
    .set({ sealed: '', erasedAt: sql`coalesce(${delivery.erasedAt}, ${sql.placeholder('at')})` })
    .where(eq(delivery.exchangeId, id))
    .prepare()
  const forgetMoment = db.update(delivery).set({ eraseAt: null }).where(eq(delivery.exchangeId, id)).prepare()
  const removeSalt = db
    .delete(salt)
    .where(and(eq(salt.exchangeId, id), eq(salt.label, sql.placeholder('label'))))
    .prepare()
  const expireHold = db
    .update(hold)
    .set({ status: 'expired' })
    .where(and(eq(hold.exchangeId, id), eq(hold.status, 'waiting')))
    .returning({ exchangeId: hold.exchangeId })
    .prepare()

  const recallable = db
    .select({ id: delivery.id })
    .from(delivery)
    .innerJoin(exchange, and(eq(delivery.kind, 'exchange'), eq(exchange.id, delivery.exchangeId)))
    .where(
      and(
        eq(exchange.id, id),
        eq(exchange.sender, sql.placeholder('sender')),
        isNotNull(delivery.inboxPosition),
        isNull(delivery.recalledAt),
      ),
    )
    .prepare()
  const markRecalled = db
    .update(delivery)
    .set({ recalledAt: sql`${sql.placeholder('at')}` })
    .where(eq(delivery.id, id))
    .prepare()

  const labelsOf = (exchangeId: string): string[] => salts.all({ id: exchangeId }).map(({ label }) => label)
  const hasContent = (exchangeId: string): boolean => unerased.get({ id: exchangeId }) !== undefined
  const hasMentions = (exchangeId: string): boolean => links.mentions.listOf(exchangeId).length > 0
  const destroy = (exchangeId: string, at: string): void => {
    emptyDeliveries.run({ id: exchangeId, at })
    forgetMoment.run({ id: exchangeId })
    for (const label of labelsOf(exchangeId)) removeSalt.run({ id: exchangeId, label })
    links.remove(exchangeId)
  }

  return {
    // Only the delivery of an exchange has a moment of erasure.
    listErasable: (now, limit) =>
      erasable.all({ now, limit }).map(({ exchangeId, ...columns }) => ({ ...columns, exchangeId: exchangeId! })),
    erase({ deliveryId, at }) {
      const exchangeId = exchangeOf.get({ id: deliveryId })?.exchangeId
      if (!exchangeId) return false
      if (!hasContent(exchangeId) && labelsOf(exchangeId).length === 0 && !hasMentions(exchangeId)) return false
      destroy(exchangeId, at)
      return true
    },
    eraseSubjects({ exchangeId, dataSubjects, at }) {
      const due = ['payload', ...dataSubjects.map((index) => `data-subject/${index}`)]
      const present = labelsOf(exchangeId).filter((label) => due.includes(label))
      const isMentioned = links.mentions
        .listOf(exchangeId)
        .some(({ dataSubject }) => dataSubjects.includes(dataSubject))
      if (present.length === 0 && !isMentioned && !hasContent(exchangeId)) return false
      if (expireHold.get({ id: exchangeId })) {
        // Nothing can be delivered any more, and the recipient never knew of the others.
        destroy(exchangeId, at)
        return true
      }
      emptyDeliveries.run({ id: exchangeId, at })
      for (const label of present) removeSalt.run({ id: exchangeId, label })
      links.remove(exchangeId, dataSubjects)
      // The rest of the others is still erased at its own moment.
      if (labelsOf(exchangeId).length === 0 && !hasMentions(exchangeId)) forgetMoment.run({ id: exchangeId })
      return true
    },
    recall({ exchangeId, sender, at }) {
      const found = recallable.get({ id: exchangeId, sender })
      if (!found) return false
      destroy(exchangeId, at)
      markRecalled.run({ id: found.id, at })
      return true
    },
    destroy,
  }
}
