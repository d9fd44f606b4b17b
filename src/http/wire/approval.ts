import { z } from 'zod'
import type { ApprovalAnswer } from '../../exchange/approvals.ts'
import type { Approval } from '../../exchange/retention.ts'
import { decision } from '../../model/decision-schema.ts'
import { receipt } from './receipt.ts'

/** Exchanges that wait for approval. */

const holdStatus = z.enum(['waiting', 'approved', 'refused', 'expired'])

const approvers = z
  .array(z.string())
  .readonly()
  .describe('Client ids of the people of the sender who can give an approval now')

export const approval = z
  .object({
    status: holdStatus,
    remaining: z.number().int().nonnegative().describe('How many approvals are still needed'),
    approvers,
    expiresAt: z.iso.datetime().describe('Moment after which nobody can approve and the sealed content is destroyed'),
  })
  .readonly()
  .describe('State of an exchange that needs the approval of more than one person') satisfies z.ZodType<Approval>

export const heldExchange = z.object({
  id: z.uuid(),
  recipient: z.string(),
  at: z.iso.datetime(),
  submittedBy: z.string().describe('Client id of the submitter'),
  approvals: z.array(z.object({ by: z.string(), at: z.iso.datetime() })).readonly(),
  approval,
  decision,
})
export const approvalList = z.object({ exchanges: z.array(heldExchange).readonly(), hasMore: z.boolean() })
export const approvalAnswer = z
  .object({ status: holdStatus, remaining: z.number().int().nonnegative(), approvers, receipt })
  .readonly() satisfies z.ZodType<ApprovalAnswer>
