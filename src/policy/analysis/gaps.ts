import { compareText } from '../../encoding/text-order.ts'
import { legalDate } from '../legal-date.ts'
import type { PolicySet } from '../policy-set.ts'

/** One person in one refused question, in words only. */
export interface Refusal {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  /** Instant, RFC 3339. */
  readonly at: string
  readonly role: string
  /** Requested fields. */
  readonly fields: readonly string[]
  /** False for a check, which sends nothing. */
  readonly isExchange: boolean
}

/** How often the same kind of exchange lacked a legal basis. */
export interface LegalGap {
  /** Group of the sender; the sender itself when it is in no group. */
  readonly senderGroup: string
  readonly recipient: string
  readonly purpose: string
  readonly role: string
  readonly fields: readonly { readonly field: string; readonly count: number }[]
  readonly exchanges: number
  readonly checks: number
  /** Calendar month in Europe/Amsterdam, `YYYY-MM`, oldest first. */
  readonly months: readonly { readonly month: string; readonly exchanges: number; readonly checks: number }[]
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
 * Counts refusals for lack of a legal basis by group of senders, recipient, purpose, role and fields, over time. Counts data
 * subjects, not exchanges. Evidence for the people who write the law; contains no personal data.
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
          total: nothing(),
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
        .toSorted((a, b) => sizeOf(b.gap) - sizeOf(a.gap) || compareText(a.key, b.key))
        .map(({ gap }) => gap),
  }
}

interface Counts {
  exchanges: number
  checks: number
}

interface Cell {
  readonly of: Pick<LegalGap, 'senderGroup' | 'recipient' | 'purpose' | 'role'>
  readonly total: Counts
  readonly fields: Map<string, number>
  readonly months: Map<string, Counts>
}

const nothing = (): Counts => ({ exchanges: 0, checks: 0 })

const sizeOf = ({ exchanges, checks }: Counts): number => exchanges + checks

function count({ total, fields, months }: Cell, { at, fields: asked, isExchange }: Refusal): void {
  const month = legalDate(at).slice(0, 7)
  const own = months.get(month) ?? nothing()
  months.set(month, own)
  for (const counts of [total, own]) counts[isExchange ? 'exchanges' : 'checks'] += 1
  for (const field of new Set(asked)) fields.set(field, (fields.get(field) ?? 0) + 1)
}

const formGap = ({ of, total, fields, months }: Cell): LegalGap => ({
  ...of,
  fields: [...fields]
    .map(([field, count]) => ({ field, count }))
    .sort((a, b) => b.count - a.count || compareText(a.field, b.field)),
  ...total,
  months: [...months].sort(([a], [b]) => compareText(a, b)).map(([month, own]) => ({ month, ...own })),
  isSmall: sizeOf(total) < SMALL_CELL,
})
