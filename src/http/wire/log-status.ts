import { z } from 'zod'
import { instant, text } from '../../model/answer-parts.ts'

/** Open facts about the log. */
export const logStatus = z.object({
  origin: text.describe('Origin line of the checkpoints'),
  treeSize: z.int().nonnegative(),
  newestHeartbeatAt: instant.exactOptional(),
  heartbeatMinutes: z
    .int()
    .exactOptional()
    .describe('Minutes within which the next heartbeat is due; after twice as long `/readyz` answers 503'),
})
