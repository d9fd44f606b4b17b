import { z } from 'zod'
import type { GapReport } from '../../review/gap-report.ts'

/** Counts without personal data. */

const gapCounts = {
  exchanges: z.number().int().describe('Data subjects in refused exchanges'),
  checks: z.number().int().describe('Data subjects in checks that would be refused'),
}
const gap = z
  .object({
    senderGroup: z.string(),
    recipient: z.string(),
    purpose: z.string(),
    role: z.string(),
    fields: z
      .array(z.object({ field: z.string(), count: z.number().int() }).readonly())
      .readonly()
      .describe('Fields that were requested, most frequent first'),
    ...gapCounts,
    months: z
      .array(z.object({ month: z.string().describe('`YYYY-MM`, Europe/Amsterdam'), ...gapCounts }).readonly())
      .readonly(),
    isSmall: z.boolean().describe('Below `smallCell`: do not publish it'),
  })
  .readonly()
export const gapReport = z
  .object({
    gaps: z.array(gap).readonly(),
    smallCell: z.number().int(),
    records: z.number().int().describe('Number of records of the log that were read'),
  })
  .readonly() satisfies z.ZodType<GapReport>
