import { readRecords } from '../audit/export/read-log.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { loaderOf } from '../exchange/rule-sets/archived.ts'
import { legalDate } from '../policy/legal-date.ts'
import { recordLogUse } from './log-use.ts'
import type { MonthlyReport } from './monthly-report.ts'
import type { Month } from './months.ts'
import { reportMonths } from './report-months.ts'

/**
 * The monthly report of this gateway's log. Reads the whole log, because what is overdue depends on older records, and yields to
 * other requests meanwhile. The use of the log is recorded before the answer leaves.
 *
 * @param by client id
 * @throws SluisError `log-unavailable`
 */
export async function reportLog(gateway: Gateway, by: string, month: Month): Promise<MonthlyReport> {
  const { log } = gateway.store
  const end = (await log.checkpoint())?.treeSize ?? 0
  const [report] = await reportMonths(readRecords(log, 0, end), {
    months: [month],
    now: gateway.clock(),
    loadSet: loaderOf(gateway),
  })
  const days = { since: legalDate(new Date(month.start)), until: legalDate(new Date(month.end)) }
  await recordLogUse(gateway, { by, use: 'report', start: 0, end, filter: days, found: report!.records })
  return report!
}
