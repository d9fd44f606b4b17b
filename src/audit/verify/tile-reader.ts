import type { Checkpoint } from '../checkpoint/checkpoint.ts'
import { countTiles, formatTilePath, parseEntryBundle, TILE_WIDTH, type Tile } from '../tree/tiles.ts'
import { type Hash, isSameHash, perfectRoots, rootHash } from '../tree/tree.ts'

/** Reads a log through its tiles without trusting the server. @see C2SP tlog-tiles */

const HASH_BYTES = 32
// Enough for every tile on the paths that one proof takes; a tile of hashes is 8 KiB.
const MAX_CACHED_TILES = 64

/**
 * Fetches one file of the log, `tile/` and then `formatTilePath(tile)`, byte for byte. Undefined when it does not
 * exist; rejects when the log cannot be reached. May be called concurrently. A response above 8192 bytes for a tile of hashes,
 * or above 256 records of 65,537 bytes each for a bundle, is wrong and need not be read completely.
 */
export type FetchTile = (tile: Tile) => Promise<Uint8Array | undefined>

/** The verified contents of a log of `treeSize` leaves. */
export interface TileReader {
  readonly treeSize: number
  /**
   * Hashes `[start, end)` of a tile level, in the form of `LogReader.hashes`, so that `nodesOfTiles` and proofs can use them.
   * Shorter when the log ends earlier. Every tile is checked against the tile above it, and the partial tiles at
   * the right edge together against the root.
   * @throws SyntaxError that names the file that is absent, malformed or not what was signed; and whatever fetching rejects with
   */
  hashes(level: number, start: number, end: number): Promise<readonly Hash[]>
}

/** A reader of the tree of a checkpoint. Verify the checkpoint first: everything depends on its root. */
export function createTileReader(checkpoint: Omit<Checkpoint, 'origin'>, fetchTile: FetchTile): TileReader {
  const { treeSize } = checkpoint
  const proven = new Map<string, Promise<readonly Hash[]>>()
  let edge: Promise<ReadonlyMap<number, readonly Hash[]>> | undefined

  /** Partial tiles by level. None of them is hashed into a tile above, so that only all of them together can be checked. */
  const loadEdge = async (): Promise<ReadonlyMap<number, readonly Hash[]>> => {
    const tiles = listPartialTiles(treeSize)
    const rows = await Promise.all(tiles.map((tile) => readHashTile(fetchTile, tile)))
    const roots = rows.flatMap(perfectRoots)
    if (!isSameHash(rootHash({ treeSize, roots }), checkpoint.rootHash)) {
      throw new SyntaxError(
        `${tiles.map(formatTileFile).join(', ') || 'checkpoint'}: does not lead to the signed root; fetch it again, byte for byte, or compare it with another copy`,
      )
    }
    return new Map(tiles.map(({ level }, position) => [level as number, rows[position]!]))
  }

  const loadFullTile = async (tile: Tile & { readonly level: number }): Promise<readonly Hash[]> => {
    const row = await readHashTile(fetchTile, tile)
    const [parent] = await hashes(tile.level + 1, tile.index, tile.index + 1)
    if (!isSameHash(perfectRoots(row)[0]!, parent!)) {
      throw new SyntaxError(
        `${formatTileFile(tile)}: is not the one that was signed; fetch it again, byte for byte, or compare it with another copy`,
      )
    }
    return row
  }

  const readProven = async (level: number, index: number): Promise<readonly Hash[]> => {
    if (index >= countTiles(level, treeSize).full) {
      edge ??= retryable(loadEdge(), () => {
        edge = undefined
      })
      return (await edge).get(level)!
    }
    const tile = { level, index, width: TILE_WIDTH }
    const path = formatTilePath(tile)
    const known = proven.get(path)
    if (known) return known
    if (proven.size >= MAX_CACHED_TILES) proven.delete(proven.keys().next().value!)
    const loading = retryable(loadFullTile(tile), () => proven.delete(path))
    proven.set(path, loading)
    return loading
  }

  const hashes: TileReader['hashes'] = async (level, start, end) => {
    const { full, partialWidth } = countTiles(level, treeSize)
    const last = Math.min(end, full * TILE_WIDTH + partialWidth)
    const found: Hash[] = []
    for (let from = start; from < last; ) {
      const index = Math.floor(from / TILE_WIDTH)
      const to = Math.min(last, (index + 1) * TILE_WIDTH)
      const row = await readProven(level, index)
      found.push(...row.slice(from - index * TILE_WIDTH, to - index * TILE_WIDTH))
      from = to
    }
    return found
  }

  return { treeSize, hashes }
}

/** Position and fault of a record that differs from the one in the tree. */
export const notSigned = (bundle: Tile, index: number): string =>
  `${formatTileFile(bundle)}: record ${index} is not the one that was signed; fetch it again, byte for byte, or compare it with another copy`

/** Address of a file of the log, for people and for a URL. */
export const formatTileFile = (tile: Tile): string => `tile/${formatTilePath(tile)}`

/** The widest bundle at an index in a log of this size. */
export function locateBundle(index: number, treeSize: number): Tile {
  return { level: 'entries', index, width: Math.min(TILE_WIDTH, treeSize - index * TILE_WIDTH) }
}

/** The partial tiles of a tree, highest level first: the order of their perfect subtrees from left to right. */
export function listPartialTiles(treeSize: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; TILE_WIDTH ** level <= treeSize; level++) {
    const { full, partialWidth } = countTiles(level, treeSize)
    if (partialWidth > 0) tiles.push({ level, index: full, width: partialWidth })
  }
  return tiles.reverse()
}

/** The unverified hashes of a tile. @throws SyntaxError when it is absent or has another length */
export async function readHashTile(fetchTile: FetchTile, tile: Tile): Promise<readonly Hash[]> {
  const bytes = await fetchTile(tile)
  if (bytes === undefined) throw new SyntaxError(absent(tile))
  if (bytes.length !== tile.width * HASH_BYTES) {
    throw new SyntaxError(
      `${formatTileFile(tile)}: has ${bytes.length} bytes instead of ${tile.width * HASH_BYTES}; fetch the whole tile`,
    )
  }
  return Array.from({ length: tile.width }, (_, position) =>
    bytes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES),
  )
}

/** The unverified records of a bundle. @throws SyntaxError when it is absent or has another number of records */
export async function readEntries(fetchEntries: FetchTile, bundle: Tile): Promise<readonly Uint8Array[]> {
  const bytes = await fetchEntries(bundle)
  if (bytes === undefined) throw new SyntaxError(absent(bundle))
  let records: readonly Uint8Array[]
  try {
    records = parseEntryBundle(bytes)
  } catch (error) {
    if (error instanceof SyntaxError) throw new SyntaxError(`${formatTileFile(bundle)}: ${error.message}`)
    throw error
  }
  if (records.length !== bundle.width) {
    throw new SyntaxError(
      `${formatTileFile(bundle)}: has ${records.length} records instead of ${bundle.width}; fetch the whole bundle`,
    )
  }
  return records
}

const absent = (tile: Tile): string =>
  `${formatTileFile(tile)}: is not served, although the checkpoint covers it; ask the operator of the log why`

/** Drops failed fetches, so that the next reader tries again. */
function retryable<Result>(loading: Promise<Result>, forget: () => void): Promise<Result> {
  loading.catch(forget)
  return loading
}
