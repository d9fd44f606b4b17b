import { describe, expect, test } from 'vitest'
import { formatAccessRecord } from '../../../src/audit/record/access.ts'
import { formatDeliveryRecord } from '../../../src/audit/record/delivery.ts'
import { formatErasureRecord } from '../../../src/audit/record/erasure.ts'
import { formatApprovalRecord, formatDiscardRecord } from '../../../src/audit/record/hold.ts'
import { formatKeyRecord } from '../../../src/audit/record/key.ts'
import { formatMatchRecord } from '../../../src/audit/record/match.ts'
import { parseRecord } from '../../../src/audit/record/parse.ts'
import { formatPolicyRecord } from '../../../src/audit/record/policy.ts'

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
    ground: 'bewaartermijn',
  } as const
  const erasedOnRequest = { ...erased, ground: 'verzoek-betrokkene' } as const
  const searched = { type: 'access', by, what: 'subject-request', request: 'erasure', found: 2 } as const
  const limited = { type: 'access', by, what: 'limit', limit: 'reports' } as const
  const proposed = { ...policy, step: 'proposed', proposedBy: by } as const
  const turnedDown = { type: 'policy', step: 'refused', sourceHash: 'source', proposedBy: by } as const
  const agreed = { ...proposed, step: 'approved', approvedBy: 'comensha.functionaris-1', activeFrom: at } as const
  const withdrawn = { ...proposed, step: 'withdrawn', withdrawnBy: by } as const
  const activated = { ...policy, step: 'activated', previous: 'before', proposedBy: by, approvedBy: by } as const
  const listed = { type: 'key', step: 'command', command: 'list' } as const
  const rotated = { type: 'key', step: 'command', command: 'rotate', epoch: 2, uses: ['match'] } as const
  const known = { type: 'key', step: 'known', epoch: 2, uses: ['match'], check: 'c' } as const
  const retired = { type: 'key', step: 'retired', epoch: 1, uses: ['match'] } as const
  const domain = { type: 'key', domain: 'comensha-registratie', recipient: 'comensha', epoch: 2 } as const
  const renewing = { ...domain, step: 'renewing' } as const
  const renewed = { ...domain, step: 'renewed' } as const
  const replaced = { ...domain, step: 'replaced', deliveryId: 'd', sealed: 's' } as const
  const match = { type: 'match', matchId: 'm', domain: 'comensha-registratie', recipient: 'comensha' } as const
  const asked = { ...match, step: 'proposed', effect: 'none', deliveryId: 'd', sealed: 's' } as const
  const answered = { ...match, step: 'rejected', effect: 'split', by: 'comensha.teamleider-1' } as const
  const noticeFetched = { type: 'delivered', deliveryId: 'd', recipient: 'comensha' } as const
  // Members that a caller's object holds besides stay out of the log.
  const extra = { name: 'stays out' }
  const written: [content: object, text: string][] = [
    [approved, formatApprovalRecord({ ...approved, at, nonce, ...extra })],
    [refused, formatDiscardRecord({ ...refused, at, nonce, ...extra })],
    [expired, formatDiscardRecord({ ...expired, at, nonce, ...extra })],
    [asked, formatMatchRecord({ ...asked, at, nonce, ...extra })],
    [answered, formatMatchRecord({ ...answered, at, nonce, ...extra })],
    [noticeFetched, formatDeliveryRecord({ ...noticeFetched, at, nonce, ...extra })],
    [erased, formatErasureRecord({ ...erased, at, nonce, ...extra })],
    [erasedOnRequest, formatErasureRecord({ ...erasedOnRequest, at, nonce, ...extra })],
    [searched, formatAccessRecord({ ...searched, at, nonce, ...extra })],
    [limited, formatAccessRecord({ ...limited, at, nonce, ...extra })],
    ...[listed, rotated, known, retired, renewing, renewed, replaced].map((content): [object, string] => [
      content,
      formatKeyRecord({ ...content, at, nonce, ...extra }),
    ]),
    [proposed, formatPolicyRecord({ ...proposed, at, nonce, ...extra })],
    [agreed, formatPolicyRecord({ ...agreed, at, nonce, ...extra })],
    [turnedDown, formatPolicyRecord({ ...turnedDown, at, nonce, ...extra })],
    [withdrawn, formatPolicyRecord({ ...withdrawn, at, nonce, ...extra })],
    [activated, formatPolicyRecord({ ...activated, at, nonce, ...extra })],
  ]
  test.each(written)('the step record %j is read back as it was written, and nothing else', (content, text) => {
    expect(parseRecord(text)).toEqual({ ...envelope, ...content })
    expect(() => parseRecord(text.replace('"v":1', '"v":1,"w":1'))).toThrow(SyntaxError)
  })
})
