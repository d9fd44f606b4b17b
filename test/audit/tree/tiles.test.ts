import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countTiles,
  formatEntryBundle,
  formatTilePath,
  hasTile,
  parseEntryBundle,
  parseSumdbTilePath,
  parseTilePath,
} from '../../../src/audit/tree/tiles.ts'

describe('tile path', () => {
  test.each([
    { path: '0/000', tile: { level: 0, index: 0, width: 256 } },
    { path: '0/999', tile: { level: 0, index: 999, width: 256 } },
    { path: '0/x001/000', tile: { level: 0, index: 1000, width: 256 } },
    { path: '0/x001/067.p/5', tile: { level: 0, index: 1067, width: 5 } },
    { path: '2/x001/x234/067', tile: { level: 2, index: 1_234_067, width: 256 } },
    { path: '63/000.p/255', tile: { level: 63, index: 0, width: 255 } },
    { path: 'entries/x001/067.p/5', tile: { level: 'entries' as const, index: 1067, width: 5 } },
    {
      path: 'entries/x009/x007/x199/x254/x740/991',
      tile: { level: 'entries' as const, index: Number.MAX_SAFE_INTEGER, width: 256 },
    },
  ])('tile path $path is read and written', ({ path, tile }) => {
    expect(parseTilePath(path)).toEqual(tile)
    expect(formatTilePath(tile)).toBe(path)
  })

  test.each([
    '',
    '0',
    '0/',
    '0/0',
    '0/00',
    '0/0000',
    '00/000',
    '64/000',
    '-1/000',
    'x/000',
    'data/000',
    '0/x000/000',
    '0/x001',
    '0/001/067',
    '0/x001/x067',
    '0/x1/067',
    '0/000.p',
    '0/000.p/',
    '0/000.p/0',
    '0/000.p/00',
    '0/000.p/05',
    '0/000.p/256',
    '0/000.p/1000',
    '0/000/',
    '/0/000',
    '0/000.p/5/',
    '0/000\n',
    '0/٠٠٠',
    '0/x009/x007/x199/x254/x740/992',
    '0/000?',
    '8/0/000',
  ])('path %j is no tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  test('a tile path comes back from any tile', () => {
    const tile = fc.record({
      level: fc.oneof(fc.nat({ max: 63 }), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (any) => {
        expect(parseTilePath(formatTilePath(any))).toEqual(any)
      }),
    )
  })
})

describe('tiles of a tree', () => {
  // Sizes 256 and 70,000 are the examples of the format's description.
  test.each([
    { treeSize: 0, level: 0, full: 0, partialWidth: 0 },
    { treeSize: 1, level: 0, full: 0, partialWidth: 1 },
    { treeSize: 255, level: 0, full: 0, partialWidth: 255 },
    { treeSize: 255, level: 1, full: 0, partialWidth: 0 },
    { treeSize: 256, level: 0, full: 1, partialWidth: 0 },
    { treeSize: 256, level: 1, full: 0, partialWidth: 1 },
    { treeSize: 256, level: 2, full: 0, partialWidth: 0 },
    { treeSize: 70_000, level: 0, full: 273, partialWidth: 112 },
    { treeSize: 70_000, level: 1, full: 1, partialWidth: 17 },
    { treeSize: 70_000, level: 2, full: 0, partialWidth: 1 },
    { treeSize: 70_000, level: 3, full: 0, partialWidth: 0 },
    { treeSize: Number.MAX_SAFE_INTEGER, level: 63, full: 0, partialWidth: 0 },
  ])(
    'a tree of size $treeSize has at level $level $full full tiles and a partial one of $partialWidth',
    ({ treeSize, level, ...tiles }) => {
      expect(countTiles(level, treeSize)).toEqual(tiles)
    },
  )

  test.each([
    { path: '0/000', treeSize: 255, isThere: false },
    { path: '0/000', treeSize: 256, isThere: true },
    { path: '0/000.p/255', treeSize: 256, isThere: true },
    { path: '0/001.p/1', treeSize: 256, isThere: false },
    { path: '1/000.p/1', treeSize: 256, isThere: true },
    { path: '0/273.p/112', treeSize: 70_000, isThere: true },
    { path: '0/273.p/100', treeSize: 70_000, isThere: true },
    { path: '0/273.p/113', treeSize: 70_000, isThere: false },
    { path: '0/274.p/1', treeSize: 70_000, isThere: false },
    { path: 'entries/273.p/112', treeSize: 70_000, isThere: true },
    { path: 'entries/273', treeSize: 70_000, isThere: false },
    { path: '2/000.p/1', treeSize: 70_000, isThere: true },
    { path: '3/000.p/1', treeSize: 70_000, isThere: false },
  ])('tile $path is there at size $treeSize: $isThere', ({ path, treeSize, isThere }) => {
    expect(hasTile(parseTilePath(path)!, treeSize)).toBe(isThere)
  })
})

describe('tile path of the Go checksum database', () => {
  test.each([
    { path: '8/0/000', same: '0/000' },
    { path: '8/0/x001/067.p/5', same: '0/x001/067.p/5' },
    { path: '8/8/000', same: '8/000' },
    { path: '8/63/999.p/255', same: '63/999.p/255' },
    { path: '8/data/000', same: 'entries/000' },
    { path: '8/data/x001/000.p/1', same: 'entries/x001/000.p/1' },
  ])('tile path $path of the Go checksum database is $same', ({ path, same }) => {
    expect(parseSumdbTilePath(path)).toEqual(parseTilePath(same))
    expect(parseSumdbTilePath(path)).toBeDefined()
  })

  test.each([
    '8/000',
    '8/000.p/5',
    '8/x001/000',
    '8/entries/000',
    '8/00/000',
    '8/64/000',
    '8/0/0',
    '8/0/000.p/256',
    '8/0/8/0/000',
    '7/0/000',
    '08/0/000',
    '0/000',
    'data/000',
    '/8/0/000',
    '8/0/000/',
    '8//000',
  ])('a tile path of the Go checksum database is not %s', (path) => {
    expect(parseSumdbTilePath(path)).toBeUndefined()
  })

  test('a tile path of the Go checksum database is never a path of C2SP as well', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
    const tile = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) })
    fc.assert(
      fc.property(tile, (any) => {
        const path = formatTilePath(any)
        expect(parseSumdbTilePath(path)).toBeUndefined()
        const theirs = `8/${path.replace('entries', 'data')}`
        expect(parseTilePath(theirs)).toBeUndefined()
        expect(parseSumdbTilePath(theirs)).toEqual(any)
      }),
    )
  })
})

describe('entry bundle', () => {
  test('an entry bundle puts the length in two bytes, the high one first', () => {
    const bundle = formatEntryBundle([Uint8Array.of(7, 8), new Uint8Array(), new Uint8Array(258).fill(9)])
    expect([...bundle.subarray(0, 9)]).toEqual([0, 2, 7, 8, 0, 0, 1, 2, 9])
    expect(bundle).toHaveLength(266)
  })

  test('an entry bundle gives back its records, and is refused when it is cut off inside one', () => {
    const records = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 })
    fc.assert(
      fc.property(records, fc.nat(), (any, pick) => {
        const bundle = formatEntryBundle(any)
        expect(parseEntryBundle(bundle)).toEqual(any)
        const ends = [0]
        for (const record of any) ends.push(ends.at(-1)! + 2 + record.length)
        const length = pick % (bundle.length + 1)
        if (ends.includes(length))
          expect(parseEntryBundle(bundle.subarray(0, length))).toHaveLength(ends.indexOf(length))
        else expect(() => parseEntryBundle(bundle.subarray(0, length))).toThrow(SyntaxError)
      }),
    )
  })

  test('an entry bundle accepts a record of 65,535 bytes and none above', () => {
    expect(parseEntryBundle(formatEntryBundle([new Uint8Array(65_535)]))[0]).toHaveLength(65_535)
    expect(() => formatEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
  })
})
