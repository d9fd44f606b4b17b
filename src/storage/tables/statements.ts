import { getTableColumns, type InferInsertModel, type InferSelectModel, sql } from 'drizzle-orm'
import type { BaseSQLiteDatabase, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** Any of drizzle's synchronous SQLite drivers: better-sqlite3 on Node, the storage of a Durable Object on Workers. */
export type SqliteDatabase = BaseSQLiteDatabase<'sync', unknown>

/**
 * Prepares the insertion of one row with all its columns. One row at a time stays below the 100 bound parameters of a
 * statement in a Durable Object, and running a prepared statement again is cheap.
 *
 * @param onConflict `ignore` keeps the existing row; the default is an error
 */
export function prepareInsert<Table extends SQLiteTable>(
  db: SqliteDatabase,
  table: Table,
  onConflict?: 'ignore',
): (row: InferSelectModel<Table>) => void {
  const columns = Object.keys(getTableColumns(table))
  const placeholders = Object.fromEntries(columns.map((name) => [name, sql.placeholder(name)]))
  const insert = db.insert(table).values(placeholders as InferInsertModel<Table>)
  const statement = (onConflict === 'ignore' ? insert.onConflictDoNothing() : insert).prepare()
  return (row) => {
    statement.run(row)
  }
}
