import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExportedReceipt } from '../../../src/audit/receipt/receipt-export.ts'
import { type Reconciliation, reconcile } from '../../../src/audit/verify/reconcile.ts'
import { newSigner } from '../memory-log.ts'
import {
  buildLog,
  type Exchanged,
  exchangeRecordOf,
  exportLines,
  fileOf,
  isDelivered,
  noticeRecordOf,
  receiptsOf,
} from './party-exports.ts'

const signer = newSigner('log.example/2026')
const PARTIES = ['a', 'b', 'c'] as const

const exchanged = (id: string, change: Partial<Exchanged> = {}): Exchanged => ({
  id,
  sender: 'a',
  recipient: 'b',
  outcome: 'verstrekt',
  ...change,
})

/** The exports of two parties of one log with these exchanges. */
function exportsOf(exchanges: readonly Exchanged[], change: (lines: string[], party: string) => void = () => {}) {
  const { receipts, checkpoint } = buildLog(signer, exchanges.map(exchangeRecordOf))
  return ['a', 'b'].map((party) => {
    const lines = [...exportLines(party, signer.verifierKey, checkpoint, receiptsOf(party, exchanges, receipts))]
    change(lines, party)
    return fileOf(`${party}.ndjson`, lines)
  })
}

const join = (files: Parameters<typeof reconcile>[0]): Promise<Reconciliation> => reconcile(files, [signer.verifierKey])

describe('exports of both sides', () => {
  test('exports of both sides join when nothing was touched, and explain why what is on one side only is in order', async () => {
    const result = await join(
      exportsOf([
        exchanged('1'),
        exchanged('2', { outcome: 'geweigerd' }),
        exchanged('3', { outcome: 'in-afwachting', hold: 'waiting' }),
        exchanged('4', { outcome: 'in-afwachting', hold: 'refused' }),
        exchanged('5', { outcome: 'in-afwachting', hold: 'approved' }),
        exchanged('6', { recipient: 'c' }),
        exchanged('7', { sender: 'b', recipient: 'a', outcome: 'gedeeltelijk' }),
      ]),
    )
    expect(result).toEqual({
      parties: ['a', 'b'],
      receipts: 10,
      joined: 3,
      oneSided: [],
      contradictions: [],
      faults: [],
      explained: { refused: 1, held: 2, later: 0, elsewhere: 1 },
    })
  })

  test('exports of both sides show an exchange that was let through and is not in the inbox', async () => {
    const held = exchanged('1', { outcome: 'in-afwachting', hold: 'approved' })
    const result = await join(
      exportsOf([exchanged('0'), held], (lines, party) => {
        if (party === 'b') lines.splice(2, 2, JSON.stringify({ receipts: 1 }))
      }),
    )
    expect(result.oneSided).toEqual([
      {
        exchangeId: '1',
        leafIndex: 1,
        sender: 'a',
        recipient: 'b',
        missingFrom: 'recipient',
        file: 'a.ndjson',
        line: 3,
      },
    ])
  })

  test('exports of both sides do not miss what was recorded after the other export was begun', async () => {
    const exchanges = [exchanged('1'), exchanged('2'), exchanged('3'), exchanged('4')]
    const { receipts } = buildLog(signer, exchanges.map(exchangeRecordOf), 1)
    const checkpointOf = (leafIndex: number) => receipts[leafIndex]!.proof.split('\n\n').slice(1).join('\n\n')
    const early = receiptsOf('b', exchanges, receipts).slice(0, 2)
    const result = await join([
      fileOf('a', exportLines('a', signer.verifierKey, checkpointOf(3), receiptsOf('a', exchanges, receipts))),
      fileOf('b', exportLines('b', signer.verifierKey, checkpointOf(1), early)),
    ])
    expect(result).toMatchObject({ joined: 2, oneSided: [], faults: [], explained: { later: 2 } })
  })

  test('exports of both sides join across a new origin of the log, each receipt under the key of its own', async () => {
    const next = newSigner('log.example/2027')
    const exchanges = [exchanged('1'), exchanged('2'), exchanged('3'), exchanged('4')]
    const records = exchanges.map(exchangeRecordOf)
    const older = buildLog(signer, records.slice(0, 3))
    const newer = buildLog(next, records)
    const receipts = [...older.receipts, newer.receipts[3]!]
    const files = () =>
      ['a', 'b'].map((party) =>
        fileOf(party, exportLines(party, next.verifierKey, newer.checkpoint, receiptsOf(party, exchanges, receipts))),
      )
    expect(await reconcile(files(), [signer.verifierKey, next.verifierKey])).toMatchObject({ joined: 4, faults: [] })
    const withoutOlder = await reconcile(files(), [next.verifierKey])
    expect(withoutOlder.faults).toHaveLength(6)
    expect(withoutOlder.faults[0]!.reason).toContain('is of the log `log.example/2026`')
  })

  const exchange = fc.record({
    sender: fc.constantFrom(...PARTIES),
    recipient: fc.constantFrom(...PARTIES),
    outcome: fc.constantFrom<Exchanged['outcome']>('verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'),
    hold: fc.constantFrom<NonNullable<Exchanged['hold']>>('waiting', 'approved', 'refused', 'expired'),
    touch: fc.constantFrom('nothing', 'nothing', 'nothing', 'delete', 'edit'),
    side: fc.constantFrom<ExportedReceipt['side']>('sent', 'received'),
    position: fc.nat(),
    hasNotice: fc.boolean(),
  })
  test('exports of both sides show exactly the exchanges that were deleted or edited on either side', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (drawn, batch) => {
        const plan = drawn
          .filter(({ sender, recipient }) => sender !== recipient)
          .map(({ hold, ...rest }, index) => ({
            ...rest,
            id: `exchange-${index}`,
            ...(rest.outcome === 'in-afwachting' && { hold }),
          }))
        const records = plan.flatMap((one) => [
          exchangeRecordOf(one),
          ...(one.hasNotice ? [noticeRecordOf(one.recipient)] : []),
        ])
        const log = buildLog(signer, records, batch)
        const receipts = plan.map((one) => log.receipts.find(({ record }) => record.includes(`"${one.id}"`))!)
        const touched = new Set<string>()
        const idOfPlace = new Map<string, string>()
        const files = PARTIES.map((party) => {
          const lines = receiptsOf(party, plan, receipts).flatMap((receipt) => {
            const one = plan.find(({ id }) => receipt.record.includes(`"${id}"`))!
            if (one.touch === 'nothing' || one.side !== receipt.side) return [{ one, receipt }]
            // What only its sender ever had leaves no trace when its sender drops it.
            if (one.touch === 'delete' && !isDelivered(one)) return [{ one, receipt }]
            touched.add(one.id)
            return one.touch === 'delete' ? [] : [{ one, receipt: edited(receipt, one.position) }]
          })
          for (const [index, { one }] of lines.entries()) idOfPlace.set(`${party}:${index + 2}`, one.id)
          const notices = log.receipts
            .filter(({ record }) => record.includes('"match"') && record.includes(`"recipient":"${party}"`))
            .map((receipt) => ({ side: 'received' as const, ...receipt }))
          const all = [...lines.map(({ receipt }) => receipt), ...notices]
          return fileOf(party, exportLines(party, signer.verifierKey, log.checkpoint || EMPTY, all))
        })
        if (records.length === 0) return
        const result = await join(files)
        const named = [
          ...result.oneSided.map(({ exchangeId }) => exchangeId),
          ...result.faults.map(({ file, line }) => idOfPlace.get(`${file}:${line}`)),
        ]
        expect(new Set(named)).toEqual(touched)
        expect(result.contradictions).toEqual([])
        expect(result.joined).toBe(plan.filter((one) => isDelivered(one) && !touched.has(one.id)).length)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

const EMPTY = signer.sign(0, new Uint8Array(32))

/** The receipt with one character of its record changed. */
function edited(receipt: ExportedReceipt, position: number): ExportedReceipt {
  const at = position % receipt.record.length
  const other = receipt.record[at] === 'x' ? 'y' : 'x'
  return { ...receipt, record: receipt.record.slice(0, at) + other + receipt.record.slice(at + 1) }
}

describe('an operator that shows parties different logs is found', () => {
  const common = [exchanged('1'), exchanged('2')]
  const recordsOf = (exchanges: readonly Exchanged[]) => exchanges.map(exchangeRecordOf)
  const first = recordsOf(common)
  const filesOf = (recordsOfA: readonly string[], recordsOfB: readonly string[]) => {
    const [a, b] = [buildLog(signer, recordsOfA), buildLog(signer, recordsOfB)]
    const all = (length: number) => [...common, exchanged('3'), exchanged('4'), exchanged('5')].slice(0, length)
    return [
      fileOf(
        'a',
        exportLines('a', signer.verifierKey, a.checkpoint, receiptsOf('a', all(recordsOfA.length), a.receipts)),
      ),
      fileOf(
        'b',
        exportLines('b', signer.verifierKey, b.checkpoint, receiptsOf('b', all(recordsOfB.length), b.receipts)),
      ),
    ]
  }

  test('an operator that shows parties different logs is found by two trees of one size, and by the exchange that has two records', async () => {
    const result = await join(
      filesOf([...first, ...recordsOf([exchanged('3')])], [...first, ...recordsOf([exchanged('3')])]),
    )
    expect(result.contradictions.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['two-roots', 'two-leaves', 'two-records']),
    )
    expect(result.contradictions.find(({ kind }) => kind === 'two-roots')).toMatchObject({
      origin: signer.origin,
      treeSize: 3,
      places: [
        { file: 'a', line: 1 },
        { file: 'b', line: 1 },
      ],
    })
    expect(result.contradictions.find(({ kind }) => kind === 'two-records')).toMatchObject({ exchangeId: '3' })
  })

  test('an operator that shows parties different logs is found by two records at one index, also when no two trees have one size', async () => {
    const a = [...first, ...recordsOf([exchanged('3')])]
    const b = [...first, ...recordsOf([exchanged('4'), exchanged('5')]).slice(0, 2)]
    const files = [
      fileOf(
        'a',
        exportLines(
          'a',
          signer.verifierKey,
          buildLog(signer, a, 3).checkpoint,
          receiptsOf('a', [...common, exchanged('3')], buildLog(signer, a, 3).receipts),
        ),
      ),
      fileOf(
        'b',
        exportLines(
          'b',
          signer.verifierKey,
          buildLog(signer, b, 4).checkpoint,
          receiptsOf('b', [...common, exchanged('4'), exchanged('5')], buildLog(signer, b, 4).receipts),
        ),
      ),
    ]
    const result = await join(files)
    expect(result.contradictions).toEqual([
      {
        kind: 'two-leaves',
        origin: signer.origin,
        leafIndex: 2,
        places: [
          { file: 'a', line: 4 },
          { file: 'b', line: 4 },
        ],
      },
    ])
  })
})

describe('a file that is not what was exported is a fault with its place', () => {
  const other = newSigner(signer.origin)
  const elsewhere = newSigner('other.example')
  const replaceIn = (line: number, from: string | RegExp, to: string) => (lines: string[]) => {
    const changed = lines[line - 1]!.replace(from, to)
    if (changed === lines[line - 1]) throw new Error('the mutation changes nothing')
    lines[line - 1] = changed
  }
  const rows: readonly [what: string, mutate: (lines: string[]) => void, line: number, reason: string][] = [
    ['no head', (lines) => lines.shift(), 1, 'not the head'],
    ['nothing at all', (lines) => lines.splice(0), 1, 'cut off'],
    ['another version', replaceIn(1, 'Export":1', 'Export":2'), 1, '/sluisReceiptExport'],
    ['another party', replaceIn(1, '"party":"a"', '"party":"c"'), 2, 'not about this party'],
    ['a party that is none', replaceIn(1, '"party":"a"', '"party":"../a"'), 1, '/party'],
    ['the key of another log', replaceIn(1, signer.verifierKey, elsewhere.verifierKey), 1, '/verifierKey'],
    ['the key of somebody else', replaceIn(1, signer.verifierKey, other.verifierKey), 1, '/verifierKey'],
    ['a changed checkpoint', replaceIn(1, '\\n3\\n', '\\n4\\n'), 1, '/checkpoint'],
    ['a second head', (lines) => lines.splice(2, 0, lines[0]!), 3, 'second head'],
    ['a line that is no JSON', replaceIn(2, '{', ''), 2, 'not JSON'],
    ['a line that is a number', (lines) => lines.splice(1, 1, '7'), 2, 'not a JSON object'],
    ['a line of something else', (lines) => lines.splice(1, 1, '{}'), 2, 'neither head'],
    ['a doubled member', replaceIn(2, '"side"', '"side":"received","side"'), 2, 'another spelling'],
    ['an unknown member', replaceIn(2, '{', '{"extra":1,'), 2, 'another spelling'],
    ['white space', replaceIn(2, ':', ': '), 2, 'another spelling'],
    ['another side', replaceIn(2, '"sent"', '"both"'), 2, '/side'],
    ['the other side', replaceIn(2, '"sent"', '"received"'), 2, 'not about this party'],
    ['another index', replaceIn(2, '"leafIndex":0', '"leafIndex":1'), 2, '/leafIndex'],
    ['an index that is none', replaceIn(2, '"leafIndex":0', '"leafIndex":-1'), 2, '/leafIndex'],
    ['a record that is no text', replaceIn(2, /"record":".*?[^\\]",/, '"record":1,'), 2, '/record'],
    ['a hold that is none', replaceIn(2, '}', ',"hold":"gone"}'), 2, 'JSON'],
    ['a receipt twice', (lines) => lines.splice(2, 0, lines[1]!), 3, 'in line 2 too'],
    ['a count that is off', replaceIn(5, '3', '4'), 5, 'the count is 4'],
    ['no count', (lines) => lines.pop(), 5, 'cut off'],
    ['a line after the count', (lines) => lines.push(lines[1]!), 6, 'after the last line'],
    ['the proof of another record', (lines) => lines.splice(1, 1, mixed(lines[1]!, lines[2]!)), 2, '/leafIndex'],
  ]
  const mixed = (one: string, two: string): string =>
    JSON.stringify({ ...(JSON.parse(one) as object), proof: (JSON.parse(two) as { proof: string }).proof })

  test.each(rows)("a party's file with %s is a fault with its position", async (_, mutate, line, reason) => {
    const exchanges = [exchanged('1'), exchanged('2'), exchanged('3')]
    const result = await join(
      exportsOf(exchanges, (lines, party) => {
        if (party === 'a') mutate(lines)
      }),
    )
    const found = result.faults.find((fault) => fault.line === line && fault.file === 'a.ndjson')
    expect(found?.reason, JSON.stringify(result.faults)).toContain(reason)
  })

  test('a second file of one party is a fault', async () => {
    const [a] = exportsOf([exchanged('1')])
    const [again] = exportsOf([exchanged('1')])
    const { faults } = await join([a!, again!])
    expect(faults).toMatchObject([{ line: 1, reason: expect.stringContaining('one export of each party') }])
  })
})
