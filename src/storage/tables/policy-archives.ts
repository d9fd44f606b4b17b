import { asc, desc, eq, sql } from 'drizzle-orm'
import type { ArchivedRuleSet } from '../../ports/stored.ts'
import { policyArchive } from './schema.ts'
import type { SqliteDatabase } from './statements.ts'

/** The rule sets that were ever in force. */
export interface PolicyArchives {
  findActiveHash(): string | undefined
  /** The set in force. */
  findActive(): ArchivedRuleSet | undefined
  /** The first of the texts with this `policyHash`; texts that differ in comments only share it. */
  find(policyHash: string): ArchivedRuleSet | undefined
  /** Archives a set and puts it in force by the record at `leafIndex`; a set that is archived again keeps its first moment. */
  store(archive: ArchivedRuleSet, leafIndex: number): void
}

export function createPolicyArchives(db: SqliteDatabase): PolicyArchives {
  const active = db
    .select({ policyHash: policyArchive.policyHash })
    .from(policyArchive)
    .orderBy(desc(policyArchive.leafIndex))
    .limit(1)
    .prepare()
  const activeWhole = db
    .select({
      policyHash: policyArchive.policyHash,
      sourceHash: policyArchive.sourceHash,
      content: policyArchive.content,
      at: policyArchive.at,
    })
    .from(policyArchive)
    .orderBy(desc(policyArchive.leafIndex))
    .limit(1)
    .prepare()
  const byHash = db
    .select({
      policyHash: policyArchive.policyHash,
      sourceHash: policyArchive.sourceHash,
      content: policyArchive.content,
      at: policyArchive.at,
    })
    .from(policyArchive)
    .where(eq(policyArchive.policyHash, sql.placeholder('policyHash')))
    .orderBy(asc(policyArchive.at))
    .limit(1)
    .prepare()
  const insert = db
    .insert(policyArchive)
    .values({
      policyHash: sql.placeholder('policyHash'),
      sourceHash: sql.placeholder('sourceHash'),
      content: sql.placeholder('content'),
      at: sql.placeholder('at'),
      leafIndex: sql.placeholder('leafIndex'),
    })
    .onConflictDoUpdate({
      target: [policyArchive.policyHash, policyArchive.sourceHash],
      set: { leafIndex: sql`excluded.leaf_index` },
    })
    .prepare()

  return {
    findActiveHash: () => active.get()?.policyHash,
    findActive: () => activeWhole.get(),
    find: (policyHash) => byHash.get({ policyHash }),
    store(archive, leafIndex) {
      insert.run({ ...archive, leafIndex })
    },
  }
}
