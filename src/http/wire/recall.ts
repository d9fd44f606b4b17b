import { z } from 'zod'
import { RECALL_GROUNDS } from '../../audit/record/follow-up.ts'
import type { RecallAnswer } from '../../exchange/recall.ts'
import { instant } from '../../model/answer-parts.ts'
import { receipt } from './receipt.ts'

/** Request and answer of a recall. */
export const recallRequest = z.strictObject({
  ground: z
    .enum(RECALL_GROUNDS)
    .describe(
      'Its content was wrong (`onjuist`), it should not have been released, or the consent that it relied on was withdrawn',
    ),
})

export const recall = z.object({ recalledAt: instant, receipt }).readonly() satisfies z.ZodType<RecallAnswer>
