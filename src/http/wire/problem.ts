import { z } from 'zod'
import type { Problem } from '../problem.ts'

/** A problem as every error is answered (RFC 9457). */
export const problem = z.looseObject({
  type: z.string().describe('Address of the page that explains the problem'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('What is wrong and how to fix it; never a value that was sent'),
  errors: z
    .array(z.object({ code: z.string(), pointer: z.string(), detail: z.string() }))
    .readonly()
    .exactOptional(),
}) satisfies z.ZodType<Problem>
