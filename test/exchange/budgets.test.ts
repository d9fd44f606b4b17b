import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { AuditRecord } from '../../src/audit/record/record.ts'
import { SluisError } from '../../src/errors.ts'
import { costOfReport, spendBudget } from '../../src/exchange/budgets.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import type { Store } from '../../src/ports/store.ts'
import { vocabulary } from '../report/vocabulary.ts'

/** 29 minutes and 55 seconds before the hour. */
const NOW = new Date('2026-11-22T10:30:05.900Z')

/** Only what spending needs: a store that counts, and a queue that remembers. */
function spendingGateway(limits: Gateway['limits'], clock = () => NOW) {
  const used = new Map<string, number>()
  const records: AuditRecord[] = []
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
        records.push(parseRecord(record))
        return { status: 'committed' }
      },
    },
    clock,
    random: (length: number) => new Uint8Array(length),
    ...(limits && { limits }),
  } as unknown as Gateway
  return { gateway, records, used }
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
    expect(await refusalOf(spendBudget(gateway, 'reports', 'politie', 8))).toBeUndefined()
    expect((await refusalOf(spendBudget(gateway, 'reports', 'politie', 3)))?.code).toBe('too-many-requests')
    expect(records).toHaveLength(1)
  })

  test('a budget has a default size', async () => {
    const { gateway } = spendingGateway(undefined)
    expect(await refusalOf(spendBudget(gateway, 'subject-requests', 'fier', 20))).toBeUndefined()
    expect((await refusalOf(spendBudget(gateway, 'subject-requests', 'fier')))?.code).toBe('too-many-requests')
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
