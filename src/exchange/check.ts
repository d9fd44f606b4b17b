import { formatCheckRecord } from '../audit/record/exchange.ts'
import { throwFaults } from '../errors.ts'
import type { Advice } from '../model/advice.ts'
import type { Decision, Question } from '../model/decision.ts'
import { decide, listOptionsInSteps } from '../policy/decide.ts'
import type { Places } from '../policy/facts/settle.ts'
import { type SettledQuestion, settleQuestion, withFollows } from '../policy/facts/settle-question.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { adviseInSteps } from '../policy/questions/advise.ts'
import { searchInSteps } from '../policy/questions/search-questions.ts'
import type { Receipt } from '../ports/stored.ts'
import { MAX_FAULTS } from '../report/body-bounds.ts'
import type { CheckRequest } from '../report/submission.ts'
import { commitRecord } from './commit-record.ts'
import type { Gateway } from './gateway.ts'
import { inTurns } from './turns.ts'

/** What would happen to a report, without anything being sent. */
export interface CheckAnswer extends Advice {
  /** Under the declared basis, or under every basis together when none was declared. */
  readonly decision: Decision
  /** Every legal basis under which something would pass; present when none was declared. */
  readonly options?: readonly { readonly legalBasis: string; readonly decision: Decision }[]
  readonly receipt: Receipt
}

/**
 * Preflight: decides on words and field names, sends nothing, and stores only the record of the check. Values in the request are read
 * for what follows from them, such as an age, and nothing is linked.
 * @param trace trace id and parent id of the request (W3C Trace Context)
 * @throws SluisError `report-contradictory`, `value-invalid`, `record-too-large`, `log-unavailable`
 */
export async function checkExchange(
  gateway: Gateway,
  sender: string,
  request: CheckRequest,
  trace?: string,
): Promise<CheckAnswer> {
  const settled = settleCheck(gateway.policySet, sender, request, gateway.clock().toISOString())
  const { policySet } = gateway
  const { question } = settled
  // Before the nearest misses of the decision are read, which are a view of this search.
  await inTurns(searchInSteps(policySet, question))
  const { decision, receipt } = await decideAndRecord(gateway, settled, trace)
  const advice = await inTurns(adviseInSteps(policySet, question, request.setAside))
  const options = request.legalBasis === undefined && (await inTurns(listOptionsInSteps(policySet, question)))
  return { decision, ...advice, ...(options && { options }), receipt }
}

/** Decides one question and records that it was asked. @throws SluisError `record-too-large`, `log-unavailable` */
export async function decideAndRecord(
  gateway: Pick<Gateway, 'policySet' | 'queue' | 'random'>,
  settled: SettledQuestion,
  trace?: string,
): Promise<{ decision: Decision; receipt: Receipt }> {
  const decision = withFollows(decide(gateway.policySet, settled.question), settled.follows)
  const record = formatCheckRecord({
    type: 'check',
    question: settled.recorded,
    decision,
    ...(trace !== undefined && { trace }),
    nonce: gateway.random(16),
  })
  return { decision, receipt: await commitRecord(gateway, { record }) }
}

/**
 * The question of a check, in words only. Values that were sent settle the circumstances that follow from them, as they would in a
 * report; nothing else of them is read.
 *
 * @param placesOf where the members of a data subject are in the body
 * @throws SluisError `report-contradictory`, `value-invalid` with every contradiction and every date that cannot be
 */
export function settleCheck(
  policySet: PolicySet,
  sender: string,
  request: CheckRequest,
  at: string,
  placesOf?: (index: number) => Places,
): SettledQuestion {
  const question = formCheckQuestion(sender, request, at)
  const details = request.dataSubjects.map(({ assessments, data = {} }) => ({
    assessments: assessments.map((assessment) => (typeof assessment === 'string' ? { word: assessment } : assessment)),
    data,
  }))
  const settled = settleQuestion(policySet, question, details, placesOf)
  throwFaults(settled.faults.slice(0, MAX_FAULTS))
  return settled
}

/** The words of a check and the names of its fields, as they were sent. */
function formCheckQuestion(sender: string, request: CheckRequest, at: string): Question {
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
