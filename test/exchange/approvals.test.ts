import { describe, expect, test } from 'vitest'
import { approveExchange, refuseExchange } from '../../src/exchange/approvals.ts'
import { fetchDelivery } from '../../src/exchange/inbox/hand-over.ts'
import { formatAnswer } from '../../src/exchange/submit.ts'
import { sweep } from '../../src/exchange/upkeep/sweep.ts'
import { dutyContext } from './duty-context.ts'
import { report } from './duty-set.ts'

const ONE = 'politie.teamleider-1'
const TWO = 'politie.teamleider-2'
const THREE = 'politie.teamleider-3'

const types = (records: readonly { type: string }[]) => records.map(({ type }) => type)

describe('four eyes', () => {
  test('a held exchange is sealed and recorded, and is in nobody’s inbox', async () => {
    const { gateway, submit, countContent } = await dutyContext()
    const answer = await submit(report('opvang'))
    expect(answer).toMatchObject({
      outcome: 'in-afwachting',
      approval: {
        status: 'waiting',
        remaining: 2,
        approvers: [ONE, TWO, THREE],
        expiresAt: '2026-11-25T10:00:00.000Z',
      },
    })
    expect(countContent()).toEqual({ sealed: 1, salts: 2 })
    expect(await gateway.store.listDeliveries('comensha', 0, 10)).toEqual([])
    const [hold] = await gateway.store.listHolds('politie', 10)
    expect(hold).toMatchObject({ submittedBy: 'politie', status: 'waiting', approvals: [] })
  })

  test('a second person delivers a held exchange, in the commit that records who', async () => {
    const { gateway, submit, records } = await dutyContext()
    const { id, approval } = await submit(report('opvang'), ONE)
    expect(approval).toMatchObject({ remaining: 1, approvers: [TWO, THREE] })
    const answer = await approveExchange(gateway, 'politie', TWO, id)
    expect(answer).toMatchObject({ status: 'approved', remaining: 0, approvers: [] })
    expect((await gateway.store.listDeliveries('comensha', 0, 10)).map(({ delivery }) => delivery.exchangeId)).toEqual([
      id,
    ])
    expect((await records()).map((record) => Object(record))).toMatchObject([
      { type: 'exchange', outcome: 'in-afwachting', submittedBy: ONE },
      { type: 'approved', exchangeId: id, by: TWO, remaining: 0 },
    ])
    expect(await gateway.store.listHolds('politie', 10)).toEqual([])
  })

  test('the submitter of a held exchange cannot approve or refuse it', async () => {
    const { gateway, submit, records } = await dutyContext()
    const { id } = await submit(report('opvang'), ONE)
    const refusal = { code: 'approval-same-person' }
    await expect(approveExchange(gateway, 'politie', ONE, id)).rejects.toMatchObject(refusal)
    await expect(refuseExchange(gateway, 'politie', ONE, id)).rejects.toMatchObject(refusal)
    expect(types(await records())).toEqual(['exchange'])
  })

  test('a system that submits counts as nobody, so two people must approve what it sent', async () => {
    const { gateway, submit } = await dutyContext()
    const { id } = await submit(report('opvang'))
    expect(await approveExchange(gateway, 'politie', ONE, id)).toMatchObject({
      status: 'waiting',
      remaining: 1,
      approvers: [TWO, THREE],
    })
    await expect(approveExchange(gateway, 'politie', ONE, id)).rejects.toMatchObject({ code: 'approval-same-person' })
    expect(await gateway.store.listDeliveries('comensha', 0, 10)).toEqual([])
    const hold = await gateway.store.findHold('politie', id)
    expect(formatAnswer(gateway, hold!.exchange, hold).approval).toMatchObject({
      remaining: 1,
      approvers: [TWO, THREE],
    })
    expect(await approveExchange(gateway, 'politie', THREE, id)).toMatchObject({ status: 'approved', approvers: [] })
    expect(await gateway.store.listDeliveries('comensha', 0, 10)).toHaveLength(1)
  })

  test('three people are the submitter and two others, each once', async () => {
    const { gateway, submit } = await dutyContext()
    const { id } = await submit(report('zorg'), THREE)
    expect(await approveExchange(gateway, 'politie', ONE, id)).toMatchObject({ status: 'waiting', remaining: 1 })
    expect(await gateway.store.listDeliveries('comensha', 0, 10)).toEqual([])
    await expect(approveExchange(gateway, 'politie', ONE, id)).rejects.toMatchObject({ code: 'approval-same-person' })
    expect(await approveExchange(gateway, 'politie', TWO, id)).toMatchObject({ status: 'approved', remaining: 0 })
    expect(await gateway.store.listDeliveries('comensha', 0, 10)).toHaveLength(1)
  })

  test('two people who approve at the same moment are counted as two', async () => {
    const { gateway, submit, records } = await dutyContext()
    const { id } = await submit(report('zorg'), THREE)
    const answers = await Promise.all([ONE, TWO].map((by) => approveExchange(gateway, 'politie', by, id)))
    expect(answers.map((answer) => answer?.remaining).sort()).toEqual([0, 1])
    expect(types(await records())).toEqual(['exchange', 'approved', 'approved'])
  })

  test('of an approval and a refusal at the same moment exactly one holds', async () => {
    const { gateway, submit, records } = await dutyContext()
    const { id } = await submit(report('opvang'), THREE)
    const results = await Promise.allSettled([
      approveExchange(gateway, 'politie', ONE, id),
      refuseExchange(gateway, 'politie', TWO, id),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await records()).toHaveLength(2)
  })

  test('a refusal by a second person destroys the sealed content and the salts, and nobody can approve afterwards', async () => {
    const { gateway, submit, records, countContent } = await dutyContext()
    const { id } = await submit(report('opvang'))
    expect(await refuseExchange(gateway, 'politie', ONE, id)).toMatchObject({ status: 'refused' })
    expect(countContent()).toEqual({ sealed: 0, salts: 0 })
    expect(Object((await records())[1])).toMatchObject({ type: 'refused', exchangeId: id, by: ONE })
    await expect(approveExchange(gateway, 'politie', TWO, id)).rejects.toMatchObject({ code: 'approval-not-waiting' })
    const stored = await gateway.store.findExchange('politie', id)
    expect(formatAnswer(gateway, stored!, await gateway.store.findHold('politie', id)).approval?.status).toBe('refused')
  })

  test('a held exchange that was not approved in time cannot be approved, and the sweep destroys it with a record', async () => {
    const { gateway, submit, wait, records, countContent } = await dutyContext()
    const { id } = await submit(report('opvang'))
    wait(71.9)
    expect(await sweep(gateway)).toEqual({ expired: 0, erased: 0 })
    wait(72)
    await expect(approveExchange(gateway, 'politie', ONE, id)).rejects.toMatchObject({ code: 'approval-not-waiting' })
    expect(await sweep(gateway)).toEqual({ expired: 1, erased: 0 })
    expect(await sweep(gateway)).toEqual({ expired: 0, erased: 0 })
    expect(countContent()).toEqual({ sealed: 0, salts: 0 })
    expect(types(await records())).toEqual(['exchange', 'expired'])
  })

  test('a held exchange whose content must be gone earlier waits no longer than that', async () => {
    const { submit } = await dutyContext()
    expect((await submit(report('zorg'))).approval?.expiresAt).toBe('2026-11-23T10:00:00.000Z')
  })

  test('to another party a held exchange is as absent as one that never was', async () => {
    const { gateway, submit } = await dutyContext()
    const { id } = await submit(report('opvang'))
    for (const act of [approveExchange, refuseExchange]) {
      expect(await act(gateway, 'comensha', 'comensha.teamleider-1', id)).toBeUndefined()
      expect(await act(gateway, 'politie', ONE, 'never-was')).toBeUndefined()
    }
    expect(await gateway.store.listHolds('comensha', 10)).toEqual([])
  })
})

describe('retention', () => {
  test('content is destroyed when the recipient may keep it no longer, and the proofs stay', async () => {
    const { gateway, submit, wait, records, countContent } = await dutyContext()
    await submit(report('registratie'))
    const { delivery } = (await gateway.store.listDeliveries('comensha', 0, 10))[0]!
    wait(30 * 24 - 1)
    expect(await sweep(gateway)).toEqual({ expired: 0, erased: 0 })
    wait(30 * 24)
    expect(await sweep(gateway)).toEqual({ expired: 0, erased: 1 })
    expect(await sweep(gateway)).toEqual({ expired: 0, erased: 0 })
    expect(countContent()).toEqual({ sealed: 0, salts: 0 })
    expect(Object((await records()).at(-1))).toMatchObject({
      type: 'erased',
      deliveryId: delivery.id,
      recipient: 'comensha',
      ground: 'bewaartermijn',
    })
    await expect(fetchDelivery(gateway, 'comensha', delivery.id)).rejects.toMatchObject({ code: 'content-erased' })
    expect(await fetchDelivery(gateway, 'fier', delivery.id)).toBeUndefined()
    const [row] = await gateway.store.listDeliveries('comensha', 0, 10)
    expect(row?.delivery).toMatchObject({ sealed: '', erasedAt: '2026-12-22T10:00:00.000Z' })
    await submit(report('registratie'))
    expect((await gateway.store.listDeliveries('comensha', 1, 10)).map(({ cursor }) => cursor)).toEqual([2])
  })

  test('the sweep destroys more than a page at once', async () => {
    const { gateway, submit, wait, countContent } = await dutyContext()
    await Promise.all(Array.from({ length: 120 }, () => submit(report('opvang'))))
    wait(100)
    expect(await sweep(gateway)).toEqual({ expired: 120, erased: 0 })
    expect(countContent()).toEqual({ sealed: 0, salts: 0 })
  })
})
