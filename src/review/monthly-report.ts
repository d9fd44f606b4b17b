import type { EpochReason } from '../audit/record/epoch.ts'
import type { PolicyRecord } from '../audit/record/policy.ts'
import type { HeartbeatFinding } from '../audit/verify/heartbeats.ts'
import type { FollowUpTerms } from './follow-up-watch.ts'
import type { ReportFilter } from './select-exchanges.ts'
import type { Cell, Count } from './tally.ts'

/**
 * The monthly report: counts, words of the vocabulary, party ids, hashes and leaf indexes. It contains no personal data, and
 * nothing is broken down by role, purpose, field, circumstance or day, because somebody who knows a case could recognise a victim
 * in such a cell. Cells below `smallCell` are marked, as in the gap report: they are not for publication.
 */
export interface MonthlyReport extends Partial<LogEvents> {
  /** Only exchanges and checks that match, and what happened to those exchanges. Then there are no `LogEvents`. */
  readonly filter?: ReportFilter
  /** `YYYY-MM`, a calendar month in Europe/Amsterdam. */
  readonly month: string
  /** Half-open, RFC 3339 in UTC. */
  readonly from: string
  readonly until: string
  /** False for a month that had not ended yet. */
  readonly isOver: boolean
  readonly smallCell: number
  readonly records: number
  /** Exchanges by outcome, refused ones included. */
  readonly exchanges: readonly Cell<
    'sender' | 'recipient' | 'legalBasis',
    'verstrekt' | 'gedeeltelijk' | 'in-afwachting' | 'geweigerd'
  >[]
  /** Checks beforehand, of which nothing was sent. */
  readonly checks: readonly Cell<'sender', 'permitted' | 'refused'>[]
  /** Of the exchanges: refusals that stayed, that were refused again within the hour, and that passed within the hour. */
  readonly refusals: readonly Cell<
    'sender' | 'recipient' | 'reason',
    'exchanges' | 'stayed' | 'retried' | 'repaired' | 'checks'
  >[]
  readonly holds: Readonly<Record<'held' | 'approved' | 'refused' | 'expired', number>>
  readonly deliveries: Readonly<Record<'handedOver' | 'acknowledged' | 'fedBack', number>>
  /** Deliveries whose acknowledgement was overdue at the end of the month, and how many of them were never fetched either. */
  readonly acknowledgements: readonly Cell<'sender' | 'recipient', 'overdue' | 'neverFetched'>[]
  /** Exchanges whose feedback was overdue at the end of the month. */
  readonly feedback: readonly Cell<'sender' | 'recipient', 'overdue'>[]
  readonly terms: FollowUpTerms
  readonly recalls: readonly Cell<'ground', 'count'>[]
  /** `neverFetched`: destroyed before its recipient fetched it. */
  readonly erasures: readonly Cell<'ground', 'count' | 'neverFetched'>[]
  /** Whether recorded decisions follow from their rule sets; absent when no rule sets were available. */
  readonly rederivation?: {
    readonly agreeing: number
    readonly deviating: number
    readonly notRederived: number
    /** Leaf indexes of those that do not agree, at most {@link MAX_PLACES}. */
    readonly places: readonly number[]
  }
  /** Records that this version cannot read; they are in no other count. */
  readonly unreadable: number
}

/** What is not about an exchange. */
export interface LogEvents {
  /** Access outside office hours (`office-hours.ts`). `by` is a party or a role at one, never a name. */
  readonly outsideOfficeHours: readonly Cell<'by' | 'what', 'count'>[]
  /** Searches for people: requests of data subjects, those that found nothing, and questions who somebody is. */
  readonly searches: readonly Cell<'by', 'subjectRequests' | 'foundNothing' | 'identityQuestions'>[]
  readonly limits: readonly Count<'by' | 'limit', 'count'>[]
  readonly keys: readonly Count<'event', 'count'>[]
  /** The step is `files` for a set that was put in force from the files, approved by nobody. */
  readonly policies: readonly ({ readonly leafIndex: number; readonly step: string } & Pick<
    PolicyRecord,
    'at' | 'policyHash' | 'sourceHash' | 'proposedBy' | 'approvedBy' | 'withdrawnBy'
  >)[]
  readonly parties: readonly Count<'party' | 'step', 'count'>[]
  readonly heartbeats: { readonly count: number; readonly findings: readonly HeartbeatFinding[] }
  readonly epochs: readonly {
    readonly leafIndex: number
    readonly reason: EpochReason
    readonly origin: string
    readonly previousOrigin: string
    /** Number of records that the old origin signed and this log lacks. */
    readonly lost: number
  }[]
  readonly logReads: readonly Count<'by' | 'use', 'reads' | 'records'>[]
}

/** Whether a report is of the whole log. */
export const hasLogEvents = (report: MonthlyReport): report is MonthlyReport & LogEvents => report.filter === undefined

export const MAX_PLACES = 100
