import { DEFAULT_TERMS } from '../../review/follow-up-watch.ts'
import { type Month, parseMonth, previousMonth } from '../../review/months.ts'
import { reportMonths } from '../../review/report.ts'
import { type Command, EXIT, parseArguments, UsageError } from '../terminal/command.ts'
import { parseLanguage } from '../terminal/options.ts'
import { progressBar, withProgress } from '../terminal/progress.ts'
import { SOURCE_OPTIONS, SOURCE_USAGE } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { formatReport } from './print-report.ts'
import { createLoader, refusePart } from './rule-set-archive.ts'

/** What happened in a month, in counts and words, from the whole log. */
export const auditReport: Command = {
  name: 'audit report',
  usage: `${SOURCE_USAGE} [--month YYYY-MM…] [--policies FILE] [--acknowledge-days N] [--feedback-days N] [--json] [--lang nl|en]`,
  summary: 'what happened in a month: volumes, refusals, what is overdue, accesses at night, gaps; nobody is in it',
  async run(args, terminal) {
    const { values } = parseArguments(args, {
      ...SOURCE_OPTIONS,
      month: { type: 'string', multiple: true },
      policies: { type: 'string' },
      'acknowledge-days': { type: 'string' },
      'feedback-days': { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string', default: 'en' },
    })
    const language = parseLanguage(values.lang)
    const months = (values.month ?? [previousMonth(new Date())]).map(readMonth)
    const terms = {
      acknowledgeDays: readDays('acknowledge-days', values['acknowledge-days']) ?? DEFAULT_TERMS.acknowledgeDays,
      feedbackDays: readDays('feedback-days', values['feedback-days']) ?? DEFAULT_TERMS.feedbackDays,
    }
    const source = await openLogSource(terminal, values, 'report')
    try {
      refusePart(source)
      const hasSets = source.kind !== 'export' || values.policies !== undefined
      const reports = await reportMonths(
        withProgress(source.records(), source.head.end, progressBar(terminal, 'report')),
        {
          months,
          terms,
          // An export is from whenever it was made; its newest record says best when that was.
          ...(source.kind !== 'export' && { now: new Date() }),
          ...(hasSets && { loadSet: createLoader(source, values.policies) }),
        },
      )
      await source.noteUse(reports.reduce((sum, { records }) => sum + records, 0))
      if (values.json) terminal.out(JSON.stringify(reports))
      else for (const line of reports.flatMap((report) => formatReport(report, language))) terminal.out(line)
      return EXIT.done
    } finally {
      source.close()
    }
  },
}

function readMonth(text: string): Month {
  const month = parseMonth(text)
  if (!month) throw new UsageError('give a month as --month YYYY-MM')
  return month
}

function readDays(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const days = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined
  if (days === undefined) throw new UsageError(`give a whole number of days with --${option}, 1 to 9999`)
  return days
}
