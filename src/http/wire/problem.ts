import { z } from 'zod'
import { composed, text, word } from '../../model/answer-parts.ts'
import { MAX_FAULTS } from '../../report/body-bounds.ts'
import type { Problem } from '../problem.ts'

/** Members of a problem, its extensions included. */
export const MAX_PROBLEM_MEMBERS = 20

/** A problem as every error is answered (RFC 9457). */
export const problem = z
  .looseObject({
    type: text.describe('Address of the page that explains the problem'),
    title: text,
    status: z.number().int(),
    detail: composed.describe('What is wrong and how to fix it; never a value that was sent'),
    errors: z
      .array(z.object({ code: word, pointer: composed, detail: composed }))
      .max(MAX_FAULTS)
      .readonly()
      .exactOptional(),
  })
  .meta({ maxProperties: MAX_PROBLEM_MEMBERS }) satisfies z.ZodType<Problem>
