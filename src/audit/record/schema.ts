import { z } from 'zod'
import { DUTY_KINDS } from '../../rule.ts'
import { LIMITS, LOG_USES, SUBJECT_REQUESTS } from './access.ts'
import { EPOCH_REASONS } from './epoch.ts'
import { RECALL_GROUNDS } from './follow-up.ts'
import { HEARTBEAT_OCCASIONS } from './heartbeat.ts'
import { KEY_COMMANDS } from './key.ts'
import { MATCH_EFFECTS, MATCH_STEPS } from './match.ts'
import type { AuditRecord } from './record.ts'

const words = z.array(z.string()).readonly()
const optional = z.exactOptional
const outcome = z.enum(['verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'])
const reason = z.enum(['verbod', 'beoordeling-ontbreekt', 'geen-grondslag'])

const envelope = { v: z.literal(1), at: z.string(), nonce: z.string() }

const duty = z.strictObject({
  kind: z.enum(DUTY_KINDS),
  for: z.enum(['afzender', 'ontvanger', 'sluis']),
  retentionDays: optional(z.number()),
  keepLogDays: optional(z.number()),
  people: optional(z.number()),
})

const subject = z.strictObject({
  role: z.string(),
  true: words,
  false: words,
  assessments: words,
  fields: z.record(z.string(), z.string()),
  outcome,
  reason: optional(reason),
  rules: words,
  prohibitions: words,
  commitment: optional(z.string()),
})

const decided = {
  ...envelope,
  sender: z.string(),
  recipient: z.string(),
  purpose: z.string(),
  legalBasis: optional(z.string()),
  trace: optional(z.string()),
  subjects: z.array(subject),
  outcome,
  reason: optional(reason),
  duties: z.array(duty),
  policyHash: z.string(),
  engineVersion: z.string(),
}

const ofKeys = { ...envelope, type: z.literal('key') }
const renewal = { ...ofKeys, domain: z.string(), recipient: z.string(), epoch: z.number() }

const ofParty = { ...envelope, type: z.literal('party'), party: z.string() }

const accessed = { ...envelope, type: z.literal('access'), by: z.string() }

/** Every record of the log, version 1. */
export const recordSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...decided,
    type: z.literal('exchange'),
    id: z.string(),
    kind: z.string(),
    submittedBy: optional(z.string()),
    reference: optional(z.string()),
    inReplyTo: optional(z.string()),
    asked: optional(z.strictObject({ dataSubject: z.number(), fields: words })),
    sealed: optional(z.string()),
    payload: optional(z.string()),
  }),
  z.strictObject({ ...decided, type: z.literal('check') }),
  z.strictObject({
    ...envelope,
    type: z.enum(['delivered', 'acknowledged']),
    exchangeId: optional(z.string()),
    deliveryId: z.string(),
    recipient: z.string(),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('approved'),
    exchangeId: z.string(),
    by: z.string(),
    remaining: z.number(),
  }),
  z.strictObject({
    ...envelope,
    type: z.enum(['refused', 'expired']),
    exchangeId: z.string(),
    by: optional(z.string()),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('erased'),
    exchangeId: z.string(),
    deliveryId: z.string(),
    recipient: z.string(),
    ground: z.enum(['bewaartermijn', 'verzoek-betrokkene']),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('feedback'),
    exchangeId: z.string(),
    feedbackId: z.string(),
    sender: z.string(),
    recipient: z.string(),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('recalled'),
    exchangeId: z.string(),
    sender: z.string(),
    recipient: z.string(),
    ground: z.enum(RECALL_GROUNDS),
    by: optional(z.string()),
    deliveryId: optional(z.string()),
    sealed: optional(z.string()),
  }),
  z.discriminatedUnion('what', [
    z.strictObject({
      ...accessed,
      what: z.literal('subject-request'),
      request: z.enum(SUBJECT_REQUESTS),
      found: z.number(),
    }),
    z.strictObject({ ...accessed, what: z.literal('limit'), limit: z.enum(LIMITS) }),
    z.strictObject({
      ...accessed,
      what: z.literal('log'),
      use: z.enum(LOG_USES),
      start: z.number(),
      end: z.number(),
      filter: optional(z.record(z.string(), z.string())),
      found: z.number(),
    }),
  ]),
  z.strictObject({
    ...envelope,
    type: z.literal('match'),
    step: z.enum(MATCH_STEPS),
    effect: z.enum(MATCH_EFFECTS),
    matchId: z.string(),
    domain: z.string(),
    recipient: z.string(),
    by: optional(z.string()),
    deliveryId: optional(z.string()),
    sealed: optional(z.string()),
  }),
  z.discriminatedUnion('step', [
    z.strictObject({
      ...ofKeys,
      step: z.literal('command'),
      command: z.enum(KEY_COMMANDS),
      epoch: optional(z.number()),
      uses: optional(words),
    }),
    z.strictObject({ ...ofKeys, step: z.literal('known'), epoch: z.number(), uses: words, check: z.string() }),
    z.strictObject({ ...ofKeys, step: z.literal('retired'), epoch: z.number(), uses: words }),
    z.strictObject({ ...renewal, step: z.enum(['renewing', 'renewed']) }),
    z.strictObject({ ...renewal, step: z.literal('replaced'), deliveryId: z.string(), sealed: z.string() }),
  ]),
  z.strictObject({
    ...envelope,
    type: z.literal('policy'),
    step: optional(z.enum(['proposed', 'approved', 'withdrawn', 'activated'])),
    policyHash: z.string(),
    sourceHash: z.string(),
    previous: optional(z.string()),
    proposedBy: optional(z.string()),
    approvedBy: optional(z.string()),
    withdrawnBy: optional(z.string()),
    activeFrom: optional(z.string()),
  }),
  z.discriminatedUnion('step', [
    z.strictObject({
      ...ofParty,
      step: z.enum(['known', 'changed']),
      groups: words,
      scopes: words,
      people: z.record(z.string(), words),
      signingKeys: z.record(z.string(), words),
      encryptionKeys: words,
    }),
    z.strictObject({ ...ofParty, step: z.literal('removed') }),
  ]),
  z.strictObject({
    ...envelope,
    type: z.literal('heartbeat'),
    occasion: z.enum(HEARTBEAT_OCCASIONS),
    since: z.number(),
    counts: z.record(z.string(), z.number()),
    failed: z.number(),
    policyHash: z.string(),
    everyMinutes: optional(z.number()),
    clockShiftSeconds: optional(z.number()),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('epoch'),
    reason: z.enum(EPOCH_REASONS),
    origin: z.string(),
    previous: z.strictObject({
      origin: z.string(),
      verifierKey: z.string(),
      treeSize: z.number(),
      rootHash: z.string(),
    }),
    inherited: z.number(),
  }),
]) satisfies z.ZodType<AuditRecord>
