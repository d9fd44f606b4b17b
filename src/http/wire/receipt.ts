import { z } from 'zod'
import type { ReceiptFile } from '../../audit/receipt/receipt-file.ts'
import { MAX_RECORD_BYTES } from '../../audit/record/envelope.ts'
import { composed, text } from '../../model/answer-parts.ts'
import type { Receipt } from '../../ports/stored.ts'

/** Proof that a record is in the log. */
export const receipt = z
  .object({
    leafIndex: z.number().int().nonnegative(),
    record: z.string().max(MAX_RECORD_BYTES).describe('The record exactly as it was hashed: canonical JSON (RFC 8785)'),
    proof: composed.describe('`tlog-proof@v1`: index, inclusion proof and signed checkpoint'),
  })
  .readonly()
  .describe('Proof that a record is in the log') satisfies z.ZodType<Receipt>

/** A receipt with the key to verify it, for a file of its own. */
export const receiptFile = z
  .object({
    sluisReceipt: z.literal(1),
    verifierKey: text.describe('Verifier key of the log; compare it with a copy from another source'),
    ...receipt.unwrap().shape,
  })
  .readonly()
  .describe('Everything that an outsider needs beside the public key of the log') satisfies z.ZodType<ReceiptFile>
