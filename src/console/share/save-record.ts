import type { Decision } from '../../model/decision.ts'
import type { Receipt } from '../../ports/stored.ts'
import { redirectTo } from '../answers.ts'
import { FORM_OWNER } from '../form-owner.ts'
import type { Visit } from '../page.ts'
import type { ShareAnswer } from './answer.ts'
import { SHARE_PATH } from './choice-form.ts'
import { formatAddress, statementsOf } from './question.ts'
import { type AccountabilityRecord, formatRecordJson, formatRecordPage, type NoReceipt, nameRecord } from './record.ts'
import { readVisit } from './share-page.ts'

/** The field of the form that says for whom the file is. */
export const FORMAT = 'format'

/**
 * Answers with a file that accounts for a decision. For somebody of the sender who may check, the question is asked through the API, so
 * that it is in the log, and the file has its receipt. For everybody else nothing is recorded, and the file says so.
 */
export async function saveRecord(visit: Visit): Promise<Response> {
  const set = visit.gateway.policySet
  const query = new URLSearchParams([...visit.form].filter(([name]) => name !== FORMAT && name !== FORM_OWNER))
  const { question, faults, answer } = readVisit({ ...visit, query })
  if (!answer || faults.length > 0) return redirectTo(formatAddress(SHARE_PATH, question))
  const record = await accountFor(visit, answer)
  const isForPrograms = visit.form.get(FORMAT) === 'json'
  const body = isForPrograms
    ? formatRecordJson(set, record)
    : String(await formatRecordPage(set, record, visit.language))
  return new Response(body, {
    headers: {
      'content-type': isForPrograms ? 'application/json' : 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="${nameRecord(record, isForPrograms ? 'json' : 'html')}"`,
    },
  })
}

async function accountFor(visit: Visit, answer: ShareAnswer): Promise<AccountabilityRecord> {
  const { gateway, api } = visit
  const missing = reasonWithout(visit, answer)
  if (missing) return { answer, proof: missing }
  const { question, basis } = answer
  const { circumstances, assessments, declined } = statementsOf(gateway.policySet, question.replies)
  const { decision, receipt } = await api<{ decision: Decision; receipt: Receipt }>({
    method: 'POST',
    path: '/v1/exchanges/_check',
    body: {
      recipient: question.to,
      purpose: question.purpose,
      ...(basis !== undefined && { legalBasis: basis }),
      ...(declined.length > 0 && { setAside: declined }),
      dataSubjects: [{ role: question.about, circumstances, assessments, fields: question.fields }],
    },
  })
  return { answer: { ...answer, decision }, proof: { receipt, verifierKey: gateway.verifierKey } }
}

/** Why the question cannot be recorded; undefined when it can. */
export function reasonWithout({ person }: Visit, { question }: ShareAnswer): NoReceipt | undefined {
  if (!person) return 'not-signed-in'
  if (!person.scopes.includes('exchange:check')) return 'no-right'
  return person.party === question.from ? undefined : 'other-party'
}
