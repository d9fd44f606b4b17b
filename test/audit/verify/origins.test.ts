import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatLogExport } from '../../../src/audit/export/log-export.ts'
import { type EpochRecord, formatEpochRecord } from '../../../src/audit/record/epoch.ts'
import {
  appendLeaf,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  type Frontier,
  leafHash,
  rootHash,
} from '../../../src/audit/tree/tree.ts'
import { nextOrigin } from '../../../src/audit/verify/origins.ts'
import { type LogVerification, verifyLog } from '../../../src/audit/verify/verify.ts'
import { verifyLogExport } from '../../../src/audit/verify/verify-export.ts'
import { verifyTiledLog } from '../../../src/audit/verify/verify-tiled-log.ts'
import { formatBase64, formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { CheckpointSigner } from '../../../src/ports/keys.ts'
import { newSigner, streamOf } from '../memory-log.ts'
import { openServed, serveLog } from './served-log.ts'

const [one, two, three] = ['log.example', 'log.example/2', 'log.example/3'].map(newSigner) as [
  CheckpointSigner,
  CheckpointSigner,
  CheckpointSigner,
]
const impostor = newSigner('log.example')
const COUNT = 12
/** Index of the record that the second origin begins with. */
const AT = 5

const plain = (index: number): string => `{"nonce":"${index}","v":1}`

const frontiersOf = (records: readonly string[]): Frontier[] => {
  const frontiers = [EMPTY_FRONTIER]
  for (const record of records) frontiers.push(appendLeaf(frontiers.at(-1)!, leafHash(formatUtf8(record))).frontier)
  return frontiers
}
const rootOf = (records: readonly string[]): string => formatBase64(rootHash(frontiersOf(records).at(-1)!))

const epoch = (inherited: readonly string[], overrides: Partial<EpochRecord> = {}): string =>
  formatEpochRecord({
    type: 'epoch',
    at: '2026-11-22T10:00:00.000Z',
    reason: 'key-lost',
    origin: two.origin,
    previous: {
      origin: one.origin,
      verifierKey: one.verifierKey,
      treeSize: inherited.length,
      rootHash: rootOf(inherited),
    },
    inherited: inherited.length,
    ...overrides,
    nonce: new Uint8Array(16),
  })

const before = Array.from({ length: AT }, (_, index) => plain(index))
const previous = {
  origin: one.origin,
  verifierKey: one.verifierKey,
  treeSize: AT,
  rootHash: rootOf(before),
}
/** Twelve records, one of which begins an origin. */
const withEpoch = (record: string): string[] => [
  ...before,
  record,
  ...Array.from({ length: COUNT - AT - 1 }, (_, index) => plain(AT + 1 + index)),
]
const good = withEpoch(epoch(before))

type Signed = readonly [treeSize: number, signer: CheckpointSigner]
const SIGNED: readonly Signed[] = [
  [2, one],
  [AT, one],
  [AT + 1, two],
  [COUNT, two],
]

function verify(
  records: readonly string[],
  signed: readonly Signed[] = SIGNED,
  verifierKeys: readonly string[] = [one.verifierKey, two.verifierKey],
): Promise<LogVerification> {
  const frontiers = frontiersOf(records)
  return verifyLog({
    records: streamOf(records.map(formatUtf8)),
    checkpoints: streamOf(
      signed.map(([treeSize, signer]) => ({ treeSize, note: signer.sign(treeSize, rootHash(frontiers[treeSize]!)) })),
    ),
    verifierKeys,
  })
}

const change = { leafIndex: AT, origin: two.origin, previousOrigin: one.origin, reason: 'key-lost', lost: 0 }

describe('a log that went on under another origin', () => {
  test('a log that continued under another origin verifies, with the leaf where it did', async () => {
    expect(await verify(good)).toMatchObject({ ok: true, treeSize: COUNT, originChanges: [change] })
  })

  test('a log that continued under another origin verifies with its newest checkpoint and key alone, because the record vouches for the key before it', async () => {
    expect(await verify(good, [[COUNT, two]], [two.verifierKey])).toMatchObject({ ok: true, originChanges: [change] })
  })

  test('a log that lost records verifies under its new origin, with the origin that they ended under', async () => {
    const lost = epoch(before, {
      reason: 'rolled-back',
      origin: three.origin,
      previous: { origin: two.origin, verifierKey: two.verifierKey, treeSize: 9, rootHash: formatBase64(EMPTY_ROOT) },
    })
    const signed: Signed[] = [
      [AT, one],
      [COUNT, three],
    ]
    expect(await verify(withEpoch(lost), signed, [one.verifierKey, two.verifierKey, three.verifierKey])).toMatchObject({
      ok: true,
      originChanges: [{ origin: three.origin, previousOrigin: two.origin, lost: 4 }],
    })
  })

  test('a log that forked verifies under its new origin, and the record commits to the other tree', async () => {
    const forked = epoch(before, {
      reason: 'forked',
      previous: { ...previous, treeSize: 4, rootHash: formatBase64(EMPTY_ROOT) },
    })
    expect(await verify(withEpoch(forked))).toMatchObject({ ok: true })
  })

  test('a log that continued under another origin twice verifies', async () => {
    const once = good.slice(0, 9)
    const twice = [
      ...once,
      epoch(once, {
        origin: three.origin,
        previous: { origin: two.origin, verifierKey: two.verifierKey, treeSize: 9, rootHash: rootOf(once) },
      }),
      plain(10),
    ]
    const signed: Signed[] = [
      [AT, one],
      [9, two],
      [10, three],
      [11, three],
    ]
    const keys = [three, one, two].map(({ verifierKey }) => verifierKey)
    expect(await verify(twice, signed, keys)).toMatchObject({ ok: true, originChanges: { length: 2 } })
  })

  const rows: [what: string, run: () => Promise<LogVerification>, reason: RegExp][] = [
    [
      'the key of the old origin was not given',
      () => verify(good, SIGNED, [two.verifierKey]),
      /^checkpoint of size 2: is of origin `log\.example`, and no key of that origin was given/,
    ],
    [
      'the key of the new origin was not given',
      () => verify(good, SIGNED, [one.verifierKey]),
      /^checkpoint of size 6: is of origin `log\.example\/2`, and no key/,
    ],
    ['no key was given', () => verify(good, SIGNED, []), /^checkpoint of size 2: .* no key/],
    [
      'the key of the old origin is another of that name',
      () => verify(good, SIGNED, [impostor.verifierKey, two.verifierKey]),
      /no signature is by a known key/,
    ],
    [
      'the old origin signs on',
      () => verify(good, [...SIGNED.slice(0, 3), [COUNT, one]]),
      /^checkpoint of size 12: is signed under `log\.example`, which ended/,
    ],
    [
      'the old origin signs the record that ends it',
      () =>
        verify(good, [
          [AT, one],
          [AT + 1, one],
          [COUNT, two],
        ]),
      /^checkpoint of size 6: is signed under `log\.example`, which ended/,
    ],
    [
      'the new origin signs before it began',
      () =>
        verify(good, [
          [2, one],
          [AT, two],
          [COUNT, two],
        ]),
      /^checkpoint of size 5: is signed under `log\.example\/2` without a record/,
    ],
    [
      'the new origin has no record',
      () => verify(withEpoch(plain(AT))),
      /^checkpoint of size 6: is signed under `log\.example\/2` without a record that begins this origin/,
    ],
    [
      'the record that begins it has another spelling',
      () => verify(withEpoch(epoch(before).replace('"v":1}', '"v":1 }'))),
      /without a record that begins this origin/,
    ],
  ]
  const records: [what: string, record: string, reason: RegExp][] = [
    ['it inherits another number', epoch(before, { inherited: 4 }), /another number of records/],
    ['it names the origin that it ends', epoch(before, { origin: one.origin }), /had that origin before/],
    [
      'the key is of another name',
      epoch(before, { previous: { ...previous, verifierKey: two.verifierKey } }),
      /the key it names is not that of the previous origin/,
    ],
    [
      'the key is no key',
      epoch(before, { previous: { ...previous, verifierKey: 'log.example' } }),
      /the key it names is not that of the previous origin/,
    ],
    [
      'the key is not the one that was given',
      epoch(before, { previous: { ...previous, verifierKey: impostor.verifierKey } }),
      /not the one that was given/,
    ],
    [
      'the origin before it is another',
      epoch(before, { previous: { ...previous, origin: three.origin, verifierKey: three.verifierKey } }),
      /the origin before it is another/,
    ],
    [
      'the last checkpoint has another root',
      epoch(before, { previous: { ...previous, rootHash: formatBase64(EMPTY_ROOT) } }),
      /is not that of the records before it/,
    ],
    [
      'the last checkpoint is older than the records before it',
      epoch(before, { previous: { ...previous, treeSize: 4, rootHash: rootOf(before.slice(0, 4)) } }),
      /is not that of the records before it/,
    ],
    ['nothing is lost that was', epoch(before, { reason: 'rolled-back' }), /says that records are lost and names none/],
    ['nothing forked that did', epoch(before, { reason: 'forked' }), /names the tree that it has/],
    [
      'it has a member too many',
      epoch(before).replace('"inherited"', '"extra":1,"inherited"'),
      /is no record of this version/,
    ],
    ['it is no UTF-8', epoch(before).replace('key-lost', '\ud800'), /is no record of this version/],
  ]
  test.each(rows)('a log under another origin does not verify when %s', async (_, run, reason) => {
    expect(await run()).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test.each(records)(
    'a log under another origin does not verify when its first record is wrong: %s',
    async (_, record, reason) => {
      expect(await verify(withEpoch(record))).toMatchObject({
        ok: false,
        firstBadIndex: AT,
        reason: expect.stringMatching(reason),
      })
    },
  )
})

describe('a log that went on, in one file or file by file', () => {
  const readExport = (records: readonly string[]) => {
    const rows = records.map((record, leafIndex) => ({ leafIndex, record }))
    const head = {
      origin: two.origin,
      verifierKey: two.verifierKey,
      treeSize: records.length,
      checkpoint: two.sign(records.length, rootHash(frontiersOf(records).at(-1)!)),
      start: 0,
      end: records.length,
    }
    const bytes = async function* () {
      for await (const line of formatLogExport(head, streamOf(rows))) yield formatUtf8(line)
    }
    return verifyLogExport(bytes(), [one.verifierKey, two.verifierKey])
  }
  const readServed = (records: readonly string[]) => verifyTiledLog(openServed(serveLog(records.map(formatUtf8), two)))

  test('a log that continued verifies in one file or file by file, with the position where it did', async () => {
    expect(await readExport(good)).toMatchObject({ ok: true, records: COUNT })
    expect(await readServed(good)).toMatchObject({
      ok: true,
      originChanges: [{ leafIndex: AT, origin: two.origin, previousOrigin: one.origin }],
    })
  })

  test.each([
    ['inherits another number of records', { inherited: AT - 1 }, /inherits another number/],
    [
      'names another root',
      { previous: { ...previous, rootHash: formatBase64(EMPTY_ROOT) } },
      /not that of the records/,
    ],
    ['begins an origin other than the one that signs', { origin: three.origin }, /without a record that begins/],
  ])('a log that continued does not verify when its record %s', async (_, overrides, reason) => {
    const records = withEpoch(epoch(before, overrides))
    for (const verification of [await readExport(records), await readServed(records)])
      expect(verification).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })
})

describe('the name of the next origin', () => {
  test.each([
    [['log.example'], 'log.example/2'],
    [['log.example/2', 'log.example'], 'log.example/3'],
    [['log.example/9', 'log.example/2', 'log.example'], 'log.example/10'],
    [['log.example', 'log.example/4'], 'log.example/5'],
    [['127.0.0.1:8787'], '127.0.0.1:8787/2'],
    [['sluis.example/log'], 'sluis.example/log/2'],
    [['sluis.example/log/1'], 'sluis.example/log/1/2'],
  ] as const)('after %j is %s', (used, next) => {
    expect(nextOrigin([...used] as [string, ...string[]])).toBe(next)
  })

  test('the name of the next origin is never one that was in use', () => {
    const origin = fc
      .tuple(fc.constantFrom('a.example', 'b.example/log'), fc.nat({ max: 40 }))
      .map(([base, number]) => (number < 2 ? base : `${base}/${number}`))
    fc.assert(
      fc.property(origin, fc.array(origin), (first, others) => {
        expect([first, ...others]).not.toContain(nextOrigin([first, ...others]))
      }),
    )
  })
})
