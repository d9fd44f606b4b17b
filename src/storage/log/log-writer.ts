import { desc } from 'drizzle-orm'
import { formatTlogProofs } from '../../audit/receipt/receipt.ts'
import { TILE_HEIGHT } from '../../audit/tree/tiles.ts'
import { appendLeaves, EMPTY_FRONTIER, type Frontier } from '../../audit/tree/tree.ts'
import { formatUtf8 } from '../../encoding/bytes.ts'
import type { CheckpointSigner } from '../../ports/keys.ts'
import type { Receipt } from '../../ports/stored.ts'
import { checkpoint, entry, logNode } from '../tables/schema.ts'
import { prepareInsert, type SqliteDatabase } from '../tables/statements.ts'
import { nativeLeafHash } from './native-leaf-hash.ts'

const HASH_BYTES = 32

/** Appends to the log, always inside a transaction of the caller. */
export interface LogWriter {
  /** Appends records in order and signs one checkpoint over all of them. @returns a receipt for each record */
  append(records: readonly string[]): readonly Receipt[]
  /** Call it when the transaction of the last `append` is durable and its checkpoint may be published. */
  confirm(): void
}

/**
 * The head is read for every batch instead of kept in memory: one small row, and nothing that happens to the process, the disk
 * or a second writer can make it sign a second tree for a size. Only the last published checkpoint is kept in memory, so that a
 * database that was rolled back while the process runs is not written to.
 */
export function createLogWriter(db: SqliteDatabase, signer: CheckpointSigner): LogWriter {
  const insertEntry = prepareInsert(db, entry)
  const insertNode = prepareInsert(db, logNode)
  const insertCheckpoint = prepareInsert(db, checkpoint)
  const newest = db
    .select({ treeSize: checkpoint.treeSize, note: checkpoint.note, frontier: checkpoint.frontier })
    .from(checkpoint)
    .orderBy(desc(checkpoint.treeSize))
    .limit(1)
    .prepare()
  let signed: Signed | undefined
  let givenOut = signed

  return {
    append(records) {
      // A checkpoint of a failed transaction was never published.
      signed = givenOut
      if (records.length === 0) return []
      const head = newest.get()
      if (givenOut && !isContinued(givenOut, head)) {
        throw new Error(
          'log: the database is behind what this process signed; stop it and put the newest database back',
        )
      }
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
      signed = { treeSize: frontier.treeSize, note }
      return formatTlogProofs(before.treeSize, proofs, note).map((proof, offset) => ({
        leafIndex: before.treeSize + offset,
        record: records[offset]!,
        proof,
      }))
    },
    confirm() {
      givenOut = signed
    },
  }
}

type Signed = { readonly treeSize: number; readonly note: string }

/** Whether a head is that checkpoint or a later one. The start checks that a later tree begins with the earlier one. */
const isContinued = (givenOut: Signed, head: Signed | undefined): boolean =>
  head !== undefined &&
  (head.treeSize > givenOut.treeSize || (head.treeSize === givenOut.treeSize && head.note === givenOut.note))

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
