import fc from 'fast-check'
import { formatAccessRecord, LIMITS, LOG_USES, SUBJECT_REQUESTS } from '../../../src/audit/record/access.ts'
import { formatDeliveryRecord } from '../../../src/audit/record/delivery.ts'
import { EPOCH_REASONS, formatEpochRecord } from '../../../src/audit/record/epoch.ts'
import { formatErasureRecord } from '../../../src/audit/record/erasure.ts'
import { formatCheckRecord, formatExchangeRecord } from '../../../src/audit/record/exchange.ts'
import { formatFeedbackRecord, formatRecallRecord, RECALL_GROUNDS } from '../../../src/audit/record/follow-up.ts'
import { formatHeartbeatRecord, HEARTBEAT_OCCASIONS } from '../../../src/audit/record/heartbeat.ts'
import { formatApprovalRecord, formatDiscardRecord } from '../../../src/audit/record/hold.ts'
import { formatKeyRecord, KEY_COMMANDS } from '../../../src/audit/record/key.ts'
import { formatMatchRecord, MATCH_EFFECTS, MATCH_STEPS } from '../../../src/audit/record/match.ts'
import { formatPartyRecord } from '../../../src/audit/record/party.ts'
import { formatPolicyRecord } from '../../../src/audit/record/policy.ts'
import type { RecordType } from '../../../src/audit/record/record.ts'
import type { Decision, Question } from '../../../src/model/decision.ts'

/** Arbitrary records of every type and kind, as the gateway formats them. */

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/)
const id = fc.uuid()
const hash = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)
const words = fc.uniqueArray(word, { maxLength: 4 })
const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 })
const at = fc
  .date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2200-01-01') })
  .map((date) => date.toISOString())
const count = fc.nat()
const wordsBy = fc.dictionary(word, words, { maxKeys: 3, noNullPrototype: true })

type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Objects with all of `members`, and any of `optional`. */
const objects = (members: Members, optional: Members = {}): fc.Arbitrary<never> =>
  fc.record(
    { ...members, ...optional },
    {
      requiredKeys: Object.keys(members) as never[],
      noNullPrototype: true,
    },
  ) as fc.Arbitrary<never>
const drafts = (type: RecordType, members: Members, optional: Members = {}) =>
  objects({ type: fc.constant(type), at, nonce, ...members }, optional)

const decidedQuestion = fc
  .record({
    sender: word,
    recipient: word,
    purpose: word,
    at,
    basis: fc.option(word, { nil: undefined }),
    role: word,
    fields: words,
    isRefused: fc.boolean(),
    rules: fc.uniqueArray(fc.record({ file: word, rule: word }), { maxLength: 2 }),
    circumstances: fc.dictionary(word, fc.boolean(), { maxKeys: 3, noNullPrototype: true }),
  })
  .map(({ basis, role, fields, isRefused, rules, circumstances, ...question }): [Question, Decision] => {
    const outcome = isRefused ? 'geweigerd' : 'verstrekt'
    const refusal = isRefused ? { reason: 'geen-grondslag' as const } : {}
    return [
      {
        ...question,
        ...(basis !== undefined && { legalBasis: basis }),
        dataSubjects: [{ role, circumstances, assessments: fields, fields }],
      },
      {
        outcome,
        ...refusal,
        dataSubjects: [
          {
            outcome,
            ...refusal,
            fields: fields.map((field) => ({
              field,
              release: isRefused ? 'weigeren' : 'verstrekken',
              link: !isRefused,
              sentence: { nl: '', en: '' },
            })),
            firedRules: rules,
            prohibitions: rules,
            nearestMisses: [],
          },
        ],
        duties: [{ kind: 'bewaartermijn', for: 'sluis', retentionDays: 3, keepLogDays: 4, people: 2 }],
        policyHash: 'p',
        engineVersion: '1',
        at: question.at,
      },
    ]
  })
const trace = fc.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}$/)
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const exchanges = fc
  .tuple(
    decidedQuestion,
    objects(
      { type: fc.constant('exchange'), id, kind: word, nonce },
      {
        submittedBy: word,
        reference: bytes,
        inReplyTo: id,
        asked: fc.record({ dataSubject: count, fields: words }, { noNullPrototype: true }),
        sealed: bytes,
        payload: bytes,
        subjectCommitments: bytes.map((commitment) => new Map([[0, commitment]])),
        trace,
      },
    ),
  )
  .map(([[question, decision], members]) =>
    formatExchangeRecord({ ...(members as object), question, decision } as never),
  )
const checks = fc
  .tuple(decidedQuestion, objects({ type: fc.constant('check'), nonce }, { trace }))
  .map(([[question, decision], members]) => formatCheckRecord({ ...(members as object), question, decision } as never))

const ofKeys = (step: string, members: Members, optional: Members = {}) =>
  drafts('key', { step: fc.constant(step), ...members }, optional)
const renewal = { domain: word, recipient: word, epoch: count }
const accesses = (what: string, members: Members, optional: Members = {}) =>
  drafts('access', { what: fc.constant(what), by: word, ...members }, optional)

/** Kind of record to arbitrary texts of it. */
export const RECORDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  exchange: exchanges,
  check: checks,
  approved: drafts('approved', { exchangeId: id, by: word, remaining: count }).map(formatApprovalRecord),
  refused: drafts('refused', { exchangeId: id }, { by: word }).map(formatDiscardRecord),
  expired: drafts('expired', { exchangeId: id }, { by: word }).map(formatDiscardRecord),
  delivered: drafts('delivered', { deliveryId: id, recipient: word }, { exchangeId: id }).map(formatDeliveryRecord),
  acknowledged: drafts('acknowledged', { deliveryId: id, recipient: word }, { exchangeId: id }).map(
    formatDeliveryRecord,
  ),
  feedback: drafts('feedback', { exchangeId: id, feedbackId: id, sender: word, recipient: word }).map(
    formatFeedbackRecord,
  ),
  recalled: drafts(
    'recalled',
    { exchangeId: id, sender: word, recipient: word, ground: fc.constantFrom(...RECALL_GROUNDS) },
    { by: word, deliveryId: id, sealed: hash },
  ).map(formatRecallRecord),
  erased: drafts('erased', {
    exchangeId: id,
    deliveryId: id,
    recipient: word,
    ground: fc.constantFrom('bewaartermijn', 'verzoek-betrokkene'),
  }).map(formatErasureRecord),
  match: drafts(
    'match',
    {
      step: fc.constantFrom(...MATCH_STEPS),
      effect: fc.constantFrom(...MATCH_EFFECTS),
      matchId: id,
      domain: word,
      recipient: word,
    },
    { by: word, deliveryId: id, sealed: hash },
  ).map(formatMatchRecord),
  'access subject-request': accesses('subject-request', {
    request: fc.constantFrom(...SUBJECT_REQUESTS),
    found: count,
  }).map(formatAccessRecord),
  'access limit': accesses('limit', { limit: fc.constantFrom(...LIMITS) }).map(formatAccessRecord),
  'access log': accesses(
    'log',
    { use: fc.constantFrom(...LOG_USES), start: count, end: count, found: count },
    { filter: fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true }) },
  ).map(formatAccessRecord),
  policy: drafts(
    'policy',
    { policyHash: hash, sourceHash: hash },
    {
      step: fc.constantFrom('proposed', 'approved', 'withdrawn', 'activated'),
      previous: hash,
      proposedBy: word,
      approvedBy: word,
      withdrawnBy: word,
      activeFrom: at,
    },
  ).map(formatPolicyRecord),
  'policy refused': drafts(
    'policy',
    { step: fc.constant('refused' as const), sourceHash: hash, proposedBy: word },
    { policyHash: hash },
  ).map(formatPolicyRecord),
  'key command': ofKeys('command', { command: fc.constantFrom(...KEY_COMMANDS) }, { epoch: count, uses: words }).map(
    formatKeyRecord,
  ),
  'key known': ofKeys('known', { epoch: count, uses: words, check: hash }).map(formatKeyRecord),
  'key retired': ofKeys('retired', { epoch: count, uses: words }).map(formatKeyRecord),
  'key renewing': ofKeys('renewing', renewal).map(formatKeyRecord),
  'key renewed': ofKeys('renewed', renewal).map(formatKeyRecord),
  'key replaced': ofKeys('replaced', { ...renewal, deliveryId: id, sealed: hash }).map(formatKeyRecord),
  'party known': drafts(
    'party',
    {
      step: fc.constantFrom('known', 'changed'),
      party: word,
      groups: words,
      scopes: words,
      people: wordsBy,
      signingKeys: wordsBy,
      encryptionKeys: fc.array(hash, { maxLength: 2 }),
    },
    { part: fc.record({ number: count, of: count }, { noNullPrototype: true }) },
  ).map(formatPartyRecord),
  'party removed': drafts('party', { step: fc.constant('removed'), party: word }).map(formatPartyRecord),
  heartbeat: drafts(
    'heartbeat',
    {
      occasion: fc.constantFrom(...HEARTBEAT_OCCASIONS),
      since: count,
      counts: fc.dictionary(word, count, { maxKeys: 4, noNullPrototype: true }),
      failed: count,
      policyHash: hash,
    },
    { everyMinutes: count, clockShiftSeconds: fc.integer() },
  ).map(formatHeartbeatRecord),
  epoch: drafts('epoch', {
    reason: fc.constantFrom(...EPOCH_REASONS),
    origin: word,
    previous: fc.record(
      { origin: word, verifierKey: word, treeSize: count, rootHash: hash },
      { noNullPrototype: true },
    ),
    inherited: count,
  }).map(formatEpochRecord),
}

/** Members that a record of the kind may lack; a dot leads into a member, a star into each of a list. */
export const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  exchange: [
    'legalBasis',
    'trace',
    'reason',
    'submittedBy',
    'reference',
    'inReplyTo',
    'asked',
    'sealed',
    'payload',
    'subjects.*.reason',
    'subjects.*.commitment',
    'duties.*.retentionDays',
    'duties.*.keepLogDays',
    'duties.*.people',
  ],
  check: [
    'legalBasis',
    'trace',
    'reason',
    'subjects.*.reason',
    'subjects.*.commitment',
    'duties.*.retentionDays',
    'duties.*.keepLogDays',
    'duties.*.people',
  ],
  refused: ['by'],
  expired: ['by'],
  delivered: ['exchangeId'],
  acknowledged: ['exchangeId'],
  recalled: ['by', 'deliveryId', 'sealed'],
  match: ['by', 'deliveryId', 'sealed'],
  'access log': ['filter'],
  policy: ['step', 'previous', 'proposedBy', 'approvedBy', 'withdrawnBy', 'activeFrom'],
  'policy refused': ['policyHash', 'step'],
  'key command': ['epoch', 'uses'],
  'party known': ['part'],
  heartbeat: ['everyMinutes', 'clockShiftSeconds'],
}

/** Members whose own members are named freely: words of the vocabulary, roles, types. */
export const OPEN = ['subjects.*.fields', 'filter', 'people', 'signingKeys', 'counts'] as const
