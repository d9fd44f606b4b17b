import { z } from 'zod'
import {
  type Decision,
  type FieldDecision,
  type FollowingFact,
  type NearestMiss,
  OUTCOMES,
  REASONS,
  RELEASES,
  type RuleReference,
  type SubjectDecision,
} from './decision.ts'
import type { LocalisedText } from './language.ts'
import { DUTY_KINDS, type Duty } from './rule.ts'

/**
 * A decision as JSON, in the API and in the database, tied to the types. Stored decisions of earlier versions are
 * read with it, so a word that it once allowed is never removed.
 */

export const localisedText = z.object({ nl: z.string(), en: z.string() }).readonly() satisfies z.ZodType<LocalisedText>

export const ruleReference = z
  .object({ file: z.string(), rule: z.string() })
  .readonly()
  .describe('Rule file and rule within it') satisfies z.ZodType<RuleReference>

export const outcome = z.enum(OUTCOMES)
const reason = z.enum(REASONS)

export const duty = z
  .object({
    kind: z.enum(DUTY_KINDS),
    for: z.enum(['afzender', 'ontvanger', 'sluis']),
    citation: z.string().exactOptional(),
    retentionDays: z.number().int().exactOptional(),
    keepLogDays: z.number().int().exactOptional(),
    people: z.number().int().exactOptional(),
  })
  .readonly() satisfies z.ZodType<Duty>

export const fieldDecision = z
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

export const nearestMiss = z
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

export const followingFact = z
  .object({
    circumstance: z.string(),
    isTrue: z.boolean(),
    from: z
      .union([
        z.strictObject({ field: z.string() }).readonly(),
        z.strictObject({ circumstance: z.string() }).readonly(),
        z.strictObject({ assessment: z.string() }).readonly(),
      ])
      .describe('Name of the field or the word that it follows from; never a value'),
    sentence: localisedText,
  })
  .readonly()
  .describe('A circumstance that follows from something else that was sent') satisfies z.ZodType<FollowingFact>

export const subjectDecision = z
  .object({
    outcome,
    reason: reason.exactOptional(),
    fields: z.array(fieldDecision).readonly(),
    firedRules: z.array(ruleReference).readonly(),
    prohibitions: z.array(ruleReference).readonly(),
    nearestMisses: z.array(nearestMiss).readonly(),
    follows: z
      .array(followingFact)
      .readonly()
      .exactOptional()
      .describe('Circumstances that were known without being stated'),
  })
  .readonly() satisfies z.ZodType<SubjectDecision>

export const decision = z
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
