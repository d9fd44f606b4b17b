import type { z } from 'zod'
import { openQuestion, plan, unreachable } from '../../model/advice-schema.ts'
import {
  decision,
  duty,
  fieldDecision,
  localisedText,
  nearestMiss,
  ruleReference,
  subjectDecision,
} from '../../model/decision-schema.ts'
import { approval, approvalAnswer, approvalList, heldExchange } from './approval.ts'
import { evaluation, evaluationRequest, evaluations, evaluationsRequest } from './authzen.ts'
import { check, exchange, exchangePage, exchangeProgress, refusal } from './exchange.ts'
import {
  acknowledgement,
  delivery,
  deliveryCounts,
  deliveryPage,
  deliveryReceiptPage,
  deliverySummary,
  match,
  matchAnswer,
  matchCounts,
  matchPage,
  newestDeliveries,
} from './inbox.ts'
import { auditWire } from './log-records.ts'
import { reviewWire } from './log-review.ts'
import { logStatus } from './log-status.ts'
import { policyWire } from './policy.ts'
import { problem } from './problem.ts'
import {
  policyFaults,
  proposal,
  proposalApproval,
  proposalFiles,
  proposalList,
  proposalRequest,
  proposalReview,
} from './proposal.ts'
import { recall, recallRequest } from './recall.ts'
import { receipt, receiptFile } from './receipt.ts'
import { health } from './service.ts'
import { gapReport } from './statistics.ts'
import { sharedExchange, subjectRequestAnswer } from './subject-request.ts'

/**
 * Every schema of a body or an answer, under its name in the OpenAPI document. Each is tied to the type it shows, so that the two
 * cannot drift apart.
 */
export const wire = {
  LocalisedText: localisedText,
  RuleReference: ruleReference,
  Duty: duty,
  FieldDecision: fieldDecision,
  NearestMiss: nearestMiss,
  SubjectDecision: subjectDecision,
  Decision: decision,
  OpenQuestion: openQuestion,
  Plan: plan,
  Unreachable: unreachable,
  Receipt: receipt,
  ReceiptFile: receiptFile,
  Exchange: exchange,
  ExchangeProgress: exchangeProgress,
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
  NewestDeliveries: newestDeliveries,
  DeliveryCounts: deliveryCounts,
  Delivery: delivery,
  DeliveryReceiptPage: deliveryReceiptPage,
  Acknowledgement: acknowledgement,
  Match: match,
  MatchPage: matchPage,
  MatchCounts: matchCounts,
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
