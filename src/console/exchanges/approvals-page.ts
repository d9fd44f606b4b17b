import { html } from 'hono/html'
import type { RecordedSubject } from '../../audit/record/decision-summary.ts'
import { sluisError } from '../../errors.ts'
import type { Approval } from '../../exchange/retention.ts'
import type { Decision } from '../../model/decision.ts'
import { formatDuty } from '../../policy/explain.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { Receipt } from '../../ports/stored.ts'
import { redirectTo, showPage } from '../answers.ts'
import { ApiProblemError } from '../call-api.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import { personOf, type Visit } from '../page.ts'
import { showMoment } from '../show-moment.ts'
import { formatDecidedFields } from './decided-fields.ts'
import { nameClient, readRecord } from './own-exchange.ts'
import { EXCHANGE_WORDS } from './words.ts'

export const APPROVALS_PATH = '/approvals'

const STEPS = ['approve', 'refuse'] as const

interface HeldExchange {
  readonly id: string
  readonly recipient: string
  readonly at: string
  readonly submittedBy: string
  readonly approval: Approval
  readonly decision: Decision
  readonly receipt: Receipt
}

/** What waits for a second person, with everything that is needed to judge it. */
export function showApprovals(visit: Visit): Promise<Response> {
  const done = STEPS.find((step) => step === visit.query.get('done'))
  const said = done && EXCHANGE_WORDS[visit.language].done[done]
  return showQueue(visit, said ? html`<p class="notice" role="status">${said}</p>` : NOTHING)
}

async function showQueue(visit: Visit, notice: Html, status = 200): Promise<Response> {
  const { language } = visit
  const words = EXCHANGE_WORDS[language]
  const { exchanges, hasMore } = await visit.api<{ exchanges: readonly HeldExchange[]; hasMore: boolean }>({
    method: 'GET',
    path: '/v1/approvals',
  })
  return showPage(visit, {
    title: words.approvals,
    status,
    body: html`${notice}
<p class="lead">${words.approvalsLead}</p>
${exchanges.length === 0 ? html`<p>${words.noApprovals}</p>` : exchanges.map((held) => formatHeld(visit, held))}
${hasMore ? html`<p>${words.moreApprovals}</p>` : NOTHING}`,
  })
}

/** Approves or stops one exchange, once: after that, and for everybody else, it no longer waits, and the queue says so. */
export async function judge(visit: Visit): Promise<Response> {
  const step = STEPS.find((one) => one === visit.form.get('go'))
  if (!step) {
    throw sluisError('value-invalid', {
      nl: 'het formulier zegt niet of u goedkeurt of tegenhoudt; open de lijst opnieuw en kies een van beide',
      en: 'the form does not say whether you approve or stop; open the list again and choose one of the two',
    })
  }
  const id = encodeURIComponent(visit.parameters.id ?? '')
  try {
    await visit.api({ method: 'POST', path: `/v1/exchanges/${id}/_${step}` })
  } catch (error) {
    if (!(error instanceof ApiProblemError) || !isOver(error)) throw error
    const { over } = EXCHANGE_WORDS[visit.language]
    return showQueue(visit, html`<p class="notice warn" role="alert">${over}</p>`, error.problem.status)
  }
  return redirectTo(`${APPROVALS_PATH}?done=${step}`)
}

const isOver = ({ problem }: ApiProblemError): boolean =>
  ['approval-not-waiting', 'approval-same-person'].some((code) => problem.type.endsWith(`/${code}`))

function formatHeld(visit: Visit, held: HeldExchange): Html {
  const { language, gateway } = visit
  const set = gateway.policySet
  const words = EXCHANGE_WORDS[language]
  const labels = labelsOf(language, set)
  const record = readRecord(held)
  const { id, approval, decision } = held
  const mayJudge = approval.approvers.includes(personOf(visit).id)
  const heading = `held-${id}`
  const title = words.approvalOf(labels.kind(record.kind), labels.party(held.recipient))
  return html`<section class="card" aria-labelledby="${heading}"><h2 id="${heading}">${withNames(words.approvalOf, labels.kind(record.kind), labels.party(held.recipient))}</h2>
<dl>
<dt>${words.submittedBy}</dt><dd><bdi>${held.submittedBy === record.sender ? words.system : nameClient(set.parties, held.submittedBy, language)}</bdi>, ${showMoment(held.at, language)}</dd>
<dt>${words.purpose}</dt><dd>${labels.purpose(record.purpose)}</dd>
<dt>${words.basis}</dt><dd lang="nl">${labels.file(record.legalBasis ?? '')}</dd>
<dt>${words.remaining}</dt><dd>${words.approvalCount(approval.remaining)}</dd>
<dt>${words.expires}</dt><dd>${showMoment(approval.expiresAt, language)}</dd>
</dl>
${record.subjects.map(
  (subject, index) => html`${formatDecidedFields(set, decision, index, subject.role, 'would', language)}
${formatStatements(subject)}`,
)}
${decision.duties.length === 0 ? NOTHING : html`<h3>${words.duties}</h3><ul>${decision.duties.map((duty) => html`<li><bdi>${formatDuty(duty, labels, language)}</bdi>.</li>`)}</ul>`}
${
  mayJudge
    ? html`<p>${words.judge}</p>
<form method="post" action="${APPROVALS_PATH}/${id}"><p class="actions"><button class="primary" name="go" value="approve">${words.approve}<span class="hidden">: <bdi>${title}</bdi></span></button></p>
<details><summary>${words.refuse}<span class="hidden">: <bdi>${title}</bdi></span></summary><p>${words.refuseText}</p><p><button class="danger" name="go" value="refuse">${words.refuse}</button></p></details></form>`
    : html`<p class="notice">${words.ownOne}</p>`
}
</section>`

  /** What the colleague answered, each with its question; what the gateway established has none. */
  function formatStatements({ true: so, false: notSo, assessments }: RecordedSubject): Html {
    const stated = [...so.map((word) => [word, words.yes] as const), ...notSo.map((word) => [word, words.no] as const)]
    const ask = (word: string) =>
      set.vocabulary.circumstances.get(word)?.question?.[language] ?? labels.circumstance(word)
    return html`${stated.length === 0 ? NOTHING : html`<h3>${words.stated}</h3><dl class="replies">${stated.map(([word, reply]) => html`<div><dt><bdi>${ask(word)}</bdi></dt><dd>${reply}</dd></div>`)}</dl>`}
${assessments.length === 0 ? NOTHING : html`<h3>${words.declared}</h3><ul>${assessments.map((word) => html`<li><bdi>${labels.assessment(word)}</bdi></li>`)}</ul>`}`
  }
}
