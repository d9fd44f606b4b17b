import { beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import type { Client } from '../../src/auth/client.ts'
import { problemPath, REFUSAL_CODES } from '../../src/http/problem.ts'
import { listInbox, post, readAs, readProblem, readTreeSize, submit } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { policeReport, question, REFUSED, shelterReport } from './reports.ts'

export function exchangeCases(gateway: () => BlackBox): void {
  describe('exchanges', () => {
    let clients: Record<'politie' | 'fier' | 'comensha', Client>
    const treeSize = () => readTreeSize(gateway().send, gateway().issuer)
    const inboxLength = async () => (await listInbox(clients.comensha)).deliveries.length

    beforeAll(async () => {
      const [politie, fier, comensha] = await Promise.all(
        ['politie', 'fier', 'comensha'].map((party) => gateway().connect(party)),
      )
      clients = { politie: politie!, fier: fier!, comensha: comensha! }
    })

    test('a check decides, lists the grounds that would work, and leaves a record only', async () => {
      const [sizeBefore, inboxBefore] = [await treeSize(), await inboxLength()]
      const check = await readAs('Check', await post(clients.politie, '/v1/exchanges/_check', question))
      expect(check.decision.outcome).toBe('gedeeltelijk')
      expect(check.options?.map(({ legalBasis }) => legalBasis)).toContain('wpg-bpg-4-2-comensha')
      expect(check.receipt.leafIndex).toBe(sizeBefore)
      expect(await verifyReceipt(check.receipt, gateway().verifierKey)).toMatchObject({ ok: true })
      expect([await treeSize(), await inboxLength()]).toEqual([sizeBefore + 1, inboxBefore])
    })

    test('a check under a declared basis lists no others', async () => {
      const body = { ...question, legalBasis: 'wpg-bpg-4-2-comensha' }
      const check = await readAs('Check', await post(clients.politie, '/v1/exchanges/_check', body))
      expect(check).not.toHaveProperty('options')
      const { fields } = check.decision.dataSubjects[0]!
      expect(fields.find(({ field }) => field === 'voornaam')?.link).toBe(true)
      expect(fields.find(({ field }) => field === 'bsn')).toMatchObject({ release: 'weglaten', link: false })
    })

    test('a report that a rule covers passes, with a receipt, and is found again by its sender', async () => {
      const inboxBefore = await inboxLength()
      const response = await submit(clients.politie, policeReport)
      expect(response.status).toBe(201)
      const exchange = await readAs('Exchange', response)
      expect(exchange.outcome).toBe('gedeeltelijk')
      expect(await verifyReceipt(exchange.receipt, gateway().verifierKey)).toMatchObject({ ok: true })
      expect(response.headers.get('location')).toBe(`/v1/exchanges/${exchange.id}`)
      const found = await clients.politie.request('GET', `/v1/exchanges/${exchange.id}`)
      const delivery = { state: 'placed', placedAt: exchange.decision.at }
      expect(await readAs('Exchange', found)).toEqual({ ...exchange, delivery })
      expect(await inboxLength()).toBe(inboxBefore + 1)
    })

    for (const [reason, sender, report] of REFUSED) {
      test(`a refusal for ${reason} is a problem with decision and receipt, and delivers nothing`, async () => {
        const client = clients[sender as 'politie' | 'fier']
        const inboxBefore = await inboxLength()
        const response = await submit(client, report)
        expect(response.status).toBe(403)
        expect(response.headers.get('content-type')).toBe('application/problem+json')
        const refusal = await readAs('Refusal', response)
        expect(refusal).toMatchObject({
          type: problemPath(REFUSAL_CODES[reason]),
          outcome: 'geweigerd',
          decision: { reason },
        })
        expect(await verifyReceipt(refusal.receipt, gateway().verifierKey)).toMatchObject({ ok: true })
        const { id, outcome, decision, receipt, openQuestions, plans, unreachable, isComplete, note } = refusal
        const found = await readAs('Exchange', await client.request('GET', `/v1/exchanges/${id}`))
        const advice = { openQuestions, plans, unreachable, isComplete, ...(note && { note }) }
        expect(found).toEqual({ id, outcome, decision, receipt, ...advice })
        expect(await inboxLength()).toBe(inboxBefore)
      })
    }

    test('the same key and body give the first answer again, byte for byte', async () => {
      const key = crypto.randomUUID()
      const first = await submit(clients.politie, policeReport, key)
      const [sizeBefore, inboxBefore] = [await treeSize(), await inboxLength()]
      // Another order of members and other white space are the same body.
      const reordered = Object.fromEntries(Object.entries(policeReport).toReversed())
      const again = await post(
        clients.politie,
        '/v1/exchanges',
        new TextEncoder().encode(JSON.stringify(reordered, null, 2)),
        { 'idempotency-key': key },
      )
      expect(again.status).toBe(201)
      expect(await again.text()).toBe(await first.text())
      expect([await treeSize(), await inboxLength()]).toEqual([sizeBefore, inboxBefore])
    })

    test('the same key and body of a refusal give the refusal again', async () => {
      const key = crypto.randomUUID()
      const [, , report] = REFUSED[0]!
      const first = await submit(clients.fier, report, key)
      const again = await submit(clients.fier, report, key)
      expect(again.status).toBe(403)
      expect(await again.text()).toBe(await first.text())
    })

    test('the same key with another body is refused, and is free for another sender', async () => {
      const key = crypto.randomUUID()
      expect((await submit(clients.politie, policeReport, key)).status).toBe(201)
      const other = await submit(clients.politie, { ...policeReport, reference: 'ZD-2026-778' }, key)
      expect(await readProblem(other)).toEqual({ status: 422, code: 'idempotency-key-reused' })
      expect((await submit(clients.fier, shelterReport, key)).status).toBe(201)
    })

    test('of duplicates at once one becomes an exchange; the others get its answer or are told to wait', async () => {
      const key = crypto.randomUUID()
      const inboxBefore = await inboxLength()
      const responses = await Promise.all(Array.from({ length: 8 }, () => submit(clients.politie, policeReport, key)))
      const passed = responses.filter(({ status }) => status === 201)
      expect(new Set(await Promise.all(passed.map((response) => response.text()))).size).toBe(1)
      for (const response of responses.filter(({ status }) => status !== 201)) {
        expect(await readProblem(response)).toEqual({ status: 409, code: 'idempotency-key-in-use' })
      }
      expect(await inboxLength()).toBe(inboxBefore + 1)
    })

    test('a report without a key is refused', async () => {
      expect(await readProblem(await post(clients.politie, '/v1/exchanges', policeReport))).toEqual({
        status: 400,
        code: 'idempotency-key-missing',
      })
    })

    test('an exchange of another party is answered exactly like one that never was', async () => {
      const { id } = await readAs('Exchange', await submit(clients.politie, policeReport))
      const never = await clients.fier.request('GET', `/v1/exchanges/${crypto.randomUUID()}`)
      const nothing = await never.text()
      for (const client of [clients.fier, clients.comensha]) {
        const response = await client.request('GET', `/v1/exchanges/${id}`)
        expect(await response.clone().text()).toBe(nothing)
        expect(await readProblem(response)).toEqual({ status: 404, code: 'not-found' })
      }
    })
  })
}
