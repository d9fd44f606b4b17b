import { beforeAll, describe, expect, test } from 'vitest'
import { parseCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { parseNote } from '../../src/audit/checkpoint/signed-note.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { countTiles, formatTilePath, parseEntryBundle, TILE_WIDTH, type Tile } from '../../src/audit/tree/tiles.ts'
import { verifyLog } from '../../src/audit/verify/verify.ts'
import type { Client } from '../../src/auth/client.ts'
import { formatUtf8, parseUtf8 } from '../../src/encoding/bytes.ts'
import { fitsPublishedSchema } from '../audit/record/published-schema.ts'
import { post, readAs, readProblem, submit } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { PERSONAL_VALUES, policeReport, question } from './reports.ts'

const HASH_BYTES = 32

export function logCases(gateway: () => BlackBox): void {
  describe('log', () => {
    let auditor: Client
    let politie: Client

    beforeAll(async () => {
      auditor = await gateway().connect('toezichthouder')
      politie = await gateway().connect('politie')
      // Past the width of a tile, so that there are full tiles, partial ones and a second level.
      for (let round = 0; round < 8; round++) {
        await Promise.all(Array.from({ length: 32 }, () => post(politie, '/v1/exchanges/_check', question)))
      }
    }, 60_000)

    const get = (path: string) => gateway().send(new Request(gateway().issuer + path))
    const fetchCheckpoint = async () => {
      const note = await (await get('/checkpoint')).text()
      return { note, treeSize: parseCheckpointBody(parseNote(note).text).treeSize }
    }
    const fetchBytes = async (response: Promise<Response>) => {
      const answer = await response
      expect(answer.status).toBe(200)
      return new Uint8Array(await answer.arrayBuffer())
    }
    const fetchHashes = async (tile: Tile) => {
      const bytes = await fetchBytes(get(`/tile/${formatTilePath(tile)}`))
      expect(bytes.length).toBe(tile.width * HASH_BYTES)
      return Array.from({ length: tile.width }, (_, index) =>
        bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
      )
    }
    const fetchRecords = async (tile: Tile) => {
      const records = parseEntryBundle(await fetchBytes(auditor.request('GET', `/tile/${formatTilePath(tile)}`)))
      expect(records).toHaveLength(tile.width)
      return records
    }

    async function* fetchTiles<Item>(
      level: Tile['level'],
      treeSize: number,
      fetchTile: (tile: Tile) => Promise<readonly Item[]>,
    ) {
      const { full, partialWidth } = countTiles(level === 'entries' ? 0 : level, treeSize)
      for (let index = 0; index < full; index++) yield* await fetchTile({ level, index, width: TILE_WIDTH })
      if (partialWidth > 0) yield* await fetchTile({ level, index: full, width: partialWidth })
    }

    test('an auditor fetches the whole log and recomputes the root that was signed', async () => {
      const { note, treeSize } = await fetchCheckpoint()
      expect(treeSize).toBeGreaterThan(TILE_WIDTH)
      const verification = await verifyLog({
        records: fetchTiles('entries', treeSize, fetchRecords),
        leafHashes: fetchTiles(0, treeSize, fetchHashes),
        checkpoints: (async function* () {
          yield { treeSize, note }
        })(),
        verifierKeys: [gateway().verifierKey],
      })
      expect(verification).toMatchObject({ ok: true, treeSize })
    })

    test('every record of the log is of a known form, and none holds personal data', async () => {
      const { treeSize } = await fetchCheckpoint()
      const types = new Set<string>()
      for await (const bytes of fetchTiles('entries', treeSize, fetchRecords)) {
        const record = parseUtf8(bytes)
        types.add(parseRecord(record).type)
        expect(fitsPublishedSchema(JSON.parse(record)), JSON.stringify(fitsPublishedSchema.errors)).toBe(true)
        for (const value of PERSONAL_VALUES) expect(record).not.toContain(value)
      }
      expect([...types].toSorted()).toEqual([
        'access',
        'acknowledged',
        'check',
        'delivered',
        'exchange',
        'heartbeat',
        'key',
        'party',
        'policy',
      ])
    })

    test('an auditor reads in the log the record that its sender got a receipt for', async () => {
      const { receipt } = await readAs('Exchange', await submit(politie, policeReport))
      const { treeSize } = await fetchCheckpoint()
      const index = Math.floor(receipt.leafIndex / TILE_WIDTH)
      const records = await fetchRecords({
        level: 'entries',
        index,
        width: Math.min(TILE_WIDTH, treeSize - index * TILE_WIDTH),
      })
      expect(records[receipt.leafIndex % TILE_WIDTH]).toEqual(formatUtf8(receipt.record))
    })

    test('full tiles may be cached forever, and the checkpoint hardly at all', async () => {
      expect((await get('/tile/0/000')).headers.get('cache-control')).toContain('max-age=86400')
      expect((await get('/tile/1/000.p/1')).status).toBe(200)
      expect((await get('/checkpoint')).headers.get('cache-control')).toBe('public, max-age=1')
    })

    test('the key of the log is public', async () => {
      expect(await (await get('/v1/log/key')).text()).toBe(`${gateway().verifierKey}\n`)
    })

    test('the addresses of the Go checksum database lead to the same tiles', async () => {
      expect(await fetchBytes(get('/tile/8/0/000'))).toEqual(await fetchBytes(get('/tile/0/000')))
      expect(await fetchBytes(auditor.request('GET', '/tile/8/data/000'))).toEqual(
        await fetchBytes(auditor.request('GET', '/tile/entries/000')),
      )
      expect(await readProblem(await get('/tile/8/000'))).toEqual({ status: 404, code: 'not-found' })
    })

    test('a checkpoint that the caller already has is not sent again', async () => {
      const etag = (await get('/checkpoint')).headers.get('etag')!
      const known = new Request(`${gateway().issuer}/checkpoint`, { headers: { 'if-none-match': etag } })
      expect((await gateway().send(known)).status).toBe(304)
    })

    test('anybody sees the size of the log, its newest heartbeat and the format of its records', async () => {
      const status = await get('/v1/log/status')
      expect(status.status).toBe(200)
      const { origin, treeSize, newestHeartbeatAt, heartbeatMinutes } = (await status.json()) as Record<string, never>
      expect(origin).toBe(gateway().verifierKey.split('+')[0])
      expect(treeSize).toBe((await fetchCheckpoint()).treeSize)
      expect(Date.now() - Date.parse(newestHeartbeatAt!)).toBeLessThan(600_000)
      expect(heartbeatMinutes).toBe(60)
      const schema = await get('/v1/log/record-schema.json')
      expect(schema.headers.get('content-type')).toBe('application/schema+json')
      expect(schema.headers.get('cache-control')).toContain('max-age=')
      expect(await schema.json()).toMatchObject({ $id: 'urn:sluis:record:1' })
    })

    test('records of the log are not public', async () => {
      for (const path of ['/tile/entries/000', '/tile/8/data/000']) {
        expect(await readProblem(await get(path))).toEqual({ status: 401, code: 'token-missing' })
      }
    })

    test('a tile that is not there (yet), or is spelled otherwise, is not found', async () => {
      for (const path of [
        '/tile/0/999',
        '/tile/9/000',
        '/tile/0/000.p/256',
        '/tile/0/0',
        '/tile/00/000',
        '/tile/0/x000/000',
      ]) {
        expect(await readProblem(await get(path))).toEqual({ status: 404, code: 'not-found' })
      }
    })
  })
}
