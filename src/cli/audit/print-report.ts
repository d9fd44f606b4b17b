import { OPERATOR } from '../../audit/record/access.ts'
import type { HeartbeatFinding } from '../../audit/verify/heartbeats.ts'
import type { Language } from '../../model/language.ts'
import { REASON_WORDS } from '../../model/treatment-words.ts'
import type { Labels } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import { hasLogEvents, type LogEvents, type MonthlyReport } from '../../review/monthly-report.ts'
import { REPORT_FILTER_MEMBERS } from '../../review/select-exchanges.ts'
import { nameClient, RECORD_WORDS } from '../../review/words/describe-record.ts'
import { EVENT_WORDS, type EventWords, nameKeyEvent } from '../../review/words/event-words.ts'
import { filterNames } from '../../review/words/filter-names.ts'
import { REPORT_WORDS, type ReportWords } from './report-words.ts'

/** One line of a report: what it is about, and its counts under the names of their columns. */
export interface ReportLine {
  /** What the line is about, as one text. */
  readonly name: string
  /** The same, one text under each of the names of the section; empty for a sentence. */
  readonly cells: readonly string[]
  /** Every column of the section, also where nothing was counted. */
  readonly counts: readonly { readonly column: string; readonly count: number }[]
  /** Below the small cell: not for publication. */
  readonly isSmall: boolean
}

export interface ReportSection {
  readonly heading: string
  /** What the cells of the lines are; empty for totals and for sentences. */
  readonly names: readonly string[]
  readonly lines: readonly ReportLine[]
}

/** A monthly report in words, by heading. */
export interface ReportText {
  readonly title: string
  readonly lead: string
  readonly sections: readonly ReportSection[]
  /** What the mark of small counts means; present when there are any. */
  readonly note?: string
}

/** A member of the cells of a report that words identify, and how people read it. */
interface Name {
  readonly member: string
  readonly heading: string
  label(word: string): string
}
type Cell = Readonly<Record<string, unknown>>

/**
 * Puts a monthly report in words; whatever has a label is shown by it. Empty headings are left out, except those that a reader must
 * see to be empty.
 */
export function formReportText(report: MonthlyReport, language: Language, labels: Labels): ReportText {
  const words = REPORT_WORDS[language]
  const name = namesOf(language, labels)
  const section = (heading: string, lines: readonly ReportLine[], none?: string): ReportSection[] => {
    if (lines.length > 0) return [{ heading, names: [], lines }]
    return none === undefined ? [] : [{ heading, names: [], lines: [plain(none)] }]
  }
  const counted = (heading: string, cells: readonly Cell[], names: readonly Name[], none?: string): ReportSection[] =>
    cells.length === 0
      ? section(heading, [], none)
      : [{ heading, names: names.map((one) => one.heading), lines: cells.map((cell) => formLine(cell, names, words)) }]
  const total = (counts: Readonly<Record<string, number>>) => [{ ...plain(''), counts: formCounts(counts, words) }]
  const { holds, deliveries, terms } = report
  const pair = [name.sender, name.recipient]
  const formEvents = (report: LogEvents): ReportSection[] => [
    ...counted(words.outsideOfficeHours, report.outsideOfficeHours, [name.by, name.what], words.none),
    ...counted(words.searches, report.searches, [name.by], words.none),
    ...counted(words.limits, report.limits, [name.by, name.limit]),
    ...counted(words.keys, report.keys, [name.event]),
    ...formPolicies(report.policies, language, labels),
    ...counted(words.parties, report.parties, [name.party, name.partyStep]),
    ...section(
      words.heartbeats(report.heartbeats.count),
      report.heartbeats.findings.map((finding) => plain(formatHeartbeat(finding, words, EVENT_WORDS[language]))),
      words.none,
    ),
    ...section(
      words.epochs,
      report.epochs.map((epoch) => plain(words.epoch(epoch, EVENT_WORDS[language].epochReason[epoch.reason]))),
    ),
    ...counted(words.logReads, report.logReads, [name.by, name.use], words.none),
  ]
  const sections = [
    ...counted(words.exchanges, report.exchanges, [...pair, name.legalBasis], words.none),
    ...counted(words.checks, report.checks, [name.sender]),
    ...counted(words.refusals, report.refusals, [...pair, name.reason]),
    ...section(words.holds, total(holds)),
    ...section(words.deliveries, total(deliveries)),
    ...counted(words.acknowledgements(terms.acknowledgeDays), report.acknowledgements, pair, words.none),
    ...counted(words.feedback(terms.feedbackDays), report.feedback, pair, words.none),
    ...counted(words.recalls, report.recalls, [name.recallGround]),
    ...counted(words.erasures, report.erasures, [name.erasureGround]),
    ...section(words.rederivation, formRederivation(report, words)),
    ...(hasLogEvents(report) ? formEvents(report) : []),
  ]
  const last = legalDate(new Date(Date.parse(report.until) - 1))
  return {
    title: words.title(report.month, legalDate(report.from), last),
    lead: [
      words.records(report.records),
      ...(report.isOver ? [] : [words.notOver]),
      ...formFilter(report, language, labels),
    ].join('; '),
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
export function formatLine(line: ReportLine): string {
  const { name, counts, isSmall } = line
  const text = presentCounts(line)
    .map(({ column, count }) => (counts.length === 1 ? `${count}` : `${column} ${count}`))
    .join(', ')
  return `${[name, text].filter((part) => part !== '').join(': ')}${isSmall ? ' *' : ''}`
}

/** The counts without those of nothing, unless all are. */
export function presentCounts({ counts }: ReportLine): ReportLine['counts'] {
  const present = counts.filter(({ count }) => count > 0)
  return present.length > 0 ? present : counts
}

const plain = (name: string): ReportLine => ({ name, cells: [], counts: [], isSmall: false })

function formLine(cell: Cell, names: readonly Name[], words: ReportWords): ReportLine {
  const cells = names.map(({ member, label }) => label(String(cell[member])))
  const [sender, recipient, ...others] = cells
  const isPair = names[0]?.member === 'sender' && names[1]?.member === 'recipient'
  const counts = Object.fromEntries(
    Object.entries(cell).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
  return {
    name: (isPair ? [`${sender} → ${recipient}`, ...others] : cells).join('; '),
    cells,
    counts: formCounts(counts, words),
    isSmall: cell.isSmall === true,
  }
}

const formCounts = (counts: Readonly<Record<string, number>>, words: ReportWords): ReportLine['counts'] =>
  Object.entries(counts).map(([column, count]) => ({ column: words.columns[column] ?? column, count }))

/** What identifies the cells of a report. A word without a label, of a newer version or a removed party, names itself. */
function namesOf(language: Language, labels: Labels) {
  const words = REPORT_WORDS[language]
  const events = EVENT_WORDS[language]
  const { names } = words
  const who = (client: string) => (client === OPERATOR ? events.operator : nameClient(client, labels))
  const from = (known: Readonly<Record<string, string>>) => (word: string) => known[word] ?? word
  return {
    sender: { member: 'sender', heading: names.sender, label: who },
    recipient: { member: 'recipient', heading: names.recipient, label: who },
    by: { member: 'by', heading: names.by, label: who },
    party: { member: 'party', heading: names.party, label: who },
    legalBasis: {
      member: 'legalBasis',
      heading: names.legalBasis,
      label: (word: string) => (word === '' ? words.noBasis : labels.file(word)),
    },
    reason: { member: 'reason', heading: names.reason, label: from(REASON_WORDS[language]) },
    what: { member: 'what', heading: names.what, label: from(words.looks) },
    recallGround: { member: 'ground', heading: names.reason, label: from(events.recallGround) },
    erasureGround: { member: 'ground', heading: names.reason, label: from(events.erasureGround) },
    limit: { member: 'limit', heading: names.limit, label: from(events.limit) },
    event: { member: 'event', heading: names.event, label: (word: string) => nameKeyEvent(word, events) },
    partyStep: { member: 'step', heading: names.event, label: from(events.partyStep) },
    use: { member: 'use', heading: names.use, label: from(events.use) },
  } satisfies Readonly<Record<string, Name>>
}

function formFilter({ filter }: MonthlyReport, language: Language, labels: Labels): readonly string[] {
  if (!filter) return []
  const { filterMember } = RECORD_WORDS[language]
  const name = filterNames(language, labels)
  const asked = REPORT_FILTER_MEMBERS.flatMap((member) => {
    const word = filter[member]
    return word === undefined ? [] : [`${filterMember[member]} ${name[member](word)}`]
  })
  return [`${REPORT_WORDS[language].only} ${asked.join(', ')}`]
}

function formPolicies(policies: LogEvents['policies'], language: Language, labels: Labels): ReportSection[] {
  const words = REPORT_WORDS[language]
  const steps: Readonly<Record<string, string>> = EVENT_WORDS[language].policyStep
  if (policies.length === 0) return []
  const lines = policies.map(
    ({ leafIndex, at, step, policyHash, sourceHash, proposedBy, approvedBy, withdrawnBy }): ReportLine => {
      const officers = [proposedBy, approvedBy, withdrawnBy]
        .flatMap((by) => (by === undefined ? [] : [nameClient(by, labels)]))
        .join(', ')
      const cells = [String(leafIndex), at, steps[step] ?? step, policyHash ?? sourceHash, officers]
      return { ...plain(cells.filter((cell) => cell !== '').join('; ')), cells }
    },
  )
  const { record, moment, event, policyHash, officers } = words.names
  return [{ heading: words.policies, names: [record, moment, event, policyHash, officers], lines }]
}

function formatHeartbeat(finding: HeartbeatFinding, words: ReportWords, { recordType }: EventWords): string {
  const names: Readonly<Record<string, string>> = recordType
  switch (finding.kind) {
    case 'silence':
      return words.silence(finding.since, finding.seconds, finding.records, finding.isStopped)
    case 'miscount':
      return words.miscount(
        finding.leafIndex,
        finding.types.map(({ type, counted, found }) => `${names[type] ?? type} ${counted}/${found}`).join(', '),
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
