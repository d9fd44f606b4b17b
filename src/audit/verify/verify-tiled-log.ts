import { parseUtf8 } from '../../encoding/bytes.ts'
import { type Checkpoint, verifyCheckpoint } from '../checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../checkpoint/signed-note.ts'
import { TILE_WIDTH, type Tile } from '../tree/tiles.ts'
import { type Frontier, type Hash, isSameHash, leafHash, perfectRoots, rootHash } from '../tree/tree.ts'
import { followOrigins } from './origins.ts'
import {
  createTileReader,
  type FetchTile,
  formatTileFile,
  listPartialTiles,
  locateBundle,
  notSigned,
  readEntries,
  readHashTile,
} from './tile-reader.ts'
import type { LogVerification } from './verify.ts'

/** A log as it is served, file by file. */
export interface TiledLog {
  /** Fetches the newest checkpoint, byte for byte; undefined when there is none. Asked once: the log may grow meanwhile. */
  readonly fetchCheckpoint: () => Promise<Uint8Array | undefined>
  /** Fetches a tile of hashes. */
  readonly fetchTile: FetchTile
  /** Fetches an entry bundle. */
  readonly fetchEntries: FetchTile
  /** Verifier key of the log (C2SP signed-note), from another source than the server of the log. */
  readonly verifierKey: string
  /** Leaf hash function; a faster SHA-256 than that of {@link leafHash}, which runs everywhere. */
  readonly hashLeaf?: (record: Uint8Array) => Hash
  /** Called after every bundle with the number of verified records. */
  readonly onProgress?: (verified: number, treeSize: number) => void
}

// Files fetched at once: hides latency and bounds memory.
const AHEAD = 8

type Fault = Extract<LogVerification, { ok: false }>

/**
 * Verifies everything that a log serves for its newest checkpoint, in one pass: the signature, every record against its leaf
 * hash, every tile of every level against the records, and the root. Stops at the first fault; its reason starts with
 * the file, and says whether the file itself differs from what was signed. Keeps a few bundles and one row of hashes for each level
 * in memory, whatever the size of the log.
 *
 * Rejects with the error of `fetch` when a file cannot be fetched: then nothing is known.
 */
export async function verifyTiledLog(log: TiledLog): Promise<LogVerification> {
  const opened = await openCheckpoint(log)
  if (!opened.ok) return opened
  try {
    return await verifyTiles(log, opened.checkpoint)
  } catch (error) {
    if (error instanceof SyntaxError) return fault(error.message)
    throw error
  }
}

async function openCheckpoint(log: TiledLog): Promise<{ ok: true; checkpoint: Checkpoint } | Fault> {
  try {
    const key = parseVerifierKey(log.verifierKey)
    const note = await log.fetchCheckpoint()
    if (note === undefined) return fault('checkpoint: is not served, so nothing proves the log; ask its operator why')
    const verification = await verifyCheckpoint(parseNoteText(note), key)
    if (verification.ok) return verification
    const { reason } = verification
    return fault(reason.startsWith('checkpoint:') ? reason : `checkpoint: ${reason}`)
  } catch (error) {
    if (error instanceof SyntaxError) return fault(error.message)
    throw error
  }
}

/** @throws SyntaxError when the bytes are not text */
function parseNoteText(note: Uint8Array): string {
  try {
    return parseUtf8(note)
  } catch {
    throw new SyntaxError('checkpoint: is not UTF-8; fetch it again, byte for byte')
  }
}

async function verifyTiles(log: TiledLog, checkpoint: Checkpoint): Promise<LogVerification> {
  const { treeSize } = checkpoint
  const { hashLeaf = leafHash } = log
  const origins = followOrigins([parseVerifierKey(log.verifierKey)])
  // The last tile at each level, computed from the records so far, and its index.
  const rows: Hash[][] = [[]]
  const indexes: number[] = [0]

  /** The tree of the records so far. */
  const frontierOf = (size: number): Frontier => ({ treeSize: size, roots: rows.toReversed().flatMap(perfectRoots) })

  /** Compares the last tile of a level with the served one; a full tile adds a hash to the level above. */
  const closeTile = async (level: number): Promise<Fault | undefined> => {
    const row = rows[level]!
    const tile: Tile = { level, index: indexes[level]!, width: row.length }
    if (level > 0) {
      const served = await readHashTile(log.fetchTile, tile)
      const position = row.findIndex((hash, place) => !isSameHash(hash, served[place]!))
      if (position !== -1) return explain(log, checkpoint, tile, position)
    }
    if (row.length < TILE_WIDTH) return undefined
    rows[level] = []
    indexes[level] = tile.index + 1
    rows[level + 1] ??= []
    indexes[level + 1] ??= 0
    rows[level + 1]!.push(perfectRoots(row)[0]!)
    return rows[level + 1]!.length === TILE_WIDTH ? closeTile(level + 1) : undefined
  }

  const bundles = fetchInOrder(Math.ceil(treeSize / TILE_WIDTH), async (index) => {
    const bundle = locateBundle(index, treeSize)
    const tile: Tile = { ...bundle, level: 0 }
    const [records, served] = await Promise.all([
      readEntries(log.fetchEntries, bundle),
      readHashTile(log.fetchTile, tile),
    ])
    return { tile, records, served }
  })
  for await (const { tile, records, served } of bundles) {
    const first = tile.index * TILE_WIDTH
    for (const [position, record] of records.entries()) {
      const leaf = hashLeaf(record)
      if (!isSameHash(leaf, served[position]!)) return explain(log, checkpoint, tile, position)
      const firstBadIndex = first + position
      const mistake = origins.takeRecord(record, () => frontierOf(firstBadIndex))
      if (mistake !== undefined) return fault(mistake, { firstBadIndex })
      rows[0]!.push(leaf)
    }
    const failed = await closeTile(0)
    if (failed) return failed
    log.onProgress?.(first + records.length, treeSize)
  }
  for (const { level } of listPartialTiles(treeSize)) {
    const failed = level === 0 ? undefined : await closeTile(level as number)
    if (failed) return failed
  }

  const root = rootHash(frontierOf(treeSize))
  if (isSameHash(root, checkpoint.rootHash)) {
    const misplaced = origins.takeCheckpoint(checkpoint.origin)
    if (misplaced !== undefined) return fault(`checkpoint: ${misplaced}`)
    const { changes } = origins
    return { ok: true, treeSize, rootHash: root, ...(changes.length > 0 && { originChanges: changes }) }
  }
  return fault('checkpoint: has another root than the records and tiles that are served; the log has two trees', {
    ...(treeSize > 0 && { badRange: { start: 0, end: treeSize } }),
  })
}

/**
 * Why a hash in a tile differs from the records below it: when the hash is proven, the records are not the signed ones; otherwise
 * the tile is wrong.
 */
async function explain(log: TiledLog, checkpoint: Checkpoint, tile: Tile, position: number): Promise<Fault> {
  const level = tile.level as number
  const index = tile.index * TILE_WIDTH + position
  const span = TILE_WIDTH ** level
  const [start, end] = [index * span, (index + 1) * span]
  const where = level === 0 ? { firstBadIndex: index } : { badRange: { start, end } }
  const records = level === 0 ? `record ${index}` : `records ${start} up to and including ${end - 1}`
  try {
    await createTileReader(checkpoint, log.fetchTile).hashes(level, index, index + 1)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return fault(`${formatTileFile(tile)}: hash ${index} is not that of ${records}; ${error.message}`, where)
  }
  if (level === 0) return fault(notSigned(locateBundle(tile.index, checkpoint.treeSize), index), where)
  return fault(
    `tile/entries and the tiles below ${formatTileFile(tile)}: ${records} are not those that were signed; compare them with another copy`,
    where,
  )
}

/** Results of `fetch` for 0 up to `count`, in order, a few of them fetched ahead. */
async function* fetchInOrder<Item>(count: number, fetch: (index: number) => Promise<Item>): AsyncGenerator<Item> {
  const pending: Promise<Item>[] = []
  for (let next = 0; next < count || pending.length > 0; ) {
    while (next < count && pending.length < AHEAD) {
      const fetching = fetch(next++)
      // When verification stops at an earlier file, nothing awaits this one.
      fetching.catch(() => undefined)
      pending.push(fetching)
    }
    yield await pending.shift()!
  }
}

function fault(reason: string, where: Omit<Fault, 'ok' | 'reason'> = {}): Fault {
  return { ok: false, reason, ...where }
}
