import { randomBytes } from 'node:crypto'
import { formatAddCheckpoint } from '../../src/audit/checkpoint/add-checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from '../../src/audit/checkpoint/signed-note.ts'
import { consistencyPath, nodesOfTiles } from '../../src/audit/tree/proofs.ts'
import { appendLeaf, EMPTY_FRONTIER, type Frontier, type Hash, leafHash, rootHash } from '../../src/audit/tree/tree.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { CheckpointSigner, Cosigner } from '../../src/ports/keys.ts'
import type { LogReader } from '../../src/ports/store.ts'
import { createCosigner, generateWitnessKey } from '../../src/storage/log/cosigner.ts'
import { hashReader, newSigner } from '../audit/memory-log.ts'

/** A log in memory that signs whatever a test wants it to, also what no honest log would. */
export interface TestLog {
  readonly origin: string
  readonly key: VerifierKey
  readonly reader: LogReader
  readonly size: number
  append(...records: readonly string[]): void
  root(size: number): Hash
  /** The signed note of any size it ever had; the newest when absent. */
  checkpoint(size?: number): string
  proof(size1: number, size2: number): Promise<readonly Hash[]>
  /** A log with the same key and the same beginning. */
  fork(size: number): TestLog
}

export function newTestLog(
  origin: string,
  signer: CheckpointSigner = newSigner(origin),
  beginning: readonly Hash[] = [],
): TestLog {
  const leaves: Hash[] = []
  const frontiers: Frontier[] = [EMPTY_FRONTIER]
  const reader = () => hashReader(leaves)
  const append = (leaf: Hash) => {
    leaves.push(leaf)
    frontiers.push(appendLeaf(frontiers.at(-1)!, leaf).frontier)
  }
  for (const leaf of beginning) append(leaf)
  const root = (size: number) => rootHash(frontiers[size]!)
  const checkpoint = (size = leaves.length) => signer.sign(size, root(size))
  const served = async () =>
    leaves.length === 0 ? undefined : { treeSize: leaves.length, note: checkpoint(leaves.length) }
  return {
    origin,
    key: parseVerifierKey(signer.verifierKey),
    reader: {
      checkpoint: served,
      cosignedCheckpoint: async () => undefined,
      hashes: (level, start, end) => reader().hashes(level, start, end),
      records: async () => [],
    },
    get size() {
      return leaves.length
    },
    append: (...records) => {
      for (const record of records) append(leafHash(formatUtf8(record)))
    },
    root,
    checkpoint,
    proof: (size1, size2) => consistencyPath(size1, size2, nodesOfTiles(reader())),
    fork: (size) => newTestLog(origin, signer, leaves.slice(0, size)),
  }
}

/** Records of which no two are the same. */
export const records = (count: number, what = 'record'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${what} ${index}`)

export const newCosigner = (name: string): Cosigner => createCosigner(generateWitnessKey(name, randomBytes).privateKey)

/** What an honest log sends: from the size that was cosigned last to another. */
export async function requestBody(log: TestLog, oldSize: number, size = log.size): Promise<string> {
  const proof = oldSize === 0 ? [] : await log.proof(oldSize, size)
  return formatAddCheckpoint({ oldSize, proof, checkpoint: log.checkpoint(size) })
}

export const post = (body: string | Uint8Array<ArrayBuffer>): Request =>
  new Request('http://witness.example/add-checkpoint', { method: 'POST', body })
