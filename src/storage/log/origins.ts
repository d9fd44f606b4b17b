import { asc } from 'drizzle-orm'
import { origin } from '../tables/schema.ts'
import { prepareInsert, type SqliteDatabase } from '../tables/statements.ts'

/** An origin of the log, and the tree size from which the log signs under it. */
export interface OriginRow {
  readonly firstSize: number
  readonly origin: string
  readonly verifierKey: string
}

/** The origins in a database, oldest first; the last one is current. Empty for a log that was never anchored. */
export const listOrigins = (db: SqliteDatabase): readonly OriginRow[] =>
  db.select().from(origin).orderBy(asc(origin.firstSize)).all()

/** Runs inside a transaction of the caller. @throws Error when the origin or the size is taken */
export function insertOrigin(db: SqliteDatabase, row: OriginRow): void {
  prepareInsert(db, origin)(row)
}
