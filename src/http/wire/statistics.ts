import { z } from 'zod'
import { word } from '../../model/answer-parts.ts'
import type { GapReport } from '../../review/gaps/gap-report.ts'

/** Counts without personal data. */

const gapCounts = { reports: z.number().int().describe('Reports, each counted once per role') }
const gap = z
  .object({
    senderGroup: word,
    recipient: word,
    purpose: word,
    role: word,
    fields: z
      .array(z.object({ field: word, count: z.number().int() }).readonly())
      .readonly()
      .describe('Fields that were requested, most frequent first'),
    ...gapCounts,
    months: z
      .array(z.object({ month: z.string().max(7).describe('`YYYY-MM`, Europe/Amsterdam'), ...gapCounts }).readonly())
      .readonly(),
    isSmall: z.boolean().describe('Below `smallCell`: do not publish it'),
  })
  .readonly()
export const gapReport = z
  .object({
    gaps: z
      .array(gap)
      .readonly()
      .describe(
        'Reports that stayed refused, and of which no statement, legal basis or purpose would have let anything pass',
      ),
    repaired: z.array(gap).readonly().describe('Reports that were refused and passed within an hour; no gap'),
    setAside: z
      .object({
        checks: z.number().int().describe('Asked beforehand'),
        retried: z.number().int().describe('Tried again within an hour; the next try counts'),
        couldPass: z.number().int().describe('Another statement, legal basis or purpose could have let something pass'),
        prohibited: z.number().int().describe('A prohibition that nothing lifts bars every field'),
        toItself: z.number().int().describe('The sender was the recipient'),
        withoutData: z.number().int().describe('No data were asked for'),
        undecided: z
          .number()
          .int()
          .describe('Not known: the search stopped at its bound, or the rules of that moment are missing'),
      })
      .readonly()
      .describe('Refusals for lack of a legal basis that are no gap, by why'),
    smallCell: z.number().int(),
    records: z.number().int().describe('Number of records of the log that were read'),
  })
  .readonly() satisfies z.ZodType<GapReport>
