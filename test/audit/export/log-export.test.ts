import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ExportedRecord,
  formatLogExport,
  isWholeLog,
  type LogExportHead,
  parseLogExport,
} from '../../../src/audit/export/log-export.ts'
import { proveRecords } from '../../../src/audit/export/read-log.ts'
import { appendLeaf, EMPTY_FRONTIER, type Frontier, leafHash, rootHash } from '../../../src/audit/tree/tree.ts'
import { verifyLogExport } from '../../../src/audit/verify/verify-export.ts'
import { formatBase64, formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { hashReader, newSigner, streamOf } from '../memory-log.ts'

const signer = newSigner('log.example/2026')
const SIZE = 300
const records = Array.from({ length: SIZE }, (_, index) => `{"nonce":"${index}","text":"\\"één\\"","v":1}`)
const leaves = records.map((record) => leafHash(formatUtf8(record)))
const frontiers: Frontier[] = [EMPTY_FRONTIER]
for (const leaf of leaves) frontiers.push(appendLeaf(frontiers.at(-1)!, leaf).frontier)

const headAt = (treeSize: number, part: Partial<LogExportHead> = {}): LogExportHead => ({
  origin: signer.origin,
  verifierKey: signer.verifierKey,
  treeSize,
  checkpoint: signer.sign(treeSize, rootHash(frontiers[treeSize]!)),
  start: 0,
  end: treeSize,
  ...part,
})

/** The export of some records as lines without newlines. */
async function exportOf(head: LogExportHead, pick: (index: number) => boolean = () => true): Promise<string[]> {
  const placed = records
    .map((record, leafIndex) => ({ leafIndex, record }))
    .slice(head.start, head.end)
    .filter(({ leafIndex }) => pick(leafIndex))
  const log = hashReader(leaves.slice(0, head.treeSize))
  const exported: AsyncIterable<ExportedRecord> = isWholeLog(head)
    ? streamOf(placed)
    : proveRecords(log, head.treeSize, streamOf(placed))
  const lines: string[] = []
  for await (const line of formatLogExport(head, exported)) lines.push(line.replace(/\n$/, ''))
  return lines
}

const bytesOf = (lines: readonly string[]) => formatUtf8(lines.map((line) => `${line}\n`).join(''))
/** The same bytes, cut anywhere. */
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}
const verify = (lines: readonly string[] | Uint8Array, keys: readonly string[] = [signer.verifierKey]) =>
  verifyLogExport(cut(lines instanceof Uint8Array ? lines : bytesOf(lines), 97), keys)

const WHOLE = headAt(60)
const PART = headAt(60, { start: 10, end: 30 })
const FILTERED = headAt(60, { start: 0, end: 60, filter: { party: 'comensha' } })

describe('export of a log', () => {
  test('an export verifies for the whole log, a range and a filter, and names which it is', async () => {
    const root = rootHash(frontiers[60]!)
    expect(await verify(await exportOf(WHOLE))).toEqual({
      ok: true,
      head: WHOLE,
      rootHash: root,
      records: 60,
      isWhole: true,
    })
    expect(await verify(await exportOf(PART))).toMatchObject({ ok: true, records: 20, isWhole: false })
    const filtered = await exportOf(FILTERED, (index) => index % 7 === 0)
    expect(await verify(filtered)).toMatchObject({ ok: true, records: 9, isWhole: false })
  })

  test('an export comes back from its text as it was, however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: SIZE }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 5000 }),
        async (treeSize, from, length, chunk) => {
          const start = from % treeSize
          const head = headAt(treeSize, { start, end: Math.min(treeSize, start + (length % treeSize)) })
          const { head: parsed, records: stream } = await parseLogExport(cut(bytesOf(await exportOf(head)), chunk))
          const found: string[] = []
          for await (const { record } of stream) found.push(record)
          expect(parsed).toEqual(head)
          expect(found).toEqual(records.slice(head.start, head.end))
        },
      ),
      { numRuns: 30 },
    )
  })

  test.each([
    ['the whole log', WHOLE],
    ['a range', PART],
  ])('an export of %s does not verify when any bit of it is changed', async (_, head) => {
    const bytes = bytesOf(await exportOf(head))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const changed = bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
        expect(await verify(changed)).toMatchObject({
          ok: false,
          reason: expect.stringMatching(/line|note|checkpoint/),
        })
      }),
      { numRuns: 400 },
    )
  })

  test.each([
    ['the whole log', WHOLE],
    ['a range', PART],
  ])('an export of %s does not verify when it is cut off anywhere', async (_, head) => {
    const bytes = bytesOf(await exportOf(head))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), async (length) => {
        expect(await verify(bytes.subarray(0, length))).toMatchObject({ ok: false })
      }),
    )
  })

  type Mutation = (lines: readonly string[]) => readonly string[]
  const replaceIn =
    (at: number, from: string | RegExp, to: string): Mutation =>
    (lines) =>
      lines.map((line, index) => {
        if (index !== at) return line
        const changed = line.replace(from, to)
        if (changed === line) throw new Error('the mutation changes nothing')
        return changed
      })
  const other = newSigner(signer.origin)
  const rows: readonly [string, LogExportHead, Mutation, RegExp][] = [
    ['is empty', PART, () => [], /^line 1: is missing/],
    ['has no head', PART, (lines) => lines.slice(1), /^line 1: is not the head/],
    ['has no count', PART, (lines) => lines.slice(0, -1), /^line 22: the count is missing/],
    ['has another count', PART, replaceIn(21, '20', '19'), /^line 22: the count is 19, but 20 records/],
    ['goes on after its end', PART, (lines) => [...lines, lines[1]!], /^line 23: comes after the end/],
    ['lacks a record', PART, (lines) => lines.toSpliced(5, 1), /^line 6: record 14 is missing/],
    [
      'lacks its last records, with a count that fits',
      PART,
      (lines) => [...lines.slice(0, 15), '{"records":14}'],
      /^line 16: comes before record 29: records 24 and on are missing/,
    ],
    [
      'holds a record twice',
      PART,
      (lines) => lines.toSpliced(5, 0, lines[5]!),
      /^line 7: record 14 comes after record 14/,
    ],
    [
      'holds records in another order',
      PART,
      (lines) => lines.with(5, lines[6]!).with(6, lines[5]!),
      /^line 6: record 14 is missing/,
    ],
    [
      'holds filtered records in another order',
      FILTERED,
      (lines) => lines.with(5, lines[6]!).with(6, lines[5]!),
      /^line 7: record 4 comes after record 5/,
    ],
    [
      'has a record outside its range',
      PART,
      replaceIn(1, '"leafIndex":10', '"leafIndex":70'),
      /^line 2: record 70 is outside/,
    ],
    ['has an edited record', PART, replaceIn(4, 'één', 'twee'), /^line 5: record 13 is not in the tree/],
    [
      'has an edited record in the whole log',
      WHOLE,
      replaceIn(4, 'één', 'twee'),
      /^line 5: record 3 does not have the hash on its line/,
    ],
    [
      'has another hash on the line of a record',
      WHOLE,
      (lines) => lines.with(4, withHashOf(lines[4]!, lines[6]!)),
      /^line 5: record 3 does not have the hash on its line/,
    ],
    [
      'has an edited record with the hash that fits',
      WHOLE,
      (lines) => lines.with(4, withHashOf(lines[5]!, lines[5]!).replace('"leafIndex":4', '"leafIndex":3')),
      /^lines 2 to 61: records 0 up to and including 59 do not/,
    ],
    [
      'has a short hash on a line',
      WHOLE,
      replaceIn(4, /"leafHash":"[^"]+"/, '"leafHash":"AAAA"'),
      /^line 5: a hash of record 3/,
    ],
    [
      'has a hash on a line of a part',
      PART,
      replaceIn(4, /\}$/, `,"leafHash":"${formatBase64(leaves[13]!)}"}`),
      /^line 5: a part carries proofs/,
    ],
    ['has a record without its proof', PART, replaceIn(4, /,"proof".*\]/, ''), /^line 5: the record has no proof/],
    [
      'has a proof in the whole log',
      WHOLE,
      replaceIn(4, ',"leafHash"', ',"proof":[],"leafHash"'),
      /^line 5: a whole log carries no proofs/,
    ],
    [
      'has the proof of a neighbour',
      PART,
      (lines) => lines.with(4, withProofOf(lines[4]!, lines[6]!)),
      /^line 5: record 13 is not/,
    ],
    [
      'has a hash that is no base64',
      PART,
      replaceIn(4, '"proof":["', '"proof":["*'),
      /^line 5: a hash of record 13 is not base64/,
    ],
    [
      'has a short hash',
      PART,
      replaceIn(4, /"proof":\["[^"]+"/, '"proof":["AAAA"'),
      /^line 5: a hash of record 13 is not 32 bytes/,
    ],
    ['has a line that is no JSON', PART, replaceIn(4, '{', ''), /^line 5: is not JSON.*this is the line of record 13$/],
    ['has a filtered line that is no JSON', FILTERED, replaceIn(4, '{', ''), /^line 5: is not JSON.*after record 2$/],
    ['has a line with another member', PART, replaceIn(4, '{', '{"a":1,'), /^line 5: is not a record with its index/],
    ['has a doubled member', PART, replaceIn(4, '{', '{"leafIndex":13,'), /^line 5: is not spelled/],
    ['has a space', PART, replaceIn(4, '{', '{ '), /^line 5: is not spelled/],
    ['has DOS line ends', PART, (lines) => lines.map((line) => `${line}\r`), /^line 1: is not spelled/],
    ['has an empty line', PART, (lines) => lines.toSpliced(4, 0, ''), /^line 5: is not JSON/],
    ['has a line without end', PART, replaceIn(4, 'één', 'x'.repeat(70_000)), /^line 5: is longer than 65536 bytes/],
    ['says version 2', PART, replaceIn(0, '"sluisLogExport":1', '"sluisLogExport":2'), /^line 1: is not the head/],
    ['says another range', PART, replaceIn(0, '"end":30', '"end":31'), /^line 22: comes before record 30/],
    ['says a range that ends before it starts', PART, replaceIn(0, '"end":30', '"end":3'), /^line 1: .*do not ascend/],
    [
      'says another size',
      PART,
      replaceIn(0, '"treeSize":60', '"treeSize":61'),
      /^line 1: the checkpoint has another size/,
    ],
    [
      'says another origin',
      PART,
      replaceIn(0, '"origin":"log', '"origin":"lag'),
      /^line 1: the origin is not the name/,
    ],
    [
      'is signed by another key',
      PART,
      replaceIn(0, signer.verifierKey, other.verifierKey),
      /^line 1: is signed by a log whose key/,
    ],
    ['has a checkpoint that is no note', PART, replaceIn(0, '\\n\\n', ''), /^line 1: note: has no signatures/],
    [
      'has the checkpoint of an older tree',
      PART,
      (lines) => lines.with(0, withCheckpoint(lines[0]!, 59)),
      /^line 1: the checkpoint has another size/,
    ],
  ]
  const withProofOf = (line: string, from: string) =>
    JSON.stringify({ ...JSON.parse(line), proof: (JSON.parse(from) as { proof: string[] }).proof })
  const withHashOf = (line: string, from: string) =>
    JSON.stringify({ ...JSON.parse(line), leafHash: (JSON.parse(from) as { leafHash: string }).leafHash })
  const withCheckpoint = (line: string, size: number) =>
    JSON.stringify({ ...JSON.parse(line), checkpoint: signer.sign(size, rootHash(frontiers[size]!)) })

  test.each(rows)('an export that %s is refused, with the line', async (_, head, mutate, reason) => {
    const verification = await verify(mutate(await exportOf(head)))
    expect(verification).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('a whole log from before lines had hashes verifies, and a changed record in it fails', async () => {
    const lines = (await exportOf(WHOLE)).map((line) => line.replace(/,"leafHash":"[^"]+"/, ''))
    expect(await verify(lines)).toMatchObject({ ok: true, records: 60, isWhole: true })
    const changed = replaceIn(4, 'één', 'twee')(lines)
    expect(await verify(changed)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^lines 2 to 61: records 0 up to and including 59 do not/),
    })
  })

  test.each([
    ['the whole log', WHOLE],
    ['a range', PART],
  ])('any changed byte in the record of a line of %s names the record', async (_, head) => {
    const bytes = bytesOf(await exportOf(head))
    const text = parseUtf8(bytes)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: head.start, max: head.end - 1 }),
        fc.nat(),
        fc.nat({ max: 7 }),
        async (leafIndex, from, bit) => {
          const start = formatUtf8(text.slice(0, text.indexOf(`{"leafIndex":${leafIndex},`))).length + 24
          const at = start + (from % 30)
          const changed = bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte))
          const verification = await verify(changed)
          expect(verification).toMatchObject({ ok: false, reason: expect.stringMatching(`record ${leafIndex}\\b`) })
          expect(verification).toMatchObject({
            reason: expect.stringMatching(`^line ${leafIndex - head.start + 2}\\b`),
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  test('an export that is not UTF-8 is refused', async () => {
    const bytes = bytesOf(await exportOf(PART))
    const at = parseUtf8(bytes).indexOf('{"leafIndex":12')
    const spoilt = bytes.map((byte, index) => (index === at + 20 ? 0xff : byte))
    expect(await verify(spoilt)).toMatchObject({ ok: false, reason: expect.stringMatching(/^line 4: is not UTF-8/) })
  })

  test('an export verifies with one of several keys, and with none of others', async () => {
    const lines = await exportOf(PART)
    expect(await verify(lines, [other.verifierKey, signer.verifierKey])).toMatchObject({ ok: true })
    expect(await verify(lines, [other.verifierKey])).toMatchObject({ ok: false })
    expect(await verify(lines, [])).toMatchObject({ ok: false })
    expect(await verify(lines, ['no key'])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^verifier key: /),
    })
  })

  test('an export proves records of a log of several tile levels, as the reference does', async () => {
    const head = headAt(SIZE, { start: 250, end: 262 })
    const [, line] = await exportOf(head)
    expect((JSON.parse(line!) as { proof: string[] }).proof[0]).toBe(formatBase64(leaves[251]!))
    expect(await verify(await exportOf(head))).toMatchObject({ ok: true, records: 12 })
  })

  test('an export reports how far it is, up to the end', async () => {
    const told: number[] = []
    const lines = bytesOf(await exportOf(PART))
    await verifyLogExport(cut(lines, 100), [signer.verifierKey], (done, total) => told.push(done / total))
    expect(told.at(-1)).toBe(1)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  test('an export is written without being held in memory: the head leaves before a record is read', async () => {
    let isRead = false
    async function* watched() {
      isRead = true
      yield { leafIndex: 0, record: records[0]! }
    }
    const lines = formatLogExport(headAt(1), watched())
    await lines.next()
    expect(isRead).toBe(false)
  })
})
