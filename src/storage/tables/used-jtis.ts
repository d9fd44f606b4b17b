import { lte, sql } from 'drizzle-orm'
import { usedJti } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** A token id (`jti`, RFC 7519 §4.1.7) of one issuer. Times are POSIX seconds. */
export interface Jti {
  readonly issuer: string
  readonly jti: string
  readonly expiresAt: number
  readonly now: number
}

/**
 * Stores token ids in one transaction and returns for each whether it is new. Expired ones are removed first, so the table
 * contains only ids that could still be replayed.
 */
export function createJtiMemory(db: SqliteDatabase): (jtis: readonly Jti[]) => readonly boolean[] {
  const forgetExpired = db
    .delete(usedJti)
    .where(lte(usedJti.expiresAt, sql.placeholder('now')))
    .prepare()
  const remember = db
    .insert(usedJti)
    .values({
      issuer: sql.placeholder('issuer'),
      jti: sql.placeholder('jti'),
      expiresAt: sql.placeholder('expiresAt'),
    })
    .onConflictDoNothing()
    // A Durable Object does not report how many rows changed; both drivers return the row that was inserted.
    .returning({ jti: usedJti.jti })
    .prepare()

  return (jtis) =>
    db.transaction(
      () =>
        jtis.map(({ issuer, jti, expiresAt, now }) => {
          forgetExpired.run({ now })
          return remember.get({ issuer, jti, expiresAt }) !== undefined
        }),
      { behavior: 'immediate' },
    )
}
