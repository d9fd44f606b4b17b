import { z } from 'zod'
import type { Receipt } from '../commit.ts'

/** Proof that a record is in the log, as every answer shows it. */
export const receipt = z
  .object({
    leafIndex: z.number().int().nonnegative(),
    record: z.string().describe('The record as it was hashed: canonical JSON (RFC 8785)'),
    proof: z.string().describe('`tlog-proof@v1`: index, inclusion proof and signed checkpoint'),
  })
  .readonly()
  .describe('Proof that a record is in the log') satisfies z.ZodType<Receipt>
