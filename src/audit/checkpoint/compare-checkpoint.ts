import type { LogReader } from '../../ports/store.ts'
import { loadFrontier, nodesOfTiles } from '../tree/proofs.ts'
import { isSameHash, rootHash } from '../tree/tree.ts'
import type { Checkpoint } from './checkpoint.ts'

/**
 * A log compared with a checkpoint that it signed: the log starts with that tree (`covered`), is shorter (`behind`: records were
 * lost or removed), or has another tree (`forked`).
 */
export type CheckpointRelation = 'covered' | 'behind' | 'forked'

/** Compares the tree of a log with a checkpoint. The caller has verified the signature of the checkpoint. */
export async function compareCheckpoint(
  log: Pick<LogReader, 'checkpoint' | 'hashes'>,
  known: Pick<Checkpoint, 'treeSize' | 'rootHash'>,
): Promise<CheckpointRelation> {
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  if (treeSize < known.treeSize) return 'behind'
  const frontier = await loadFrontier(known.treeSize, nodesOfTiles(log))
  return isSameHash(rootHash(frontier), known.rootHash) ? 'covered' : 'forked'
}
