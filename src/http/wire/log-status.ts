import { z } from 'zod'

/** What everybody may know of the log. */
export const logStatus = z.object({
  origin: z.string().describe('Origin line of the checkpoints'),
  treeSize: z.int().nonnegative(),
  newestHeartbeatAt: z.iso.datetime().exactOptional(),
  heartbeatMinutes: z
    .int()
    .exactOptional()
    .describe('The next heartbeat comes within so many minutes; after twice as long `/readyz` answers 503'),
})
