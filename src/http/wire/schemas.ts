import { z } from 'zod'
import type { ApprovalAnswer } from '../../exchange/approvals.ts'
import type { Approval, ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { ProposalAnswer } from '../../exchange/rule-sets/proposals.ts'
import type { ProposalReview } from '../../exchange/rule-sets/review-proposal.ts'
import {
  decision,
  duty,
  fieldDecision,
  localisedText,
  nearestMiss,
  outcome,
  ruleReference,
  subjectDecision,
} from '../../model/decision-schema.ts'
import type { GapReport } from '../../review/gap-report.ts'
import type { Problem } from '../problem.ts'
import { evaluation, evaluationRequest, evaluations, evaluationsRequest } from './authzen.ts'
import {
  acknowledgement,
  delivery,
  deliveryPage,
  deliveryReceiptPage,
  deliverySummary,
  match,
  matchAnswer,
  matchPage,
} from './inbox.ts'
import { auditWire } from './log-records.ts'
import { reviewWire } from './log-review.ts'
import { logStatus } from './log-status.ts'
import { policyWire } from './policy.ts'
import { recall, recallRequest } from './recall.ts'
import { receipt, receiptFile } from './receipt.ts'
import { sharedExchange, subjectRequestAnswer } from './subject-request.ts'

/** What the API answers with. Each schema is tied to the type it shows, so that they cannot drift apart. */

const holdStatus = z.enum(['waiting', 'approved', 'refused', 'expired'])

const approval = z
  .object({
    status: holdStatus,
    remaining: z.number().int().nonnegative().describe('How many approvals are still needed'),
    expiresAt: z.iso.datetime().describe('From then on nobody can approve, and the sealed content is destroyed'),
  })
  .readonly()
  .describe('Where an exchange stands that needs more than one person') satisfies z.ZodType<Approval>

const exchange = z
  .object({
    id: z.uuid(),
    outcome,
    decision,
    receipt,
    approval: approval.exactOptional(),
    recalledAt: z.iso.datetime().exactOptional().describe('When you took it back'),
  })
  .readonly() satisfies z.ZodType<ExchangeAnswer>

const exchangePage = z.object({
  exchanges: z
    .array(
      z
        .object({
          id: z.uuid(),
          recipient: z.string(),
          outcome,
          at: z.iso.datetime(),
          receipt,
          approval: approval.exactOptional(),
        })
        .readonly(),
    )
    .readonly(),
  cursor: z
    .uuid()
    .exactOptional()
    .describe('Send it along next time to go on from here; absent while there is nothing'),
  hasMore: z.boolean(),
})

const problem = z.looseObject({
  type: z.string().describe('Address of the page that explains the problem'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('What is wrong and how to mend it; never a value that was sent'),
  errors: z
    .array(z.object({ code: z.string(), pointer: z.string(), detail: z.string() }))
    .readonly()
    .exactOptional(),
}) satisfies z.ZodType<Problem>

const refusal = problem.extend({ id: z.uuid(), outcome, decision, receipt })

const check = z.object({
  decision,
  options: z
    .array(z.object({ legalBasis: z.string(), decision }))
    .readonly()
    .exactOptional(),
  receipt,
  summary: z
    .array(z.string())
    .readonly()
    .describe('What would happen and what would help, in sentences in your language'),
})

const heldExchange = z.object({
  id: z.uuid(),
  recipient: z.string(),
  at: z.iso.datetime(),
  submittedBy: z.string().describe('Client id of who submitted'),
  approvals: z.array(z.object({ by: z.string(), at: z.iso.datetime() })).readonly(),
  approval,
  decision,
})
const approvalList = z.object({ exchanges: z.array(heldExchange).readonly(), hasMore: z.boolean() })
const approvalAnswer = z
  .object({ status: holdStatus, remaining: z.number().int().nonnegative(), receipt })
  .readonly() satisfies z.ZodType<ApprovalAnswer>

// A path names a file inside the folder of the set: officers may unpack it, so it never leads outside.
const policyPath = z
  .string()
  .max(200)
  .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^/\\\x00-\x1f]+(?:\/[^/\\\x00-\x1f]+)*$/)
  .describe('Path inside the folder of the set, such as `wpg/wpg-19-hulp.yaml`; never absolute, and without `..`')
const proposalRequest = z.strictObject({
  files: z
    .array(z.strictObject({ path: policyPath, text: z.string() }))
    .min(1)
    .max(500)
    .describe('Every file of the set, the vocabulary and the parties included'),
})
const proposalApproval = z.strictObject({
  activeFrom: z.iso
    .datetime({ offset: true })
    .exactOptional()
    .describe('Moment from which the set is in force; at once when absent'),
})
const proposal = z
  .object({
    policyHash: z.string().describe('SHA-256 of what decides, hexadecimal'),
    sourceHash: z.string().describe('SHA-256 of the texts, hexadecimal; names the proposal'),
    status: z.enum(['proposed', 'approved', 'active', 'superseded', 'withdrawn']),
    proposedBy: z.string(),
    proposedAt: z.iso.datetime(),
    approvedBy: z.string().exactOptional(),
    approvedAt: z.iso.datetime().exactOptional(),
    activeFrom: z.iso.datetime().exactOptional(),
    activatedAt: z.iso.datetime().exactOptional(),
    withdrawnBy: z.string().exactOptional(),
    withdrawnAt: z.iso.datetime().exactOptional(),
    receipt: receipt.exactOptional(),
  })
  .readonly() satisfies z.ZodType<ProposalAnswer>
const proposalFiles = z.object({
  ...proposal.unwrap().shape,
  files: z.array(z.object({ path: z.string(), text: z.string() })),
})
const proposalReview = z
  .object({
    sourceHash: z.string(),
    comparedWith: z.string().describe('`sourceHash` of the set in force'),
    cases: z.number().int(),
    gaps: z.array(z.object({ path: z.string(), rule: z.string(), message: localisedText }).readonly()).readonly(),
    findings: z
      .array(
        z
          .object({
            path: z.string(),
            kind: z.string(),
            rule: z.string().exactOptional(),
            message: localisedText,
            mend: localisedText,
          })
          .readonly(),
      )
      .readonly(),
    openQuestions: z
      .array(
        z
          .object({
            path: z.string(),
            question: z.string().describe('In Dutch, as the file asks it'),
            dependents: z
              .array(z.string())
              .readonly()
              .describe('Rules and fields of the file; empty for the whole file'),
            meanwhile: z.string().describe('What the file does until a lawyer answers'),
          })
          .readonly(),
      )
      .readonly(),
    changes: z.object({ nl: z.array(z.string()).readonly(), en: z.array(z.string()).readonly() }).readonly(),
  })
  .readonly() satisfies z.ZodType<ProposalReview>
const proposalList = z.object({ proposals: z.array(proposal).readonly() })
const policyFault = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  mend: z.string(),
})
const policyFaults = problem.extend({ faults: z.array(policyFault).readonly() })

const gapCounts = {
  exchanges: z.number().int().describe('Data subjects in refused exchanges'),
  checks: z.number().int().describe('The same in questions beforehand'),
}
const gap = z
  .object({
    senderGroup: z.string(),
    recipient: z.string(),
    purpose: z.string(),
    role: z.string(),
    fields: z
      .array(z.object({ field: z.string(), count: z.number().int() }).readonly())
      .readonly()
      .describe('What was asked to be shared, most often first'),
    ...gapCounts,
    months: z
      .array(z.object({ month: z.string().describe('`YYYY-MM`, Europe/Amsterdam'), ...gapCounts }).readonly())
      .readonly(),
    isSmall: z.boolean().describe('Below `smallCell`: do not publish it'),
  })
  .readonly()
const gapReport = z
  .object({
    gaps: z.array(gap).readonly(),
    smallCell: z.number().int(),
    records: z.number().int().describe('How many records of the log were read'),
  })
  .readonly() satisfies z.ZodType<GapReport>

const health = z.object({ status: z.literal('ok') })

/** Every schema of an answer under the name it has in the OpenAPI document. */
export const wire = {
  LocalisedText: localisedText,
  RuleReference: ruleReference,
  Duty: duty,
  FieldDecision: fieldDecision,
  NearestMiss: nearestMiss,
  SubjectDecision: subjectDecision,
  Decision: decision,
  Receipt: receipt,
  ReceiptFile: receiptFile,
  Exchange: exchange,
  ExchangePage: exchangePage,
  Problem: problem,
  Refusal: refusal,
  RecallRequest: recallRequest,
  Recall: recall,
  Check: check,
  Approval: approval,
  HeldExchange: heldExchange,
  ApprovalList: approvalList,
  ApprovalAnswer: approvalAnswer,
  ProposalRequest: proposalRequest,
  ProposalApproval: proposalApproval,
  Proposal: proposal,
  ProposalFiles: proposalFiles,
  ProposalReview: proposalReview,
  ProposalList: proposalList,
  PolicyFaults: policyFaults,
  GapReport: gapReport,
  EvaluationRequest: evaluationRequest,
  EvaluationsRequest: evaluationsRequest,
  Evaluation: evaluation,
  Evaluations: evaluations,
  DeliverySummary: deliverySummary,
  DeliveryPage: deliveryPage,
  Delivery: delivery,
  DeliveryReceiptPage: deliveryReceiptPage,
  Acknowledgement: acknowledgement,
  Match: match,
  MatchPage: matchPage,
  MatchAnswer: matchAnswer,
  SharedExchange: sharedExchange,
  SubjectRequestAnswer: subjectRequestAnswer,
  ...policyWire,
  LogStatus: logStatus,
  Health: health,
  ...auditWire,
  ...reviewWire,
} as const satisfies Record<string, z.ZodType>

export type WireName = keyof typeof wire
