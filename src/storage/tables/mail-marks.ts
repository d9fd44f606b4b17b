import { eq, sql } from 'drizzle-orm'
import type { MailMark } from '../../ports/mail.ts'
import { mailMark } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** The table of `MailMarks`, with synchronous functions; `sqlite-store.ts` wraps them. */
export interface MailMarkTable {
  find(party: string): MailMark | undefined
  put(mark: MailMark): void
}

/** Reads and writes up to which delivery each party was told of its inbox. */
export function createMailMarkTable(db: SqliteDatabase): MailMarkTable {
  const find = db
    .select()
    .from(mailMark)
    .where(eq(mailMark.party, sql.placeholder('party')))
    .prepare()
  const put = db
    .insert(mailMark)
    .values({
      party: sql.placeholder('party'),
      deliveryId: sql.placeholder('deliveryId'),
      failures: sql.placeholder('failures'),
    })
    .onConflictDoUpdate({
      target: mailMark.party,
      set: { deliveryId: sql`excluded.delivery_id`, failures: sql`excluded.failures` },
    })
    .prepare()
  return {
    find(party) {
      const row = find.get({ party })
      if (!row) return undefined
      const { deliveryId, failures } = row
      return { party, failures, ...(deliveryId !== null && { deliveryId }) }
    },
    put({ party, deliveryId, failures }) {
      put.run({ party, deliveryId: deliveryId ?? null, failures })
    },
  }
}
