import { expect, test } from 'vitest'
import { checkExchange } from '../../src/exchange/check.ts'
import type { LogReader } from '../../src/ports/store.ts'
import { reportGaps } from '../../src/review/gap-report.ts'
import { dutyContext, START } from '../exchange/duty-context.ts'
import { report } from '../exchange/duty-set.ts'

test('refusals for want of a legal basis are counted by group of the sender and month, and nothing else is', async () => {
  const { gateway, submit, wait } = await dutyContext()
  const refused = report('registratie', { circumstances: {} })
  await submit(report('registratie'))
  await submit(report('registratie', { assessments: [] }))
  await checkExchange(gateway, 'politie', gateway.schemas.parseCheck(refused))
  await submit(refused)
  await submit(report('registratie', { circumstances: {}, data: { nationaliteit: 'NG' } }))
  // 31 January 23:30 UTC is February in Amsterdam.
  wait((Date.parse('2027-01-31T23:30:00Z') - START.getTime()) / 3_600_000)
  await submit(refused)

  const { gaps, records } = await reportGaps(gateway.store.log, gateway.policySet)
  expect(records).toBe(6)
  expect(gaps).toMatchObject([
    {
      senderGroup: 'opsporing',
      recipient: 'comensha',
      purpose: 'registratie',
      role: 'slachtoffer',
      exchanges: 3,
      checks: 1,
      months: [
        { month: '2026-11', exchanges: 2, checks: 1 },
        { month: '2027-02', exchanges: 1, checks: 0 },
      ],
      fields: [
        { field: 'nationaliteit', count: 4 },
        { field: 'achternaam', count: 3 },
        { field: 'geboortedatum', count: 3 },
      ],
      isSmall: true,
    },
  ])
  expect(JSON.stringify(gaps)).not.toContain('politie')
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
  expect((await reportGaps(log, gateway.policySet)).records).toBe(20 * 256)
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(10)
})

test('an empty log has no gaps', async () => {
  const { gateway } = await dutyContext()
  expect(await reportGaps(gateway.store.log, gateway.policySet)).toMatchObject({ gaps: [], records: 0 })
})
