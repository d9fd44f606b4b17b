import { describe, expect, test } from 'vitest'
import { formatExchangeRecord } from '../../src/audit/record/exchange.ts'
import type { LoadSet } from '../../src/exchange/rule-sets/archived.ts'
import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import { decide } from '../../src/policy/decide.ts'
import type { PolicySet } from '../../src/policy/policy-set.ts'
import type { LogReader } from '../../src/ports/store.ts'
import { classifyAttempts, REPAIR_RECORDS } from '../../src/review/attempts/attempts.ts'
import { createGapCounter, type GapCount } from '../../src/review/gaps/gap-count.ts'
import { reportGaps } from '../../src/review/gaps/gap-report.ts'
import { dutyContext } from '../exchange/duty-context.ts'
import { report } from '../exchange/duty-set.ts'
import { loadSmall, ruleFile, SENTENCE } from '../policy/small-set.ts'
import { inOrder, logCheck, logExchange, NONCE } from './logged.ts'

/** Made-up law: the land of a victim may go for registration, more for shelter, and a date of birth never. */
const set = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, van: [politie], naar: [opvanghuis], doel: [registratie], over: [slachtoffer], als: [politietaak], als_niet: [minderjarig], beoordeling: [noodzaak], gegevens: {verstrekken: [land, geboren]}, uitleg: ${SENTENCE}}\n`,
  ),
  ruleFile(
    'grondslag',
    'wet-b',
    `  - {id: een, van: [politie], naar: [opvanghuis], doel: [opvang], over: [slachtoffer], gegevens: {verstrekken: [plaats], koppelen: [naam]}, uitleg: ${SENTENCE}}\n`,
  ),
  ruleFile('verbod', 'wet-c', `  - {id: een, verbiedt: [geboren], uitkomst: weglaten, uitleg: ${SENTENCE}}\n`),
)

const victim: SubjectQuestion = { role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['vorm'] }
const question: Question = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00.000Z',
  dataSubjects: [victim],
}
const about = (...subjects: Partial<SubjectQuestion>[]): Partial<Question> => ({
  dataSubjects: subjects.map((one) => ({ ...victim, ...one })),
})
const after = (seconds: number): string => new Date(Date.parse(question.at) + seconds * 1000).toISOString()
const exchange = (change: Partial<Question>, reference?: string, of = set): string => {
  const asked = { ...question, ...change }
  if (reference === undefined) return logExchange(of, asked)
  const hash = new Uint8Array(32).fill(reference.length)
  return formatExchangeRecord({
    type: 'exchange',
    question: asked,
    decision: decide(of, asked),
    id: 'uitwisseling',
    kind: 'melding',
    reference: hash,
    nonce: NONCE,
  })
}
const archive =
  (...sets: readonly PolicySet[]): LoadSet =>
  async (policyHash) => {
    const found = sets.find((one) => one.policyHash === policyHash)
    return found ? { set: found } : { noSet: 'texts-missing' }
  }

async function count(records: readonly string[], load: LoadSet = archive(set)): Promise<GapCount> {
  const counter = createGapCounter(set, load)
  for await (const record of classifyAttempts(inOrder(records))) await counter.add(record)
  return counter.finish()
}
/** What is not zero. */
const sum = ({ gaps, repaired, setAside }: GapCount) => ({
  ...(gaps.length > 0 && { gaps: gaps.reduce((total, { reports }) => total + reports, 0) }),
  ...(repaired.length > 0 && { repaired: repaired.reduce((total, { reports }) => total + reports, 0) }),
  ...Object.fromEntries(Object.entries(setAside).filter(([, number]) => number > 0)),
})

const passing = about({
  circumstances: { politietaak: true, minderjarig: false },
  assessments: ['noodzaak'],
  fields: ['land'],
})

describe('what counts as a gap in the law', () => {
  const rows: readonly [string, readonly string[], object][] = [
    ['a field that no basis covers', [exchange({})], { gaps: 1 }],
    ['a role that no basis covers', [exchange(about({ role: 'verdachte', fields: ['land'] }))], { gaps: 1 }],
    [
      'a field that is always prohibited, which is no lack of a basis',
      [exchange(about({ fields: ['geboren'] }))],
      { prohibited: 1 },
    ],
    [
      'a prohibited field beside one that no basis covers',
      [exchange(about({ fields: ['geboren', 'vorm'] }))],
      { gaps: 1 },
    ],
    [
      'a rule that what was stated rules out',
      [exchange(about({ circumstances: { minderjarig: true }, fields: ['land'] }))],
      { gaps: 1 },
    ],
    ['a forgotten circumstance', [exchange(about({ assessments: ['noodzaak'], fields: ['land'] }))], { couldPass: 1 }],
    ['a wrong basis while another works', [exchange({ ...passing, legalBasis: 'wet-b' })], { couldPass: 1 }],
    ['another purpose that works', [exchange(about({ fields: ['plaats'] }))], { couldPass: 1 }],
    ['a field that could only link', [exchange(about({ fields: ['naam'] }))], { couldPass: 1 }],
    ['one of several fields that could pass', [exchange(about({ fields: ['vorm', 'land'] }))], { couldPass: 1 }],
    ['no data', [exchange(about({ fields: [] }))], { withoutData: 1 }],
    ['a sender to itself', [exchange({ recipient: 'politie' })], { toItself: 1 }],
    ['a check', [logCheck(set, question)], { checks: 1 }],
    ['what passes', [exchange(passing)], {}],
    ['two persons of one role in one report', [exchange(about({}, { fields: ['vonnis'] }))], { gaps: 1 }],
    ['two roles in one report', [exchange(about({}, { role: 'verdachte' }))], { gaps: 2 }],
    [
      'a person beside one that passes',
      [exchange({ dataSubjects: [...(passing.dataSubjects ?? []), { ...victim, role: 'verdachte' }] })],
      { gaps: 1 },
    ],
    ['two tries within an hour', [exchange({}), exchange({ at: after(3600) })], { gaps: 1, retried: 1 }],
    ['two tries after more than an hour', [exchange({}), exchange({ at: after(3601) })], { gaps: 2 }],
    [
      'a try for another purpose',
      [exchange({}), exchange({ purpose: 'opvang', at: after(60) })],
      { gaps: 1, retried: 1 },
    ],
    ['another recipient', [exchange({}), exchange({ recipient: 'meldpunt', at: after(60) })], { gaps: 2 }],
    ['other fields', [exchange({}), exchange({ ...about({ fields: ['vonnis'] }), at: after(60) })], { gaps: 2 }],
    ['two references of the sender', [exchange({}, 'a'), exchange({ at: after(60) }, 'bb')], { gaps: 2 }],
    [
      'one reference, with other fields',
      [exchange({}, 'a'), exchange({ ...about({ fields: ['vonnis'] }), at: after(60) }, 'a')],
      { gaps: 1, retried: 1 },
    ],
    ['one reference, and none', [exchange({}, 'a'), exchange({ at: after(60) })], { gaps: 1, retried: 1 }],
    [
      'a report that passes within the hour',
      [exchange(about({ fields: ['land'] })), exchange({ ...passing, at: after(600) })],
      { repaired: 1 },
    ],
    [
      'a report that passes within the hour after several tries',
      [
        exchange(about({ fields: ['land'] })),
        exchange({ ...about({ fields: ['land'] }), at: after(3000) }),
        exchange({ ...passing, at: after(6000) }),
      ],
      { retried: 1, repaired: 1 },
    ],
    [
      'a report that passes later, and could have passed at once',
      [exchange(about({ fields: ['land'] })), exchange({ ...passing, at: after(4000) })],
      { couldPass: 1 },
    ],
  ]
  test.each(rows)('the gap report of %s', async (_, records, expected) => {
    expect(sum(await count(records))).toEqual(expected)
  })

  test('a refusal is judged by the rules of its moment, and without them it is not counted', async () => {
    const wider = loadSmall(
      ruleFile(
        'grondslag',
        'wet-a',
        `  - {id: een, van: [politie], doel: [registratie], gegevens: {verstrekken: [vorm]}, uitleg: ${SENTENCE}}\n`,
      ),
    )
    const [old, now] = [exchange({}), exchange({ legalBasis: 'wet-z', at: after(7200) }, undefined, wider)]
    expect(sum(await count([old, now], archive(set, wider)))).toEqual({ gaps: 1, couldPass: 1 })
    expect(sum(await count([old, now], archive(wider)))).toEqual({ undecided: 1, couldPass: 1 })
  })

  test('a gap is named by group, recipient, purpose, role, fields and month in Amsterdam', async () => {
    const { gaps } = await count([exchange({}), exchange({ sender: 'kmar', at: '2024-06-30T22:30:00.000Z' })])
    expect(gaps).toEqual([
      {
        senderGroup: 'opsporing',
        recipient: 'opvanghuis',
        purpose: 'registratie',
        role: 'slachtoffer',
        fields: [{ field: 'vorm', count: 2 }],
        reports: 2,
        months: [
          { month: '2024-06', reports: 1 },
          { month: '2024-07', reports: 1 },
        ],
        isSmall: true,
      },
    ])
  })
})

describe('attempts', () => {
  const attemptsOf = async (records: readonly string[]) => {
    const found: (string | undefined)[] = []
    for await (const { leafIndex, record, attempt } of classifyAttempts(inOrder(records))) {
      expect(record).toBe(records[leafIndex])
      expect(leafIndex).toBe(found.length)
      found.push(attempt)
    }
    return found
  }

  test('the attempts of checks, refusals that stayed, tries and repairs are told apart, in the order of the log', async () => {
    const refused = about({ fields: ['land'] })
    expect(
      await attemptsOf([
        logCheck(set, question),
        exchange(refused),
        exchange({}),
        exchange({ ...refused, at: after(60) }),
        exchange({ ...passing, at: after(120) }),
        exchange({ ...passing, at: after(180) }),
      ]),
    ).toEqual(['check', 'retried', 'stayed', 'repaired', 'repair', undefined])
  })

  test('a record that this version cannot read has no attempt and stops nothing', async () => {
    expect(await attemptsOf(['{"type":"exchange","v":9}', exchange({})])).toEqual([undefined, 'stayed'])
  })

  test('a next try counts within a bounded number of records', async () => {
    const check = logCheck(set, question)
    const between = (number: number) => [exchange({}), ...Array.from({ length: number }, () => check), exchange({})]
    expect((await attemptsOf(between(REPAIR_RECORDS - 1)))[0]).toBe('retried')
    expect((await attemptsOf(between(REPAIR_RECORDS)))[0]).toBe('stayed')
  })
})

test('a gap report of a long log lets other requests go first between its pages', async () => {
  const { gateway, submit } = await dutyContext()
  await submit(report('registratie'))
  const [record] = await gateway.store.log.records(0, 1)
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  const log: LogReader = {
    ...gateway.store.log,
    checkpoint: async () => ({ ...(await gateway.store.log.checkpoint())!, treeSize: 20 * 256 }),
    records: async (start, end) => Array.from({ length: end - start }, () => record!),
  }
  expect((await reportGaps(log, gateway)).records).toBe(20 * 256)
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(10)
})

test('a refusal that a statement could have prevented is no gap, in the log of a gateway', async () => {
  const { gateway, submit } = await dutyContext()
  await submit(report('registratie', { circumstances: {} }))
  expect(sum(await reportGaps(gateway.store.log, gateway))).toEqual({ couldPass: 1 })
})

test('an empty log has no gaps', async () => {
  const { gateway } = await dutyContext()
  expect(await reportGaps(gateway.store.log, gateway)).toMatchObject({ gaps: [], repaired: [], records: 0 })
})
