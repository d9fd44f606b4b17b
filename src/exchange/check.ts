import { formatCheckRecord } from '../audit/record/exchange.ts'
import type { Decision, Question } from '../model/decision.ts'
import { decide, listOptions } from '../policy/decide.ts'
import type { Receipt } from '../ports/stored.ts'
import type { CheckRequest } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'

/** What would happen, without anything happening. */
export interface CheckAnswer {
  /** Under the declared basis, or with every basis counting when none was declared. */
  readonly decision: Decision
  /** Every legal basis that would let something pass; present when none was declared. */
  readonly options?: readonly { readonly legalBasis: string; readonly decision: Decision }[]
  readonly receipt: Receipt
}

/**
 * Preflight: decides on words and field names, sends nothing and stores nothing but the record that a check was made.
 * Identifiers in the request are not looked at, let alone linked.
 * @param trace trace id and parent id of the request (W3C Trace Context)
 * @throws SluisError `record-too-large`, `log-unavailable`
 */
export async function checkExchange(
  gateway: Gateway,
  sender: string,
  request: CheckRequest,
  trace?: string,
): Promise<CheckAnswer> {
  const question = formCheckQuestion(sender, request, gateway.clock().toISOString())
  const { decision, receipt } = await decideAndRecord(gateway, question, trace)
  return {
    decision,
    ...(request.legalBasis === undefined && { options: listOptions(gateway.policySet, question) }),
    receipt,
  }
}

/** One decision and the record that it was asked for. @throws SluisError `record-too-large`, `log-unavailable` */
export async function decideAndRecord(
  gateway: Gateway,
  question: Question,
  trace?: string,
): Promise<{ decision: Decision; receipt: Receipt }> {
  const decision = decide(gateway.policySet, question)
  const record = formatCheckRecord({
    type: 'check',
    question,
    decision,
    ...(trace !== undefined && { trace }),
    nonce: gateway.random(16),
  })
  const result = await gateway.queue.commit({ record })
  if (result.status !== 'committed') throw new Error('a record on its own is always committed')
  return { decision, receipt: result.receipt }
}

/** The words of a check; values, when there are any, only lend their fields' names. */
export function formCheckQuestion(sender: string, request: CheckRequest, at: string): Question {
  return {
    sender,
    recipient: request.recipient,
    purpose: request.purpose,
    ...(request.legalBasis !== undefined && { legalBasis: request.legalBasis }),
    at,
    dataSubjects: request.dataSubjects.map((subject) => ({
      role: subject.role,
      circumstances: subject.circumstances,
      assessments: subject.assessments.map((assessment) =>
        typeof assessment === 'string' ? assessment : assessment.word,
      ),
      fields: [...new Set([...(subject.fields ?? []), ...Object.keys(subject.data ?? {})])],
    })),
  }
}
