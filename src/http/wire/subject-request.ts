import { z } from 'zod'
import type { SharedExchange, SubjectRequestAnswer } from '../../exchange/subject-requests.ts'
import { composed, instant, word } from '../../model/answer-parts.ts'
import { outcome, ruleReference } from '../../model/decision-schema.ts'
import { MAX_FIELDS } from '../../model/rule-file-bounds.ts'
import { receipt } from './receipt.ts'

/** What was shared about a person, in words of the vocabulary: no identifier and no value of a report. */
export const sharedExchange = z
  .object({
    id: z.uuid(),
    at: instant,
    recipient: word,
    purpose: word,
    legalBasis: word.exactOptional(),
    outcome,
    dataSubject: z.number().int().nonnegative().describe('Position in the report as you submitted it, from 0'),
    certainty: z
      .enum(['certain', 'possible'])
      .describe('`possible`: it may be another person; check your own file before you inform the person or erase it'),
    agrees: z
      .array(word)
      .max(MAX_FIELDS)
      .readonly()
      .describe(
        'Fields of your request whose values are those of the report. Empty when another spelling was recognised, and for reports of before these were kept',
      ),
    fields: z
      .array(word)
      .max(MAX_FIELDS)
      .readonly()
      .describe('Names of the fields that were shared, coarser ones included'),
    grounds: z
      .array(z.object({ rule: ruleReference, citation: composed }).readonly())
      .max(MAX_FIELDS)
      .readonly()
      .describe('Rules on which the fields were shared, or linked inside the gateway'),
    dataSubjectsInContent: z
      .number()
      .int()
      .describe('Number of data subjects in the sealed content, which can only be erased as a whole'),
    isDelivered: z.boolean().describe('False while it waits for approval, and after it was refused'),
    acknowledgedAt: instant.exactOptional(),
    erasedAt: instant.exactOptional().describe('Moment at which the gateway destroyed its content'),
  })
  .readonly() satisfies z.ZodType<SharedExchange>

export const subjectRequestAnswer = z
  .object({
    request: z.enum(['access', 'erasure']),
    exchanges: z
      .array(sharedExchange)
      .readonly()
      .describe('Oldest first; the exchanges found (`access`) or erased (`erasure`)'),
    nextSince: instant
      .exactOptional()
      .describe('Present when there are more: the same request with this as `since` answers the rest'),
    receipt: receipt.describe('Receipt of the record of this request'),
  })
  .readonly() satisfies z.ZodType<SubjectRequestAnswer>
