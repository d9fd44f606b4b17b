/** The log divided into files of 256 entries: addresses, widths and the layout of entry bundles. @see C2SP tlog-tiles */

/** Hashes in a full tile and records in a full bundle. */
export const TILE_WIDTH = 256
/** Levels of the binary tree in one tile level. */
export const TILE_HEIGHT = 8
const MAX_LEVEL = 63
const MAX_ENTRY_BYTES = 65_535

/** Address of one tile: 256 hashes of a tile level, or 256 records. */
export interface Tile {
  /** Tile level 0..63 (each is eight binary levels), or the records themselves. */
  readonly level: number | 'entries'
  readonly index: number
  /** 1..256; below 256 the tile is partial. */
  readonly width: number
}

/** The part of the URL after `tile/`: `0/x001/067.p/5`, `entries/000`. */
export function formatTilePath(tile: Tile): string {
  const digits = String(tile.index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`
  return `${tile.level}/${groups
    .map((group) => `x${group}`)
    .join('/')
    .replace(/x(...)$/, '$1')}${partial}`
}

/** Reads the part of the URL after `tile/`; undefined for anything but the canonical form of an address. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, index, width] = /^(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index?.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const isTile =
    Number.isSafeInteger(tile.index) && tile.width >= 1 && (tile.level === 'entries' || tile.level <= MAX_LEVEL)
  // Formatting the result refuses every other form: leading zeros, empty groups, a partial width of 256.
  return isTile && formatTilePath(tile) === path ? tile : undefined
}

/**
 * Reads the part of the URL after `tile/` in the layout of Go's checksum database, which names the height of a tile before its
 * level: `8/0/x001/067.p/5`, `8/data/000`. Undefined for anything but the canonical form of an address. No address
 * belongs to both layouts: a level has at most two digits, and the groups of a tile number have three.
 *
 * @see https://go.dev/design/25530-sumdb#checksum-database
 */
export function parseSumdbTilePath(path: string): Tile | undefined {
  const [, level, number] = /^8\/(data|\d{1,2})\/(.+)$/.exec(path) ?? []
  return level === undefined ? undefined : parseTilePath(`${level === 'data' ? 'entries' : level}/${number}`)
}

/** How many full tiles a level has in a tree of this size, and how wide the partial one after them is (0: there is none). */
export function countTiles(level: number, treeSize: number): { readonly full: number; readonly partialWidth: number } {
  const hashes = Math.floor(treeSize / TILE_WIDTH ** level)
  return { full: Math.floor(hashes / TILE_WIDTH), partialWidth: hashes % TILE_WIDTH }
}

/** Whether a tree of this size has the tile. A partial tile is the start of a wider one, so narrower ones exist as well. */
export function hasTile(tile: Tile, treeSize: number): boolean {
  const { full, partialWidth } = countTiles(tile.level === 'entries' ? 0 : tile.level, treeSize)
  return tile.index < full || (tile.index === full && tile.width <= partialWidth)
}

/**
 * Records one after another, each behind its length (16 bits, big-endian).
 *
 * @throws RangeError for a record above 65,535 bytes
 */
export function formatEntryBundle(records: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(records.reduce((total, record) => total + 2 + record.length, 0))
  let offset = 0
  for (const record of records) {
    if (record.length > MAX_ENTRY_BYTES) {
      throw new RangeError(`record: is too long for a bundle; keep it to ${MAX_ENTRY_BYTES} bytes`)
    }
    bundle[offset] = record.length >> 8
    bundle[offset + 1] = record.length & 0xff
    bundle.set(record, offset + 2)
    offset += 2 + record.length
  }
  return bundle
}

/**
 * The records of a bundle.
 *
 * @throws SyntaxError when the bundle ends inside a record
 */
export function parseEntryBundle(bundle: Uint8Array): readonly Uint8Array[] {
  const records: Uint8Array[] = []
  for (let offset = 0; offset < bundle.length; ) {
    const high = bundle[offset]!
    const low = bundle[offset + 1]
    const end = low === undefined ? Number.POSITIVE_INFINITY : offset + 2 + high * 256 + low
    if (end > bundle.length) throw new SyntaxError('entry bundle: ends inside a record; fetch the whole bundle')
    records.push(bundle.slice(offset + 2, end))
    offset = end
  }
  return records
}
