import { formatCheckRecord } from '../audit/record.ts'
import { decide, listOptions } from '../policy/decide.ts'
import type { Receipt } from '../ports.ts'
import type { CheckRequest } from '../report/submission.ts'
import type { Decision, Question } from '../types.ts'
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
 * @throws SluisError `record-too-large`, `log-unavailable`
 */
export async function checkExchange(gateway: Gateway, sender: string, request: CheckRequest): Promise<CheckAnswer> {
  const question: Question = {
    sender,
    recipient: request.recipient,
    purpose: request.purpose,
    ...(request.legalBasis !== undefined && { legalBasis: request.legalBasis }),
    at: gateway.clock().toISOString(),
    dataSubjects: request.dataSubjects.map((subject) => ({
      role: subject.role,
      circumstances: subject.circumstances,
      assessments: subject.assessments.map((assessment) =>
        typeof assessment === 'string' ? assessment : assessment.word,
      ),
      fields: [...new Set([...(subject.fields ?? []), ...Object.keys(subject.data ?? {})])],
    })),
  }
  const decision = decide(gateway.policySet, question)
  const record = formatCheckRecord({ type: 'check', question, decision, nonce: gateway.random(16) })
  const result = await gateway.queue.commit({ record })
  if (result.status !== 'committed') throw new Error('a record on its own is always committed')
  return {
    decision,
    ...(request.legalBasis === undefined && { options: listOptions(gateway.policySet, question) }),
    receipt: result.receipt,
  }
}
