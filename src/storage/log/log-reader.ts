import { and, asc, count, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { LogReader, ServedCheckpoint } from '../../ports/store.ts'
import type { WhenUnlocked } from '../lock-wait.ts'
import { checkpoint, cosignature, entry, logNode } from '../tables/schema.ts'
import type { SqliteDatabase } from '../tables/statements.ts'

/**
 * Reads what the log publishes. Entries, nodes and their checkpoint are written in one transaction, so everything that
 * can be read is covered by a checkpoint.
 *
 * @param read how a lock of another process is waited for; by default the connection does that itself
 */
export function createLogReader(db: SqliteDatabase, read: WhenUnlocked = async (work) => work()): LogReader {
  const start = sql.placeholder('start')
  const end = sql.placeholder('end')
  const newest = db
    .select({ treeSize: checkpoint.treeSize, note: checkpoint.note })
    .from(checkpoint)
    .orderBy(desc(checkpoint.treeSize))
    .limit(1)
    .prepare()
  const cosigned = db
    .select({ treeSize: checkpoint.treeSize, note: checkpoint.note })
    .from(cosignature)
    .innerJoin(checkpoint, eq(checkpoint.treeSize, cosignature.treeSize))
    .groupBy(cosignature.treeSize)
    .having(gte(count(), sql.placeholder('atLeast')))
    .orderBy(desc(cosignature.treeSize))
    .limit(1)
    .prepare()
  const cosignatures = db
    .select({ line: cosignature.line })
    .from(cosignature)
    .where(eq(cosignature.treeSize, sql.placeholder('treeSize')))
    .orderBy(asc(cosignature.keyName), asc(cosignature.keyId))
    .prepare()
  const leafHashes = db
    .select({ hash: entry.leafHash })
    .from(entry)
    .where(and(gte(entry.leafIndex, start), lt(entry.leafIndex, end)))
    .orderBy(asc(entry.leafIndex))
    .prepare()
  const nodeHashes = db
    .select({ hash: logNode.hash })
    .from(logNode)
    .where(and(eq(logNode.level, sql.placeholder('level')), gte(logNode.nodeIndex, start), lt(logNode.nodeIndex, end)))
    .orderBy(asc(logNode.nodeIndex))
    .prepare()
  const records = db
    .select({ record: entry.record })
    .from(entry)
    .where(and(gte(entry.leafIndex, start), lt(entry.leafIndex, end)))
    .orderBy(asc(entry.leafIndex))
    .prepare()

  const withCosignatures = (signed: ServedCheckpoint | undefined): ServedCheckpoint | undefined =>
    signed && {
      treeSize: signed.treeSize,
      note:
        signed.note +
        cosignatures
          .all({ treeSize: signed.treeSize })
          .map(({ line }) => line)
          .join(''),
    }

  return {
    checkpoint: () => read(() => withCosignatures(newest.get())),
    cosignedCheckpoint: (atLeast) => read(() => withCosignatures(cosigned.get({ atLeast }))),
    hashes: (level, start, end) =>
      read(() =>
        (level === 0 ? leafHashes.all({ start, end }) : nodeHashes.all({ level, start, end })).map(({ hash }) => hash),
      ),
    records: (start, end) => read(() => records.all({ start, end }).map(({ record }) => record)),
  }
}
