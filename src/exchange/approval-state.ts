import type { Party } from '../model/party.ts'
import type { Duty } from '../model/rule.ts'
import { listApprovers, peopleNeeded } from '../policy/clients.ts'
import type { HoldStatus, StoredHold } from '../ports/stored.ts'

/** How far the approval of a held exchange is. */
export interface Approval {
  readonly status: HoldStatus
  /** How many approvals are still needed. */
  readonly remaining: number
  /** Client ids of the people who can give them now: neither the submitter nor anybody who approved already. */
  readonly approvers: readonly string[]
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
    expiresAt,
  }
}
