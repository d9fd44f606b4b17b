import type { RecordFilter } from '../audit/export/record-filter.ts'
import { formatAccessRecord, type LogUse } from '../audit/record/access.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { recordedFilter } from './check-filter.ts'

/** One use of the log: by whom, for what, and how much was read. */
export interface LogUseReport {
  /** Client id. */
  readonly by: string
  readonly use: LogUse
  /** Records `[start, end)` that were read. */
  readonly start: number
  readonly end: number
  /** Checked words only ({@link checkFilter}). */
  readonly filter?: RecordFilter
  /** How many records are returned. */
  readonly found: number
}

/**
 * Records a use of the log. Durable on return: only then may the answer leave.
 *
 * @throws SluisError `log-unavailable`; then no answer may leave
 */
export async function recordLogUse(
  { queue, clock, random }: Pick<Gateway, 'queue' | 'clock' | 'random'>,
  { by, use, start, end, filter, found }: LogUseReport,
): Promise<void> {
  const asked = recordedFilter(filter ?? {}, found)
  await queue.commit({
    record: formatAccessRecord({
      type: 'access',
      at: clock().toISOString(),
      by,
      what: 'log',
      use,
      start,
      end,
      ...(asked && { filter: asked }),
      found,
      nonce: random(16),
    }),
  })
}
