import { generateKeyPairSync, sign } from 'node:crypto'
import { formatCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { formatSignedNote, formatVerifierKey, verifierKeyOf } from '../../src/audit/checkpoint/signed-note.ts'
import { type Hash, leafHash, nodeHash } from '../../src/audit/tree/tree.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { CheckpointSigner } from '../../src/ports/keys.ts'
import type { LogReader } from '../../src/ports/store.ts'

/** A signer with a key of its own. */
export function newSigner(origin: string): CheckpointSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = verifierKeyOf(origin, Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')))
  return {
    origin,
    verifierKey: formatVerifierKey(key),
    sign(treeSize, rootHash) {
      const body = formatCheckpointBody(origin, treeSize, rootHash)
      return formatSignedNote(body, key, sign(null, formatUtf8(body), privateKey))
    },
  }
}

export const newLeaves = (count: number): Hash[] =>
  Array.from({ length: count }, (_, index) => leafHash(formatUtf8(`record ${index}`)))

/** RFC 6962 §2.1 as it is written, without anything clever: what the real tree is compared with. */
export function treeHash(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0]!
  let middle = 1
  while (middle * 2 < leaves.length) middle *= 2
  return nodeHash(treeHash(leaves.slice(0, middle)), treeHash(leaves.slice(middle)))
}

/** The hashes of full tile levels over some leaves, as a store keeps them. */
export function hashReader(leaves: readonly Hash[]): Pick<LogReader, 'hashes'> {
  const levels: (readonly Hash[])[] = [leaves]
  for (let below = leaves; below.length >= 256; below = levels.at(-1)!) {
    const roots = Array.from({ length: Math.floor(below.length / 256) }, (_, i) =>
      treeHash(below.slice(i * 256, i * 256 + 256)),
    )
    levels.push(roots)
  }
  return { hashes: async (level, start, end) => (levels[level] ?? []).slice(start, end) }
}

export async function* streamOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items
}
