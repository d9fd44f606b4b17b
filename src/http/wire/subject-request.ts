import { z } from 'zod'
import type { SharedExchange, SubjectRequestAnswer } from '../../exchange/subject-requests.ts'
import { outcome, ruleReference } from '../../model/decision-schema.ts'
import { receipt } from './receipt.ts'

/** What was shared about a person, in words only: no identifier and no value of a report. */
export const sharedExchange = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    recipient: z.string(),
    purpose: z.string(),
    legalBasis: z.string().exactOptional(),
    outcome,
    dataSubject: z.number().int().nonnegative().describe('Position in the report as you submitted it, from 0'),
    certainty: z
      .enum(['certain', 'possible'])
      .describe('`possible`: it may be somebody else; look at your own file before you tell the person or erase it'),
    fields: z.array(z.string()).readonly().describe('Names of the fields that were shared, coarser ones included'),
    grounds: z
      .array(z.object({ rule: ruleReference, citation: z.string() }).readonly())
      .readonly()
      .describe('What they were shared on, and what they were linked on inside the gateway'),
    dataSubjectsInContent: z
      .number()
      .int()
      .describe('How many data subjects the sealed content had: it is one piece, and erasure takes it whole'),
    isDelivered: z.boolean().describe('False while it waits for approval, or when it was stopped'),
    acknowledgedAt: z.iso.datetime().exactOptional(),
    erasedAt: z.iso.datetime().exactOptional().describe('Since then the gateway has nothing of its content'),
  })
  .readonly() satisfies z.ZodType<SharedExchange>

export const subjectRequestAnswer = z
  .object({
    request: z.enum(['access', 'erasure']),
    exchanges: z
      .array(sharedExchange)
      .readonly()
      .describe('Oldest first; what was found for `access`, and what was erased for `erasure`'),
    receipt: receipt.describe('Of the record that the request was made'),
  })
  .readonly() satisfies z.ZodType<SubjectRequestAnswer>
