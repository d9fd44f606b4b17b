import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyCheckpoint } from '../../../src/audit/checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../../../src/audit/checkpoint/signed-note.ts'
import { parseEntryBundle } from '../../../src/audit/tree/tiles.ts'
import { verifyTiledLog } from '../../../src/audit/verify/verify-tiled-log.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'
import { referenceLeaf, referenceRoot } from '../../audit/verify/served-log.ts'
import { type LogApp, openLogApp, readBytes } from '../log-app.ts'

/**
 * The sizes at which tiles fill up, really reached: one log that grows through the store's own writer and is read over HTTP.
 * For each level, how many full tiles there must be and how wide the partial one after them is; written down by hand from the
 * definition of C2SP tlog-tiles, whose own example is the last.
 */
const SIZES: readonly { size: number; levels: readonly (readonly [full: number, partialWidth: number])[] }[] = [
  { size: 1, levels: [[0, 1]] },
  { size: 255, levels: [[0, 255]] },
  {
    size: 256,
    levels: [
      [1, 0],
      [0, 1],
    ],
  },
  {
    size: 257,
    levels: [
      [1, 1],
      [0, 1],
    ],
  },
  {
    size: 65_535,
    levels: [
      [255, 255],
      [0, 255],
    ],
  },
  {
    size: 65_536,
    levels: [
      [256, 0],
      [1, 0],
      [0, 1],
    ],
  },
  {
    size: 65_537,
    levels: [
      [256, 1],
      [1, 0],
      [0, 1],
    ],
  },
  {
    size: 70_000,
    levels: [
      [273, 112],
      [1, 17],
      [0, 1],
    ],
  },
]
const LARGEST = 70_000
// Uneven on purpose: tiles fill up in the middle of a batch as well.
const BATCH = 1000

const records = Array.from({ length: LARGEST }, (_, index) => `{"nonce":"${index}"}`)
const leaves = records.map((record) => referenceLeaf(formatUtf8(record)))

let app: LogApp
let grown = 0
beforeAll(async () => {
  app = await openLogApp()
})
afterAll(() => app.close())

const threeDigits = (index: number) => String(index).padStart(3, '0')
const isThere = async (path: string) => (await app.get(`/tile/${path}`)).status === 200
const fetchTile = (path: string) => app.get(`/tile/${path}`).then(readBytes)
const fetchBundle = (path: string) => app.getAsAuditor(`/tile/${path}`).then(readBytes)
const concat = (hashes: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(hashes))

describe.each(SIZES)('a log of $size records', ({ size, levels }) => {
  beforeAll(async () => {
    while (grown < size) {
      const end = Math.min(size, grown + BATCH)
      await app.append(records.slice(grown, end))
      grown = end
    }
  })

  test(`a log of ${size} records has the root of the definition in its checkpoint`, async () => {
    const note = await (await app.get('/checkpoint')).text()
    expect(await verifyCheckpoint(note, parseVerifierKey(app.verifierKey))).toMatchObject({
      ok: true,
      checkpoint: { treeSize: size, rootHash: referenceRoot(leaves, 0, size) },
    })
  })

  test(`a log of ${size} records has the tiles of the definition, with its hashes, in both layouts`, async () => {
    for (const [level, [full, partialWidth]] of levels.entries()) {
      const span = 256 ** level
      const hash = (index: number) => referenceRoot(leaves, index * span, (index + 1) * span)
      const tiles = Array.from({ length: full }, (_, index) => ({ path: threeDigits(index), index, width: 256 }))
      if (partialWidth > 0)
        tiles.push({ path: `${threeDigits(full)}.p/${partialWidth}`, index: full, width: partialWidth })
      for (const { path, index, width } of tiles) {
        const expected = concat(Array.from({ length: width }, (_, position) => hash(index * 256 + position)))
        expect(await fetchTile(`${level}/${path}`), path).toEqual(expected)
        expect(await fetchTile(`8/${level}/${path}`), path).toEqual(expected)
      }
    }
  })

  test(`a log of ${size} records has no other tile`, async () => {
    for (const [level, [full, partialWidth]] of levels.entries()) {
      const next = threeDigits(full)
      const beyond = [next, `${threeDigits(full + 1)}.p/1`, threeDigits(full + 1), `${next}.p/256`, `${next}.p/0`]
      for (let width = partialWidth + 1; width < 256; width++) beyond.push(`${next}.p/${width}`)
      for (const path of beyond) {
        expect(await isThere(`${level}/${path}`), `${level}/${path}`).toBe(false)
        expect(await isThere(`8/${level}/${path}`), `8/${level}/${path}`).toBe(false)
        if (level > 0) continue
        expect(await fetchBundle(`entries/${path}`), `entries/${path}`).toBeUndefined()
        expect(await fetchBundle(`8/data/${path}`), `8/data/${path}`).toBeUndefined()
      }
    }
    for (const level of [levels.length, levels.length + 1, 63]) {
      expect(await isThere(`${level}/000.p/1`)).toBe(false)
      expect(await isThere(`${level}/000`)).toBe(false)
    }
  })

  test(`a log of ${size} records keeps every narrower tile of every earlier size, also where the full one exists`, async () => {
    for (const [level, [full, partialWidth]] of levels.entries()) {
      const last = full > 0 ? [{ index: full - 1, widest: 256 }] : []
      for (const { index, widest } of [...last, { index: full, widest: partialWidth }]) {
        if (widest === 0) continue
        const suffix = widest === 256 ? '' : `.p/${widest}`
        const whole = (await fetchTile(`${level}/${threeDigits(index)}${suffix}`))!
        const bundle =
          level === 0 ? parseEntryBundle((await fetchBundle(`entries/${threeDigits(index)}${suffix}`))!) : []
        for (let width = 1; width < widest; width++) {
          const path = `${threeDigits(index)}.p/${width}`
          expect(await fetchTile(`${level}/${path}`), path).toEqual(whole.subarray(0, width * 32))
          // A bundle costs a signed request each.
          if (level > 0 || width % 16 !== 1) continue
          expect(parseEntryBundle((await fetchBundle(`entries/${path}`))!), path).toEqual(bundle.slice(0, width))
        }
      }
    }
  })

  test(`a log of ${size} records is verified by an auditor who fetches all of it`, async () => {
    const verification = await verifyTiledLog(app.log)
    expect(verification).toEqual({ ok: true, treeSize: size, rootHash: referenceRoot(leaves, 0, size) })
  })
})
