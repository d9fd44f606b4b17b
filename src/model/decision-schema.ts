import { z } from 'zod'
import { composed, hash, instant, MAX_DECIDED_SUBJECTS, MAX_DUTIES, MAX_RULES, word } from './answer-parts.ts'
import {
  type Decision,
  type FieldDecision,
  type FollowingFact,
  MAX_MISSES,
  type NearestMiss,
  OUTCOMES,
  type PresumedFact,
  REASONS,
  RELEASES,
  type RuleReference,
  type SubjectDecision,
} from './decision.ts'
import type { LocalisedText } from './language.ts'
import { DUTY_KINDS, type Duty } from './rule.ts'
import { MAX_CIRCUMSTANCES, MAX_FIELDS, MAX_ITEMS } from './rule-file-bounds.ts'

/**
 * A decision as JSON, in the API and in the database, tied to the types. Stored decisions of earlier versions are
 * read with it, so a word that it once allowed is never removed.
 */

export const localisedText = z.object({ nl: composed, en: composed }).readonly() satisfies z.ZodType<LocalisedText>

export const ruleReference = z
  .object({ file: word, rule: word })
  .readonly()
  .describe('Rule file and rule within it') satisfies z.ZodType<RuleReference>

export const outcome = z.enum(OUTCOMES)
const reason = z.enum(REASONS)

export const duty = z
  .object({
    kind: z.enum(DUTY_KINDS),
    for: z.enum(['afzender', 'ontvanger', 'sluis']),
    citation: composed.exactOptional(),
    retentionDays: z.number().int().exactOptional(),
    keepLogDays: z.number().int().exactOptional(),
    people: z.number().int().exactOptional(),
  })
  .readonly() satisfies z.ZodType<Duty>

export const fieldDecision = z
  .object({
    field: word,
    release: z.enum(RELEASES).describe('What happens to the value'),
    level: word.exactOptional().describe('Level of generalisation, when `release` is `generaliseren`'),
    link: z.boolean().describe('May the value feed the pseudonym, inside the gateway only'),
    rule: ruleReference.exactOptional(),
    citation: composed.exactOptional(),
    sentence: localisedText,
  })
  .readonly() satisfies z.ZodType<FieldDecision>

export const nearestMiss = z
  .object({
    rule: ruleReference,
    citation: composed,
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
    words: z.array(word).max(MAX_ITEMS).readonly(),
    sentence: localisedText,
  })
  .readonly()
  .describe(
    'A rule that waits for the answer to one open question, and for nothing else',
  ) satisfies z.ZodType<NearestMiss>

export const followingFact = z
  .object({
    circumstance: word,
    isTrue: z.boolean(),
    from: z
      .union([
        z.strictObject({ field: word }).readonly(),
        z.strictObject({ circumstance: word }).readonly(),
        z.strictObject({ assessment: word }).readonly(),
      ])
      .describe('Name of the field or the word that it follows from; never a value'),
    sentence: localisedText,
  })
  .readonly()
  .describe('A circumstance that follows from something else that was sent') satisfies z.ZodType<FollowingFact>

export const presumedFact = z
  .object({
    circumstance: word,
    isTrue: z.boolean().describe('The answer that counted'),
    rule: ruleReference,
    citation: composed,
    sentence: localisedText,
  })
  .readonly()
  .describe('A circumstance that nobody stated, of which a rule presumes the answer') satisfies z.ZodType<PresumedFact>

export const subjectDecision = z
  .object({
    outcome,
    reason: reason.exactOptional(),
    fields: z.array(fieldDecision).max(MAX_FIELDS).readonly(),
    firedRules: z.array(ruleReference).max(MAX_RULES).readonly(),
    prohibitions: z.array(ruleReference).max(MAX_RULES).readonly(),
    nearestMisses: z.array(nearestMiss).max(MAX_MISSES).readonly(),
    follows: z
      .array(followingFact)
      .max(MAX_CIRCUMSTANCES)
      .readonly()
      .exactOptional()
      .describe('Circumstances that were known without being stated'),
    presumed: z
      .array(presumedFact)
      .max(MAX_RULES)
      .readonly()
      .exactOptional()
      .describe('Presumptions that the decision rests on; stating the opposite would have counted'),
  })
  .readonly() satisfies z.ZodType<SubjectDecision>

export const decision = z
  .object({
    outcome,
    reason: reason.exactOptional(),
    dataSubjects: z.array(subjectDecision).max(MAX_DECIDED_SUBJECTS).readonly(),
    duties: z.array(duty).max(MAX_DUTIES).readonly(),
    policyHash: hash.describe('SHA-256 of the rule set, hexadecimal'),
    engineVersion: word,
    at: instant,
  })
  .readonly() satisfies z.ZodType<Decision>
