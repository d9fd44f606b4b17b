import { desc } from 'drizzle-orm'
import { formatTlogProofs } from '../audit/receipt.ts'
import { TILE_HEIGHT } from '../audit/tiles.ts'
import { appendLeaves, EMPTY_FRONTIER, type Frontier } from '../audit/tree.ts'
import type { Receipt } from '../commit.ts'
import { formatUtf8 } from '../encoding.ts'
import type { CheckpointSigner } from '../ports.ts'
import { nativeLeafHash } from './native-leaf-hash.ts'
import { checkpoint, entry, logNode } from './schema.ts'
import { prepareInsert, type SqliteDatabase } from './statements.ts'

const HASH_BYTES = 32

/** Grows the log. Everything it does belongs inside a transaction of its caller. */
export interface LogWriter {
  /** Appends records in order and signs one checkpoint over all of them; a receipt for each. */
  append(records: readonly string[]): readonly Receipt[]
}

/**
 * The head is read again for every batch instead of kept in memory: one small row, and then nothing that happens to the
 * process, the disk or a second writer can make it sign a second tree for a size.
 */
export function createLogWriter(db: SqliteDatabase, signer: CheckpointSigner): LogWriter {
  const insertEntry = prepareInsert(db, entry)
  const insertNode = prepareInsert(db, logNode)
  const insertCheckpoint = prepareInsert(db, checkpoint)
  const newest = db
    .select({ treeSize: checkpoint.treeSize, frontier: checkpoint.frontier })
    .from(checkpoint)
    .orderBy(desc(checkpoint.treeSize))
    .limit(1)
    .prepare()

  return {
    append(records) {
      if (records.length === 0) return []
      const head = newest.get()
      const before = head ? parseFrontier(head.treeSize, head.frontier) : EMPTY_FRONTIER
      const bytes = records.map(formatUtf8)
      const leaves = bytes.map(nativeLeafHash)
      const { frontier, rootHash, proofs, completed } = appendLeaves(before, leaves)
      for (const [offset, leaf] of leaves.entries())
        insertEntry({ leafIndex: before.treeSize + offset, record: bytes[offset]!, leafHash: leaf })
      for (const { level, index, hash } of completed) {
        if (level % TILE_HEIGHT === 0) insertNode({ level: level / TILE_HEIGHT, nodeIndex: index, hash })
      }
      const note = signer.sign(frontier.treeSize, rootHash)
      insertCheckpoint({ treeSize: frontier.treeSize, note, frontier: formatFrontier(frontier) })
      return formatTlogProofs(before.treeSize, proofs, note).map((proof, offset) => ({
        leafIndex: before.treeSize + offset,
        record: records[offset]!,
        proof,
      }))
    },
  }
}

/** The frontier as it is stored: the roots one after another, 32 bytes each. */
export function parseFrontier(treeSize: number, roots: Uint8Array): Frontier {
  const count = roots.length / HASH_BYTES
  return {
    treeSize,
    roots: Array.from({ length: count }, (_, position) =>
      roots.slice(position * HASH_BYTES, (position + 1) * HASH_BYTES),
    ),
  }
}

function formatFrontier({ roots }: Frontier): Uint8Array {
  const bytes = new Uint8Array(roots.length * HASH_BYTES)
  for (const [position, root] of roots.entries()) bytes.set(root, position * HASH_BYTES)
  return bytes
}
