import { formatUtf8 } from '../../encoding/bytes.ts'
import { type Checkpoint, verifyCheckpoint } from '../checkpoint/checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from '../checkpoint/signed-note.ts'
import {
  type ExportedRecord,
  isWholeLog,
  type LogExport,
  type LogExportHead,
  parseLogExport,
} from '../export/log-export.ts'
import { verifyInclusion } from '../tree/proofs.ts'
import { appendLeaf, EMPTY_FRONTIER, type Hash, isSameHash, leafHash, rootHash } from '../tree/tree.ts'
import { followOrigins } from './origins.ts'

/** An export whose head is signed by a known log; its records are verified while they are read. */
export interface VerifiedExport {
  readonly head: LogExportHead
  readonly rootHash: Hash
  /**
   * In a part, every returned record is proven to be in the log. In a whole log that is certain only after the last one, because the
   * root covers all of them together.
   *
   * @throws SyntaxError `line N: …` where the export is malformed or a record is not in the log
   */
  readonly records: AsyncIterable<ExportedRecord>
}

export type LogExportVerification =
  | {
      readonly ok: true
      readonly head: LogExportHead
      readonly rootHash: Hash
      readonly records: number
      /** True when every record of the log was checked; of a part, those that are in it. */
      readonly isWhole: boolean
    }
  | { readonly ok: false; readonly reason: string }

/**
 * Opens an export and verifies its checkpoint.
 *
 * @param verifierKeys of trusted logs; one of them must be the one that the export names
 * @throws SyntaxError when the head is malformed, is of no known log, or its checkpoint does not verify
 */
export async function openLogExport(
  chunks: AsyncIterable<Uint8Array>,
  verifierKeys: readonly string[],
): Promise<VerifiedExport> {
  const keys = verifierKeys.map((line) => parseVerifierKey(line))
  const parsed = await parseLogExport(chunks)
  const key = keys[verifierKeys.indexOf(parsed.head.verifierKey)]
  if (key === undefined) {
    throw new SyntaxError(`line 1: is signed by a log whose key was not given; give the verifier key of that log`)
  }
  if (key.name !== parsed.head.origin) throw new SyntaxError('line 1: the origin is not the name of the key')
  const verification = await verifyCheckpoint(parsed.head.checkpoint, key)
  if (!verification.ok) throw new SyntaxError(`line 1: ${verification.reason}`)
  const { checkpoint } = verification
  if (checkpoint.treeSize !== parsed.head.treeSize) {
    throw new SyntaxError('line 1: the checkpoint has another size than the head; export the log again')
  }
  const records = isWholeLog(parsed.head) ? verifyWhole(parsed, checkpoint, keys) : verifyPart(parsed, checkpoint)
  return { head: parsed.head, rootHash: checkpoint.rootHash, records }
}

/**
 * Verifies an export from its first line to its last. Only the whole log shows that a filter left out no matching record.
 */
export async function verifyLogExport(
  chunks: AsyncIterable<Uint8Array>,
  verifierKeys: readonly string[],
  onProgress?: (done: number, total: number) => void,
): Promise<LogExportVerification> {
  try {
    const { head, rootHash, records } = await openLogExport(chunks, verifierKeys)
    const total = head.end - head.start
    let count = 0
    for await (const { leafIndex } of records) {
      count += 1
      onProgress?.(leafIndex - head.start, total)
    }
    onProgress?.(total, total)
    return { ok: true, head, rootHash, records: count, isWhole: isWholeLog(head) }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
}

async function* verifyWhole(
  { head, records }: LogExport,
  checkpoint: Checkpoint,
  keys: readonly VerifierKey[],
): AsyncGenerator<ExportedRecord> {
  let frontier = EMPTY_FRONTIER
  const origins = followOrigins(keys)
  for await (const { line, leafIndex, record } of records) {
    const bytes = formatUtf8(record)
    const before = frontier
    const mistake = origins.takeRecord(bytes, () => before)
    if (mistake !== undefined) throw new SyntaxError(`line ${line}: ${mistake}`)
    frontier = appendLeaf(frontier, leafHash(bytes)).frontier
    yield { leafIndex, record }
  }
  if (!isSameHash(rootHash(frontier), checkpoint.rootHash)) {
    throw new SyntaxError(
      `lines 2 to ${head.treeSize + 1}: records 0 up to and including ${head.treeSize - 1} do not give the root that was signed, so that at least one was changed; compare them with another copy`,
    )
  }
  const misplaced = origins.takeCheckpoint(checkpoint.origin)
  if (misplaced !== undefined) throw new SyntaxError(`line 1: the checkpoint ${misplaced}`)
}

async function* verifyPart({ records }: LogExport, checkpoint: Checkpoint): AsyncGenerator<ExportedRecord> {
  const { treeSize, rootHash } = checkpoint
  for await (const { line, leafIndex, record, proof = [] } of records) {
    const leaf = leafHash(formatUtf8(record))
    if (!verifyInclusion({ leafIndex, treeSize, leafHash: leaf, rootHash, proof })) {
      throw new SyntaxError(
        `line ${line}: record ${leafIndex} is not in the tree that the log signed; compare it with another copy`,
      )
    }
    yield { leafIndex, record, proof }
  }
}
