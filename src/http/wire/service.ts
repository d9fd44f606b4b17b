import { z } from 'zod'

/** State of the gateway. */
export const health = z.object({ status: z.literal('ok') })
