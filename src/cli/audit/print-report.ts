import type { HeartbeatFinding } from '../../audit/verify/heartbeats.ts'
import type { Language } from '../../model/language.ts'
import type { Labels } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { nameClient } from '../../review/describe-record.ts'
import type { MonthlyReport } from '../../review/monthly-report.ts'
import { REPORT_WORDS, type ReportWords } from './report-words.ts'

type Cell = Readonly<Record<string, unknown>>

/** One line of a report: what it is about, and its counts under the names of their columns. */
export interface ReportLine {
  readonly name: string
  readonly counts: readonly { readonly column: string; readonly count: number }[]
  /** Below the small cell: not for publication. */
  readonly isSmall: boolean
}

/** A monthly report in words, by heading. */
export interface ReportText {
  readonly title: string
  readonly lead: string
  readonly sections: readonly { readonly heading: string; readonly lines: readonly ReportLine[] }[]
  /** What the mark of small counts means; present when there are any. */
  readonly note?: string
}

/**
 * Puts a monthly report in words: parties, roles at parties and legal bases by their labels. Empty headings are left out, except
 * those that a reader must see to be empty.
 */
export function formReportText(report: MonthlyReport, language: Language, labels: Labels): ReportText {
  const words = REPORT_WORDS[language]
  const section = (heading: string, lines: readonly ReportLine[], none?: string) => {
    if (lines.length > 0) return [{ heading, lines }]
    return none === undefined ? [] : [{ heading, lines: [plain(none)] }]
  }
  const counted = (cells: readonly Cell[], ...names: readonly string[]) =>
    cells.map((cell) => formLine(cell, names, words, labels))
  const total = (counts: Readonly<Record<string, number>>) => [{ ...plain(''), counts: formCounts(counts, words) }]
  const { holds, deliveries, terms, heartbeats } = report
  const sections = [
    ...section(words.exchanges, counted(report.exchanges, 'sender', 'recipient', 'legalBasis'), words.none),
    ...section(words.checks, counted(report.checks, 'sender')),
    ...section(words.refusals, counted(report.refusals, 'sender', 'recipient', 'reason')),
    ...section(words.holds, total(holds)),
    ...section(words.deliveries, total(deliveries)),
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
    ...section(
      words.policies,
      report.policies.map((policy) => plain(formatPolicy(policy, labels))),
    ),
    ...section(words.parties, counted(report.parties, 'party', 'step')),
    ...section(
      words.heartbeats(heartbeats.count),
      heartbeats.findings.map((finding) => plain(formatHeartbeat(finding, words))),
      words.none,
    ),
    ...section(
      words.epochs,
      report.epochs.map((epoch) => plain(words.epoch(epoch))),
    ),
    ...section(words.rederivation, formRederivation(report, words)),
    ...section(words.logReads, counted(report.logReads, 'by', 'use'), words.none),
  ]
  const last = legalDate(new Date(Date.parse(report.until) - 1))
  return {
    title: words.title(report.month, legalDate(report.from), last),
    lead: words.records(report.records) + (report.isOver ? '' : `; ${words.notOver}`),
    sections,
    ...(sections.some(({ lines }) => lines.some(({ isSmall }) => isSmall)) && { note: words.small(report.smallCell) }),
  }
}

/** A report in lines for a terminal. */
export const formatReport = ({ title, lead, sections, note }: ReportText): readonly string[] => [
  title,
  lead,
  ...sections.flatMap(({ heading, lines }) => ['', heading, ...lines.map((line) => `  ${formatLine(line)}`)]),
  ...(note === undefined ? [] : ['', note]),
  '',
]

/** `name: released 3, refused 1 *`; a single column shows only its number. */
export function formatLine({ name, counts, isSmall }: ReportLine): string {
  const text = counts.map(({ column, count }) => `${column} ${count}`.trim()).join(', ')
  return `${[name, text].filter((part) => part !== '').join(': ')}${isSmall ? ' *' : ''}`
}

const plain = (name: string): ReportLine => ({ name, counts: [], isSmall: false })

function formLine(cell: Cell, names: readonly string[], words: ReportWords, labels: Labels): ReportLine {
  const [sender, recipient, ...others] = names.map((name) => nameOf(name, String(cell[name]), words, labels))
  const isPair = names[0] === 'sender' && names[1] === 'recipient'
  const counts = Object.fromEntries(
    Object.entries(cell).filter(([member, value]) => typeof value === 'number' && !names.includes(member)),
  ) as Record<string, number>
  return {
    name: (isPair ? [`${sender} → ${recipient}`, ...others] : [sender, recipient, ...others])
      .filter(Boolean)
      .join('; '),
    counts: formCounts(counts, words),
    isSmall: cell.isSmall === true,
  }
}

/** The label of a word; a word without one names itself. */
function nameOf(member: string, word: string, words: ReportWords, labels: Labels): string {
  if (member === 'what') return words.looks[word] ?? word
  if (member === 'reason') return words.reasons[word] ?? word
  if (member === 'legalBasis') return labels.file(word)
  return ['sender', 'recipient', 'by', 'party'].includes(member) ? nameClient(word, labels) : word
}

/** Columns without a count are left out, unless all are. */
function formCounts(counts: Readonly<Record<string, number>>, words: ReportWords): ReportLine['counts'] {
  const columns = Object.entries(counts)
  const present = columns.filter(([, count]) => count > 0)
  return (present.length > 0 && columns.length > 1 ? present : columns).map(([column, count]) => ({
    column: columns.length === 1 ? '' : (words.columns[column] ?? column),
    count,
  }))
}

const formatPolicy = (
  {
    leafIndex,
    at,
    step,
    policyHash,
    sourceHash,
    proposedBy,
    approvedBy,
    withdrawnBy,
  }: MonthlyReport['policies'][number],
  labels: Labels,
) =>
  [
    `${leafIndex}: ${at} ${step} ${policyHash ?? sourceHash}`,
    ...[proposedBy, approvedBy, withdrawnBy].flatMap((by) => (by === undefined ? [] : [nameClient(by, labels)])),
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

function formRederivation({ rederivation, unreadable }: MonthlyReport, words: ReportWords): readonly ReportLine[] {
  if (!rederivation) return [plain(words.noSets)]
  const { agreeing, deviating, notRederived, places } = rederivation
  return [
    { ...plain(''), counts: formCounts({ agreeing, deviating, notRederived }, words) },
    ...(places.length > 0 ? [plain(words.places(places))] : []),
    ...(unreadable > 0 ? [plain(words.unreadable(unreadable))] : []),
  ]
}
