import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseVerifierKey } from '../../../src/audit/checkpoint/signed-note.ts'
import { formatTilePath, parseEntryBundle, type Tile } from '../../../src/audit/tree/tiles.ts'
import { type TiledLog, verifyTiledLog } from '../../../src/audit/verify/verify-tiled-log.ts'
import { formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { flipBit } from '../../audit/verify/served-log.ts'
import { type LogApp, openLogApp, readBytes } from '../log-app.ts'

const SIZE = 600
const records = Array.from({ length: SIZE }, (_, index) => `{"nonce":"${index}"}`)

let app: LogApp
beforeAll(async () => {
  app = await openLogApp()
  await app.append(records.slice(0, 300))
  await app.append(records.slice(300))
})
afterAll(() => app.close())

const headersOf = async (path: string) => {
  const { status, headers } = await app.get(path)
  return { status, type: headers.get('content-type'), caching: headers.get('cache-control') }
}

describe('the key of the log', () => {
  test('the key of the log is one line of text, the key that signs the checkpoint, and open to everybody', async () => {
    const response = await app.get('/v1/log/key')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await response.text()
    expect(text).toBe(`${app.verifierKey}\n`)
    expect(parseVerifierKey(text.slice(0, -1)).name).toBe((await (await app.get('/checkpoint')).text()).split('\n')[0])
    expect(await verifyTiledLog({ ...app.log, verifierKey: text.slice(0, -1) })).toMatchObject({ ok: true })
  })
})

describe('what is served', () => {
  test.each([
    { path: '/v1/log/key', type: 'text/plain; charset=utf-8', caching: 'public, max-age=300' },
    { path: '/checkpoint', type: 'text/plain; charset=utf-8', caching: 'public, max-age=1' },
    { path: '/tile/0/000', type: 'application/octet-stream', caching: 'public, max-age=86400' },
    { path: '/tile/0/002.p/88', type: 'application/octet-stream', caching: 'public, max-age=86400' },
    { path: '/tile/8/0/000', type: 'application/octet-stream', caching: 'public, max-age=86400' },
  ])(
    'the file at $path is of its type, for as long as it holds, and open to pages of others',
    async ({ path, ...expected }) => {
      expect(await headersOf(path)).toEqual({ status: 200, ...expected })
      const { headers } = await app.get(path)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      const head = await app.get(path, { method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
      expect(head.headers.get('content-type')).toBe(expected.type)
    },
  )

  test.each(['/tile/entries/000', '/tile/8/data/000'])(
    'the file at %s is for auditors, and for their cache alone',
    async (path) => {
      const { status, headers } = await app.getAsAuditor(path)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('cache-control')).toBe('private, max-age=86400')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test.each(['/tile/0/003', '/tile/1/000', '/tile/0/002.p/89', '/tile/8/0/002', '/tile/64/000', '/tile/0/x000/000'])(
    'no file is at %s (yet), and nobody keeps that answer',
    async (path) => {
      expect(await headersOf(path)).toEqual({ status: 404, type: 'application/problem+json', caching: 'no-store' })
    },
  )
})

describe('the checkpoint', () => {
  test('the checkpoint is not sent again to a client that has it', async () => {
    const etag = (await app.get('/checkpoint')).headers.get('etag')!
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await app.get('/checkpoint', { headers: { 'if-none-match': known } })
      expect([response.status, await response.text(), response.headers.get('etag')], known).toEqual([304, '', etag])
      expect(response.headers.get('cache-control')).toBe('public, max-age=1')
    }
    for (const known of ['"other"', etag.slice(1, -1), '']) {
      expect((await app.get('/checkpoint', { headers: { 'if-none-match': known } })).status, known).toBe(200)
    }
  })

  test('the checkpoint has another tag when it is another', async () => {
    const grown = await openLogApp()
    try {
      expect((await grown.get('/checkpoint')).status).toBe(404)
      await grown.append(['{"nonce":"a"}'])
      const etag = (await grown.get('/checkpoint')).headers.get('etag')!
      await grown.append(['{"nonce":"b"}'])
      const response = await grown.get('/checkpoint', { headers: { 'if-none-match': etag } })
      expect(response.status).toBe(200)
      expect(response.headers.get('etag')).not.toBe(etag)
    } finally {
      grown.close()
    }
  })
})

describe('an address', () => {
  test.each([
    ['/tile/8/0/000', '/tile/0/000'],
    ['/tile/8/0/001.p/7', '/tile/0/001.p/7'],
    ['/tile/8/0/002.p/88', '/tile/0/002.p/88'],
    ['/tile/8/1/000.p/2', '/tile/1/000.p/2'],
  ])('the address %s in the layout of the Go checksum database is %s', async (theirs, ours) => {
    expect(await readBytes(await app.get(theirs))).toEqual(await readBytes(await app.get(ours)))
    expect(await readBytes(await app.get(ours))).toBeDefined()
  })

  test.each([
    ['/tile/8/data/000', '/tile/entries/000'],
    ['/tile/8/data/002.p/88', '/tile/entries/002.p/88'],
  ])('the record address %s in the layout of the Go checksum database is %s', async (theirs, ours) => {
    expect(await readBytes(await app.getAsAuditor(theirs))).toEqual(await readBytes(await app.getAsAuditor(ours)))
    expect(await readBytes(await app.getAsAuditor(ours))).toBeDefined()
  })

  // Level 8 begins at 2^64 records, which no log has.
  test.each(['/tile/8/000', '/tile/8/000.p/1', '/tile/8/x001/000', '/tile/8/8/000', '/tile/8/00/000', '/tile/8/0/0'])(
    'the address %s never is a tile of level 0',
    async (path) => {
      expect((await app.get(path)).status).toBe(404)
    },
  )

  test.each([
    '/tile/entries/000',
    '/tile/8/data/000',
    '/tile/%65ntries/000',
    '/tile/entries%2f000',
    '/tile/entries/%30%30%30',
    '/tile/%2565ntries/000',
    '/tile/8/%64ata/000',
    '/tile/8/data%2f000',
    '/tile/8/entries/000',
    '/tile/08/data/000',
    '/tile//entries/000',
    '/tile/8//data/000',
    '/tile/./entries/000',
    '/tile/0/../entries/000',
    '/tile/0/%2e%2e/entries/000',
    '/tile/data/000',
  ])('the address %s gives no record without a token', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const response = await app.get(path, { method })
      expect([401, 404, 405]).toContain(response.status)
      expect(await response.text()).not.toContain('nonce')
    }
  })
})

describe('an auditor', () => {
  test('an auditor verifies the whole log over HTTP', async () => {
    expect(await verifyTiledLog(app.log)).toMatchObject({ ok: true, treeSize: SIZE })
  })

  test('an auditor reads in the bundles what was appended', async () => {
    const texts: string[] = []
    for (const path of ['000', '001', '002.p/88']) {
      const bundle = await readBytes(await app.getAsAuditor(`/tile/entries/${path}`))
      texts.push(...parseEntryBundle(bundle!).map(parseUtf8))
    }
    expect(texts).toEqual(records)
  })

  const place = fc.record({
    path: fc.constantFrom('checkpoint', '0/000', '0/001', '0/002.p/88', '1/000.p/2', 'entries/000', 'entries/002.p/88'),
    bit: fc.nat(),
  })

  test('an auditor catches any bit that is flipped on the way in any file', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ path, bit }) => {
        const flip = (bytes: Uint8Array | undefined) => bytes && flipBit(bytes, bit % (bytes.length * 8))
        const onTheWay = (fetch: TiledLog['fetchTile']) => async (tile: Tile) =>
          formatTilePath(tile) === path ? flip(await fetch(tile)) : fetch(tile)
        const verification = await verifyTiledLog({
          fetchCheckpoint: async () =>
            path === 'checkpoint' ? flip(await app.log.fetchCheckpoint()) : app.log.fetchCheckpoint(),
          fetchTile: onTheWay(app.log.fetchTile),
          fetchEntries: onTheWay(app.log.fetchEntries),
          verifierKey: app.verifierKey,
        })
        expect(verification).toMatchObject({ ok: false, reason: expect.stringContaining(path) })
      }),
      { numRuns: 80 },
    )
  })

  test('an auditor catches any bit that is flipped on the way in the key', async () => {
    const served = new Uint8Array(await (await app.get('/v1/log/key')).arrayBuffer())
    const [note, noTile] = [formatUtf8(await (await app.get('/checkpoint')).text()), async () => undefined]
    for (let bit = 0; bit < served.length * 8; bit++) {
      const text = new TextDecoder().decode(flipBit(served, bit))
      const log = { fetchCheckpoint: async () => note, fetchTile: noTile, fetchEntries: noTile }
      const verification = await verifyTiledLog({ ...log, verifierKey: text.replace(/\n$/, '') })
      expect(verification, `bit ${bit}`).toMatchObject({ ok: false, reason: expect.not.stringMatching(/^tile/) })
    }
  })
})
