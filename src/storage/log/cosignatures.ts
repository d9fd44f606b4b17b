import { and, eq, sql } from 'drizzle-orm'
import type { CosignatureLine } from '../../ports/store.ts'
import { checkpoint, cosignature } from '../tables/schema.ts'
import { prepareInsert, type SqliteDatabase } from '../tables/statements.ts'

/** Stores signature lines of witnesses, inside a transaction of the caller. */
export function createCosignatures(db: SqliteDatabase): (treeSize: number, lines: readonly CosignatureLine[]) => void {
  const treeSize = sql.placeholder('treeSize')
  const signed = db
    .select({ treeSize: checkpoint.treeSize })
    .from(checkpoint)
    .where(eq(checkpoint.treeSize, treeSize))
    .prepare()
  const remove = db
    .delete(cosignature)
    .where(
      and(
        eq(cosignature.treeSize, treeSize),
        eq(cosignature.keyName, sql.placeholder('keyName')),
        eq(cosignature.keyId, sql.placeholder('keyId')),
      ),
    )
    .prepare()
  const insert = prepareInsert(db, cosignature)

  return (treeSize, lines) => {
    if (!signed.get({ treeSize })) return
    for (const { keyName, keyId, line } of lines) {
      remove.run({ treeSize, keyName, keyId })
      insert({ treeSize, keyName, keyId, line })
    }
  }
}
