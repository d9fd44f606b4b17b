import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatHeartbeatRecord, type HeartbeatRecord } from '../../../src/audit/record/heartbeat.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { createHeartbeatCheck, type HeartbeatFinding, type PlacedRecord } from '../../../src/audit/verify/heartbeats.ts'

const START = Date.parse('2026-11-22T10:00:00.000Z')
const minute = (minutes: number) => new Date(START + minutes * 60_000).toISOString()

type Line = PlacedRecord['record']
const plain = (type: 'check' | 'delivered', minutes: number): Line => ({ type, at: minute(minutes) })
const beat = (minutes: number, members: Partial<HeartbeatRecord> = {}): Line => ({
  v: 1,
  nonce: 'AAECAwQFBgcICQoLDA0ODw',
  type: 'heartbeat',
  at: minute(minutes),
  occasion: 'time',
  since: 0,
  counts: {},
  failed: 0,
  policyHash: 'p',
  everyMinutes: 60,
  ...members,
})

function check(lines: readonly Line[], until?: string, first = 0) {
  const checking = createHeartbeatCheck()
  for (const [position, record] of lines.entries()) checking.add({ leafIndex: first + position, record })
  return checking.finish(until)
}

/** Two records, and a heartbeat each hour. */
const sound: readonly Line[] = [
  plain('check', 0),
  beat(0, { occasion: 'start', counts: { check: 1 } }),
  plain('check', 10),
  plain('delivered', 20),
  beat(60, { since: 2, counts: { check: 1, delivered: 1 } }),
  beat(120, { since: 5 }),
  beat(121, { since: 6, occasion: 'stop' }),
]

describe('the heartbeats of a log', () => {
  test('heartbeats fit a log from which nothing is missing', () => {
    expect(check(sound, minute(5000))).toEqual({
      heartbeats: 4,
      unchecked: 0,
      newest: { leafIndex: 6, at: minute(121) },
      findings: [],
    })
  })

  const changed: [what: string, lines: readonly Line[], findings: readonly HeartbeatFinding[]][] = [
    [
      'a record that was left out',
      sound.toSpliced(3, 1, plain('check', 20)),
      [
        {
          kind: 'miscount',
          leafIndex: 4,
          since: 2,
          types: [
            { type: 'check', counted: 1, found: 2 },
            { type: 'delivered', counted: 1, found: 0 },
          ],
        },
      ],
    ],
    [
      'a type that nobody counted',
      sound.toSpliced(4, 1, beat(60, { since: 2, counts: { check: 1 } })),
      [{ kind: 'miscount', leafIndex: 4, since: 2, types: [{ type: 'delivered', counted: 0, found: 1 }] }],
    ],
    [
      'a process that was killed',
      [sound[0]!, sound[1]!, plain('check', 5), beat(9, { occasion: 'start', since: 3 })],
      [{ kind: 'uncounted', start: 2, end: 3 }],
    ],
    [
      'a heartbeat that came too late',
      sound.toSpliced(4, 1, beat(66, { since: 2, counts: { check: 1, delivered: 1 } })),
      [{ kind: 'silence', leafIndex: 4, since: minute(0), seconds: 3960, isStopped: false, records: 2 }],
    ],
    [
      'a night after a stop, with a record in it',
      [...sound, plain('check', 700), beat(721, { occasion: 'start', since: 7, counts: { check: 1 } })],
      [{ kind: 'silence', leafIndex: 8, since: minute(121), seconds: 36_000, isStopped: true, records: 1 }],
    ],
    [
      'two processes that count the same',
      [...sound.slice(0, 5), beat(70, { since: 2, counts: { check: 1 } })],
      [{ kind: 'overlap', leafIndex: 5, since: 2 }],
    ],
    [
      'counters that begin in the future',
      [...sound.slice(0, 5), beat(70, { since: 9 })],
      [{ kind: 'overlap', leafIndex: 5, since: 9 }],
    ],
    [
      'a clock that jumped a year ahead, which is no silence',
      [...sound.slice(0, 5), beat(60 + 525_600, { since: 5, occasion: 'clock', clockShiftSeconds: 31_536_000 })],
      [{ kind: 'clock', leafIndex: 5, seconds: 31_536_000 }],
    ],
    [
      'a silence of a day that a clock put back by a day would hide',
      [...sound.slice(0, 5), beat(60, { since: 5, clockShiftSeconds: -86_400 })],
      [
        { kind: 'silence', leafIndex: 5, since: minute(60), seconds: 86_400, isStopped: false, records: 0 },
        { kind: 'clock', leafIndex: 5, seconds: -86_400 },
      ],
    ],
    [
      'commits that could not be written',
      [...sound.slice(0, 5), beat(70, { since: 5, failed: 3 })],
      [{ kind: 'failed', leafIndex: 5, commits: 3 }],
    ],
    ['a log without any', [plain('check', 0), plain('check', 1)], [{ kind: 'uncounted', start: 0, end: 2 }]],
  ]
  test.each(changed)('heartbeats show %s', (_, lines, findings) => {
    expect(check(lines).findings).toEqual(findings)
  })

  test('heartbeats show a log that was cut off, or that nobody writes to any more', () => {
    const silence = { kind: 'silence', since: minute(60), isStopped: false }
    expect(check(sound.slice(0, 5), minute(125)).findings).toEqual([])
    expect(check(sound.slice(0, 5), minute(126)).findings).toEqual([{ ...silence, seconds: 3960, records: 0 }])
  })

  test('heartbeats prove nothing about what lies before the first record that was given', () => {
    expect(check(sound.slice(3), undefined, 3)).toMatchObject({ heartbeats: 3, unchecked: 1, findings: [] })
  })

  test('heartbeats are compared in the order of the log only', () => {
    const checking = createHeartbeatCheck()
    checking.add({ leafIndex: 7, record: sound[0]! })
    expect(() => checking.add({ leafIndex: 9, record: sound[1]! })).toThrow(RangeError)
  })

  test('heartbeats show every record that is taken out between two of them, wherever it is', () => {
    const types = fc.array(fc.constantFrom('check' as const, 'delivered' as const), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(types, fc.nat(), (between, seed) => {
        const counts: Record<string, number> = {}
        for (const type of between) counts[type] = (counts[type] ?? 0) + 1
        const records = between.map((type) => plain(type, 1))
        const whole = [beat(0), ...records, beat(2, { since: 1, counts })]
        expect(check(whole).findings).toEqual([])
        const out = whole.toSpliced(1 + (seed % between.length), 1)
        expect(check(out).findings).toMatchObject([{ kind: 'miscount', leafIndex: between.length }])
      }),
    )
  })

  test('heartbeats are read back as they were written', () => {
    const { v: _v, nonce: _nonce, ...content } = beat(3, { clockShiftSeconds: -6 }) as HeartbeatRecord
    const text = formatHeartbeatRecord({ ...content, nonce: new Uint8Array(16) })
    expect(parseRecord(text)).toEqual({ ...content, v: 1, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' })
  })
})
