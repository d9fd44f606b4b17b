import { boundsOf, presentFilter } from '../../review/check-filter.ts'
import { DEFAULT_TERMS } from '../../review/follow-up-watch.ts'
import { type Month, parseMonth, previousMonth } from '../../review/months.ts'
import { reportMonths } from '../../review/report-months.ts'
import { defineCommand, EXIT } from '../terminal/command.ts'
import { writeWholeFile } from '../terminal/draft-file.ts'
import { UsageError } from '../terminal/failure.ts'
import { JSON_OPTION, LANGUAGE_OPTION, parseLanguage } from '../terminal/options.ts'
import { progressBar, withProgress } from '../terminal/progress.ts'
import { parseSeparator, SEPARATOR_OPTION } from '../terminal/table-options.ts'
import { checkWords } from './check-words.ts'
import { parseFilter, REPORT_FILTER_OPTIONS } from './filter-options.ts'
import { RULE_SETS_OPTION, SOURCE_OPTIONS, SOURCE_USAGE } from './log-source.ts'
import { openLogSource } from './open-log-source.ts'
import { formatReport, formReportText } from './print-report.ts'
import { availableLabels, readLocalSet, vocabulariesFor } from './record-labels.ts'
import { formatReportFile, REPORT_FORMATS } from './report-files.ts'
import { createLoader, rejectPart } from './rule-set-archive.ts'

/** The monthly report, from the whole log. */
export const auditReport = defineCommand({
  name: 'audit report',
  summary: {
    nl: 'het maandbericht tonen, zonder persoonsgegevens: aantallen, weigeringen, wat te laat is',
    en: 'print the monthly report, without personal data: volumes, refusals, what is overdue',
  },
  usage: SOURCE_USAGE,
  options: {
    ...SOURCE_OPTIONS,
    month: {
      type: 'string',
      multiple: true,
      value: 'YYYY-MM',
      what: { nl: 'de maand', en: 'the month' },
      otherwise: { nl: 'de vorige maand', en: 'the previous month' },
    },
    ...REPORT_FILTER_OPTIONS,
    to: {
      type: 'string',
      value: 'FILE',
      what: {
        nl: 'het maandbericht naar dit bestand schrijven in plaats van het te tonen',
        en: 'write the report to this file instead of printing it',
      },
    },
    format: {
      type: 'string',
      value: REPORT_FORMATS.join('|'),
      default: 'text',
      what: { nl: 'van het bestand', en: 'of the file' },
    },
    ...SEPARATOR_OPTION,
    ...RULE_SETS_OPTION,
    'acknowledge-days': {
      type: 'string',
      value: 'N',
      what: {
        nl: 'dagen waarbinnen een levering bevestigd moet zijn',
        en: 'days within which a delivery must be acknowledged',
      },
      otherwise: String(DEFAULT_TERMS.acknowledgeDays),
    },
    'feedback-days': {
      type: 'string',
      value: 'N',
      what: { nl: 'dagen waarbinnen teruggekoppeld moet zijn', en: 'days within which feedback must be given' },
      otherwise: String(DEFAULT_TERMS.feedbackDays),
    },
    ...LANGUAGE_OPTION,
    ...JSON_OPTION,
  },
  exits: { verificationFailed: { nl: 'het logboek klopt niet', en: 'the log does not verify' } },
  examples: [
    'audit report --as toezichthouder --month 2026-11 --lang nl',
    'audit report --as toezichthouder --month 2026-11 --sender politie --class avg-9 --format html --to var/report.html',
  ],
  async run({ values, settings }, terminal) {
    const language = parseLanguage(values.lang)
    const months = (values.month ?? [previousMonth(new Date())]).map(readMonth)
    const format = REPORT_FORMATS.find((known) => known === values.format)
    if (format === undefined)
      throw new UsageError({
        nl: `--format is een van ${REPORT_FORMATS.join(', ')}`,
        en: `--format is one of ${REPORT_FORMATS.join(', ')}`,
      })
    const separator = parseSeparator(values.separator)
    if (values.to === undefined && format !== 'text')
      throw new UsageError({
        nl: 'geef het bestand om te schrijven met --to FILE',
        en: 'give the file to write with --to FILE',
      })
    const terms = {
      acknowledgeDays: readDays('acknowledge-days', values['acknowledge-days']) ?? DEFAULT_TERMS.acknowledgeDays,
      feedbackDays: readDays('feedback-days', values['feedback-days']) ?? DEFAULT_TERMS.feedbackDays,
    }
    const filter = presentFilter(parseFilter(values, () => readLocalSet(settings)))
    const source = await openLogSource({ values, settings }, terminal, 'report')
    try {
      rejectPart(source)
      const loadSet = createLoader(source, values.policies)
      const hasSets = source.kind !== 'export' || values.policies !== undefined
      const reports = await reportMonths(
        withProgress(source.records(), source.head.end, progressBar(terminal, 'report')),
        {
          months,
          terms,
          // An export may be old; its newest record is the best estimate of when it was made.
          ...(source.kind !== 'export' && { now: new Date() }),
          ...(hasSets && { loadSet }),
          ...(filter && { only: { filter, bounds: boundsOf(filter, vocabulariesFor(loadSet, settings)) } }),
        },
      )
      const set = source.policySet ?? readLocalSet(settings)
      if (filter && set && reports.every(({ records }) => records === 0)) checkWords(filter, set)
      await source.noteUse(reports.reduce((sum, { records }) => sum + records, 0))
      if (values.json) terminal.out(JSON.stringify(reports))
      else {
        const labels = availableLabels(settings, language, source.policySet)
        const texts = reports.map((report) => formReportText(report, language, labels))
        if (values.to === undefined) for (const line of texts.flatMap(formatReport)) terminal.out(line)
        else {
          writeWholeFile(values.to, formatReportFile(texts, format, language, separator))
          terminal.out(values.to)
        }
      }
      return EXIT.done
    } finally {
      source.close()
    }
  },
})

function readMonth(text: string): Month {
  const month = parseMonth(text)
  if (!month) throw new UsageError({ nl: 'geef een maand als --month YYYY-MM', en: 'give a month as --month YYYY-MM' })
  return month
}

function readDays(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const days = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined
  if (days === undefined)
    throw new UsageError({
      nl: `geef een heel aantal dagen met --${option}, 1 tot 9999`,
      en: `give a whole number of days with --${option}, 1 to 9999`,
    })
  return days
}
