import { z } from 'zod'

/** Open facts about the log. */
export const logStatus = z.object({
  origin: z.string().describe('Origin line of the checkpoints'),
  treeSize: z.int().nonnegative(),
  newestHeartbeatAt: z.iso.datetime().exactOptional(),
  heartbeatMinutes: z
    .int()
    .exactOptional()
    .describe('Minutes within which the next heartbeat is due; after twice as long `/readyz` answers 503'),
})
