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

/**
 * Counts refusals for lack of a legal basis by group of senders, recipient, purpose, role and fields, over time. Counts data
 * subjects, not exchanges. Evidence for the people who write the law; contains no personal data. Most frequent first.
 */
export function countGaps(set: PolicySet, refusals: Iterable<Refusal>): readonly LegalGap[] {
  const keyed = [...refusals].flatMap((refusal) => {
    const groups = set.parties.get(refusal.sender)?.groups ?? []
    const senderGroups = groups.length === 0 ? [refusal.sender] : groups
    return senderGroups.map((senderGroup) => ({ ...refusal, senderGroup }))
  })
  const cells = Map.groupBy(keyed, ({ senderGroup, recipient, purpose, role }) =>
    [senderGroup, recipient, purpose, role].join(' '),
  )
  return [...cells]
    .map(([key, group]) => ({ key, gap: countGroup(group) }))
    .toSorted((a, b) => sizeOf(b.gap) - sizeOf(a.gap) || compareText(a.key, b.key))
    .map(({ gap }) => gap)
}

const sizeOf = ({ exchanges, checks }: Pick<LegalGap, 'exchanges' | 'checks'>): number => exchanges + checks

function countGroup(group: readonly (Refusal & { readonly senderGroup: string })[]): LegalGap {
  const { senderGroup, recipient, purpose, role } = group[0]!
  const months = Map.groupBy(group, ({ at }) => legalDate(at).slice(0, 7))
  const fields = Map.groupBy(
    group.flatMap((refusal) => [...new Set(refusal.fields)]),
    (field) => field,
  )
  return {
    senderGroup,
    recipient,
    purpose,
    role,
    fields: [...fields]
      .map(([field, asked]) => ({ field, count: asked.length }))
      .sort((a, b) => b.count - a.count || compareText(a.field, b.field)),
    ...count(group),
    months: [...months].sort(([a], [b]) => compareText(a, b)).map(([month, own]) => ({ month, ...count(own) })),
    isSmall: group.length < SMALL_CELL,
  }
}

const count = (group: readonly Refusal[]): { exchanges: number; checks: number } => {
  const exchanges = group.filter(({ isExchange }) => isExchange).length
  return { exchanges, checks: group.length - exchanges }
}
