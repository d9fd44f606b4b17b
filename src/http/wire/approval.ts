import { z } from 'zod'
import type { ApprovalAnswer } from '../../exchange/approvals.ts'
import type { Approval } from '../../exchange/retention.ts'
import { instant, word } from '../../model/answer-parts.ts'
import { decision } from '../../model/decision-schema.ts'
import { MAX_MEMBERS } from '../../model/rule-file-bounds.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { receipt } from './receipt.ts'

/** Exchanges that wait for approval. */

const holdStatus = z.enum(['waiting', 'approved', 'refused', 'expired'])

const approvers = z
  .array(word)
  .max(MAX_MEMBERS)
  .readonly()
  .describe('Client ids of the people of the sender who can give an approval now')

export const approval = z
  .object({
    status: holdStatus,
    remaining: z.number().int().nonnegative().describe('How many approvals are still needed'),
    approvers,
    given: z
      .array(z.object({ by: word, at: instant }).readonly())
      .max(MAX_MEMBERS)
      .readonly()
      .describe('Who gave an approval so far, oldest first'),
    expiresAt: instant.describe('Moment after which nobody can approve and the sealed content is destroyed'),
  })
  .readonly()
  .describe('State of an exchange that needs the approval of more than one person') satisfies z.ZodType<Approval>

export const heldExchange = z.object({
  id: z.uuid(),
  recipient: word,
  at: instant,
  submittedBy: word.describe('Client id of the submitter'),
  approvals: z
    .array(z.object({ by: word, at: instant }))
    .max(MAX_MEMBERS)
    .readonly(),
  approval,
  decision,
  receipt: receipt.describe('Its record has the purpose, the roles and what was stated of each person'),
})
export const approvalList = z.object({
  exchanges: z.array(heldExchange).max(PAGE_SIZE).readonly(),
  hasMore: z.boolean(),
})
export const approvalAnswer = z
  .object({ status: holdStatus, remaining: z.number().int().nonnegative(), approvers, receipt })
  .readonly() satisfies z.ZodType<ApprovalAnswer>
