import { formatAccessRecord } from '../../../src/audit/record/access.ts'
import { formatDeliveryRecord } from '../../../src/audit/record/delivery.ts'
import { formatEpochRecord } from '../../../src/audit/record/epoch.ts'
import { formatErasureRecord } from '../../../src/audit/record/erasure.ts'
import { formatCheckRecord, formatExchangeRecord } from '../../../src/audit/record/exchange.ts'
import { formatFeedbackRecord, formatRecallRecord } from '../../../src/audit/record/follow-up.ts'
import { formatHeartbeatRecord } from '../../../src/audit/record/heartbeat.ts'
import { formatApprovalRecord, formatDiscardRecord } from '../../../src/audit/record/hold.ts'
import { formatKeyRecord } from '../../../src/audit/record/key.ts'
import { formatMatchRecord } from '../../../src/audit/record/match.ts'
import { formatPartyRecord } from '../../../src/audit/record/party.ts'
import { formatPolicyRecord } from '../../../src/audit/record/policy.ts'
import type { Decision, Question, SubjectDecision } from '../../../src/model/decision.ts'

/** One record of every type, about two persons whom nobody knows. */

const nonce = Uint8Array.from({ length: 16 }, (_, index) => index)
const sentence = { nl: 'zin', en: 'sentence' }
export const ID = '01a223dd-ea96-750a-b193-e1a9ca4bdc2a'
export const OTHER_ID = '01a223dd-eb1a-7389-825b-90abf7710e29'
export const AT = '2026-11-22T23:30:00.000Z'
export const TRACE = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331'

export const question: Question = {
  sender: 'politie',
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  at: AT,
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true, minderjarig: false },
      assessments: ['noodzaak'],
      fields: ['nationaliteit', 'geboortedatum', 'achternaam'],
    },
    { role: 'verdachte', circumstances: {}, assessments: [], fields: ['voornaam'] },
  ],
}
const shared: SubjectDecision = {
  outcome: 'gedeeltelijk',
  fields: [
    { field: 'nationaliteit', release: 'verstrekken', link: false, sentence },
    { field: 'geboortedatum', release: 'generaliseren', level: 'geboortejaar', link: true, sentence },
    { field: 'achternaam', release: 'weglaten', link: true, sentence },
  ],
  firedRules: [{ file: 'wpg-bpg-4-2-comensha', rule: 'registratie' }],
  prohibitions: [{ file: 'uavg-46', rule: 'bsn' }],
  nearestMisses: [],
}
const refused: SubjectDecision = {
  outcome: 'geweigerd',
  reason: 'geen-grondslag',
  fields: [{ field: 'voornaam', release: 'weigeren', link: false, sentence }],
  firedRules: [],
  prohibitions: [],
  nearestMisses: [],
}
export const decision: Decision = {
  outcome: 'gedeeltelijk',
  dataSubjects: [shared, refused],
  duties: [{ kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 1825 }],
  policyHash: 'ab'.repeat(32),
  engineVersion: '2',
  at: AT,
}

/** An exchange of so many of the two persons: 1 is the one whose data were shared, and then the outcome is theirs. */
export const formatExchange = (persons: 1 | 2, trace?: string): string =>
  formatExchangeRecord({
    type: 'exchange',
    question: { ...question, dataSubjects: question.dataSubjects.slice(0, persons) },
    decision: { ...decision, dataSubjects: decision.dataSubjects.slice(0, persons) },
    id: ID,
    kind: 'melding',
    submittedBy: 'politie.teamleider-1',
    subjectCommitments: new Map([[0, new Uint8Array(32).fill(7)]]),
    ...(trace !== undefined && { trace }),
    nonce,
  })

export const formatRefusal = (): string =>
  formatExchangeRecord({
    type: 'exchange',
    question: { ...question, dataSubjects: [question.dataSubjects[1]!] },
    decision: { ...decision, outcome: 'geweigerd', reason: 'geen-grondslag', duties: [], dataSubjects: [refused] },
    id: OTHER_ID,
    kind: 'melding',
    inReplyTo: ID,
    nonce,
  })

const at = AT
const ofDelivery = { at, exchangeId: ID, deliveryId: OTHER_ID, recipient: 'comensha', nonce }

/** By type, and by what else tells them apart. */
export const SAMPLES = {
  exchange: formatExchange(2),
  refusal: formatRefusal(),
  check: formatCheckRecord({ type: 'check', question, decision, nonce }),
  approved: formatApprovalRecord({
    type: 'approved',
    at,
    exchangeId: ID,
    by: 'politie.teamleider-2',
    remaining: 0,
    nonce,
  }),
  refused: formatDiscardRecord({ type: 'refused', at, exchangeId: ID, by: 'politie.teamleider-2', nonce }),
  expired: formatDiscardRecord({ type: 'expired', at, exchangeId: ID, nonce }),
  delivered: formatDeliveryRecord({ type: 'delivered', ...ofDelivery }),
  acknowledged: formatDeliveryRecord({ type: 'acknowledged', ...ofDelivery }),
  feedback: formatFeedbackRecord({
    type: 'feedback',
    at,
    exchangeId: OTHER_ID,
    feedbackId: ID,
    sender: 'comensha',
    recipient: 'politie',
    nonce,
  }),
  recalled: formatRecallRecord({
    type: 'recalled',
    at,
    exchangeId: ID,
    sender: 'politie',
    recipient: 'comensha',
    ground: 'onjuist',
    by: 'politie',
    nonce,
  }),
  erased: formatErasureRecord({ type: 'erased', ...ofDelivery, ground: 'bewaartermijn' }),
  match: formatMatchRecord({
    type: 'match',
    at,
    step: 'confirmed',
    effect: 'merged',
    matchId: OTHER_ID,
    domain: 'comensha-registratie',
    recipient: 'comensha',
    by: 'comensha.teamleider-1',
    nonce,
  }),
  subjectRequest: formatAccessRecord({
    type: 'access',
    at,
    by: 'politie.functionaris-1',
    what: 'subject-request',
    request: 'access',
    found: 1,
    nonce,
  }),
  limit: formatAccessRecord({ type: 'access', at, by: 'politie', what: 'limit', limit: 'reports', nonce }),
  log: formatAccessRecord({
    type: 'access',
    at,
    by: 'toezichthouder',
    what: 'log',
    use: 'search',
    start: 0,
    end: 12,
    filter: { party: 'comensha', outcome: 'geweigerd' },
    found: 1,
    nonce,
  }),
  policy: formatPolicyRecord({
    type: 'policy',
    at,
    step: 'approved',
    policyHash: decision.policyHash,
    sourceHash: 'cd'.repeat(32),
    proposedBy: 'politie.functionaris-1',
    approvedBy: 'comensha.functionaris-1',
    nonce,
  }),
  key: formatKeyRecord({ type: 'key', at, step: 'command', command: 'rotate', epoch: 2, nonce }),
  party: formatPartyRecord({ type: 'party', at, party: 'fier', step: 'removed', nonce }),
  heartbeat: formatHeartbeatRecord({
    type: 'heartbeat',
    at,
    occasion: 'time',
    since: 3,
    counts: { exchange: 2, check: 1 },
    failed: 0,
    policyHash: decision.policyHash,
    nonce,
  }),
  epoch: formatEpochRecord({
    type: 'epoch',
    at,
    reason: 'rolled-back',
    origin: 'log.example/2',
    previous: { origin: 'log.example/1', verifierKey: 'key', treeSize: 4, rootHash: 'root' },
    inherited: 4,
    nonce,
  }),
} as const
