import { beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import { parseRecord } from '../../src/audit/record/parse.ts'
import { verifyLogExport } from '../../src/audit/verify/verify-export.ts'
import type { Client } from '../../src/auth/client.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import { post, readAs, submit } from './calls.ts'
import type { BlackBox } from './gateway.ts'
import { PERSONAL_VALUES, policeReport } from './reports.ts'

export function auditCases(gateway: () => BlackBox): void {
  describe('audit', () => {
    let auditor: Client
    let exchangeId: string

    beforeAll(async () => {
      const politie = await gateway().connect('politie')
      auditor = await gateway().connect('toezichthouder')
      exchangeId = (await readAs('Exchange', await submit(politie, policeReport))).id
    })

    test('an auditor finds an exchange, sees its records, and checks the proof', async () => {
      const filter = { exchangeId, recordType: 'exchange' }
      const page = await readAs('LogPage', await post(auditor, '/v1/log/records/_search', { filter }))
      expect(page.records).toHaveLength(1)
      const shown = await readAs('ShownExchange', await auditor.request('GET', `/v1/log/exchanges/${exchangeId}`))
      expect(shown.records[0]!.receipt.leafIndex).toBe(page.records[0]!.leafIndex)
      expect(await verifyReceipt(shown.records[0]!.receipt, gateway().verifierKey)).toMatchObject({ ok: true })
      expect(shown.records[0]!.sentences.length).toBeGreaterThan(5)
    })

    test('the whole log is one stream that verifies, and so is a part', async () => {
      for (const [body, isWhole] of [
        [{}, true],
        [{ filter: { recordType: 'exchange' } }, false],
      ] as const) {
        const response = await post(auditor, '/v1/log/records/_export', body)
        expect(response.status).toBe(200)
        const text = await response.text()
        const verification = await verifyLogExport(bytesOf(text), [gateway().verifierKey])
        expect(verification).toMatchObject({ ok: true, isWhole })
        for (const value of PERSONAL_VALUES) expect(text).not.toContain(value)
      }
    })

    test('each look into the log is recorded before it is answered', async () => {
      const asked = { filter: { party: 'politie', since: '2024-01-01' }, limit: 1 }
      const { treeSize, read } = await readAs('LogPage', await post(auditor, '/v1/log/records/_search', asked))
      const next = await readAs('ShownRecord', await auditor.request('GET', `/v1/log/records/${treeSize}`))
      expect(parseRecord(next.receipt.record)).toMatchObject({
        type: 'access',
        by: 'toezichthouder',
        what: 'log',
        use: 'search',
        filter: asked.filter,
        ...read,
        found: 1,
      })
    })
  })
}

async function* bytesOf(text: string) {
  yield formatUtf8(text)
}
