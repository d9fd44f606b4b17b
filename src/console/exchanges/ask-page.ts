import { html } from 'hono/html'
import { newId } from '../../encoding/uuid.ts'
import { findReceived, type Received } from '../../exchange/reply.ts'
import { notFound } from '../../http/route.ts'
import type { IdentityQuestionWords } from '../../model/vocabulary.ts'
import { labelsOf } from '../../policy/labels.ts'
import { redirectTo, showPage } from '../answers.ts'
import { ApiProblemError } from '../call-api.ts'
import { sentence } from '../error-page.ts'
import { formatFaults, type LinkedFault } from '../faults.ts'
import { NOTHING, withNames } from '../html.ts'
import { personOf, type Visit } from '../page.ts'
import { formatAssessments } from '../report/data-step.ts'
import { readDraft } from '../report/draft.ts'
import { type ChosenDraft, type EvaluatedDraft, evaluateDraft } from '../report/evaluate-draft.ts'
import { findOpen, formatOpenQuestions, formatQuestion } from '../report/facts-step.ts'
import { readTyped } from '../report/read-typed.ts'
import { REPORT_WORDS } from '../report/words.ts'
import { statementsOf } from '../share/question.ts'
import { EXCHANGE_WORDS } from './words.ts'

/** What a question who somebody is needs to know of the exchange that was received. */
interface Asking {
  readonly received: Received
  readonly words: IdentityQuestionWords
  /** Position of the person in the content, from 0, and the role. */
  readonly position: number
  readonly role: string
  readonly draft: ChosenDraft
  readonly evaluated: EvaluatedDraft
}

/** Asks the source who somebody in a received exchange is. */
export async function showAsk(visit: Visit): Promise<Response> {
  return showForm(visit, await readAsking(visit, visit.query))
}

/** Shows the form again with the answers so far, or asks. The key of the form makes a second press ask nothing again. */
export async function ask(visit: Visit): Promise<Response> {
  const asking = await readAsking(visit, visit.form)
  const words = EXCHANGE_WORDS[visit.language]
  if (visit.form.get('go') !== 'ask') return showForm(visit, asking)
  const { draft, evaluated, position } = asking
  if (draft.fields.length === 0) return showForm(visit, asking, [{ id: 'fields', text: words.askWhat }], 400)
  if (evaluated.basis === undefined) return showForm(visit, asking, [{ id: 'questions', text: words.askNothing }], 400)
  const person = draft.people[0]!
  const { circumstances, assessments } = statementsOf(visit.gateway.policySet, person.replies)
  try {
    const { id } = await visit.api<{ readonly id: string }>({
      method: 'POST',
      path: `/v1/exchanges/${encodeURIComponent(visit.parameters.id ?? '')}/_ask`,
      idempotencyKey: draft.key,
      body: {
        dataSubject: position,
        purpose: draft.purpose,
        legalBasis: evaluated.basis,
        circumstances,
        assessments: assessments.map((word) => ({
          word,
          by: person.typed.get(`by.${word}`) ?? '',
          on: String(readTyped('datum', (part) => person.typed.get(`on.${word}.${part}`)) ?? ''),
        })),
        fields: [...draft.fields],
      },
    })
    return redirectTo(`/exchanges/${id}?sent=yes`)
  } catch (error) {
    if (!(error instanceof ApiProblemError)) throw error
    const { problem } = error
    if (typeof problem.id === 'string') return redirectTo(`/exchanges/${problem.id}?sent=yes`)
    const details = problem.errors?.map(({ detail }) => detail) ?? [problem.detail]
    const faults = [...new Set(details)].map((detail) => ({ text: sentence(detail) }))
    return showForm(visit, asking, faults, problem.status)
  }
}

/** @throws SluisError `not-found` when the party did not receive this exchange or nobody in it has this number */
async function readAsking(visit: Visit, values: URLSearchParams): Promise<Asking> {
  const { gateway, parameters, now } = visit
  const set = gateway.policySet
  const { party } = personOf(visit)
  const words = set.vocabulary.gatewayWords?.identityQuestion
  const received = await findReceived(gateway.store, party, parameters.id ?? '')
  const delivered = received?.record.subjects.filter(({ outcome }) => outcome !== 'geweigerd') ?? []
  const position = Number(values.get('person') ?? '1') - 1
  const role = delivered[position]?.role
  if (!received || !words || role === undefined) throw notFound()
  const read = readDraft(set, values)
  const purpose =
    read.purpose ?? set.rules.find(({ when }) => when.includes(words.askedCircumstance))?.scope.purposes?.[0]
  if (purpose === undefined) throw notFound()
  const draft: ChosenDraft = {
    ...read,
    key: read.key === '' ? newId(now, gateway.random) : read.key,
    to: received.delivery.sender,
    purpose,
    kind: words.kind,
    people: [{ ...read.people[0]!, role }],
  }
  const evaluated = evaluateDraft(set, party, draft, now.toISOString(), {
    fields: [words.subjectField, words.fieldsField],
    circumstance: words.askedCircumstance,
  })
  return { received, words, position, role, draft, evaluated }
}

async function showForm(
  visit: Visit,
  asking: Asking,
  faults: readonly LinkedFault[] = [],
  status = 200,
): Promise<Response> {
  const { language, gateway, path } = visit
  const set = gateway.policySet
  const words = EXCHANGE_WORDS[language]
  const labels = labelsOf(language, set)
  const { draft, evaluated, position, role, received } = asking
  const person = draft.people[0]!
  const open = (await findOpen(visit, evaluated)).filter(({ word }) => !person.replies.has(word))
  const identifying = [...set.vocabulary.fields.values()].filter(
    (field) => field.identifier !== undefined || field.class === 'identificerend' || field.class === 'bsn',
  )
  return showPage(visit, {
    title: words.askTitle,
    status,
    body: html`${formatFaults(faults, language)}
<p>${withNames(words.askLead, labels.party(received.delivery.sender))}</p>
<p>${withNames((name) => words.askAbout(position + 1, name), labels.role(role))}</p>
<form method="post" class="report" action="${path}" autocomplete="off" novalidate>
<button class="hidden" name="go" value="ask" tabindex="-1" aria-hidden="true">${words.askSend}</button>
<input type="hidden" name="key" value="${draft.key}"><input type="hidden" name="person" value="${position + 1}"><input type="hidden" name="people" value="1"><input type="hidden" name="purpose" value="${draft.purpose}">
<fieldset class="field" id="fields" tabindex="-1"><legend>${words.askFields}</legend><div class="ticks">${identifying.map(
      ({ id, label }) =>
        html`<label><input type="checkbox" name="field" value="${id}"${draft.fields.includes(id) ? html` checked` : NOTHING}> <bdi>${label[language]}</bdi></label>`,
    )}</div></fieldset>
<section id="questions" tabindex="-1" aria-labelledby="questions-title"><h2 id="questions-title">${words.askQuestions}</h2>
<p>${words.askQuestionsLead}</p>
${[...person.replies].map(([word, reply]) => formatQuestion(visit, 0, word, reply))}
${formatOpenQuestions(visit, 0, open)}
</section>
${open.length === 0 ? NOTHING : html`<p class="actions"><button name="go" value="update">${REPORT_WORDS[language].update}</button></p>`}
${formatAssessments(visit, draft, 0, [])}
<p class="actions"><button class="primary" name="go" value="ask">${words.askSend}</button></p>
</form>`,
  })
}
