import { createHash } from 'node:crypto'
import { formatTilePath, type Tile } from '../../../src/audit/tree/tiles.ts'
import type { TiledLog } from '../../../src/audit/verify/verify-tiled-log.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { CheckpointSigner } from '../../../src/ports/keys.ts'

/**
 * A log as files, made without the code that is tested: hashes straight from the definition of RFC 6962 §2.1, tiles and bundles
 * straight from C2SP tlog-tiles.
 */

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** Leaf hash of RFC 6962 §2.1. */
export const referenceLeaf = (record: Uint8Array): Uint8Array => sha256(Uint8Array.of(0), record)

/** Inner node of RFC 6962 §2.1. */
export const referenceNode = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Uint8Array.of(1), left, right)

/** MTH of RFC 6962 §2.1 over the leaves `[start, end)`. */
export function referenceRoot(leaves: readonly Uint8Array[], start = 0, end = leaves.length): Uint8Array {
  if (end === start) return sha256()
  if (end - start === 1) return leaves[start]!
  let k = 1
  while (k * 2 < end - start) k *= 2
  return referenceNode(referenceRoot(leaves, start, start + k), referenceRoot(leaves, start + k, end))
}

export interface ServedLog {
  readonly signer: CheckpointSigner
  /** Every file by its path: `checkpoint`, `tile/0/000`, `tile/entries/000.p/5`; partial tiles in the width of this size only. */
  readonly files: Map<string, Uint8Array>
}

/** Everything that a log of these records serves for its newest checkpoint. */
export function serveLog(records: readonly Uint8Array[], signer: CheckpointSigner): ServedLog {
  const size = records.length
  const leaves = records.map(referenceLeaf)
  const files = new Map<string, Uint8Array>()
  files.set('checkpoint', formatUtf8(signer.sign(size, referenceRoot(leaves))))
  for (let level = 0, span = 1; span <= size; level++, span *= 256) {
    const count = Math.floor(size / span)
    for (let n = 0; n * 256 < count; n++) {
      const width = Math.min(256, count - n * 256)
      const hashes = Array.from({ length: width }, (_, i) =>
        referenceRoot(leaves, (n * 256 + i) * span, (n * 256 + i + 1) * span),
      )
      files.set(pathOf(String(level), n, width), new Uint8Array(Buffer.concat(hashes)))
      if (level > 0) continue
      const framed = records.slice(n * 256, n * 256 + width).flatMap((record) => {
        const length = Buffer.alloc(2)
        length.writeUInt16BE(record.length)
        return [length, record]
      })
      files.set(pathOf('entries', n, width), new Uint8Array(Buffer.concat(framed)))
    }
  }
  return { signer, files }
}

function pathOf(level: string, n: number, width: number): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0')
  const groups = digits.match(/.../g)!.map((group, position, all) => (position < all.length - 1 ? `x${group}` : group))
  return `tile/${level}/${groups.join('/')}${width < 256 ? `.p/${width}` : ''}`
}

/** How a client gets at the files. */
export function openServed({ signer, files }: ServedLog): TiledLog {
  const fetchTile = async (tile: Tile) => files.get(`tile/${formatTilePath(tile)}`)
  return {
    fetchCheckpoint: async () => files.get('checkpoint'),
    fetchTile,
    fetchEntries: fetchTile,
    verifierKey: signer.verifierKey,
  }
}

/** The same files with one changed; undefined takes it away. */
export function withFile({ signer, files }: ServedLog, path: string, bytes: Uint8Array | undefined): ServedLog {
  const changed = new Map(files)
  if (bytes) changed.set(path, bytes)
  else changed.delete(path)
  return { signer, files: changed }
}

export const flipBit = (bytes: Uint8Array, bit: number): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  changed[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
  return changed
}
