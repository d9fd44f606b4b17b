import type { Party } from '../model/party.ts'
import type { Duty } from '../model/rule.ts'
import { listApprovers, peopleNeeded } from '../policy/clients.ts'
import type { HoldStatus, StoredHold } from '../ports/stored.ts'

/** The duties that the gateway carries out itself: it destroys content in time, and it waits for approval. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Hours that a held exchange waits: a working week has a weekend in it, and sealed content should not be kept for longer. */
export const DEFAULT_APPROVAL_HOURS = 72

/**
 * When the sealed content of an exchange must be destroyed, by its duties: the shortest `bewaartermijn` of the recipient or the
 * gateway, counted from the exchange in whole days of 24 hours. What the sender must do with its own files is not ours.
 */
export function eraseMoment(duties: readonly Duty[], at: Date): Date | undefined {
  const days = duties.flatMap((duty) =>
    duty.kind === 'bewaartermijn' && duty.for !== 'afzender' && duty.retentionDays !== undefined
      ? [duty.retentionDays]
      : [],
  )
  return days.length === 0 ? undefined : new Date(at.getTime() + Math.min(...days) * DAY_MS)
}

/** How far the approval of a held exchange is. */
export interface Approval {
  readonly status: HoldStatus
  /** How many approvals are still needed. */
  readonly remaining: number
  /** Client ids of the people who can give them now: neither the submitter nor anybody who approved already. */
  readonly approvers: readonly string[]
  /** Who gave one, oldest first: client ids, with the moment of each. */
  readonly given: StoredHold['approvals']
  readonly expiresAt: string
}

/**
 * How many approvals a decision requires besides the submission. The submitter counts when it is a person. A system counts as
 * nobody: whoever holds its key could be the one who approves, and then one person would be all four eyes.
 *
 * @param submittedBy client id of the person who submits; absent when the party's own system does
 */
export const approvalsNeeded = (duties: readonly Duty[], submittedBy: string | undefined): number =>
  peopleNeeded(duties) - (submittedBy === undefined ? 0 : 1)

/** The present state of a held exchange; `approvers` follows the parties as they are now. */
export function formApproval(
  parties: ReadonlyMap<string, Party>,
  { exchange, submittedBy, status, approvalsNeeded: needed, approvals, expiresAt }: StoredHold,
): Approval {
  return {
    status,
    remaining: needed - approvals.length,
    approvers:
      status === 'waiting'
        ? listApprovers(parties.get(exchange.sender), [submittedBy, ...approvals.map(({ by }) => by)])
        : [],
    given: approvals,
    expiresAt,
  }
}

/** When a held exchange expires: after the hours that the gateway allows, and never later than its content must be destroyed. */
export function expiryMoment(at: Date, eraseAt: Date | undefined, approvalHours = DEFAULT_APPROVAL_HOURS): Date {
  const expiry = new Date(at.getTime() + approvalHours * HOUR_MS)
  return eraseAt !== undefined && eraseAt < expiry ? eraseAt : expiry
}
