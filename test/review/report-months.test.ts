import { describe, expect, test } from 'vitest'
import type { RecordedSubject } from '../../src/audit/record/decision-summary.ts'
import { formatCanonicalJson } from '../../src/encoding/canonical-json.ts'
import type { Json } from '../../src/encoding/json.ts'
import type { LoadSet } from '../../src/exchange/rule-sets/archived.ts'
import type { Outcome } from '../../src/model/decision.ts'
import { boundsOf } from '../../src/review/check-filter.ts'
import type { MonthlyReport } from '../../src/review/monthly-report.ts'
import { parseMonth } from '../../src/review/months.ts'
import { type ReportOptions, reportMonths } from '../../src/review/report-months.ts'
import type { ReportFilter } from '../../src/review/select-exchanges.ts'
import { createChance, createWorld, SMALL_WORLD } from '../policy/random-set.ts'
import { loadSmall } from '../policy/small-set.ts'
import { inOrder, logExchange, putInForce } from './logged.ts'

/** One record for one line of the report: everything else of a record is made up here. */

type Members = { readonly [member: string]: Json }
const record = (type: string, at: string, members: Members): string =>
  formatCanonicalJson({ v: 1, type, at, nonce: 'AAECAwQFBgcICQoLDA0ODw', ...members })

const HASH = 'a'.repeat(64)
const decided = { subjects: [], duties: [], policyHash: HASH, engineVersion: '2', purpose: 'politietaak' }
const pair = { sender: 'fier', recipient: 'politie' }

const exchange = (at: string, members: Members = {}) =>
  record('exchange', at, {
    ...decided,
    ...pair,
    legalBasis: 'avg-vitaal-belang',
    id: 'u1',
    kind: 'antwoord',
    outcome: 'verstrekt',
    sealed: 'hash',
    ...members,
  })
const check = (at: string, members: Members = {}) =>
  record('check', at, { ...decided, ...pair, outcome: 'verstrekt', ...members })
const handOver = (at: string, type = 'delivered', members: Members = {}) =>
  record(type, at, { exchangeId: 'u1', deliveryId: 'b1', recipient: 'politie', ...members })
const feedback = (at: string) =>
  record('feedback', at, { exchangeId: 'u1', feedbackId: 'u2', sender: 'politie', recipient: 'fier' })
const erased = (at: string, ground = 'bewaartermijn') =>
  record('erased', at, { exchangeId: 'u1', deliveryId: 'b1', recipient: 'politie', ground })
const access = (at: string, members: Members) => record('access', at, { by: 'politie.functionaris-1', ...members })
const investigators = record('party', '2026-09-01T10:00:00Z', {
  party: 'politie',
  step: 'known',
  groups: ['opsporing'],
  scopes: [],
  people: {},
  signingKeys: {},
  encryptionKeys: [],
})
const heartbeat = (at: string, members: Members = {}) =>
  record('heartbeat', at, {
    occasion: 'time',
    since: 0,
    counts: {},
    failed: 0,
    policyHash: HASH,
    everyMinutes: 60,
    ...members,
  })

/** Monday in office hours, in the middle of the month. */
const IN = '2026-11-16T10:00:00Z'
/** The same day, at night. */
const NIGHT = '2026-11-16T20:00:00Z'
const AFTER = new Date('2026-12-15T10:00:00Z')

async function report(
  records: readonly string[],
  month = '2026-11',
  options: Partial<ReportOptions> = {},
): Promise<MonthlyReport> {
  const [first] = await reportMonths(inOrder(records), { months: [parseMonth(month)!], now: AFTER, ...options })
  return first!
}

type Line = keyof MonthlyReport

const person = (role: string, outcome: Outcome): RecordedSubject => ({
  role,
  true: [],
  false: [],
  assessments: [],
  fields: { achternaam: outcome === 'geweigerd' ? 'w' : 'v' },
  outcome,
  rules: [],
  prohibitions: [],
})

describe('a line of the report', () => {
  const owing: Members = { duties: [{ kind: 'terugkoppelen', for: 'ontvanger' }] }
  const none = { verstrekt: 0, gedeeltelijk: 0, 'in-afwachting': 0, geweigerd: 0 }
  const volume = { ...pair, legalBasis: 'avg-vitaal-belang', ...none, isSmall: true }

  test.each<[string, readonly string[], Line, unknown]>([
    ['counts exchanges by outcome', [exchange(IN), exchange(IN)], 'exchanges', [{ ...volume, verstrekt: 2 }]],
    [
      'keeps parties and bases apart',
      [
        exchange(IN),
        exchange(IN, { legalBasis: 'andere' }),
        exchange(IN, { recipient: 'comensha', outcome: 'gedeeltelijk' }),
        exchange(IN, { outcome: 'geweigerd', reason: 'verbod' }),
      ],
      'exchanges',
      [
        { ...volume, recipient: 'comensha', gedeeltelijk: 1 },
        { ...volume, legalBasis: 'andere', verstrekt: 1 },
        { ...volume, verstrekt: 1, geweigerd: 1 },
      ],
    ],
    [
      'does not mark a cell that is large enough',
      Array.from({ length: 11 }, () => exchange(IN)),
      'exchanges',
      [{ ...volume, verstrekt: 11, isSmall: false }],
    ],
    [
      'counts checks by sender',
      [check(IN), check(IN, { outcome: 'geweigerd', reason: 'geen-grondslag' }), check(IN, { sender: 'politie' })],
      'checks',
      [
        { sender: 'fier', permitted: 1, refused: 1, isSmall: true },
        { sender: 'politie', permitted: 1, refused: 0, isSmall: true },
      ],
    ],
    [
      'counts refusals by reason',
      [
        exchange(IN, { outcome: 'geweigerd', reason: 'verbod', subjects: [person('verdachte', 'geweigerd')] }),
        check(IN, { outcome: 'geweigerd', reason: 'verbod', subjects: [person('verdachte', 'geweigerd')] }),
        exchange(IN, { outcome: 'geweigerd', reason: 'verbod', subjects: [person('verdachte', 'geweigerd')] }),
        exchange(IN, {
          outcome: 'geweigerd',
          reason: 'beoordeling-ontbreekt',
          subjects: [person('slachtoffer', 'geweigerd')],
        }),
        exchange(IN, { outcome: 'verstrekt', subjects: [person('slachtoffer', 'verstrekt')] }),
      ],
      'refusals',
      [
        {
          ...pair,
          reason: 'beoordeling-ontbreekt',
          ...{ exchanges: 1, stayed: 0, retried: 0, repaired: 1, checks: 0 },
          isSmall: true,
        },
        {
          ...pair,
          reason: 'verbod',
          ...{ exchanges: 2, stayed: 1, retried: 1, repaired: 0, checks: 1 },
          isSmall: true,
        },
      ],
    ],
    [
      'counts what was held and how it ended',
      [
        exchange(IN, { outcome: 'in-afwachting' }),
        record('approved', IN, { exchangeId: 'u1', by: 'fier.a', remaining: 1 }),
        record('approved', IN, { exchangeId: 'u1', by: 'fier.b', remaining: 0 }),
        record('refused', IN, { exchangeId: 'u2', by: 'fier.b' }),
        record('expired', IN, { exchangeId: 'u3' }),
      ],
      'holds',
      { held: 1, approved: 1, refused: 1, expired: 1 },
    ],
    [
      'counts what recipients did',
      [exchange(IN), handOver(IN), handOver(IN), handOver(IN, 'acknowledged'), feedback(IN)],
      'deliveries',
      { handedOver: 2, acknowledged: 1, fedBack: 1 },
    ],
    [
      'counts a recall once, though its notice has a record too',
      [
        record('recalled', IN, { exchangeId: 'u1', ...pair, ground: 'onjuist', by: 'fier' }),
        record('recalled', IN, { exchangeId: 'u1', ...pair, ground: 'onjuist', deliveryId: 'b2', sealed: 'x' }),
      ],
      'recalls',
      [{ ground: 'onjuist', count: 1, isSmall: true }],
    ],
    [
      'counts erasures, and what was never fetched',
      [exchange(IN), erased(IN), exchange(IN), handOver(IN), erased(IN), erased(IN, 'verzoek-betrokkene')],
      'erasures',
      [
        { ground: 'bewaartermijn', count: 2, neverFetched: 1, isSmall: true },
        { ground: 'verzoek-betrokkene', count: 1, neverFetched: 0, isSmall: true },
      ],
    ],
    [
      'counts searches on people by who searched',
      [
        access(IN, { what: 'subject-request', request: 'access', found: 0 }),
        access(IN, { what: 'subject-request', request: 'erasure', found: 3 }),
        exchange(IN, { sender: 'comensha', asked: { dataSubject: 0, fields: ['achternaam'] } }),
      ],
      'searches',
      [
        { by: 'comensha', subjectRequests: 0, foundNothing: 0, identityQuestions: 1, isSmall: true },
        { by: 'politie.functionaris-1', subjectRequests: 2, foundNothing: 1, identityQuestions: 0, isSmall: true },
      ],
    ],
    [
      'counts who looked outside office hours',
      [
        access(NIGHT, { what: 'subject-request', request: 'access', found: 0 }),
        access(IN, { what: 'subject-request', request: 'access', found: 0 }),
        access(NIGHT, { what: 'log', use: 'show', start: 0, end: 1, found: 1, by: 'toezichthouder' }),
        access(NIGHT, { what: 'limit', limit: 'reports' }),
        handOver(NIGHT),
        exchange(NIGHT, { sender: 'comensha', asked: { dataSubject: 0, fields: [] } }),
        exchange(NIGHT),
      ],
      'outsideOfficeHours',
      [
        { by: 'comensha', what: 'identity-question', count: 1, isSmall: true },
        { by: 'politie', what: 'delivery', count: 1, isSmall: true },
        { by: 'politie.functionaris-1', what: 'subject-request', count: 1, isSmall: true },
        { by: 'toezichthouder', what: 'log', count: 1, isSmall: true },
      ],
    ],
    [
      'counts limits that were hit',
      [access(IN, { what: 'limit', limit: 'reports' }), access(IN, { what: 'limit', limit: 'reports' })],
      'limits',
      [{ by: 'politie.functionaris-1', limit: 'reports', count: 2 }],
    ],
    [
      'counts what happened to the keys',
      [
        record('key', IN, { step: 'command', command: 'rotate', epoch: 2, uses: ['match'] }),
        record('key', IN, { step: 'known', epoch: 2, uses: ['match'], check: 'x' }),
        record('key', IN, { step: 'retired', epoch: 1, uses: ['match'] }),
        record('key', IN, { step: 'known', epoch: 3, uses: ['match'], check: 'x' }),
      ],
      'keys',
      [
        { event: 'command rotate', count: 1 },
        { event: 'known', count: 2 },
        { event: 'retired', count: 1 },
      ],
    ],
    [
      'lists steps of rule sets',
      [
        record('policy', IN, { step: 'proposed', policyHash: HASH, sourceHash: HASH, proposedBy: 'politie.a' }),
        record('policy', IN, { policyHash: HASH, sourceHash: HASH }),
      ],
      'policies',
      [
        { leafIndex: 0, step: 'proposed', at: IN, policyHash: HASH, sourceHash: HASH, proposedBy: 'politie.a' },
        { leafIndex: 1, step: 'files', at: IN, policyHash: HASH, sourceHash: HASH },
      ],
    ],
    [
      'counts changes of parties',
      [
        record('party', IN, { party: 'fier', step: 'removed' }),
        record('party', IN, { party: 'fier', step: 'removed' }),
      ],
      'parties',
      [{ party: 'fier', step: 'removed', count: 2 }],
    ],
    [
      'lists new origins and what they lost',
      [
        record('epoch', IN, {
          reason: 'rolled-back',
          origin: 'nieuw',
          previous: { origin: 'oud', verifierKey: 'k', treeSize: 12, rootHash: 'r' },
          inherited: 10,
        }),
      ],
      'epochs',
      [{ leafIndex: 0, reason: 'rolled-back', origin: 'nieuw', previousOrigin: 'oud', lost: 2 }],
    ],
    [
      'counts who read the log',
      [
        access(IN, { what: 'log', use: 'search', start: 0, end: 9, found: 4, by: 'toezichthouder' }),
        access(IN, { what: 'log', use: 'search', start: 0, end: 9, found: 5, by: 'toezichthouder' }),
      ],
      'logReads',
      [{ by: 'toezichthouder', use: 'search', reads: 2, records: 9 }],
    ],
    ['counts what it cannot read', [exchange(IN), '{"v":2}', 'x'], 'unreadable', 2],
    ['counts records', [exchange(IN), handOver(IN), 'x'], 'records', 3],
    ['does not count feedback that is not due yet', [exchange('2026-11-01T00:00:00Z', owing)], 'feedback', []],
    [
      'counts feedback that is overdue',
      [exchange('2026-10-20T10:00:00Z', owing)],
      'feedback',
      [{ ...pair, overdue: 1, isSmall: true }],
    ],
    ['does not count feedback that was given', [exchange('2026-10-20T10:00:00Z', owing), feedback(IN)], 'feedback', []],
    [
      'counts feedback that came after the month',
      [exchange('2026-10-20T10:00:00Z', owing), feedback('2026-12-02T10:00:00Z')],
      'feedback',
      [{ ...pair, overdue: 1, isSmall: true }],
    ],
    [
      'expects none on what was recalled',
      [
        exchange('2026-10-20T10:00:00Z', owing),
        record('recalled', IN, { exchangeId: 'u1', ...pair, ground: 'onjuist', by: 'fier' }),
      ],
      'feedback',
      [],
    ],
    [
      'expects feedback on what was fetched and then erased',
      [exchange('2026-10-20T10:00:00Z', owing), handOver('2026-10-21T10:00:00Z'), erased('2026-10-22T10:00:00Z')],
      'feedback',
      [{ ...pair, overdue: 1, isSmall: true }],
    ],
    [
      'expects none on what was erased unseen',
      [exchange('2026-10-20T10:00:00Z', owing), erased('2026-10-22T10:00:00Z')],
      'feedback',
      [],
    ],
  ])('the monthly report %s', async (_, records, line, expected) => {
    expect((await report(records))[line]).toEqual(expected)
  })
})

describe('feedback on a report whose kind and recipient the vocabulary names for it', () => {
  const SENT = '2026-10-20T10:00:00Z'
  const followUp = { kinds: ['melding', 'signaal'], groups: ['opsporing'] }
  const { vocabulary, ...set } = loadSmall()
  const loadSet: LoadSet = async () => ({ set: { ...set, vocabulary: { ...vocabulary, gatewayWords: { followUp } } } })
  const owed = [{ ...pair, overdue: 1, isSmall: true }]

  test.each<[string, readonly string[], Partial<ReportOptions>, unknown]>([
    ['is owed for a report', [investigators, exchange(SENT, { kind: 'signaal' })], { loadSet }, owed],
    ['is not owed for another kind', [investigators, exchange(SENT, { kind: 'cijfers' })], { loadSet }, []],
    [
      'is not owed for an answer',
      [investigators, exchange(SENT, { kind: 'melding', inReplyTo: 'u0' })],
      { loadSet },
      [],
    ],
    ['is not owed by a recipient in no such group', [exchange(SENT, { kind: 'melding' })], { loadSet }, []],
    ['is not counted where the rule set is not known', [investigators, exchange(SENT, { kind: 'signaal' })], {}, []],
  ])('feedback %s', async (_, records, options, expected) => {
    expect((await report(records, '2026-11', options)).feedback).toEqual(expected)
  })
})

describe('an acknowledgement', () => {
  const SENT = '2026-11-16T10:00:00Z'
  const overdue = [{ ...pair, overdue: 1, neverFetched: 1, isSmall: true }]
  const fetched = [{ ...pair, overdue: 1, neverFetched: 0, isSmall: true }]

  test.each<[string, readonly string[], unknown]>([
    ['is overdue when nobody fetched the delivery', [exchange(SENT)], overdue],
    ['is overdue when it was only fetched', [exchange(SENT), handOver(SENT)], fetched],
    ['is there', [exchange(SENT), handOver(SENT), handOver(SENT, 'acknowledged')], []],
    ['came late, within the month', [exchange(SENT), handOver('2026-11-29T10:00:00Z', 'acknowledged')], []],
    ['came after the month', [exchange(SENT), handOver('2026-12-01T10:00:00Z', 'acknowledged')], overdue],
    ['is not due yet', [exchange('2026-11-24T10:00:00Z')], []],
    ['is due at the very end', [exchange('2026-11-23T22:59:59Z')], overdue],
    ['is due just after the end', [exchange('2026-11-23T23:00:00Z')], []],
    ['is not owed for a refusal', [exchangeWithoutDelivery(SENT)], []],
    ['is not owed while it is held', [exchange(SENT, { outcome: 'in-afwachting' })], []],
    [
      'is owed from the approval on',
      [
        exchange('2026-11-02T10:00:00Z', { outcome: 'in-afwachting' }),
        record('approved', SENT, { exchangeId: 'u1', by: 'fier.a', remaining: 0 }),
      ],
      overdue,
    ],
    [
      'is not owed yet when it was approved a moment ago',
      [
        exchange('2026-11-02T10:00:00Z', { outcome: 'in-afwachting' }),
        record('approved', '2026-11-28T10:00:00Z', { exchangeId: 'u1', by: 'fier.a', remaining: 0 }),
      ],
      [],
    ],
    [
      'is not owed for what expired',
      [exchange(SENT, { outcome: 'in-afwachting' }), record('expired', SENT, { exchangeId: 'u1' })],
      [],
    ],
    ['is not owed for what was erased', [exchange(SENT), erased('2026-11-20T10:00:00Z')], []],
    [
      'of a notice is not that of the exchange it is about',
      [
        exchange(SENT),
        record('match', SENT, {
          step: 'proposed',
          effect: 'none',
          matchId: 'm',
          domain: 'd',
          recipient: 'politie',
          deliveryId: 'n1',
          sealed: 'x',
        }),
        handOver(SENT, 'acknowledged', { deliveryId: 'n1' }),
      ],
      overdue,
    ],
  ])('an acknowledgement %s', async (_, records, expected) => {
    expect((await report(records)).acknowledgements).toEqual(expected)
  })

  test('an acknowledgement is overdue after as many days as the term', async () => {
    const terms = { acknowledgeDays: 14, feedbackDays: 30 }
    expect((await report([exchange(SENT)], '2026-11', { terms })).acknowledgements).toEqual(overdue)
    const later = await report([exchange('2026-11-18T10:00:00Z')], '2026-11', { terms })
    expect(later).toMatchObject({ acknowledgements: [], terms })
  })

  test('an acknowledgement is judged at the moment of reading in a month that is not over', async () => {
    const now = (at: string) => ({ now: new Date(at) })
    expect(await report([exchange(SENT)], '2026-11', now('2026-11-23T10:00:00Z'))).toMatchObject({
      isOver: false,
      acknowledgements: [],
    })
    expect((await report([exchange(SENT)], '2026-11', now('2026-11-23T10:00:01Z'))).acknowledgements).toEqual(overdue)
  })

  test('an acknowledgement is judged at the newest record of a log that was taken away', async () => {
    const read = (newest: string) =>
      reportMonths(inOrder([exchange(SENT), check(newest)]), { months: [parseMonth('2026-11')!] })
    expect(await read('2026-11-23T10:00:00Z')).toMatchObject([{ isOver: false, acknowledgements: [] }])
    expect(await read('2026-11-23T10:00:01Z')).toMatchObject([{ isOver: false, acknowledgements: overdue }])
    expect(await read('2026-12-03T10:00:01Z')).toMatchObject([{ isOver: true, acknowledgements: overdue }])
  })

  test('an acknowledgement is overdue in every month until it comes', async () => {
    const months = ['2026-12', '2026-10', '2026-11'].map((text) => parseMonth(text)!)
    const records = [exchange('2026-10-05T10:00:00Z'), handOver('2026-12-10T10:00:00Z', 'acknowledged')]
    const reports = await reportMonths(inOrder(records), { months, now: new Date('2027-01-05T10:00:00Z') })
    expect(reports.map(({ month, acknowledgements }) => [month, acknowledgements.length])).toEqual([
      ['2026-10', 1],
      ['2026-11', 1],
      ['2026-12', 0],
    ])
  })
})

function exchangeWithoutDelivery(at: string): string {
  const { sealed: _, ...members } = JSON.parse(exchange(at)) as Record<string, Json>
  return formatCanonicalJson({ ...members, outcome: 'geweigerd', reason: 'verbod' })
}

describe('a month of the report', () => {
  test.each([
    ['2026-10-31T22:59:59.999Z', 0],
    ['2026-10-31T23:00:00Z', 1],
    ['2026-11-30T22:59:59.999Z', 1],
    ['2026-11-30T23:00:00Z', 0],
  ])('a month of the report is half-open in Amsterdam: %s', async (at, records) => {
    expect((await report([check(at)])).records).toBe(records)
  })

  test('a month of the report is as long as summer time makes it', async () => {
    const hours = async (month: string) => {
      const { from, until } = await report([], month)
      return (Date.parse(until) - Date.parse(from)) / 3_600_000
    }
    expect([await hours('2026-03'), await hours('2026-10'), await hours('2026-05')]).toEqual([743, 745, 744])
  })

  test('a month of the report takes a record where its moment puts it, whatever is before it in the log', async () => {
    const records = [check('2026-12-05T10:00:00Z'), check(IN), check('2026-12-05T10:00:00Z')]
    expect((await report(records)).records).toBe(1)
  })
})

describe('heartbeats in the report', () => {
  const BEFORE = '2026-11-16T10:00:00Z'

  test('heartbeats that came in time and fit lead to no finding in the monthly report', async () => {
    const records = [
      heartbeat(BEFORE, { occasion: 'start' }),
      check('2026-11-16T10:30:00Z'),
      heartbeat('2026-11-16T11:00:00Z', { since: 1, counts: { check: 1 } }),
    ]
    const { heartbeats } = await report(records, '2026-11', { now: new Date('2026-11-16T11:30:00Z') })
    expect(heartbeats).toEqual({ count: 2, findings: [] })
  })

  test('a silence is in the monthly report of every month that it lasted in', async () => {
    const records = [
      heartbeat('2026-09-16T10:00:00Z', { occasion: 'start' }),
      heartbeat('2026-11-16T11:00:00Z', { since: 1 }),
      heartbeat('2026-11-16T12:00:00Z', { since: 2, occasion: 'stop' }),
    ]
    const months = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'].map((text) => parseMonth(text)!)
    const reports = await reportMonths(inOrder(records), { months, now: AFTER })
    expect(reports.map(({ heartbeats }) => heartbeats?.findings.map(({ kind }) => kind))).toEqual([
      [],
      ['silence'],
      ['silence'],
      ['silence'],
      [],
    ])
  })

  test('the monthly report finds counters that do not fit, stretches that nobody counted and jumps of the clock', async () => {
    const records = [
      check(BEFORE),
      heartbeat(BEFORE, { since: 1, occasion: 'start' }),
      check(BEFORE),
      heartbeat(BEFORE, { since: 2, counts: { check: 2 } }),
      heartbeat(BEFORE, { since: 4, clockShiftSeconds: 90 }),
    ]
    const { heartbeats } = await report(records, '2026-11', { now: new Date(BEFORE) })
    expect(heartbeats?.findings.map(({ kind }) => kind)).toEqual(['uncounted', 'miscount', 'clock'])
    expect((await report(records, '2026-10')).heartbeats).toEqual({ count: 0, findings: [] })
  })
})

describe('re-derivation in the report', () => {
  const world = createWorld(SMALL_WORLD, createChance(7))
  const question = { ...world.ask(createChance(3)), at: IN }
  const loadSet = async () => ({ set: world.set })
  const genuine = [putInForce(world.set, '2026-10-01T10:00:00Z'), logExchange(world.set, question)]

  test('the monthly report counts decisions that agree, deviate or cannot be re-derived, with their positions', async () => {
    const wrong = genuine[1]!.replace(
      /"outcome":"([a-z-]+)","policyHash/,
      (_, outcome) => `"outcome":"${outcome === 'verstrekt' ? 'gedeeltelijk' : 'verstrekt'}","policyHash`,
    )
    expect(wrong).not.toBe(genuine[1])
    expect((await report([...genuine, wrong, 'x'], '2026-11', { loadSet })).rederivation).toEqual({
      agreeing: 1,
      deviating: 1,
      notRederived: 1,
      places: [2, 3],
    })
    expect(
      (await report(genuine, '2026-11', { loadSet: async () => ({ noSet: 'texts-missing' }) })).rederivation,
    ).toEqual({ agreeing: 0, deviating: 0, notRederived: 1, places: [1] })
  })

  test('the monthly report has no re-derivation without rule sets', async () => {
    expect(await report(genuine)).not.toHaveProperty('rederivation')
  })
})

describe('a monthly report that a filter narrows', () => {
  const to = (id: string, members: Members = {}) => exchange(IN, { id, ...members })
  const step = (type: string, exchangeId: string, members: Members = {}) =>
    record(type, IN, { exchangeId, deliveryId: `d-${exchangeId}`, recipient: 'politie', ...members })
  const withheld = { ...person('slachtoffer', 'geweigerd'), prohibitions: ['verbod-x/regel'] }
  const refused: Members = { outcome: 'geweigerd', reason: 'verbod', subjects: [withheld] }
  const log = [
    to('one', { subjects: [person('slachtoffer', 'verstrekt')] }),
    to('two', { sender: 'comensha' }),
    to('three', refused),
    check(IN, {
      sender: 'comensha',
      recipient: 'fier',
      subjects: [{ ...person('slachtoffer', 'verstrekt'), fields: {} }],
    }),
    step('delivered', 'one'),
    step('delivered', 'two'),
    step('acknowledged', 'two'),
    record('erased', IN, { exchangeId: 'two', deliveryId: 'd-two', recipient: 'politie', ground: 'bewaartermijn' }),
    access(IN, { what: 'limit', limit: 'reports' }),
    heartbeat(IN),
  ]
  const narrowed = (filter: ReportFilter) =>
    report(log, '2026-11', {
      only: { filter, bounds: boundsOf(filter, async () => ({ fields: new Map() })) },
    })

  test.each<[ReportFilter, Partial<Record<'exchanges' | 'checks' | 'refusals' | 'erasures', number>>, object]>([
    [{ sender: 'fier' }, { exchanges: 1, refusals: 1 }, { handedOver: 1, acknowledged: 0 }],
    [{ sender: 'comensha' }, { exchanges: 1, checks: 1, erasures: 1 }, { handedOver: 1, acknowledged: 1 }],
    [{ recipient: 'fier' }, { checks: 1 }, { handedOver: 0, acknowledged: 0 }],
    [{ field: 'achternaam' }, { exchanges: 1, refusals: 1 }, { handedOver: 1, acknowledged: 0 }],
    [{ field: 'achternaam', treatment: 'shared' }, { exchanges: 1 }, { handedOver: 1 }],
    [{ treatment: 'withheld' }, { exchanges: 1, refusals: 1 }, { handedOver: 0 }],
    [{ fieldClass: 'avg-9' }, {}, { handedOver: 0 }],
    [{ file: 'verbod-x' }, { exchanges: 1, refusals: 1 }, { handedOver: 0 }],
    [{ attempt: 'stayed' }, { exchanges: 1, refusals: 1 }, { handedOver: 0 }],
    [{ attempt: 'check' }, { checks: 1 }, { handedOver: 0 }],
    [{ sender: 'fier', attempt: 'check' }, {}, { handedOver: 0 }],
  ])('the monthly report counts what matches %j and what happened to it', async (filter, cells, deliveries) => {
    const found = await narrowed(filter)
    const none = { exchanges: 0, checks: 0, refusals: 0, erasures: 0 }
    const sizes = Object.fromEntries(Object.keys(none).map((name) => [name, found[name as keyof typeof none].length]))
    expect(sizes).toEqual({ ...none, ...cells })
    expect(found).toMatchObject({ filter, deliveries })
    for (const absent of ['limits', 'heartbeats', 'keys', 'logReads', 'searches'])
      expect(found).not.toHaveProperty(absent)
  })

  test('the monthly report finds overdue only what matches, and knows the groups of a recipient', async () => {
    const SENT = '2026-10-05T10:00:00Z'
    const owed = [exchange(SENT, { id: 'one' }), exchange(SENT, { id: 'two', sender: 'comensha' })]
    const filter = { sender: 'comensha' }
    const found = await report(owed, '2026-11', { only: { filter, bounds: boundsOf(filter) } })
    expect(found.acknowledgements).toEqual([
      { sender: 'comensha', recipient: 'politie', overdue: 1, neverFetched: 1, isSmall: true },
    ])
  })
})

test('the monthly report holds no id of an exchange, a delivery or a match, and no word about a data subject', async () => {
  const subject = {
    role: 'slachtoffer',
    true: ['minderjarig'],
    false: [],
    assessments: ['noodzaak'],
    fields: { achternaam: 'v' },
    outcome: 'verstrekt',
    rules: ['bestand/regel'],
    prohibitions: [],
    commitment: 'commitment-1',
  }
  const records = [
    exchange(IN, {
      id: 'exchange-1',
      subjects: [subject],
      reference: 'reference-1',
      payload: 'payload-1',
      trace: 'trace-1',
    }),
    handOver(IN, 'delivered', { exchangeId: 'exchange-1', deliveryId: 'delivery-1' }),
    exchange(NIGHT, { id: 'exchange-2', subjects: [subject], outcome: 'geweigerd', reason: 'verbod' }),
    record('match', IN, {
      step: 'confirmed',
      effect: 'merged',
      matchId: 'match-1',
      domain: 'domain-1',
      recipient: 'politie',
    }),
    erased(IN, 'verzoek-betrokkene'),
  ]
  const text = JSON.stringify(await report(records))
  for (const word of [
    ...['exchange-1', 'exchange-2', 'delivery-1', 'match-1', 'domain-1', 'commitment-1', 'reference-1', 'payload-1'],
    ...['trace-1', 'slachtoffer', 'minderjarig', 'noodzaak', 'achternaam', 'bestand/regel', 'politietaak', 'b1', 'u1'],
  ]) {
    expect(text, word).not.toContain(`"${word}"`)
  }
})
