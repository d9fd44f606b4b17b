import { html } from 'hono/html'
import { newId } from '../../encoding/uuid.ts'
import { redirectTo, showPage } from '../answers.ts'
import { ApiProblemError } from '../call-api.ts'
import { sentence } from '../error-page.ts'
import type { ConsolePage, Visit } from '../page.ts'
import { personOf } from '../page.ts'
import { showData } from './data-step.ts'
import { readDraft, startDraft, withoutPerson, withPerson } from './draft.ts'
import { type ChosenDraft, type EvaluatedDraft, evaluateDraft, findAsked, isChosen } from './evaluate-draft.ts'
import { showFacts } from './facts-step.ts'
import { REPORT_PATH, SEND_PATH } from './form.ts'
import { findFaults, formBody, placeFault } from './form-body.ts'
import { showReadOver } from './read-over.ts'
import { findUnchosen, showWho } from './who-step.ts'
import { REPORT_WORDS } from './words.ts'

/** Writing and sending a report. */
export const reportPages: readonly ConsolePage[] = [
  { method: 'get', path: REPORT_PATH, access: 'exchange:submit', perform: startReport },
  { method: 'post', path: REPORT_PATH, access: 'exchange:submit', perform: writeReport },
  { method: 'post', path: SEND_PATH, access: 'exchange:submit', perform: sendReport },
]

/** A new report. What "Mag ik dit delen?" knows already is filled in. */
async function startReport(visit: Visit): Promise<Response> {
  const draft = await startDraft(visit)
  return isChosen(draft) ? showFacts(visit, draft, await evaluate(visit, draft)) : showWho(visit, draft)
}

/** Goes to the step that was asked for, or stays where something is missing. Nothing is stored or recorded. */
async function writeReport(visit: Visit): Promise<Response> {
  const draft = readDraft(visit.gateway.policySet, visit.form)
  const go = visit.form.get('go') ?? 'who'
  const [, removed] = /^remove-(\d{1,2})$/.exec(go) ?? []
  if (removed !== undefined) {
    const rest = withoutPerson(draft, Number(removed) - 1)
    return showWho(visit, rest, { opensAt: Math.min(Number(removed), rest.people.length) - 1 })
  }
  if (go === 'add') {
    const more = withPerson(draft)
    return showWho(visit, more, { opensAt: more.people.length - 1 })
  }
  if (go === 'who') return showWho(visit, draft)
  if (!isChosen(draft)) return showWho(visit, draft, { faults: findUnchosen(visit, draft) })
  const evaluated = await evaluate(visit, draft)
  if (go === 'facts') return showFacts(visit, draft, evaluated)
  if (evaluated.basis === undefined) return showFacts(visit, draft, evaluated, { isStopped: true })
  if (go === 'data') return showData(visit, draft, evaluated)
  return readOver(visit, go === 'new' ? { ...draft, key: newId(visit.now, visit.gateway.random) } : draft, evaluated)
}

function readOver(visit: Visit, draft: ChosenDraft, evaluated: EvaluatedDraft): Promise<Response> {
  const faults = findFaults(visit, draft, evaluated)
  return faults.length > 0 ? showData(visit, draft, evaluated, { faults }) : showReadOver(visit, draft, evaluated)
}

/**
 * Sends the report once, however often it is asked to: the key is that of the draft. A refusal is an exchange of its own and has its
 * page; everything else that goes wrong leads back to the form with all that was typed.
 */
async function sendReport(visit: Visit): Promise<Response> {
  const draft = readDraft(visit.gateway.policySet, visit.form)
  if (!isChosen(draft)) return showWho(visit, draft, { faults: findUnchosen(visit, draft) })
  const words = REPORT_WORDS[visit.language]
  const evaluated = await evaluate(visit, draft)
  if (evaluated.basis === undefined) return showFacts(visit, draft, evaluated, { isStopped: true })
  if (visit.form.get('rules') !== visit.gateway.policySet.policyHash)
    return showReadOver(visit, draft, evaluated, {
      notice: html`<p class="notice warn" role="alert">${words.rulesChanged}</p>`,
    })
  try {
    const body = formBody(visit, draft, evaluated)
    const { id } = await visit.api<{ readonly id: string }>({
      method: 'POST',
      path: '/v1/exchanges',
      body,
      idempotencyKey: draft.key,
    })
    return redirectTo(sentPath(id))
  } catch (error) {
    if (!(error instanceof ApiProblemError)) throw error
    return showNotSent(visit, draft, evaluated, error)
  }
}

function showNotSent(
  visit: Visit,
  draft: ChosenDraft,
  evaluated: EvaluatedDraft,
  { problem }: ApiProblemError,
): Promise<Response> | Response {
  const words = REPORT_WORDS[visit.language]
  if (typeof problem.id === 'string') return redirectTo(sentPath(problem.id))
  if (problem.type.endsWith('/idempotency-key-reused')) return showReused(visit)
  const located = (problem.errors ?? []).map(({ pointer, detail }) => placeFault(visit, draft, pointer, detail))
  if (located.length > 0) return showData(visit, draft, evaluated, { faults: located, status: problem.status })
  return showReadOver(visit, draft, evaluated, {
    status: problem.status,
    notice: html`<div class="notice warn" role="alert"><h3>${words.notSent}</h3><p>${sentence(problem.detail)}</p><p>${words.tryAgain}</p></div>`,
  })
}

const sentPath = (id: string): string => `/exchanges/${id}?sent=yes`

const evaluate = async (visit: Visit, draft: ChosenDraft): Promise<EvaluatedDraft> =>
  evaluateDraft(
    visit.gateway.policySet,
    personOf(visit).party,
    draft,
    visit.now.toISOString(),
    await findAsked(visit, draft),
  )

/** Sent before, and changed since: what the person wants is unclear, and nothing leaves until they choose. */
function showReused(visit: Visit): Promise<Response> {
  const words = REPORT_WORDS[visit.language]
  return showPage(visit, {
    status: 409,
    title: words.reused,
    body: html`<p>${words.reusedText}</p><p>${words.reusedChoice}</p>
<form method="post" action="${REPORT_PATH}" autocomplete="off">
${[...visit.form].filter(([name]) => name !== 'go').map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="actions"><a href="/exchanges">${words.toExchanges}</a> <button name="go" value="new">${words.asNew}</button></p>
</form>`,
  })
}
