import { describe, expect, it } from 'vitest'
import { formatTlogProof } from '../../src/audit/receipt.ts'
import { formatDeliveryRecord, formatExchangeRecord } from '../../src/audit/record.ts'
import { leafHash } from '../../src/audit/tree.ts'
import { verifyDelivery } from '../../src/delivery/verify-delivery.ts'
import { formatUtf8 } from '../../src/encoding.ts'
import type { Receipt } from '../../src/ports.ts'
import { createCheckpointSigner } from '../../src/storage/checkpoint-signer.ts'
import type { Decision, Question } from '../../src/types.ts'
import { AT, TEST_LOG_KEY } from '../storage/commits.ts'

const signer = createCheckpointSigner({ privateKey: TEST_LOG_KEY })
const nonce = new Uint8Array(16)
const sealed = '{"ciphertext":"…"}'

const question: Question = {
  sender: 'politie',
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  at: AT,
  dataSubjects: [],
}
const decision: Decision = {
  outcome: 'verstrekt',
  dataSubjects: [],
  duties: [],
  policyHash: '00',
  engineVersion: '1',
  at: AT,
}
const exchangeRecord = (changes: Partial<Question> = {}) =>
  formatExchangeRecord({
    type: 'exchange',
    id: 'exchange-1',
    kind: 'melding',
    question: { ...question, ...changes },
    decision,
    sealed: formatUtf8(sealed),
    nonce,
  })

/** The receipt of the only record in a log. */
const receiptOf = (record: string): Receipt => {
  const checkpoint = signer.sign(1, leafHash(formatUtf8(record)))
  return { leafIndex: 0, record, proof: formatTlogProof({ leafIndex: 0, hashes: [], checkpoint }) }
}

const delivery = { exchangeId: 'exchange-1', sealed, receipt: receiptOf(exchangeRecord()) }

describe('a delivery', () => {
  it('verifies when its record is in the log, names exchange and recipient, and commits to the sealed bytes', async () => {
    expect(await verifyDelivery(delivery, 'comensha', signer.verifierKey)).toEqual({ ok: true, treeSize: 1 })
  })

  const deliveredRecord = formatDeliveryRecord({
    type: 'delivered',
    at: AT,
    exchangeId: 'exchange-1',
    deliveryId: 'd',
    recipient: 'comensha',
    nonce,
  })
  const rows: readonly [what: string, changed: typeof delivery, reason: string][] = [
    ['other sealed bytes', { ...delivery, sealed: `${sealed} ` }, 'other sealed bytes'],
    ['another exchange', { ...delivery, exchangeId: 'exchange-2' }, 'another exchange'],
    [
      'a record for another recipient',
      { ...delivery, receipt: receiptOf(exchangeRecord({ recipient: 'fier' })) },
      'another recipient',
    ],
    ['a record of another type', { ...delivery, receipt: receiptOf(deliveredRecord) }, 'not that of an exchange'],
    [
      'a record that is not in the log',
      { ...delivery, receipt: { ...delivery.receipt, record: exchangeRecord({ sender: 'kmar' }) } },
      'not in the tree',
    ],
  ]
  it.each(rows)('is refused with %s', async (_what, changed, reason) => {
    const verification = await verifyDelivery(changed, 'comensha', signer.verifierKey)
    expect(verification).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  it('is refused with the key of another log', async () => {
    const other = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    expect(await verifyDelivery(delivery, 'comensha', other)).toMatchObject({ ok: false })
  })
})
