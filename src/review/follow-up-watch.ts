import type { ExchangeRecord } from '../audit/record/exchange.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import { ACKNOWLEDGE_DAYS } from '../exchange/inbox/inbox-list.ts'
import type { GatewayWords } from '../model/vocabulary.ts'
import { createTally, type Tally } from './tally.ts'

/** The time that a recipient has. */
export interface FollowUpTerms {
  /** Days from the inbox to the acknowledgement. */
  readonly acknowledgeDays: number
  /** Days from the inbox to the feedback. */
  readonly feedbackDays: number
}

/**
 * No statute names a term. An inbox calls a delivery overdue after the first; a month is what reporters are told to expect before
 * they hear more (letter of 9 July 2025: every signal is followed up and gets feedback).
 */
export const DEFAULT_TERMS: FollowUpTerms = { acknowledgeDays: ACKNOWLEDGE_DAYS, feedbackDays: 30 }

/** Words of a rule set that say which reports are owed feedback, also where no duty says so. */
export type FollowUpWords = NonNullable<GatewayWords['followUp']>

const PAIR = ['sender', 'recipient'] as const
type Pair = Readonly<Record<(typeof PAIR)[number], string>>

/** What was overdue at one moment. */
export interface Overdue {
  readonly acknowledgements: Tally<'sender' | 'recipient', 'overdue' | 'neverFetched'>
  readonly feedback: Tally<'sender' | 'recipient', 'overdue'>
}

export interface FollowUpWatch {
  /**
   * Takes the next record of the log.
   * @param followUp the words of its rule set that say which reports are owed feedback, where those are known
   */
  add(record: AuditRecord, time: number, followUp?: FollowUpWords): void
  /**
   * What was overdue at each of the moments; call it after the last record.
   * @param until the end of what was read, in milliseconds; a later moment counts as this one
   */
  finish(until: number): readonly Overdue[]
  /** Whether the recipient ever fetched what an exchange delivered; undefined for an exchange that is not watched any more. */
  wasFetched(exchangeId: string): boolean | undefined
}

/** An exchange that its recipient must still act on. Moments in milliseconds; absent when it did not happen. */
interface Open extends Pair {
  inbox?: number
  fetched?: number
  isAcknowledged: boolean
  owesFeedback: boolean
}

const DAY_MS = 86_400_000

/**
 * Follows every delivery until its recipient acknowledged it and, where feedback is owed, gave feedback. Feedback is owed where the
 * decision carries the duty `terugkoppelen` for the recipient, and for every report whose kind and recipient the vocabulary names
 * for it (`gevolgen`, `opvolging`); the groups of a recipient are those of its `party` records. Answers owe none.
 *
 * Memory grows with the number of open exchanges, and with the number of notices: their acknowledgement is not that of the exchange
 * they are about.
 *
 * @param moments ascending moments at which to count what was overdue, in milliseconds
 */
export function watchFollowUp(moments: readonly number[], terms: FollowUpTerms): FollowUpWatch {
  const open = new Map<string, Open>()
  const notices = new Set<string>()
  const groups = new Map<string, readonly string[]>()
  const overdue = moments.map(
    (): Overdue => ({
      acknowledgements: createTally(PAIR, ['overdue', 'neverFetched'], ['overdue']),
      feedback: createTally(PAIR, ['overdue']),
    }),
  )

  /** Counts the exchange as overdue at every moment after its due date and before the acknowledgement. */
  function closeAcknowledgement(exchange: Open, time: number, until = Number.POSITIVE_INFINITY): void {
    if (exchange.isAcknowledged || exchange.inbox === undefined) return
    exchange.isAcknowledged = true
    const { sender, recipient, fetched = Number.POSITIVE_INFINITY } = exchange
    const due = exchange.inbox + terms.acknowledgeDays * DAY_MS
    for (const [index, end] of moments.entries()) {
      const moment = Math.min(end, until)
      if (due >= moment || time < moment) continue
      overdue[index]!.acknowledgements.add({ sender, recipient }, 'overdue')
      if (fetched >= moment) overdue[index]!.acknowledgements.add({ sender, recipient }, 'neverFetched')
    }
  }

  function closeFeedback(exchange: Open, time: number, until = Number.POSITIVE_INFINITY): void {
    if (!exchange.owesFeedback || exchange.inbox === undefined) return
    exchange.owesFeedback = false
    const { sender, recipient } = exchange
    const due = exchange.inbox + terms.feedbackDays * DAY_MS
    for (const [index, end] of moments.entries()) {
      const moment = Math.min(end, until)
      if (due < moment && time >= moment) overdue[index]!.feedback.add({ sender, recipient }, 'overdue')
    }
  }

  function forgetWhenDone(id: string, exchange: Open): void {
    if (exchange.isAcknowledged && !exchange.owesFeedback) open.delete(id)
  }

  function closeAll(id: string, time: number): void {
    const exchange = open.get(id)
    if (!exchange) return
    closeAcknowledgement(exchange, time)
    closeFeedback(exchange, time)
    open.delete(id)
  }

  const owesFeedback = ({ kind, recipient, inReplyTo, duties }: ExchangeRecord, followUp?: FollowUpWords): boolean =>
    duties.some((duty) => duty.kind === 'terugkoppelen' && duty.for === 'ontvanger') ||
    (followUp !== undefined &&
      inReplyTo === undefined &&
      followUp.kinds.includes(kind) &&
      (groups.get(recipient) ?? []).some((group) => followUp.groups.includes(group)))

  function follow(record: AuditRecord, time: number, followUp?: FollowUpWords): void {
    switch (record.type) {
      case 'party':
        groups.set(record.party, record.step === 'removed' ? [] : record.groups)
        return
      case 'exchange': {
        if (record.sealed === undefined) return
        const { id, sender, recipient, outcome } = record
        const isHeld = outcome === 'in-afwachting'
        open.set(id, {
          sender,
          recipient,
          ...(!isHeld && { inbox: time }),
          isAcknowledged: false,
          owesFeedback: owesFeedback(record, followUp),
        })
        return
      }
      case 'approved': {
        const exchange = open.get(record.exchangeId)
        if (exchange && record.remaining === 0) exchange.inbox ??= time
        return
      }
      case 'delivered':
      case 'acknowledged': {
        const exchange = open.get(record.exchangeId ?? '')
        if (!exchange || notices.has(record.deliveryId)) return
        exchange.fetched ??= time
        if (record.type === 'acknowledged') closeAcknowledgement(exchange, time)
        forgetWhenDone(record.exchangeId!, exchange)
        return
      }
      case 'feedback': {
        const exchange = open.get(record.exchangeId)
        if (!exchange) return
        closeFeedback(exchange, time)
        forgetWhenDone(record.exchangeId, exchange)
        return
      }
      case 'erased': {
        // Destroyed content can no longer be acknowledged; a recipient that fetched it in time still owes its feedback.
        const exchange = open.get(record.exchangeId)
        if (!exchange) return
        closeAcknowledgement(exchange, time)
        if (exchange.fetched === undefined) closeAll(record.exchangeId, time)
        else forgetWhenDone(record.exchangeId, exchange)
        return
      }
      case 'refused':
      case 'expired':
        open.delete(record.exchangeId)
        return
      case 'recalled':
        if (record.deliveryId !== undefined) notices.add(record.deliveryId)
        closeAll(record.exchangeId, time)
        return
      case 'match':
        if (record.deliveryId !== undefined) notices.add(record.deliveryId)
    }
  }

  return {
    add: follow,
    wasFetched(exchangeId) {
      const exchange = open.get(exchangeId)
      return exchange && exchange.fetched !== undefined
    },
    finish(until) {
      for (const exchange of open.values()) {
        closeAcknowledgement(exchange, Number.POSITIVE_INFINITY, until)
        closeFeedback(exchange, Number.POSITIVE_INFINITY, until)
      }
      open.clear()
      return overdue
    },
  }
}
