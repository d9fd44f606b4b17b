import { z } from 'zod'
import { RECALL_GROUNDS } from '../../audit/record/follow-up.ts'
import type { RecallAnswer } from '../../exchange/recall.ts'
import { receipt } from './receipt.ts'

/** What a sender says and gets when it takes an exchange back. */
export const recallRequest = z.strictObject({
  ground: z
    .enum(RECALL_GROUNDS)
    .describe('What it told was wrong, it should not have been shared, or the consent that it rested on has ended'),
})

export const recall = z.object({ recalledAt: z.iso.datetime(), receipt }).readonly() satisfies z.ZodType<RecallAnswer>
