import type { LogReader } from '../../ports/store.ts'
import { loadFrontier, nodesOfTiles } from '../tree/proofs.ts'
import { isSameHash, rootHash } from '../tree/tree.ts'
import type { Checkpoint } from './checkpoint.ts'

/**
 * How a log stands to a checkpoint that it signed: it has that tree as its beginning (`covered`), it is shorter (`behind`: what
 * came after was lost or taken away), or it has another tree (`forked`).
 */
export type Standing = 'covered' | 'behind' | 'forked'

/** Computes it from the tree itself. The signature of the checkpoint is for the caller. */
export async function standingOf(
  log: Pick<LogReader, 'checkpoint' | 'hashes'>,
  known: Pick<Checkpoint, 'treeSize' | 'rootHash'>,
): Promise<Standing> {
  const treeSize = (await log.checkpoint())?.treeSize ?? 0
  if (treeSize < known.treeSize) return 'behind'
  const frontier = await loadFrontier(known.treeSize, nodesOfTiles(log))
  return isSameHash(rootHash(frontier), known.rootHash) ? 'covered' : 'forked'
}
