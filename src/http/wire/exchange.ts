import { z } from 'zod'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import { decision, outcome } from '../../model/decision-schema.ts'
import { approval } from './approval.ts'
import { problem } from './problem.ts'
import { receipt } from './receipt.ts'

/** Answers to a sender: the exchange, its refusal, and the check beforehand. */

export const exchange = z
  .object({
    id: z.uuid(),
    outcome,
    decision,
    receipt,
    approval: approval.exactOptional(),
    recalledAt: z.iso.datetime().exactOptional().describe('When you recalled it'),
  })
  .readonly() satisfies z.ZodType<ExchangeAnswer>

export const exchangePage = z.object({
  exchanges: z
    .array(
      z
        .object({
          id: z.uuid(),
          recipient: z.string(),
          outcome,
          at: z.iso.datetime(),
          receipt,
          approval: approval.exactOptional(),
        })
        .readonly(),
    )
    .readonly(),
  cursor: z
    .uuid()
    .exactOptional()
    .describe('Pass it in the next request to continue from here; absent when there is nothing yet'),
  hasMore: z.boolean(),
})

export const refusal = problem.extend({ id: z.uuid(), outcome, decision, receipt })

export const check = z.object({
  decision,
  options: z
    .array(z.object({ legalBasis: z.string(), decision }))
    .readonly()
    .exactOptional(),
  receipt,
  summary: z
    .array(z.string())
    .readonly()
    .describe('What would happen and what would help, in sentences, in the language of Accept-Language'),
})
