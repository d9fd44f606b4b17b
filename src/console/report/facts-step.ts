import { html } from 'hono/html'
import { inTurns } from '../../exchange/turns.ts'
import type { OpenQuestion } from '../../model/advice.ts'
import { KNOWER_WORDS } from '../../model/knower-words.ts'
import {
  capitalised,
  describeTreatment,
  nameTreatment,
  TREATMENT_SIGNS,
  withLevel,
} from '../../model/treatment-words.ts'
import { labelsOf } from '../../policy/labels.ts'
import { askInSteps } from '../../policy/questions/search-questions.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import type { Visit } from '../page.ts'
import { REPLIES, type Reply } from '../share/question.ts'
import { inputId, inputName } from './draft.ts'
import type { ChosenDraft, EvaluatedDraft } from './evaluate-draft.ts'
import { showStep } from './form.ts'
import type { DraftFault } from './form-body.ts'
import { REPORT_WORDS } from './words.ts'

/** Questions that are shown at once; the others are one press away. */
const FIRST_QUESTIONS = 6

/** What the rules still ask, for each person: the question that decides most first. */
export async function findOpen(
  { gateway }: Visit,
  { question, setAside }: EvaluatedDraft,
): Promise<readonly OpenQuestion[]> {
  return (await inTurns(askInSteps(gateway.policySet, question, setAside))).openQuestions
}

/** Step 2: the circumstances of each person, the legal basis, and what may be shared with these answers. */
export async function showFacts(
  visit: Visit,
  draft: ChosenDraft,
  evaluated: EvaluatedDraft,
  options: { readonly faults?: readonly DraftFault[]; readonly isStopped?: boolean } = {},
): Promise<Response> {
  const { gateway, language } = visit
  const set = gateway.policySet
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, set)
  const open = await findOpen(visit, evaluated)
  const unanswered = open.filter(({ dataSubject, word }) => !draft.people[dataSubject]!.replies.has(word))
  const shown = new Set([
    'basis',
    ...draft.people.flatMap(({ replies }, index) => [...replies.keys()].map((word) => inputName(index, `is.${word}`))),
    ...open.map(({ word, dataSubject }) => inputName(dataSubject, `is.${word}`)),
  ])
  const mayPass = evaluated.basis !== undefined
  const isHopeless = !mayPass && open.length === 0
  return showStep(visit, {
    step: 'facts',
    draft,
    shown,
    next: 'data',
    faults: options.faults ?? [],
    notice: html`<div id="facts-notice">${
      options.isStopped
        ? html`<p class="notice warn" role="alert">${isHopeless ? words.nothingFound : words.nothingYet}</p>`
        : html`<p>${words.factsLead}</p>`
    }</div>`,
    body: html`<p class="hidden" aria-live="polite" id="announcement" data-offline="${words.offline}"></p>
<div id="questions">${draft.people.map((person, index) => {
      const own = unanswered.filter(({ dataSubject }) => dataSubject === index)
      return html`<section class="person" aria-labelledby="person-${index + 1}">
<h3 id="person-${index + 1}">${withNames((role) => words.person(index + 1, role), labels.role(person.role))}</h3>
${person.replies.size === 0 ? NOTHING : html`<h4>${words.answered}</h4>${[...person.replies].map(([word, reply]) => formatQuestion(visit, index, word, reply))}`}
${own.length === 0 ? html`<p>${words.noneOpen}</p>` : html`<h4>${words.open}</h4>${formatOpenQuestions(visit, index, own)}`}
</section>`
    })}</div>
<p class="actions" id="update"><button name="go" value="facts">${words.update}</button></p>
<div id="passing">${formatBases(visit, draft, evaluated)}
<section aria-labelledby="so-far" class="card"><h3 id="so-far" tabindex="-1">${words.soFar}</h3>
${mayPass ? evaluated.people.map((_, index) => formatPassing(visit, draft, evaluated, index)) : html`<p>${isHopeless ? words.nothingFound : words.nothingYet}</p>`}
<p class="quiet" id="verdict">${unanswered.length === 0 ? words.noneOpen : words.stillOpen(unanswered.length)}</p>
</section></div>
<p class="actions"><button class="primary" name="go" value="data">${words.next}</button> <button name="go" value="who">${words.back}</button></p>`,
  })
}

/** The questions of one person that are still open. */
export function formatOpenQuestions(visit: Visit, index: number, open: readonly OpenQuestion[]): Html {
  const ask = (one: OpenQuestion) => formatQuestion(visit, index, one.word, undefined, one)
  const [first, more] = [open.slice(0, FIRST_QUESTIONS), open.slice(FIRST_QUESTIONS)]
  return html`${first.map(ask)}
${more.length === 0 ? NOTHING : html`<details id="more-${index + 1}"><summary>${REPORT_WORDS[visit.language].more(more.length)}</summary>${more.map(ask)}</details>`}`
}

/** One question with its three answers. */
export function formatQuestion(
  { gateway, language }: Visit,
  index: number,
  word: string,
  reply: Reply | undefined,
  open?: OpenQuestion,
): Html {
  const words = REPORT_WORDS[language]
  const { circumstances, assessments } = gateway.policySet.vocabulary
  const statement = circumstances.get(word) ?? assessments.get(word)
  const name = inputName(index, `is.${word}`)
  const knowers = open?.knownBy ?? []
  return html`<fieldset class="field" id="${inputId(name)}"><legend><bdi>${(statement?.question ?? statement?.label)?.[language] ?? word}</bdi></legend>
${knowers.length === 0 ? NOTHING : html`<p class="hint">${words.knows} ${knowers.map((knower) => KNOWER_WORDS[knower][language]).join(` ${words.or} `)}.</p>`}
<div class="choices">${REPLIES.map(
    (option) =>
      html`<label><input type="radio" name="${name}" value="${option}"${option === reply ? html` checked` : NOTHING}> ${words[option]}</label>`,
  )}</div></fieldset>`
}

function formatBases({ gateway, language }: Visit, draft: ChosenDraft, { basis, bases }: EvaluatedDraft): Html {
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  if (basis === undefined) return NOTHING
  if (bases.length === 1)
    return html`<p>${words.basisOne}: <strong lang="nl"><bdi>${labels.file(basis)}</bdi></strong>.</p>`
  return html`<fieldset class="field" id="basis"><legend>${words.basis}</legend>
<p class="hint">${words.basisHint}</p>
${bases.map(
  (one) =>
    html`<p class="choice"><label lang="nl"><input type="radio" name="basis" value="${one}"${one === (draft.basis ?? basis) ? html` checked` : NOTHING}> <bdi>${labels.file(one)}</bdi></label></p>`,
)}</fieldset>`
}

/** What would pass of one person, by treatment. */
function formatPassing(
  { gateway, language }: Visit,
  draft: ChosenDraft,
  evaluated: EvaluatedDraft,
  index: number,
): Html {
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  const groups = Map.groupBy(evaluated.people[index]!.asked, nameTreatment)
  return html`${draft.people.length === 1 ? NOTHING : html`<h4>${withNames((role) => words.person(index + 1, role), labels.role(draft.people[index]!.role))}</h4>`}
${groups.size === 0 ? html`<p>${words.nothingYet}</p>` : NOTHING}
${[...groups].map(([name, fields]) => {
  const { release, link } = fields[0]!
  return html`<p><span class="tag ${name}"><span aria-hidden="true">${TREATMENT_SIGNS[name]}</span>&nbsp;${capitalised(describeTreatment({ release, link: link && name === 'linkedOnly' }, language, 'would'))}</span> <bdi>${labels.list(fields.map(({ field, level }) => withLevel(labels.field(field), level)))}</bdi></p>`
})}`
}
