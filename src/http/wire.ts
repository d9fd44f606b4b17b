import { z } from 'zod'
import type { ExchangeAnswer } from '../exchange/pipeline.ts'
import type { Receipt } from '../ports.ts'
import {
  type Decision,
  DUTY_KINDS,
  type Duty,
  type FieldDecision,
  type LocalisedText,
  type NearestMiss,
  RELEASES,
  type RuleReference,
  type SubjectDecision,
} from '../types.ts'
import type { Problem } from './problem.ts'

/** What the API answers with. Each schema is tied to the type it shows, so that they cannot drift apart. */

const localisedText = z.object({ nl: z.string(), en: z.string() }).readonly() satisfies z.ZodType<LocalisedText>

const ruleReference = z
  .object({ file: z.string(), rule: z.string() })
  .readonly()
  .describe('Rule file and rule within it') satisfies z.ZodType<RuleReference>

const outcome = z.enum(['verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'])
const reason = z.enum(['verbod', 'beoordeling-ontbreekt', 'geen-grondslag'])

const duty = z
  .object({
    kind: z.enum(DUTY_KINDS),
    for: z.enum(['afzender', 'ontvanger', 'sluis']),
    citation: z.string().exactOptional(),
    retentionDays: z.number().int().exactOptional(),
    keepLogDays: z.number().int().exactOptional(),
    people: z.number().int().exactOptional(),
  })
  .readonly() satisfies z.ZodType<Duty>

const fieldDecision = z
  .object({
    field: z.string(),
    release: z.enum(RELEASES).describe('What happens to the value'),
    level: z.string().exactOptional().describe('Level of generalisation, when `release` is `generaliseren`'),
    link: z.boolean().describe('May the value feed the pseudonym, inside the gateway only'),
    rule: ruleReference.exactOptional(),
    citation: z.string().exactOptional(),
    sentence: localisedText,
  })
  .readonly() satisfies z.ZodType<FieldDecision>

const nearestMiss = z
  .object({
    rule: ruleReference,
    citation: z.string(),
    condition: z.enum([
      'sender',
      'recipient',
      'purpose',
      'role',
      'when',
      'when-not',
      'any-of',
      'assessment',
      'legal-basis',
      'validity',
    ]),
    words: z.array(z.string()).readonly(),
    sentence: localisedText,
  })
  .readonly()
  .describe('A rule that failed on exactly one condition') satisfies z.ZodType<NearestMiss>

const subjectDecision = z
  .object({
    outcome,
    reason: reason.exactOptional(),
    fields: z.array(fieldDecision).readonly(),
    firedRules: z.array(ruleReference).readonly(),
    prohibitions: z.array(ruleReference).readonly(),
    nearestMisses: z.array(nearestMiss).readonly(),
  })
  .readonly() satisfies z.ZodType<SubjectDecision>

const decision = z
  .object({
    outcome,
    reason: reason.exactOptional(),
    dataSubjects: z.array(subjectDecision).readonly(),
    duties: z.array(duty).readonly(),
    policyHash: z.string().describe('SHA-256 of the rule set, hexadecimal'),
    engineVersion: z.string(),
    at: z.iso.datetime(),
  })
  .readonly() satisfies z.ZodType<Decision>

const receipt = z
  .object({
    leafIndex: z.number().int().nonnegative(),
    record: z.string().describe('The record as it was hashed: canonical JSON (RFC 8785)'),
    proof: z.string().describe('`tlog-proof@v1`: index, inclusion proof and signed checkpoint'),
  })
  .readonly()
  .describe('Proof that a record is in the log') satisfies z.ZodType<Receipt>

const exchange = z.object({ id: z.uuid(), outcome, decision, receipt }).readonly() satisfies z.ZodType<ExchangeAnswer>

const problem = z.looseObject({
  type: z.string().describe('Address of the page that explains the problem'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('What is wrong and how to mend it; never a value that was sent'),
  errors: z
    .array(z.object({ code: z.string(), pointer: z.string(), detail: z.string() }))
    .readonly()
    .exactOptional(),
}) satisfies z.ZodType<Problem>

const refusal = problem.extend({ id: z.uuid(), outcome, decision, receipt })

const check = z.object({
  decision,
  options: z
    .array(z.object({ legalBasis: z.string(), decision }))
    .readonly()
    .exactOptional(),
  receipt,
})

const deliverySummary = z.object({
  id: z.uuid(),
  exchangeId: z.uuid(),
  sender: z.string(),
  at: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().exactOptional(),
})

const deliveryPage = z.object({
  deliveries: z.array(deliverySummary).readonly(),
  cursor: z.string().describe('Send it along next time to go on from here'),
  hasMore: z.boolean(),
})

const delivery = deliverySummary.extend({
  sealed: z.string().describe('JWE in general JSON serialisation (RFC 7516 §7.2.1), for the keys of the recipient'),
  receipt: receipt.describe('Of the exchange; its record commits to the sealed bytes'),
  handedOver: receipt.describe('Of the record that the delivery was handed over now'),
})

const acknowledgement = z.object({ acknowledgedAt: z.iso.datetime(), receipt })

const word = z.object({ id: z.string(), label: localisedText })
const vocabulary = z.object({
  purposes: z.array(word),
  kinds: z.array(word),
  roles: z.array(word),
  circumstances: z.array(word),
  assessments: z.array(word),
  duties: z.array(word),
  groups: z.array(word),
  parties: z.array(word),
  domains: z.array(word.extend({ recipient: z.string(), purposes: z.array(z.string()).readonly() })),
  fields: z.array(
    word.extend({
      type: z.string(),
      class: z.string(),
      ladder: z.array(z.string()).readonly(),
      identifier: z.string().exactOptional(),
      values: z.array(word).exactOptional(),
      htcds: z.string().exactOptional(),
      dpv: z.string().exactOptional(),
    }),
  ),
})

const source = z.object({ citation: z.string(), url: z.string(), version: z.iso.date(), summary: z.string() })
const policySummary = z.object({
  id: z.string(),
  kind: z.enum(['grondslag', 'verbod']),
  title: z.string(),
  citation: z.string(),
  sources: z.array(source).readonly(),
})
const policyList = z.object({
  policyHash: z.string(),
  sourceHash: z.string(),
  engineVersion: z.string(),
  warning: localisedText,
  policies: z.array(policySummary).readonly(),
})
const policy = policySummary.extend({
  explanation: z.string(),
  text: z.string().describe('The rule file itself (YAML)'),
  warning: localisedText,
})

const health = z.object({ status: z.literal('ok') })

/** Every schema of an answer under the name it has in the OpenAPI document. */
export const wire = {
  LocalisedText: localisedText,
  RuleReference: ruleReference,
  Duty: duty,
  FieldDecision: fieldDecision,
  NearestMiss: nearestMiss,
  SubjectDecision: subjectDecision,
  Decision: decision,
  Receipt: receipt,
  Exchange: exchange,
  Problem: problem,
  Refusal: refusal,
  Check: check,
  DeliverySummary: deliverySummary,
  DeliveryPage: deliveryPage,
  Delivery: delivery,
  Acknowledgement: acknowledgement,
  Word: word,
  Vocabulary: vocabulary,
  Source: source,
  PolicySummary: policySummary,
  PolicyList: policyList,
  Policy: policy,
  Health: health,
} as const satisfies Record<string, z.ZodType>

export type WireName = keyof typeof wire
