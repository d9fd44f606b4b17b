import { describe, expect, test } from 'vitest'
import { formatTlogProof } from '../../src/audit/receipt/receipt.ts'
import { formatDeliveryRecord } from '../../src/audit/record/delivery.ts'
import { sealedHash } from '../../src/audit/record/envelope.ts'
import { formatExchangeRecord } from '../../src/audit/record/exchange.ts'
import { formatRecallRecord } from '../../src/audit/record/follow-up.ts'
import { formatKeyRecord } from '../../src/audit/record/key.ts'
import { formatMatchRecord } from '../../src/audit/record/match.ts'
import { leafHash } from '../../src/audit/tree/tree.ts'
import { type ReceivedDelivery, verifyDelivery } from '../../src/delivery/verify-delivery.ts'
import { formatUtf8 } from '../../src/encoding/bytes.ts'
import type { Decision, Question } from '../../src/model/decision.ts'
import type { Receipt } from '../../src/ports/stored.ts'
import { createCheckpointSigner } from '../../src/storage/log/checkpoint-signer.ts'
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

const delivery: ReceivedDelivery = {
  id: 'delivery-1',
  kind: 'exchange',
  exchangeId: 'exchange-1',
  sealed,
  receipt: receiptOf(exchangeRecord()),
}

const matchRecord = (changes: Partial<Parameters<typeof formatMatchRecord>[0]> = {}) =>
  formatMatchRecord({
    type: 'match',
    at: AT,
    step: 'proposed',
    effect: 'none',
    matchId: 'match-1',
    domain: 'comensha-registratie',
    recipient: 'comensha',
    deliveryId: 'notice-1',
    sealed: sealedHash(formatUtf8(sealed)),
    nonce,
    ...changes,
  })
const answerRecord = formatMatchRecord({
  type: 'match',
  at: AT,
  step: 'confirmed',
  effect: 'merged',
  matchId: 'match-1',
  domain: 'comensha-registratie',
  recipient: 'comensha',
  by: 'comensha.teamleider-1',
  nonce,
})
const recallRecord = (changes: Partial<Parameters<typeof formatRecallRecord>[0]> = {}) =>
  formatRecallRecord({
    type: 'recalled',
    at: AT,
    exchangeId: 'exchange-1',
    sender: 'politie',
    recipient: 'comensha',
    ground: 'onjuist',
    deliveryId: 'notice-1',
    sealed: sealedHash(formatUtf8(sealed)),
    nonce,
    ...changes,
  })
const notice: ReceivedDelivery = { id: 'notice-1', kind: 'notice', sealed, receipt: receiptOf(matchRecord()) }

describe('a delivery', () => {
  test('a delivery verifies when its record is in the log, names exchange and recipient, and commits to the sealed bytes', async () => {
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
  const rows: readonly [what: string, changed: ReceivedDelivery, reason: string][] = [
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
  test.each(rows)('a delivery is refused with %s', async (_what, changed, reason) => {
    const verification = await verifyDelivery(changed, 'comensha', signer.verifierKey)
    expect(verification).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  const noticeRows: readonly [what: string, changed: ReceivedDelivery, reason: string][] = [
    ['other sealed bytes', { ...notice, sealed: `${sealed} ` }, 'other sealed bytes'],
    ['another id', { ...notice, id: 'notice-2' }, 'another notice'],
    [
      'a record for another recipient',
      { ...notice, receipt: receiptOf(matchRecord({ recipient: 'fier' })) },
      'another recipient',
    ],
    ['the record of an exchange', { ...notice, receipt: receiptOf(exchangeRecord()) }, 'not that of a notice'],
    [
      'the record of a notice, and calls itself an exchange',
      { ...notice, kind: 'exchange' },
      'not that of an exchange',
    ],
    [
      'a record that is not in the log',
      { ...notice, receipt: { ...notice.receipt, record: matchRecord({ step: 'confirmed' }) } },
      'not in the tree',
    ],
    [
      'the record of a recall of another exchange',
      { ...notice, receipt: receiptOf(recallRecord()) },
      'another exchange',
    ],
    [
      'the record of a recall that another notice tells of',
      { ...notice, exchangeId: 'exchange-1', receipt: receiptOf(recallRecord({ deliveryId: 'notice-2' })) },
      'another notice',
    ],
    [
      'the record of a recall with other sealed bytes',
      { ...notice, exchangeId: 'exchange-1', receipt: receiptOf(recallRecord({ sealed: 's' })) },
      'other sealed bytes',
    ],
    ['the record of the answer that it tells of', { ...notice, receipt: receiptOf(answerRecord) }, 'another notice'],
  ]
  test.each(noticeRows)('a notice is refused with %s', async (_what, changed, reason) => {
    const verification = await verifyDelivery(changed, 'comensha', signer.verifierKey)
    expect(verification).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
  })

  test('a notice verifies by a record of its own, that of a match, a key or a recall', async () => {
    const keyRecord = formatKeyRecord({
      type: 'key',
      at: AT,
      step: 'replaced',
      domain: 'comensha-registratie',
      recipient: 'comensha',
      epoch: 2,
      deliveryId: 'notice-1',
      sealed: sealedHash(formatUtf8(sealed)),
      nonce,
    })
    for (const record of [matchRecord(), keyRecord, recallRecord()]) {
      const verification = await verifyDelivery(
        { ...notice, exchangeId: 'exchange-1', receipt: receiptOf(record) },
        'comensha',
        signer.verifierKey,
      )
      expect(verification).toEqual({ ok: true, treeSize: 1 })
    }
  })

  test('a delivery is refused with the key of another log', async () => {
    const other = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    expect(await verifyDelivery(delivery, 'comensha', other)).toMatchObject({ ok: false })
    expect(await verifyDelivery(delivery, 'comensha', [])).toMatchObject({ ok: false })
  })

  test('a delivery verifies when one of several keys is that of its origin, as after the log continued under another', async () => {
    const other = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    for (const keys of [
      [other, signer.verifierKey],
      [signer.verifierKey, other],
    ])
      expect(await verifyDelivery(delivery, 'comensha', keys)).toEqual({ ok: true, treeSize: 1 })
    expect(await verifyDelivery(delivery, 'comensha', [signer.verifierKey, 'no key'])).toMatchObject({ ok: false })
  })
})
