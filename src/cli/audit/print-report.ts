import type { HeartbeatFinding } from '../../audit/verify/heartbeats.ts'
import type { Language } from '../../model/language.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { MonthlyReport } from '../../review/monthly-report.ts'
import { REPORT_WORDS, type ReportWords } from './report-words.ts'

type Line = Readonly<Record<string, unknown>>

/** A monthly report in lines, by heading. Empty headings are left out, except those that a reader must see to be empty. */
export function formatReport(report: MonthlyReport, language: Language): readonly string[] {
  const words = REPORT_WORDS[language]
  const section = (heading: string, lines: readonly string[], none?: string): readonly string[] => {
    if (lines.length > 0) return ['', heading, ...lines.map((line) => `  ${line}`)]
    return none === undefined ? [] : ['', heading, `  ${none}`]
  }
  const counted = (cells: readonly Line[], ...names: readonly string[]) =>
    cells.map((cell) => formatCell(cell, names, words))
  const { holds, deliveries, terms, heartbeats } = report
  const body = [
    ...section(words.exchanges, counted(report.exchanges, 'sender', 'recipient', 'legalBasis'), words.none),
    ...section(words.checks, counted(report.checks, 'sender')),
    ...section(words.refusals, counted(report.refusals, 'sender', 'recipient', 'reason')),
    ...section(words.holds, [formatCounts(holds, words)]),
    ...section(words.deliveries, [formatCounts(deliveries, words)]),
    ...section(
      words.acknowledgements(terms.acknowledgeDays),
      counted(report.acknowledgements, 'sender', 'recipient'),
      words.none,
    ),
    ...section(words.feedback(terms.feedbackDays), counted(report.feedback, 'sender', 'recipient'), words.none),
    ...section(words.recalls, counted(report.recalls, 'ground')),
    ...section(words.erasures, counted(report.erasures, 'ground')),
    ...section(words.outsideOfficeHours, counted(report.outsideOfficeHours, 'by', 'what'), words.none),
    ...section(words.searches, counted(report.searches, 'by'), words.none),
    ...section(words.limits, counted(report.limits, 'by', 'limit')),
    ...section(words.keys, counted(report.keys, 'event')),
    ...section(words.policies, report.policies.map(formatPolicy)),
    ...section(words.parties, counted(report.parties, 'party', 'step')),
    ...section(
      words.heartbeats(heartbeats.count),
      heartbeats.findings.map((finding) => formatHeartbeat(finding, words)),
      words.none,
    ),
    ...section(
      words.epochs,
      report.epochs.map((epoch) => words.epoch(epoch)),
    ),
    ...section(words.rederivation, formatRederivation(report, words)),
    ...section(words.logReads, counted(report.logReads, 'by', 'use'), words.none),
  ]
  const last = legalDate(new Date(Date.parse(report.until) - 1))
  return [
    words.title(report.month, legalDate(report.from), last),
    words.records(report.records) + (report.isOver ? '' : `; ${words.notOver}`),
    ...body,
    ...(body.some((line) => line.endsWith(' *')) ? ['', words.small(report.smallCell)] : []),
    '',
  ]
}

function formatCell(cell: Line, names: readonly string[], words: ReportWords): string {
  const [sender, recipient, ...others] = names.map((name) => nameOf(name, String(cell[name]), words))
  const isPair = names[0] === 'sender' && names[1] === 'recipient'
  const name = isPair
    ? [`${sender} → ${recipient}`, ...others].join('; ')
    : [sender, recipient, ...others].filter(Boolean).join('; ')
  const counts = Object.fromEntries(
    Object.entries(cell).filter(([member, value]) => typeof value === 'number' && !names.includes(member)),
  ) as Record<string, number>
  return `${name}: ${formatCounts(counts, words)}${cell.isSmall === true ? ' *' : ''}`
}

/** Ids and words of the vocabulary name themselves; kinds of access and reasons have a name in both languages. */
function nameOf(member: string, word: string, words: ReportWords): string {
  if (member === 'what') return words.looks[word] ?? word
  return member === 'reason' ? (words.reasons[word] ?? word) : word
}

/** `released 3, refused 1`; a single column shows only its number. */
function formatCounts(counts: Readonly<Record<string, number>>, words: ReportWords): string {
  const columns = Object.entries(counts)
  if (columns.length === 1) return String(columns[0]![1])
  const present = columns.filter(([, count]) => count > 0)
  return (present.length > 0 ? present : columns)
    .map(([column, count]) => `${words.columns[column] ?? column} ${count}`)
    .join(', ')
}

const formatPolicy = ({
  leafIndex,
  at,
  step,
  policyHash,
  sourceHash,
  proposedBy,
  approvedBy,
  withdrawnBy,
}: MonthlyReport['policies'][number]) =>
  [
    `${leafIndex}: ${at} ${step} ${policyHash ?? sourceHash}`,
    ...[proposedBy, approvedBy, withdrawnBy].filter((by) => by !== undefined),
  ].join(' ')

function formatHeartbeat(finding: HeartbeatFinding, words: ReportWords): string {
  switch (finding.kind) {
    case 'silence':
      return words.silence(finding.since, finding.seconds, finding.records, finding.isStopped)
    case 'miscount':
      return words.miscount(
        finding.leafIndex,
        finding.types.map(({ type, counted, found }) => `${type} ${counted}/${found}`).join(', '),
      )
    case 'uncounted':
      return words.uncounted(finding.start, finding.end - 1)
    case 'overlap':
      return words.overlap(finding.leafIndex, finding.since)
    case 'clock':
      return words.clock(finding.leafIndex, finding.seconds)
    case 'failed':
      return words.failed(finding.leafIndex, finding.commits)
  }
}

function formatRederivation({ rederivation, unreadable }: MonthlyReport, words: ReportWords): readonly string[] {
  if (!rederivation) return [words.noSets]
  const { agreeing, deviating, notRederived, places } = rederivation
  return [
    formatCounts({ agreeing, deviating, notRederived }, words),
    ...(places.length > 0 ? [words.places(places)] : []),
    ...(unreadable > 0 ? [words.unreadable(unreadable)] : []),
  ]
}
