import { formatCheckRecord } from '../audit/record/exchange.ts'
import type { Advice } from '../model/advice.ts'
import type { Decision, Question } from '../model/decision.ts'
import { decide, listOptions } from '../policy/decide.ts'
import { advise } from '../policy/questions/advise.ts'
import type { Receipt } from '../ports/stored.ts'
import type { CheckRequest } from '../report/submission.ts'
import { commitRecord } from './commit-record.ts'
import type { Gateway } from './gateway.ts'

/** What would happen to a report, without anything being sent. */
export interface CheckAnswer extends Advice {
  /** Under the declared basis, or under every basis together when none was declared. */
  readonly decision: Decision
  /** Every legal basis under which something would pass; present when none was declared. */
  readonly options?: readonly { readonly legalBasis: string; readonly decision: Decision }[]
  readonly receipt: Receipt
}

/**
 * Preflight: decides on words and field names, sends nothing, and stores only the record of the check. Identifiers in the request
 * are neither read nor linked.
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
    ...advise(gateway.policySet, question),
    ...(request.legalBasis === undefined && { options: listOptions(gateway.policySet, question) }),
    receipt,
  }
}

/** Decides one question and records that it was asked. @throws SluisError `record-too-large`, `log-unavailable` */
export async function decideAndRecord(
  gateway: Pick<Gateway, 'policySet' | 'queue' | 'random'>,
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
  return { decision, receipt: await commitRecord(gateway, { record }) }
}

/** The question of a check, in words only; of values that were sent only the names of their fields are used. */
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
