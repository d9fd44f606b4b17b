import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../src/audit/parse-record.ts'
import {
  formatApprovalRecord,
  formatDiscardRecord,
  formatErasureRecord,
  formatPolicyRecord,
} from '../../src/audit/record.ts'

const at = '2026-11-22T09:30:00.000Z'
const nonce = Uint8Array.from({ length: 16 }, (_, index) => index)
const envelope = { v: 1, at, nonce: 'AAECAwQFBgcICQoLDA0ODw' }
const by = 'politie.teamleider-1'
const policy = { type: 'policy', policyHash: 'p', sourceHash: 's' } as const

describe('records of steps', () => {
  const approved = { type: 'approved', exchangeId: 'x', by, remaining: 1 } as const
  const refused = { type: 'refused', exchangeId: 'x', by } as const
  const expired = { type: 'expired', exchangeId: 'x' } as const
  const erased = {
    type: 'erased',
    exchangeId: 'x',
    deliveryId: 'd',
    recipient: 'comensha',
    duty: 'bewaartermijn',
  } as const
  const proposed = { ...policy, step: 'proposed', proposedBy: by } as const
  const agreed = { ...proposed, step: 'approved', approvedBy: 'comensha.functionaris-1', activeFrom: at } as const
  const withdrawn = { ...proposed, step: 'withdrawn', withdrawnBy: by } as const
  const activated = { ...policy, step: 'activated', previous: 'before', proposedBy: by, approvedBy: by } as const
  // Members that a caller's object holds besides stay out of the log.
  const extra = { name: 'stays out' }
  const written: [content: object, text: string][] = [
    [approved, formatApprovalRecord({ ...approved, at, nonce, ...extra })],
    [refused, formatDiscardRecord({ ...refused, at, nonce, ...extra })],
    [expired, formatDiscardRecord({ ...expired, at, nonce, ...extra })],
    [erased, formatErasureRecord({ ...erased, at, nonce, ...extra })],
    [proposed, formatPolicyRecord({ ...proposed, at, nonce, ...extra })],
    [agreed, formatPolicyRecord({ ...agreed, at, nonce, ...extra })],
    [withdrawn, formatPolicyRecord({ ...withdrawn, at, nonce, ...extra })],
    [activated, formatPolicyRecord({ ...activated, at, nonce, ...extra })],
  ]
  test.each(written)('%j is read back as it was written, and nothing else', (content, text) => {
    expect(parseRecord(text)).toEqual({ ...envelope, ...content })
    expect(() => parseRecord(text.replace('"v":1', '"v":1,"w":1'))).toThrow(SyntaxError)
  })
})
