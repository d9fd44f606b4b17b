import { formatEntryBundle, hasTile, parseTilePath, TILE_WIDTH } from '../audit/tiles.ts'
import { recordLogUse } from '../exchange/review/log-use.ts'
import { callingClient, notFound, type Parameter, type Route, type Visit } from './route.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'

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

/** The log as C2SP tlog-tiles serves it. Hashes are open to everybody, records to auditors. */
export const logRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/checkpoint',
    operationId: 'getCheckpoint',
    tag: 'log',
    summary: 'The newest signed checkpoint (C2SP tlog-checkpoint)',
    answer: { status: 200, description: 'Signed note', contentType: 'text/plain' },
    problems: ['not-found'],
    async perform({ gateway }) {
      const checkpoint = await gateway.store.log.checkpoint()
      if (!checkpoint) throw notFound()
      return new Response(checkpoint.note, {
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=1' },
      })
    },
  },
  {
    method: 'get',
    path: '/tile/entries/{index}',
    operationId: 'getEntryBundle',
    tag: 'log',
    summary: 'Records, each after its length (C2SP tlog-tiles)',
    description: 'That you read them is recorded in the log before you are answered.',
    scope: 'audit:read',
    parameters: [indexParameter()],
    answer: { status: 200, description: 'Entry bundle', contentType: 'application/octet-stream' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const { start, end } = await locateTile(visit, `entries/${visit.parameters.index}`)
      const records = await visit.gateway.store.log.records(start, end)
      const by = callingClient(visit)
      await recordLogUse(visit.gateway, { by, use: 'entries', start, end, found: records.length })
      return octets(formatEntryBundle(records), 'private, max-age=31536000, immutable')
    },
  },
  {
    method: 'get',
    path: '/tile/{level}/{index}',
    operationId: 'getTile',
    tag: 'log',
    summary: 'Hashes of the tree (C2SP tlog-tiles)',
    parameters: tileParameters,
    answer: { status: 200, description: '1 to 256 hashes of 32 bytes', contentType: 'application/octet-stream' },
    problems: ['not-found'],
    async perform(visit) {
      const { level, start, end } = await locateTile(visit, `${visit.parameters.level}/${visit.parameters.index}`)
      const hashes = await visit.gateway.store.log.hashes(level, start, end)
      const bytes = new Uint8Array(hashes.length * 32)
      for (const [position, hash] of hashes.entries()) bytes.set(hash, position * 32)
      return octets(bytes, IMMUTABLE)
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
    schema: { type: 'string' },
    example: '000.p/5',
  }
}

/**
 * The half-open range a tile covers at its level.
 * @throws SluisError `not-found` for a path that is no tile and for a tile that the newest checkpoint does not cover (yet)
 */
async function locateTile({ gateway }: Visit, path: string): Promise<{ level: number; start: number; end: number }> {
  const tile = parseTilePath(path)
  const treeSize = (await gateway.store.log.checkpoint())?.treeSize ?? 0
  if (!tile || !hasTile(tile, treeSize)) throw notFound()
  const start = tile.index * TILE_WIDTH
  return { level: tile.level === 'entries' ? 0 : tile.level, start, end: start + tile.width }
}

function octets(bytes: Uint8Array, cacheControl: string): Response {
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': cacheControl },
  })
}
