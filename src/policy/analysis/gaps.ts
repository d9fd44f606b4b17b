import { compareText } from '../../encoding/text-order.ts'
import { legalDate } from '../legal-date.ts'
import type { PolicySet } from '../policy-set.ts'

/** The persons of one role in one refused report, in words only. */
export interface Refusal {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  /** Instant, RFC 3339. */
  readonly at: string
  readonly role: string
  /** Requested fields. */
  readonly fields: readonly string[]
}

/** How many reports of the same kind were refused. */
export interface LegalGap {
  /** Group of the sender; the sender itself when it is in no group. */
  readonly senderGroup: string
  readonly recipient: string
  readonly purpose: string
  readonly role: string
  readonly fields: readonly { readonly field: string; readonly count: number }[]
  readonly reports: number
  /** Calendar month in Europe/Amsterdam, `YYYY-MM`, oldest first. */
  readonly months: readonly { readonly month: string; readonly reports: number }[]
  /** Fewer than {@link SMALL_CELL}: combined with other data it may identify somebody. */
  readonly isSmall: boolean
}

/** Counts below this are marked, as the Counter Trafficking Data Collaborative does with its own. */
export const SMALL_CELL = 11

/** Counts refusals one by one, so that a reader of a whole log holds no more than the counts. */
export interface GapTally {
  add(refusal: Refusal): void
  /** Most frequent first. */
  gaps(): readonly LegalGap[]
}

/**
 * Counts refused reports by group of senders, recipient, purpose, role and fields, over time. A sender in several groups counts in
 * each. Contains no personal data.
 */
export function createGapTally(set: PolicySet): GapTally {
  const cells = new Map<string, Cell>()
  return {
    add(refusal) {
      const groups = set.parties.get(refusal.sender)?.groups ?? []
      for (const senderGroup of groups.length === 0 ? [refusal.sender] : groups) {
        const { recipient, purpose, role } = refusal
        const key = [senderGroup, recipient, purpose, role].join(' ')
        const cell = cells.get(key) ?? {
          of: { senderGroup, recipient, purpose, role },
          reports: 0,
          fields: new Map(),
          months: new Map(),
        }
        cells.set(key, cell)
        count(cell, refusal)
      }
    },
    gaps: () =>
      [...cells]
        .map(([key, cell]) => ({ key, gap: formGap(cell) }))
        .toSorted((a, b) => b.gap.reports - a.gap.reports || compareText(a.key, b.key))
        .map(({ gap }) => gap),
  }
}

interface Cell {
  readonly of: Pick<LegalGap, 'senderGroup' | 'recipient' | 'purpose' | 'role'>
  reports: number
  readonly fields: Map<string, number>
  readonly months: Map<string, number>
}

function count(cell: Cell, { at, fields: asked }: Refusal): void {
  const { fields, months } = cell
  const month = legalDate(at).slice(0, 7)
  cell.reports += 1
  months.set(month, (months.get(month) ?? 0) + 1)
  for (const field of new Set(asked)) fields.set(field, (fields.get(field) ?? 0) + 1)
}

const formGap = ({ of, reports, fields, months }: Cell): LegalGap => ({
  ...of,
  fields: [...fields]
    .map(([field, count]) => ({ field, count }))
    .sort((a, b) => b.count - a.count || compareText(a.field, b.field)),
  reports,
  months: [...months].sort(([a], [b]) => compareText(a, b)).map(([month, own]) => ({ month, reports: own })),
  isSmall: reports < SMALL_CELL,
})
