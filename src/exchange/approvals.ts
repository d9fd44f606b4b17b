import { formatApprovalRecord, formatDiscardRecord } from '../audit/record/hold.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { type SluisError, sluisError } from '../errors.ts'
import type { Receipt, StoredHold } from '../ports/stored.ts'
import { formAnswered, formFeedbackRecords, type Reply } from './feedback.ts'
import type { Gateway } from './gateway.ts'
import { formApproval } from './retention.ts'

/** The state of a held exchange after a step, and the receipt of that step. */
export interface ApprovalAnswer {
  readonly status: StoredHold['status']
  /** How many approvals are still needed. */
  readonly remaining: number
  /** Client ids of the people who can give them now. */
  readonly approvers: readonly string[]
  readonly receipt: Receipt
}

// Every round that answers `stale` means that another person took a step, and there are only so many steps.
const MAX_ROUNDS = 8

/**
 * Records the approval of one more person. With the last approval the delivery enters the inbox of the recipient, and feedback is
 * recorded, in the same commit.
 *
 * @param by client id of a person of the sender's party
 * @returns undefined when this sender has no such held exchange
 * @throws SluisError `approval-not-waiting`, `approval-same-person` (the submitter, or a person who approved already), `log-unavailable`
 */
export async function approveExchange(
  gateway: Gateway,
  sender: string,
  by: string,
  exchangeId: string,
): Promise<ApprovalAnswer | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const at = gateway.clock().toISOString()
    const hold = await gateway.store.findHold(sender, exchangeId)
    if (!hold) return undefined
    checkApprover(hold, by, at)
    if (hold.approvals.some((approval) => approval.by === by)) throw samePerson()
    const remaining = hold.approvalsNeeded - hold.approvals.length - 1
    const record = formatApprovalRecord({ type: 'approved', at, exchangeId, by, remaining, nonce: gateway.random(16) })
    const reply = remaining === 0 ? readReply(hold) : undefined
    const result = await gateway.queue.commit({
      record,
      ...(reply && { furtherRecords: formFeedbackRecords(gateway, at, reply), ...formAnswered(at, reply) }),
      approve: { exchangeId, by, at, remaining },
    })
    if (result.status === 'committed') {
      const given = [...hold.approvals, { by, at }]
      const status = remaining === 0 ? 'approved' : 'waiting'
      const { approvers } = formApproval(gateway.policySet.parties, { ...hold, status, approvals: given })
      return { status, remaining, approvers, receipt: result.receipt }
    }
  }
  throw notWaiting()
}

/**
 * Stops a held exchange: its sealed content and salts are destroyed in the commit that records it.
 *
 * @param by client id of a person of the sender's party
 * @returns undefined when this sender has no such held exchange
 * @throws SluisError `approval-not-waiting`, `approval-same-person` (the submitter), `log-unavailable`
 */
export async function refuseExchange(
  gateway: Gateway,
  sender: string,
  by: string,
  exchangeId: string,
): Promise<ApprovalAnswer | undefined> {
  const at = gateway.clock().toISOString()
  const hold = await gateway.store.findHold(sender, exchangeId)
  if (!hold) return undefined
  checkApprover(hold, by, at)
  const record = formatDiscardRecord({ type: 'refused', at, exchangeId, by, nonce: gateway.random(16) })
  const result = await gateway.queue.commit({ record, discard: { exchangeId, status: 'refused', at } })
  if (result.status !== 'committed') throw notWaiting()
  return {
    status: 'refused',
    remaining: hold.approvalsNeeded - hold.approvals.length,
    approvers: [],
    receipt: result.receipt,
  }
}

function readReply({ exchange }: StoredHold): Reply {
  const record = parseRecord(exchange.receipt.record)
  if (record.type !== 'exchange') throw new Error('the receipt of an exchange is of another record')
  return record
}

function checkApprover(hold: StoredHold, by: string, at: string): void {
  if (hold.status !== 'waiting' || hold.expiresAt <= at) throw notWaiting()
  if (hold.submittedBy === by) throw samePerson()
}

const notWaiting = (): SluisError =>
  sluisError('approval-not-waiting', {
    nl: 'deze uitwisseling wacht niet meer (goedgekeurd, geweigerd of verlopen); vraag haar op om te zien welke van de drie',
    en: 'this exchange is no longer waiting (approved, refused or expired); fetch it to see which',
  })

const samePerson = (): SluisError =>
  sluisError('approval-same-person', {
    nl: 'u hebt deze uitwisseling zelf ingediend of al goedgekeurd; vraag een collega met `exchange:approve`',
    en: 'you submitted or already approved this exchange; ask a colleague with `exchange:approve`',
  })
