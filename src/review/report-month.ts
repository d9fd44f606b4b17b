import { readRecords } from '../audit/export/read-log.ts'
import { ATTEMPTS, CLASS_WORDS, TREATMENTS } from '../audit/export/record-filter.ts'
import { type Fault, throwFaults } from '../errors.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { loaderOf } from '../exchange/rule-sets/archived.ts'
import { legalDate } from '../policy/legal-date.ts'
import { boundsOf, findUnknownWords } from './check-filter.ts'
import { recordLogUse } from './log-use.ts'
import type { MonthlyReport } from './monthly-report.ts'
import type { Month } from './months.ts'
import { reportMonths } from './report-months.ts'
import { openWordsOf, vocabulariesIn } from './search-records.ts'
import type { ReportFilter } from './select-exchanges.ts'

/**
 * The monthly report of this gateway's log. Reads the whole log, because what is overdue depends on older records, and yields to
 * other requests meanwhile. The use of the log is recorded before the answer leaves.
 *
 * @param by client id
 * @param filter narrows it to exchanges and checks that match; every one of them where absent
 * @throws SluisError `query-invalid` for an unknown word, `log-unavailable`
 */
export async function reportLog(
  gateway: Gateway,
  by: string,
  month: Month,
  filter?: ReportFilter,
): Promise<MonthlyReport> {
  const { log } = gateway.store
  if (filter) await refuseUnknownWords(gateway, filter)
  const end = (await log.checkpoint())?.treeSize ?? 0
  const [report] = await reportMonths(readRecords(log, 0, end), {
    months: [month],
    now: gateway.clock(),
    loadSet: loaderOf(gateway),
    ...(filter && { only: { filter, bounds: boundsOf(filter, vocabulariesIn(gateway)) } }),
  })
  const days = { since: legalDate(new Date(month.start)), until: legalDate(new Date(month.end)) }
  await recordLogUse(gateway, {
    by,
    use: 'report',
    start: 0,
    end,
    filter: { ...days, ...filter },
    found: report!.records,
  })
  return report!
}

const REPORT_WORDS = {
  fieldClass: new Set<string>(CLASS_WORDS),
  treatment: new Set<string>(TREATMENTS),
  attempt: new Set<string>(ATTEMPTS),
}

async function refuseUnknownWords(gateway: Gateway, filter: ReportFilter): Promise<void> {
  throwFaults(
    findUnknownWords(filter, { ...(await openWordsOf(gateway)), ...REPORT_WORDS }).map(
      ({ member, detail }): Fault => ({
        code: 'query-invalid',
        detail: { nl: `\`${member}\`: ${detail.nl}`, en: `\`${member}\`: ${detail.en}` },
      }),
    ),
  )
}
