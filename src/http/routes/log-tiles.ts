import { sha256 } from '@noble/hashes/sha2.js'
import {
  formatEntryBundle,
  hasTile,
  parseSumdbTilePath,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
} from '../../audit/tree/tiles.ts'
import { formatBase64Url, formatUtf8 } from '../../encoding/bytes.ts'
import { recordLogUse } from '../../review/log-use.ts'
import { callingClient, notFound, type Parameter, type Route, type Visit } from '../route.ts'

const TEXT = 'text/plain; charset=utf-8'
// Open to programs in a browser too, so that a page of anybody can verify the log.
const OPEN = { 'access-control-allow-origin': '*' }
// A day, and not for ever as a log without restored backups could: after a restore the records of an address can be others.
const A_DAY = 'max-age=86400'
const MAX_CONDITION_LENGTH = 1000

const tileParameters: readonly Parameter[] = [
  {
    name: 'level',
    in: 'path',
    description: 'Tile level, 0 to 63',
    required: true,
    schema: { type: 'integer', minimum: 0, maximum: 63 },
    example: 0,
  },
  indexParameter(),
]

/** The log as C2SP tlog-tiles. Hashes are open to everybody, records to auditors. */
export const logRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/log/key',
    operationId: 'getLogKey',
    tag: 'log',
    summary: 'The verifier key of the log, in one line (C2SP signed-note)',
    description:
      'Fetch it once, compare it with the key that the operator publishes elsewhere, and keep it. A key that always comes from the same server as the log proves nothing.',
    answer: { status: 200, description: 'Verifier key', contentType: 'text/plain' },
    async perform({ gateway }) {
      return new Response(`${gateway.verifierKey}\n`, {
        headers: { ...OPEN, 'content-type': TEXT, 'cache-control': 'public, max-age=300' },
      })
    },
  },
  {
    method: 'get',
    path: '/checkpoint',
    operationId: 'getCheckpoint',
    tag: 'log',
    summary: 'The newest signed checkpoint (C2SP tlog-checkpoint)',
    answer: {
      status: 200,
      description: 'Signed note',
      contentType: 'text/plain',
      notModified: 'The checkpoint is still the one of `If-None-Match`',
    },
    parameters: [
      {
        name: 'If-None-Match',
        in: 'header',
        description: '`ETag` of the checkpoint that you have; a longer list than the schema allows is ignored',
        required: false,
        schema: { type: 'string', maxLength: MAX_CONDITION_LENGTH },
      },
    ],
    problems: ['not-found'],
    async perform({ gateway, request }) {
      const checkpoint = await gateway.store.log.checkpoint()
      if (!checkpoint) throw notFound()
      const etag = `"${formatBase64Url(sha256(formatUtf8(checkpoint.note)))}"`
      const headers = { ...OPEN, etag, 'cache-control': 'public, max-age=1' }
      if (isNoneMatch(request.headers.get('if-none-match'), etag)) {
        return new Response(checkpoint.note, { headers: { ...headers, 'content-type': TEXT } })
      }
      return new Response(null, { status: 304, headers })
    },
  },
  {
    method: 'get',
    path: '/tile/entries/{index}',
    // The address at which Go's client of a checksum database requests the same bundle.
    alias: '/tile/8/data/{index}',
    operationId: 'getEntryBundle',
    tag: 'log',
    summary: 'Records, each preceded by its length (C2SP tlog-tiles)',
    description: 'The reading is recorded in the log before you are answered.',
    scope: 'audit:read',
    budget: 'log-uses',
    parameters: [indexParameter()],
    answer: { status: 200, description: 'Entry bundle', contentType: 'application/octet-stream' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const { start, end } = await rangeOf(visit, parseTilePath(`entries/${visit.parameters.index}`))
      const records = await visit.gateway.store.log.records(start, end)
      const by = callingClient(visit)
      await recordLogUse(visit.gateway, { by, use: 'entries', start, end, found: records.length })
      return octets(formatEntryBundle(records), { 'cache-control': `private, ${A_DAY}` })
    },
  },
  {
    method: 'get',
    // Also matches `/tile/8/{level}/{index}` of Go's client: an address that begins with 8 is a tile in one of the two readings only.
    path: '/tile/{level}/{index}',
    operationId: 'getTile',
    tag: 'log',
    summary: 'Hashes of the tree (C2SP tlog-tiles)',
    parameters: tileParameters,
    answer: { status: 200, description: '1 to 256 hashes of 32 bytes', contentType: 'application/octet-stream' },
    problems: ['not-found'],
    async perform(visit) {
      const path = `${visit.parameters.level}/${visit.parameters.index}`
      const tile = parseTilePath(path) ?? parseSumdbTilePath(path)
      // Records have their own route, guarded by a scope; no spelling of an address may reach them here.
      if (!tile || tile.level === 'entries') throw notFound()
      const { start, end } = await rangeOf(visit, tile)
      const hashes = await visit.gateway.store.log.hashes(tile.level, start, end)
      const bytes = new Uint8Array(hashes.length * 32)
      for (const [position, hash] of hashes.entries()) bytes.set(hash, position * 32)
      return octets(bytes, { ...OPEN, 'cache-control': `public, ${A_DAY}` })
    },
  },
]

function indexParameter(): Parameter {
  return {
    name: 'index',
    in: 'path',
    description:
      'Tile number in groups of three digits (`x001/x234/067`), followed by `.p/` and the width for a partial tile',
    required: true,
    schema: { type: 'string', maxLength: 60 },
    example: '000.p/5',
  }
}

/**
 * The half-open range that a tile covers at its level.
 * @throws SluisError `not-found` for an address that is no tile, and for a tile that the newest checkpoint does not cover
 */
async function rangeOf({ gateway }: Visit, tile: Tile | undefined): Promise<{ start: number; end: number }> {
  const treeSize = (await gateway.store.log.checkpoint())?.treeSize ?? 0
  if (!tile || !hasTile(tile, treeSize)) throw notFound()
  const start = tile.index * TILE_WIDTH
  return { start, end: start + tile.width }
}

/** Whether the caller does not have this answer yet (RFC 9110 §13.1.2, weak comparison). */
function isNoneMatch(condition: string | null, etag: string): boolean {
  if (condition === null || condition.length > MAX_CONDITION_LENGTH) return true
  return condition.trim() !== '*' && !condition.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

function octets(bytes: Uint8Array, headers: Record<string, string>): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  })
}
