import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { MatchToken } from '../../src/ports/mentions.ts'
import { unpackTokens } from '../../src/storage/tables/token-index.ts'

/** What somebody can read who walked away with the database and knows all code. */

/** Everything in the files of the database, deleted pages and write-ahead log included. */
export const readFiles = (path: string): Buffer =>
  Buffer.concat([path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)))

/** Tokens of every mention, in the order in which they were made. */
export function readMentionTokens(path: string): readonly (readonly MatchToken[])[] {
  const client = new Database(path, { readonly: true })
  try {
    const rows = client.prepare('select tokens from mention order by seq').pluck().all() as Uint8Array[]
    return rows.map(unpackTokens)
  } finally {
    client.close()
  }
}
