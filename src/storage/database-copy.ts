import Database from 'better-sqlite3'

/**
 * Writes a consistent copy of a database to a new file while the gateway goes on.
 * @throws Error when `from` is no database or `to` exists
 */
export function copyDatabase(from: string, to: string): void {
  const client = new Database(from, { readonly: true, fileMustExist: true })
  try {
    client.prepare('VACUUM INTO ?').run(to)
  } finally {
    client.close()
  }
}
