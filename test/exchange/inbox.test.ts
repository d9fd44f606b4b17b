import { describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import { sluisError } from '../../src/errors.ts'
import { acknowledgeDelivery, fetchDelivery } from '../../src/exchange/inbox/hand-over.ts'
import { recallExchange } from '../../src/exchange/recall.ts'
import { type TestContext, testContext } from './context.ts'
import { countRows, readRecordTypes } from './database.ts'
import { policeReport } from './reports.ts'

async function deliver(context: TestContext): Promise<string> {
  await context.exchange('politie', policeReport())
  const [row] = await context.gateway.store.listDeliveries('comensha', 0, 1)
  return row!.delivery.id
}

describe('a delivery', () => {
  test('a delivery is recorded each time it is handed over', async () => {
    const context = await testContext()
    const id = await deliver(context)
    const first = await fetchDelivery(context.gateway, 'comensha', id)
    const second = await fetchDelivery(context.gateway, 'comensha', id)
    expect(first!.delivery).not.toHaveProperty('fetchedAt')
    expect(second!.delivery).toEqual({ ...first!.delivery, fetchedAt: expect.any(String) })
    expect([first, second].map((answer) => answer!.handedOver.leafIndex)).toEqual([1, 2])
    expect(await readRecordTypes(context.folder)).toEqual(['exchange', 'delivered', 'delivered'])
  })

  test('a delivery keeps the first moment of acknowledgement', async () => {
    let minute = 0
    const context = await testContext(() => ({ clock: () => new Date(Date.UTC(2026, 10, 22, 10, minute++)) }))
    const id = await deliver(context)
    const first = await acknowledgeDelivery(context.gateway, 'comensha', id)
    const second = await acknowledgeDelivery(context.gateway, 'comensha', id)
    expect(second!.acknowledgedAt).toBe(first!.acknowledgedAt)
    expect((await context.gateway.store.findDelivery('comensha', id))!.acknowledgedAt).toBe(first!.acknowledgedAt)
    expect(second!.receipt.leafIndex).toBe(2)
  })

  test('a delivery of somebody else is as absent as one that never was, and leaves no record', async () => {
    const context = await testContext()
    const id = await deliver(context)
    for (const [party, delivery] of [
      ['fier', id],
      ['politie', id],
      ['comensha', 'nothing'],
    ] as const) {
      expect(await fetchDelivery(context.gateway, party, delivery)).toBeUndefined()
      expect(await acknowledgeDelivery(context.gateway, party, delivery)).toBeUndefined()
    }
    expect(countRows(context.folder).entry).toBe(1)
  })

  test('a delivery is not handed over when that cannot be recorded', async () => {
    let isFull = false
    const context = await testContext((gateway) => ({
      queue: {
        async commit(commit) {
          if (isFull) throw sluisError('log-unavailable', { nl: 'vol', en: 'full' })
          return gateway.queue.commit(commit)
        },
      },
    }))
    const id = await deliver(context)
    isFull = true
    await expect(fetchDelivery(context.gateway, 'comensha', id)).rejects.toMatchObject({ code: 'log-unavailable' })
    await expect(acknowledgeDelivery(context.gateway, 'comensha', id)).rejects.toMatchObject({
      code: 'log-unavailable',
    })
    expect((await context.gateway.store.findDelivery('comensha', id))!.acknowledgedAt).toBeUndefined()
  })

  test('a delivery that is taken back while it waits for the log is not handed over', async () => {
    const recalls: (() => Promise<unknown>)[] = []
    const context = await testContext((gateway) => ({
      queue: {
        async commit(commit) {
          if (commit.record.includes('"type":"delivered"')) await recalls.pop()?.()
          return gateway.queue.commit(commit)
        },
      },
    }))
    const id = await deliver(context)
    const { exchangeId } = (await context.gateway.store.findDelivery('comensha', id))!
    recalls.push(() =>
      recallExchange(context.gateway, { party: 'politie', by: 'politie' }, exchangeId!, 'ten-onrechte-verstrekt'),
    )
    await expect(fetchDelivery(context.gateway, 'comensha', id)).rejects.toMatchObject({ code: 'content-recalled' })
    expect(await context.openNotices()).toMatchObject([{ type: 'recalled', exchangeId }])
  })

  test('a delivery has a receipt that verifies against the key of the log', async () => {
    const context = await testContext()
    const answer = await fetchDelivery(context.gateway, 'comensha', await deliver(context))
    for (const receipt of [answer!.delivery.receipt, answer!.handedOver]) {
      expect(await verifyReceipt(receipt, context.verifierKey)).toMatchObject({ ok: true })
    }
  })
})
