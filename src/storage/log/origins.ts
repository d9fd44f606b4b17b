import { asc } from 'drizzle-orm'
import { origin } from '../tables/schema.ts'
import { prepareInsert, type SqliteDatabase } from '../tables/statements.ts'

/** Under which origin a log signs from which size on. */
export interface OriginRow {
  readonly firstSize: number
  readonly origin: string
  readonly verifierKey: string
}

/** The origins that a database knows, oldest first; the last one is that of now. Empty for a log that was never anchored. */
export const listOrigins = (db: SqliteDatabase): readonly OriginRow[] =>
  db.select().from(origin).orderBy(asc(origin.firstSize)).all()

/** Belongs inside a transaction of its caller. @throws Error when the origin or the size is taken */
export function insertOrigin(db: SqliteDatabase, row: OriginRow): void {
  prepareInsert(db, origin)(row)
}
