import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/audit/record/access.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { AuditRecord } from '../../src/audit/record/record.ts'
import { SluisError, sluisError } from '../../src/errors.ts'
import type { PartyLimit } from '../../src/exchange/budgets/limits.ts'
import { costOfReport, spendBudget } from '../../src/exchange/budgets/spend-budget.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import type { Store } from '../../src/ports/store.ts'
import { vocabulary } from '../report/vocabulary.ts'

/** 29 minutes and 55 seconds before the hour. */
const NOW = new Date('2026-11-22T10:30:05.900Z')

/** Only what spending needs: a store that counts, a queue that remembers, and a rule set of ten parties. */
function spendingGateway(limits: Gateway['limits'], clock = () => NOW) {
  const used = new Map<string, number>()
  const records: AuditRecord[] = []
  let isBroken = false
  const spend: Store['spend'] = async (budget, party, window, limit) => {
    const key = `${budget} ${party} ${window}`
    const times = (used.get(key) ?? 0) + 1
    used.set(key, times)
    return { isAllowed: times <= limit, isFirstRefusal: times === limit + 1 }
  }
  const gateway = {
    store: { spend },
    queue: {
      commit: async ({ record }: { record: string }) => {
        if (isBroken) throw sluisError('log-unavailable', { nl: 'kapot', en: 'broken' })
        records.push(parseRecord(record))
        return { status: 'committed' }
      },
    },
    policySet: { parties: new Map(Array.from({ length: 10 }, (_, index) => [`partij-${index}`, {}])) },
    clock,
    random: (length: number) => new Uint8Array(length),
    ...(limits && { limits }),
  } as unknown as Gateway
  return {
    gateway,
    records,
    used,
    breakLog: (broken: boolean) => {
      isBroken = broken
    },
  }
}

const refusalOf = (spending: Promise<void>): Promise<SluisError | undefined> =>
  spending.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof SluisError) return error
      throw error
    },
  )

describe('a budget', () => {
  test('a budget is refused when it is spent, until the hour is over, and recorded once', async () => {
    const { gateway, records } = spendingGateway({ reports: 2, 'subject-requests': 1 })
    const spend = (by: string) => refusalOf(spendBudget(gateway, 'reports', by))
    expect([await spend('politie'), await spend('politie.teamleider-1')]).toEqual([undefined, undefined])
    const refusals = [await spend('politie.teamleider-2'), await spend('politie')]
    expect(refusals.map((error) => [error?.code, error?.retryAfterSeconds])).toEqual([
      ['too-many-requests', 29 * 60 + 55],
      ['too-many-requests', 29 * 60 + 55],
    ])
    expect(records).toMatchObject([
      { type: 'access', what: 'limit', limit: 'reports', by: 'politie.teamleider-2', at: NOW.toISOString() },
    ])
  })

  test('a budget is of one party, one limit and one hour', async () => {
    let now = NOW
    const { gateway } = spendingGateway({ reports: 1, 'subject-requests': 1 }, () => now)
    expect(await refusalOf(spendBudget(gateway, 'reports', 'politie'))).toBeUndefined()
    expect(await refusalOf(spendBudget(gateway, 'subject-requests', 'politie'))).toBeUndefined()
    expect(await refusalOf(spendBudget(gateway, 'reports', 'fier'))).toBeUndefined()
    now = new Date('2026-11-22T10:59:59.999Z')
    expect((await refusalOf(spendBudget(gateway, 'reports', 'politie')))?.retryAfterSeconds).toBe(1)
    now = new Date('2026-11-22T11:00:00.000Z')
    expect(await refusalOf(spendBudget(gateway, 'reports', 'politie'))).toBeUndefined()
  })

  test('a budget allows nothing for part of the price', async () => {
    const { gateway, records } = spendingGateway({ reports: 10, 'subject-requests': 1 })
    expect(await refusalOf(spendBudget(gateway, 'reports', 'politie', { amount: 8 }))).toBeUndefined()
    expect((await refusalOf(spendBudget(gateway, 'reports', 'politie', { amount: 3 })))?.code).toBe('too-many-requests')
    expect(records).toHaveLength(1)
  })

  test('a budget has a default size', async () => {
    const { gateway } = spendingGateway(undefined)
    expect(await refusalOf(spendBudget(gateway, 'subject-requests', 'fier', { amount: 20 }))).toBeUndefined()
    expect((await refusalOf(spendBudget(gateway, 'subject-requests', 'fier')))?.code).toBe('too-many-requests')
  })
})

describe('a budget in memory', () => {
  test('every limit refuses above its number until the hour is over, and is recorded once for each party', async () => {
    let now = NOW
    for (const limit of LIMITS.filter((one) => one !== 'all-parties')) {
      now = NOW
      const { gateway, records } = spendingGateway({ [limit]: 3 }, () => now)
      const spend = (by: string) => refusalOf(spendBudget(gateway, limit, by))
      for (let times = 0; times < 3; times++) expect(await spend('politie.teamleider-1')).toBeUndefined()
      for (let times = 0; times < 5; times++) {
        const error = await spend('politie')
        expect([error?.code, error?.retryAfterSeconds]).toEqual(['too-many-requests', 29 * 60 + 55])
      }
      expect(await spend('fier')).toBeUndefined()
      expect(records).toMatchObject([{ what: 'limit', limit, by: 'politie' }])
      now = new Date('2026-11-22T11:00:00.000Z')
      expect(await spend('politie')).toBeUndefined()
    }
  })

  test('a batch spends all it asks for or nothing', async () => {
    const { gateway } = spendingGateway({ checks: 10 })
    const spend = (amount: number) => refusalOf(spendBudget(gateway, 'checks', 'fier', { amount }))
    expect([await spend(8), (await spend(3))?.code, await spend(2), (await spend(1))?.code]).toEqual([
      undefined,
      'too-many-requests',
      undefined,
      'too-many-requests',
    ])
  })

  test('a clock that goes back gives nobody a second budget', async () => {
    let now = NOW
    const { gateway } = spendingGateway({ checks: 1 }, () => now)
    expect(await refusalOf(spendBudget(gateway, 'checks', 'fier'))).toBeUndefined()
    now = new Date('2026-11-22T09:00:00.000Z')
    expect((await refusalOf(spendBudget(gateway, 'checks', 'fier')))?.code).toBe('too-many-requests')
  })

  test('a limit whose record could not be written is recorded the next time', async () => {
    const { gateway, records, breakLog } = spendingGateway({ checks: 1 })
    const spend = async () => (await refusalOf(spendBudget(gateway, 'checks', 'fier')))?.code
    await spend()
    breakLog(true)
    expect(await spend()).toBe('log-unavailable')
    breakLog(false)
    expect([await spend(), await spend()]).toEqual(['too-many-requests', 'too-many-requests'])
    expect(records).toHaveLength(1)
  })

  test('a part of a budget is kept for others of the same limit', async () => {
    const { gateway } = spendingGateway({ 'subject-requests': 4 })
    const spend = async (part: number) =>
      (await refusalOf(spendBudget(gateway, 'subject-requests', 'fier', { part })))?.code
    expect([await spend(3 / 4), await spend(3 / 4), await spend(3 / 4)]).toEqual([undefined, undefined, undefined])
    expect(await spend(3 / 4)).toBe('too-many-requests')
  })
})

describe('the limit of all parties', () => {
  /** Spends one unit after another until it is refused, at most 1000. @returns how many were allowed */
  async function exhaust(gateway: Gateway, limit: PartyLimit, by: string): Promise<number> {
    for (let times = 0; times < 1000; times++) if (await refusalOf(spendBudget(gateway, limit, by))) return times
    return 1000
  }

  test('a greedy party gets its share and the common half, and everybody else still gets a share', async () => {
    const { gateway, records } = spendingGateway({ 'all-parties': 200 })
    expect(await exhaust(gateway, 'checks', 'partij-0')).toBe(10 + 100)
    for (let party = 1; party < 10; party++) expect(await exhaust(gateway, 'checks', `partij-${party}`)).toBe(10)
    expect(records).toMatchObject([{ what: 'limit', limit: 'all-parties', by: 'partij-0' }])
  })

  test('several greedy parties take no more together than there is, whatever they spend on', async () => {
    const { gateway } = spendingGateway({ 'all-parties': 200 })
    let spent = 0
    for (const [index, limit] of (['checks', 'log-uses', 'matches', 'proposals'] as const).entries())
      spent += await exhaust(gateway, limit, `partij-${index}`)
    expect(spent).toBe(4 * 10 + 100)
    expect(await exhaust(gateway, 'checks', 'partij-9')).toBe(10)
  })

  test.each(['reports', 'subject-requests', 'deliveries', 'approvals', 'recalls'] as const)(
    'what protects people does not wait for what other parties did: %s',
    async (limit) => {
      const { gateway } = spendingGateway({ 'all-parties': 20, [limit]: 50 })
      await exhaust(gateway, 'checks', 'partij-0')
      await exhaust(gateway, 'checks', 'partij-1')
      expect(await exhaust(gateway, limit, 'partij-1')).toBe(50)
    },
  )

  test('whoever asks in whatever order, no party is refused within its share', async () => {
    const step = fc.record({
      party: fc.integer({ min: 0, max: 9 }),
      limit: fc.constantFrom<PartyLimit>('checks', 'log-uses', 'reports', 'deliveries'),
      amount: fc.integer({ min: 1, max: 30 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { gateway } = spendingGateway({ 'all-parties': 400 })
        const spent = new Map<number, number>()
        for (const { party, limit, amount } of steps) {
          const before = spent.get(party) ?? 0
          const refusal = await refusalOf(spendBudget(gateway, limit, `partij-${party}`, { amount }))
          if (refusal) expect(before + amount).toBeGreaterThan(20)
          else spent.set(party, before + amount)
        }
      }),
    )
  })
})

describe('the cost of a report', () => {
  const subject = (data: Record<string, string>) => ({ role: 'slachtoffer', circumstances: {}, assessments: [], data })
  test.each([
    ['one for one person', [subject({ voornaam: 'Adaeze' })], 1],
    ['one for each person that can be recognised', Array(16).fill(subject({ bsn: '999990019' })), 16],
    ['nothing more for who cannot', [subject({ voornaam: 'Adaeze' }), subject({ toelichting: 'tekst' })], 1],
    ['one when it is about nobody, because it is a record too', [subject({ toelichting: 'tekst' })], 1],
  ])('the cost of a report is %s', (_, dataSubjects, cost) => {
    expect(costOfReport(vocabulary, { dataSubjects })).toBe(cost)
  })
})
