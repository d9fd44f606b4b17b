import { z } from 'zod'
import { ATTEMPTS, CLASS_WORDS, TREATMENTS } from '../../audit/export/record-filter.ts'
import { MAX_RECORD_BYTES } from '../../audit/record/envelope.ts'
import { hash, instant, text, word } from '../../model/answer-parts.ts'
import { LOG_CURSOR_FORM } from '../../review/log-cursor.ts'
import { MAX_PLACES, type MonthlyReport } from '../../review/monthly-report.ts'
import type { RederivationFinding } from '../../review/rederive.ts'
import {
  REDERIVE_FINDINGS,
  REDERIVE_READS,
  type RederivationPlace,
  type RederivedPart,
} from '../../review/rederive-log.ts'
import type { SetsInForce } from '../../review/sets-in-force.ts'

/** Re-derived decisions, and the monthly report. */

const index = z.int().nonnegative()
const count = z.int().nonnegative()

/** Characters of a cursor of `_rederive`. */
const MAX_REDERIVE_CURSOR = 200_000

const policyHash = z.string().regex(/^[0-9a-f]{64}$/)
const setsInForce = z.strictObject({
  current: policyHash.exactOptional(),
  replaced: z.array(z.strictObject({ policyHash, at: z.iso.datetime() })).max(1000),
  at: index,
}) satisfies z.ZodType<SetsInForce>

/** A cursor of `_rederive`, decoded: where in which log it continues, and what was in force there. */
export const rederiveCursor = z.strictObject({
  cursor: z.string().max(48).regex(new RegExp(LOG_CURSOR_FORM)),
  sets: setsInForce,
}) satisfies z.ZodType<RederivationPlace>

const rederiveRequest = z.strictObject({
  cursor: z
    .string()
    .max(MAX_REDERIVE_CURSOR)
    .exactOptional()
    .describe(
      '`cursor` of the previous answer; absent for the start of the log, the only place from which the rules in force are known',
    ),
})

const rederivationFinding = z
  .discriminatedUnion('status', [
    z.object({
      leafIndex: index,
      status: z.literal('deviates'),
      deviations: z
        .array(
          z
            .object({
              pointer: z.string().max(MAX_RECORD_BYTES).describe('JSON Pointer into the record'),
              recorded: z
                .string()
                .max(MAX_RECORD_BYTES)
                .exactOptional()
                .describe('As JSON; absent when the member does not exist'),
              recomputed: z.string().exactOptional(),
            })
            .readonly(),
        )
        .max(MAX_RECORD_BYTES)
        .readonly(),
    }),
    z.object({
      leafIndex: index,
      status: z.literal('not-rederived'),
      because: z.enum(['texts-missing', 'texts-unreadable', 'record-unreadable']),
      policyHash: hash.exactOptional(),
    }),
  ])
  .readonly() satisfies z.ZodType<RederivationFinding>

const rederivedPart = z.object({
  read: z.object({ start: index, end: index }).readonly().describe('Records `[start, end)` that were read'),
  count: z
    .object({ records: count, agreeing: count, deviating: count, notRederived: count })
    .readonly()
    .describe('A decision that cannot be re-derived is never counted as agreeing'),
  findings: z.array(rederivationFinding).max(REDERIVE_FINDINGS).readonly(),
  cursor: z.string().max(MAX_REDERIVE_CURSOR),
  hasMore: z
    .boolean()
    .describe(`A call reads at most ${REDERIVE_READS} records, and stops after ${REDERIVE_FINDINGS} findings`),
  treeSize: index,
}) satisfies z.ZodType<Omit<RederivedPart, 'next'> & { cursor: string }>

const named = <const Words extends string>(...words: readonly Words[]) =>
  Object.fromEntries(words.map((column) => [column, word])) as Record<Words, typeof word>
const counted = <const Columns extends string>(...columns: readonly Columns[]) =>
  Object.fromEntries(columns.map((column) => [column, count])) as Record<Columns, typeof count>
const marked = { isSmall: z.boolean().describe('Below `smallCell`: do not publish it') }
const list = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(z.object(shape)).readonly()

const heartbeatFinding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('silence'),
    leafIndex: index.exactOptional(),
    since: instant,
    seconds: z.int(),
    isStopped: z.boolean(),
    records: count,
  }),
  z.object({
    kind: z.literal('miscount'),
    leafIndex: index,
    since: index,
    types: z
      .array(z.object({ type: word, counted: z.int(), found: count }))
      .max(MAX_RECORD_BYTES)
      .readonly(),
  }),
  z.object({ kind: z.literal('uncounted'), start: index, end: index }),
  z.object({ kind: z.literal('overlap'), leafIndex: index, since: z.int() }),
  z.object({ kind: z.literal('clock'), leafIndex: index, seconds: z.number() }),
  z.object({ kind: z.literal('failed'), leafIndex: index, commits: count }),
])

/** Absent from a report that a filter narrows. */
const logEvents = {
  outsideOfficeHours: list({ ...named('by', 'what'), ...counted('count'), ...marked }).exactOptional(),
  searches: list({
    ...named('by'),
    ...counted('subjectRequests', 'foundNothing', 'identityQuestions'),
    ...marked,
  }).exactOptional(),
  limits: list({ ...named('by', 'limit'), ...counted('count') }).exactOptional(),
  keys: list({ ...named('event'), ...counted('count') }).exactOptional(),
  policies: list({
    leafIndex: index,
    ...named('step', 'at', 'sourceHash'),
    policyHash: hash.exactOptional(),
    proposedBy: word.exactOptional(),
    approvedBy: word.exactOptional(),
    withdrawnBy: word.exactOptional(),
  }).exactOptional(),
  parties: list({ ...named('party', 'step'), ...counted('count') }).exactOptional(),
  heartbeats: z.object({ count, findings: z.array(heartbeatFinding).readonly() }).exactOptional(),
  epochs: list({
    leafIndex: index,
    reason: z.enum(['rolled-back', 'forked', 'anchor-lost', 'key-lost', 'moved']),
    origin: text,
    previousOrigin: text,
    lost: count,
  }).exactOptional(),
  logReads: list({ ...named('by', 'use'), ...counted('reads', 'records') }).exactOptional(),
} as const

const reportFilter = z.object({
  sender: word.exactOptional(),
  recipient: word.exactOptional(),
  field: word.exactOptional(),
  fieldClass: z.enum(CLASS_WORDS).exactOptional(),
  treatment: z.enum(TREATMENTS).exactOptional(),
  file: word.exactOptional(),
  attempt: z.enum(ATTEMPTS).exactOptional(),
})

const monthlyReport = z
  .object({
    filter: reportFilter
      .exactOptional()
      .describe('What the report is narrowed to; then what is not about an exchange is absent'),
    ...logEvents,
    month: z.string().max(7).describe('`YYYY-MM`, Europe/Amsterdam'),
    from: instant,
    until: instant,
    isOver: z.boolean(),
    smallCell: count,
    records: count,
    exchanges: list({
      ...named('sender', 'recipient', 'legalBasis'),
      ...counted('verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'),
      ...marked,
    }),
    checks: list({ ...named('sender'), ...counted('permitted', 'refused'), ...marked }),
    refusals: list({
      ...named('sender', 'recipient', 'reason'),
      ...counted('exchanges', 'stayed', 'retried', 'repaired', 'checks'),
      ...marked,
    }),
    holds: z.object(counted('held', 'approved', 'refused', 'expired')),
    deliveries: z.object(counted('handedOver', 'acknowledged', 'fedBack')),
    acknowledgements: list({ ...named('sender', 'recipient'), ...counted('overdue', 'neverFetched'), ...marked }),
    feedback: list({ ...named('sender', 'recipient'), ...counted('overdue'), ...marked }),
    terms: z.object(counted('acknowledgeDays', 'feedbackDays')).describe('Days after which something is overdue'),
    recalls: list({ ...named('ground'), ...counted('count'), ...marked }),
    erasures: list({ ...named('ground'), ...counted('count', 'neverFetched'), ...marked }),
    rederivation: z
      .object({
        ...counted('agreeing', 'deviating', 'notRederived'),
        places: z.array(index).max(MAX_PLACES).readonly(),
      })
      .exactOptional(),
    unreadable: count,
  })
  .readonly() satisfies z.ZodType<MonthlyReport>

/** The schemas of re-derivation and the report, under their names in the OpenAPI document. */
export const reviewWire = {
  RederiveRequest: rederiveRequest,
  RederivationFinding: rederivationFinding,
  RederivedPart: rederivedPart,
  MonthlyReport: monthlyReport,
} as const
