import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { AuditRecord } from '../../src/audit/record/record.ts'
import { parseUtf8 } from '../../src/encoding/bytes.ts'
import { openSqliteReader } from '../../src/storage/better-sqlite.ts'

const TABLES = ['entry', 'exchange', 'delivery', 'salt', 'person', 'match_token'] as const

/** Number of rows by table, of the tables that an exchange writes to. */
export function countRows(folder: string): Record<(typeof TABLES)[number], number> {
  const client = new Database(join(folder, 'sluis.sqlite'), { readonly: true })
  const counts = TABLES.map((table) => [table, client.prepare(`select count(*) from ${table}`).pluck().get()])
  client.close()
  return Object.fromEntries(counts)
}

/** Every record of the log as text, oldest first. */
export async function readRecords(folder: string): Promise<string[]> {
  const reader = openSqliteReader(join(folder, 'sluis.sqlite'))
  const records: string[] = []
  for await (const record of reader.records()) records.push(parseUtf8(record))
  reader.close()
  return records
}

export async function readRecordTypes(folder: string): Promise<AuditRecord['type'][]> {
  return (await readRecords(folder)).map((record) => parseRecord(record).type)
}
