import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_ROOT } from '../../../src/audit/tree/tree.ts'
import { verifyTiledLog } from '../../../src/audit/verify/verify-tiled-log.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { newSigner } from '../memory-log.ts'
import { flipBit, openServed, referenceLeaf, referenceRoot, type ServedLog, serveLog, withFile } from './served-log.ts'

const signer = newSigner('log.example/2026')
const newRecords = (count: number) => Array.from({ length: count }, (_, index) => formatUtf8(`{"nonce":"${index}"}`))
const serve = (size: number): ServedLog => serveLog(newRecords(size), signer)
const rootOf = (size: number) => referenceRoot(newRecords(size).map(referenceLeaf))
const large = serve(66_000)

describe('a log that is served as tiles', () => {
  test.each([1, 2, 255, 256, 257, 511, 512, 600, 65_536])(
    'a log of size %i that is served as tiles verifies, and has the root of its records',
    async (size) => {
      const verification = await verifyTiledLog(openServed(serve(size)))
      expect(verification).toEqual({ ok: true, treeSize: size, rootHash: rootOf(size) })
    },
  )

  test('a served log without records verifies when a checkpoint says so', async () => {
    expect(await verifyTiledLog(openServed(serve(0)))).toEqual({ ok: true, treeSize: 0, rootHash: EMPTY_ROOT })
  })

  test('a served log verifies with another implementation of the leaf hash, and not with a wrong one', async () => {
    const log = openServed(serve(300))
    expect(await verifyTiledLog({ ...log, hashLeaf: referenceLeaf })).toMatchObject({ ok: true })
    expect(await verifyTiledLog({ ...log, hashLeaf: () => EMPTY_ROOT })).toMatchObject({ ok: false })
  })

  test('verifying a served log reports progress after every bundle, up to the size', async () => {
    const told: number[][] = []
    await verifyTiledLog({ ...openServed(serve(600)), onProgress: (...progress) => told.push(progress) })
    expect(told).toEqual([
      [256, 600],
      [512, 600],
      [600, 600],
    ])
  })

  test('verifying a served log requests every file once, and a few at a time', async () => {
    let underWay = 0
    let most = 0
    const asked: string[] = []
    const log = openServed(large)
    const counted =
      <Args extends unknown[], Answer>(fetch: (...args: Args) => Promise<Answer>) =>
      async (...args: Args): Promise<Answer> => {
        asked.push(JSON.stringify(args))
        most = Math.max(most, ++underWay)
        await new Promise(setImmediate)
        underWay--
        return fetch(...args)
      }
    const verification = await verifyTiledLog({
      ...log,
      fetchCheckpoint: counted(log.fetchCheckpoint),
      fetchTile: counted(log.fetchTile),
      fetchEntries: counted(log.fetchEntries),
    })
    expect(verification.ok).toBe(true)
    expect(asked).toHaveLength(large.files.size)
    expect(new Set(asked).size).toBe(asked.length)
    expect(most).toBeLessThanOrEqual(20)
  })
})

/** Every file is caught by name: the reason begins with it, or with what it contradicts. */
async function expectCaught(served: ServedLog, path: string, bytes: Uint8Array | undefined): Promise<void> {
  const verification = await verifyTiledLog(openServed(withFile(served, path, bytes)))
  expect(verification, path).toMatchObject({ ok: false, reason: expect.stringContaining(path) })
}

describe('a flipped bit in any served file', () => {
  test.each([1, 2, 3])('any flipped bit in any served file is caught in a log of size %i', async (size) => {
    const served = serve(size)
    for (const [path, bytes] of served.files) {
      for (let bit = 0; bit < bytes.length * 8; bit++) await expectCaught(served, path, flipBit(bytes, bit))
    }
  })

  test.each([256, 257, 600])('a flipped bit in any served file is caught in a log of size %i', async (size) => {
    const served = serve(size)
    const place = fc.record({ path: fc.constantFrom(...served.files.keys()), bit: fc.nat() })
    await fc.assert(
      fc.asyncProperty(place, async ({ path, bit }) => {
        const bytes = served.files.get(path)!
        await expectCaught(served, path, flipBit(bytes, bit % (bytes.length * 8)))
      }),
      { numRuns: 150 },
    )
  })

  test.each([
    'checkpoint',
    'tile/0/000',
    'tile/0/257.p/208',
    'tile/1/000',
    'tile/1/001.p/1',
    'tile/2/000.p/1',
    'tile/entries/000',
    'tile/entries/257.p/208',
  ])('a flipped bit is caught at every level of a log of 66,000: %s', async (path) => {
    const bytes = large.files.get(path)!
    await expectCaught(large, path, flipBit(bytes, Math.floor(bytes.length / 2) * 8))
  })

  test('any flipped bit in the verifier key is caught', async () => {
    const log = openServed(serve(3))
    const key = formatUtf8(log.verifierKey)
    for (let bit = 0; bit < key.length * 8; bit++) {
      const verifierKey = Buffer.from(flipBit(key, bit)).toString()
      expect(await verifyTiledLog({ ...log, verifierKey }), `bit ${bit}`).toMatchObject({ ok: false })
    }
  })
})

describe('a log that is served as tiles is refused', () => {
  const served = serve(600)
  const tile = served.files.get('tile/0/001')!
  const bundle = served.files.get('tile/entries/001')!

  test.each([...served.files.keys()])('a served log is refused without %s', (path) =>
    expectCaught(served, path, undefined),
  )

  test.each([
    { what: 'a tile is a byte short', path: 'tile/0/001', bytes: tile.subarray(1) },
    { what: 'a tile is a hash short', path: 'tile/0/001', bytes: tile.subarray(32) },
    { what: 'a tile is a byte long', path: 'tile/0/001', bytes: Buffer.concat([tile, Uint8Array.of(0)]) },
    { what: 'a tile has no bytes', path: 'tile/1/000.p/2', bytes: new Uint8Array() },
    { what: 'a bundle ends inside a record', path: 'tile/entries/001', bytes: bundle.subarray(0, -1) },
    { what: 'a bundle misses its first record', path: 'tile/entries/001', bytes: bundle.subarray(2 + 15) },
    { what: 'a bundle has a record more', path: 'tile/entries/001', bytes: Buffer.concat([bundle, Buffer.alloc(2)]) },
    { what: 'another bundle is in its place', path: 'tile/entries/001', bytes: served.files.get('tile/entries/000')! },
    { what: 'another tile is in its place', path: 'tile/0/001', bytes: served.files.get('tile/0/000')! },
    { what: 'the checkpoint is cut off', path: 'checkpoint', bytes: served.files.get('checkpoint')!.subarray(0, -9) },
    { what: 'the checkpoint is no text', path: 'checkpoint', bytes: Uint8Array.of(0xff, 0xfe) },
    { what: 'the checkpoint is empty', path: 'checkpoint', bytes: new Uint8Array() },
  ])('a served log is refused when $what', ({ path, bytes }) => expectCaught(served, path, bytes))

  test('a served log is refused when record and leaf hash were changed together, and their range is named', async () => {
    const records = newRecords(600).with(300, formatUtf8('{"nonce":"forged"}'))
    const forged = serveLog(records, signer)
    for (const [above, where] of [
      // The hashes above still are those that were signed.
      [served, { badRange: { start: 256, end: 512 } }],
      // Everything fits together, but it is not what was signed.
      [forged, { badRange: { start: 0, end: 600 } }],
    ] as const) {
      const files = new Map(forged.files)
      files.set('checkpoint', served.files.get('checkpoint')!)
      files.set('tile/1/000.p/2', above.files.get('tile/1/000.p/2')!)
      expect(await verifyTiledLog(openServed({ signer, files }))).toMatchObject({ ok: false, ...where })
    }
  })

  test.each([
    {
      what: 'a record',
      path: 'tile/entries/001',
      bytes: flipBit(bundle, 20),
      reason: 'tile/entries/001: record 256 is not the one that was signed',
    },
    {
      what: 'a leaf hash',
      path: 'tile/0/001',
      bytes: flipBit(tile, 32 * 8),
      reason: 'tile/0/001: hash 257 is not that of record 257; tile/0/001: is not the one that was signed',
    },
    {
      what: 'a hash above',
      path: 'tile/1/000.p/2',
      bytes: flipBit(served.files.get('tile/1/000.p/2')!, 0),
      reason:
        'tile/1/000.p/2: hash 0 is not that of records 0 up to and including 255; tile/1/000.p/2, tile/0/002.p/88: does not lead to the signed root',
    },
  ])(
    'the refusal of a served log distinguishes $what that was changed from what was signed',
    async ({ path, bytes, reason }) => {
      expect(await verifyTiledLog(openServed(withFile(served, path, bytes)))).toMatchObject({
        ok: false,
        reason: expect.stringMatching(new RegExp(`^${reason.replaceAll('.', '\\.')}`)),
      })
    },
  )

  test('a served log is refused under the key of another log, and under no key', async () => {
    const log = openServed(served)
    for (const verifierKey of [newSigner('log.example/2026').verifierKey, newSigner('other.example').verifierKey, '']) {
      expect(await verifyTiledLog({ ...log, verifierKey })).toMatchObject({ ok: false })
    }
  })

  test('a served log that cannot be reached is not called refused', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('connection reset')
    }
    const log = openServed(served)
    for (const name of ['fetchCheckpoint', 'fetchTile', 'fetchEntries'] as const) {
      await expect(verifyTiledLog({ ...log, [name]: broken })).rejects.toThrow('connection reset')
    }
  })
})
