import { beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { Client } from '../../src/auth/client.ts'
import { readPartyKeys } from '../../src/cli/party/party-folder.ts'
import { openDelivery } from '../../src/delivery/pulled.ts'
import type { Content } from '../../src/exchange/content.ts'
import { listInbox, readAs, readProblem, submit } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { policeReport, shelterReport } from './reports.ts'

export function inboxCases(gateway: () => BlackBox): void {
  describe('inbox', () => {
    let comensha: Client
    let fier: Client
    let politie: Client

    beforeAll(async () => {
      comensha = await gateway().connect('comensha')
      fier = await gateway().connect('fier')
      politie = await gateway().connect('politie')
    })

    /** Sends, and finds the delivery that came of it; `cursor` is where the inbox ended before. */
    async function deliver(client: Client, report: typeof policeReport | typeof shelterReport) {
      const { cursor } = await listInbox(comensha)
      const exchange = await readAs('Exchange', await submit(client, report))
      const { deliveries } = await listInbox(comensha, cursor)
      expect(deliveries.map(({ exchangeId }) => exchangeId)).toEqual([exchange.id])
      return { exchange, id: deliveries[0]!.id, cursor }
    }

    async function open(id: string): Promise<Content> {
      const delivery = await readAs('Delivery', await comensha.request('GET', `/v1/deliveries/${id}`))
      const { encryption } = readPartyKeys(gateway().partyFolder, 'comensha')
      const opened = await openDelivery(
        JSON.parse(JSON.stringify(delivery)),
        'comensha',
        gateway().verifierKey,
        encryption,
      )
      if (!opened.ok) throw new Error(opened.reason)
      if (opened.kind === 'notice') throw new Error('a notice came where an exchange was sent')
      return opened.content
    }

    test('a delivery holds what was released and nothing else, with each declared assessment', async () => {
      const { id, exchange } = await deliver(politie, policeReport)
      const content = await open(id)
      const [decided] = exchange.decision.dataSubjects
      const released = decided!.fields.filter(({ release }) => release === 'verstrekken' || release === 'generaliseren')
      expect(content).toMatchObject({
        exchangeId: exchange.id,
        sender: 'politie',
        recipient: 'comensha',
        kind: 'melding',
      })
      expect(Object.keys(content.dataSubjects[0]!.data).toSorted()).toEqual(
        released.map(({ field }) => field).toSorted(),
      )
      expect(content.dataSubjects[0]!.data).toMatchObject({ nationaliteit: 'NG', wervingsland: 'IT' })
      expect(content.dataSubjects[0]!.data).not.toHaveProperty('bsn')
      expect(content.dataSubjects[0]!.assessments).toEqual(policeReport.dataSubjects[0].assessments)
    })

    test('the same person from two senders carries one pseudonym', async () => {
      const first = await open((await deliver(politie, policeReport)).id)
      const second = await open((await deliver(fier, shelterReport)).id)
      expect(first.dataSubjects[0]!.isLinkable).toBe(true)
      expect(second.dataSubjects[0]!.pseudonym).toBe(first.dataSubjects[0]!.pseudonym)
    })

    test('a delivery proves that it was recorded, and that it was handed over now', async () => {
      const { id, exchange } = await deliver(politie, policeReport)
      const delivery = await readAs('Delivery', await comensha.request('GET', `/v1/deliveries/${id}`))
      expect(delivery.receipt).toEqual(exchange.receipt)
      expect(JSON.parse(delivery.handedOver.record)).toMatchObject({ type: 'delivered', deliveryId: id })
      for (const receipt of [delivery.receipt, delivery.handedOver]) {
        expect(await verifyReceipt(receipt, gateway().verifierKey)).toMatchObject({ ok: true })
      }
    })

    test('a delivery whose sealed bytes were changed is not opened', async () => {
      const { id } = await deliver(politie, policeReport)
      const delivery = await readAs('Delivery', await comensha.request('GET', `/v1/deliveries/${id}`))
      const { encryption } = readPartyKeys(gateway().partyFolder, 'comensha')
      const changed = {
        ...JSON.parse(JSON.stringify(delivery)),
        sealed: delivery.sealed.replace('"tag":"', '"tag":"A'),
      }
      expect(await openDelivery(changed, 'comensha', gateway().verifierKey, encryption)).toMatchObject({ ok: false })
    })

    test('acknowledging again keeps the first moment', async () => {
      const { id, cursor } = await deliver(politie, policeReport)
      const acknowledge = async () =>
        readAs('Acknowledgement', await comensha.request('POST', `/v1/deliveries/${id}/_acknowledge`))
      const first = await acknowledge()
      const second = await acknowledge()
      expect(second.acknowledgedAt).toBe(first.acknowledgedAt)
      expect(second.receipt.leafIndex).toBeGreaterThan(first.receipt.leafIndex)
      expect(await verifyReceipt(first.receipt, gateway().verifierKey)).toMatchObject({ ok: true })
      const [listed] = (await listInbox(comensha, cursor)).deliveries
      expect(listed).toMatchObject({ id, acknowledgedAt: first.acknowledgedAt })
    })

    test('anybody else, the sender included, gets the same answer for a delivery as for one that never was', async () => {
      const { id } = await deliver(politie, policeReport)
      const nothing = await (await fier.request('GET', `/v1/deliveries/${crypto.randomUUID()}`)).text()
      for (const client of [fier, politie]) {
        for (const [method, path] of [
          ['GET', `/v1/deliveries/${id}`],
          ['POST', `/v1/deliveries/${id}/_acknowledge`],
        ] as const) {
          const response = await client.request(method, path)
          expect(await response.clone().text()).toBe(nothing)
          expect(await readProblem(response)).toEqual({ status: 404, code: 'not-found' })
        }
        expect((await listInbox(client)).deliveries).toEqual([])
      }
      expect(
        (await readAs('Delivery', await comensha.request('GET', `/v1/deliveries/${id}`))).acknowledgedAt,
      ).toBeUndefined()
    })

    test('a cursor of another log, or of the future, is an error that says what to do', async () => {
      const { cursor } = await listInbox(comensha)
      const forged = cursor!.replace(/[0-9a-f]$/, (last) => (last === '0' ? '1' : '0'))
      for (const path of ['/v1/deliveries', '/v1/delivery-receipts']) {
        for (const sent of ['999', '999999999', `9${cursor}`, ...(cursor === '0' ? [] : [forged])]) {
          const response = await comensha.request('GET', `${path}?cursor=${sent}`)
          expect(await readProblem(response.clone())).toEqual({ status: 409, code: 'cursor-unknown' })
          expect(await response.text()).not.toContain(sent)
        }
      }
    })

    test('a cursor that the gateway did not give is refused', async () => {
      for (const query of ['cursor=abc', 'cursor=-1', 'cursor=1&cursor=2', 'limit=1']) {
        expect(await readProblem(await comensha.request('GET', `/v1/deliveries?${query}`))).toEqual({
          status: 400,
          code: 'query-invalid',
        })
      }
    })
  })
}
