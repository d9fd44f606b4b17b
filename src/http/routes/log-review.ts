import { ATTEMPTS, CLASS_WORDS, TREATMENTS } from '../../audit/export/record-filter.ts'
import { formatBase64Url, formatUtf8, parseBase64Url, parseUtf8 } from '../../encoding/bytes.ts'
import type { Json } from '../../encoding/json.ts'
import { sluisError } from '../../errors.ts'
import { MAX_WORD_CHARACTERS } from '../../model/answer-parts.ts'
import type { Clock } from '../../ports/keys.ts'
import { type Month, parseMonth, previousMonth } from '../../review/months.ts'
import { type RederivationPlace, rederiveLog } from '../../review/rederive-log.ts'
import { reportLog } from '../../review/report-month.ts'
import { REPORT_FILTER_MEMBERS, type ReportFilter } from '../../review/select-exchanges.ts'
import { CURSOR_INVALID } from '../cursor.ts'
import { callingClient, json, type Parameter, type Route } from '../route.ts'
import { rederiveCursor } from '../wire/log-review.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const RECORDED = 'This use is recorded in the log before you are answered.'

const WORD = { type: 'string', maxLength: MAX_WORD_CHARACTERS } as const
const filterParameter = (name: keyof ReportFilter, description: string, schema: Json, example: string): Parameter => ({
  name,
  in: 'query',
  description,
  required: false,
  schema,
  example,
})
const FILTER_PARAMETERS: readonly Parameter[] = [
  filterParameter('sender', 'Only what this party sent or asked', WORD, 'politie'),
  filterParameter('recipient', 'Only what was meant for this party', WORD, 'comensha'),
  filterParameter('field', 'Only decisions about this field', WORD, 'nationaliteit'),
  filterParameter(
    'fieldClass',
    'Only decisions about a field of this class, as the rules of their moment classed it',
    { type: 'string', enum: CLASS_WORDS },
    'avg-9',
  ),
  filterParameter(
    'treatment',
    'Only where a field, or `field`, or a field of `fieldClass`, was treated so',
    { type: 'string', enum: TREATMENTS },
    'shared',
  ),
  filterParameter(
    'file',
    'Only decisions in which a rule of this file determined something',
    WORD,
    'wpg-bpg-4-2-comensha',
  ),
  filterParameter(
    'attempt',
    'Only trials, refusals that stayed, or reports that passed within an hour after a refusal',
    { type: 'string', enum: ATTEMPTS },
    'stayed',
  ),
]

/** For auditors: re-derived decisions and the monthly report. */
export const reviewRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/log/records/_rederive',
    operationId: 'rederiveLog',
    tag: 'log',
    summary: 'Re-derive recorded decisions under the rules of their moment',
    description: `From the start of the log, a bounded number of records per call: continue with its cursor while \`hasMore\`. To check without trusting this gateway, run \`sluis audit rederive\` on an export. ${RECORDED}`,
    scope: 'audit:read',
    budget: 'log-uses',
    body: 'RederiveRequest',
    bodyExample: {},
    answer: { status: 200, description: 'How many decisions agree, and those that do not', schema: 'RederivedPart' },
    problems: ['cursor-unknown', 'log-unavailable'],
    async perform(visit) {
      const { cursor } = await readWireBody(visit.request, wire.RederiveRequest, new Set(['cursor']))
      const from = cursor === undefined ? undefined : parseCursor(cursor)
      const { next, ...part } = await rederiveLog(visit.gateway, callingClient(visit), from)
      return json({ ...part, cursor: formatCursor(next) })
    },
  },
  {
    method: 'get',
    path: '/v1/log/report',
    operationId: 'getMonthlyReport',
    tag: 'log',
    summary: 'Monthly report: what happened in a month, in counts and words',
    description: `Volumes, refusals, overdue items, access outside office hours, searches for persons, keys, rules, parties, missing heartbeats and decisions that do not follow from their rules. It contains no personal data. With a filter only the exchanges and checks that match, as in a search of the log, and what happened to those exchanges; what is not about an exchange is left out. ${RECORDED}`,
    scope: 'audit:read',
    budget: 'log-uses',
    parameters: [
      {
        name: 'month',
        in: 'query',
        description: 'Calendar month in Europe/Amsterdam; the previous month when absent',
        required: false,
        schema: { type: 'string', pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' },
        example: '2026-10',
      },
      ...FILTER_PARAMETERS,
    ],
    answer: { status: 200, description: 'The report', schema: 'MonthlyReport' },
    problems: ['log-unavailable'],
    async perform(visit) {
      const month = readMonth(visit.query.get('month'), visit.gateway.clock)
      return json(await reportLog(visit.gateway, callingClient(visit), month, readFilter(visit.query)))
    },
  },
]

const formatCursor = (place: RederivationPlace): string => formatBase64Url(formatUtf8(JSON.stringify(place)))

/** @throws SluisError `value-invalid` */
function parseCursor(text: string): RederivationPlace {
  try {
    return rederiveCursor.parse(JSON.parse(parseUtf8(parseBase64Url(text))))
  } catch {
    throw sluisError('value-invalid', CURSOR_INVALID, { pointer: '/cursor' })
  }
}

/** The filter of a query; undefined when it has none. Its words are checked where the rules in force are known. */
function readFilter(query: URLSearchParams): ReportFilter | undefined {
  const asked = REPORT_FILTER_MEMBERS.flatMap((member) => {
    const word = query.get(member)
    return word === null ? [] : [[member, word] as const]
  })
  return asked.length === 0 ? undefined : Object.fromEntries(asked)
}

function readMonth(text: string | null, clock: Clock): Month {
  const month = parseMonth(text ?? previousMonth(clock()))
  if (month) return month
  throw sluisError('query-invalid', {
    nl: '`month` is een kalendermaand als JJJJ-MM, of ontbreekt',
    en: '`month` is a calendar month as YYYY-MM, or absent',
  })
}
