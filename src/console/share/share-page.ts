import { html } from 'hono/html'
import { legalDate } from '../../policy/legal-date.ts'
import { showPage } from '../answers.ts'
import { formatFaults } from '../faults.ts'
import { type Html, NOTHING } from '../html.ts'
import { mayOpen, type Visit } from '../page.ts'
import { answerQuestion, isComplete, type ShareAnswer } from './answer.ts'
import { formatChoices, formatFields, idOf, SHARE_PATH } from './choice-form.ts'
import { listChoices } from './choices.ts'
import { type AddressFault, findContradictions, formatAddress, readQuestion, type ShareQuestion } from './question.ts'
import { formatQuestions } from './question-cards.ts'
import { formatVerdict } from './verdict.ts'
import { SHARE_WORDS } from './words.ts'

export const RESULT_PATH = `${SHARE_PATH}/result`
export const RECORD_PATH = `${SHARE_PATH}/record`

/** "Mag ik dit delen?": the question at the left, the answer beside it at once. */
export function showShare(visit: Visit): Promise<Response> {
  const { language, now } = visit
  const set = visit.gateway.policySet
  const words = SHARE_WORDS[language]
  const { question, faults, answer } = readVisit(visit)
  const parts = {
    question,
    lists: listChoices(set, question, language, legalDate(now)),
    faults,
    language,
    isAnswered: answer !== undefined,
  }
  return showPage(visit, {
    title: words.title,
    address: formatAddress(SHARE_PATH, question),
    status: faults.length === 0 ? 200 : 400,
    scripts: ['share.js'],
    body: html`<p class="lead">${words.lead}</p>
<p class="notice">${words.noNames}</p>
<div id="faults">${formatFaults(
      faults.map(({ at, detail }) => ({ id: at && idOf(at), text: detail[language] })),
      language,
    )}</div>
<p class="hidden" aria-live="polite" id="announcement" data-offline="${words.offline}"></p>
<div class="share">
<form id="share" action="${SHARE_PATH}" autocomplete="off">
${formatChoices(parts)}
${formatFields(parts)}
${formatQuestions(set, question, answer, faults, language)}
<p class="actions"><a href="${SHARE_PATH}">${words.startAgain}</a></p>
</form>
<section id="answer" aria-labelledby="answer-title">
<h2 id="answer-title" tabindex="-1">${words.answer}</h2>
${formatAnswer(visit, answer, faults)}
</section>
</div>`,
  })
}

/** What a visit asks, its faults, and the answer when it is complete and has no contradiction. */
export function readVisit({ gateway, query, person, now }: Visit): {
  readonly question: ShareQuestion
  readonly faults: readonly AddressFault[]
  readonly answer: ShareAnswer | undefined
} {
  const set = gateway.policySet
  const read = readQuestion(set, query)
  const isUntouched = query.size === 0
  const question =
    isUntouched && person && set.parties.has(person.party) ? { ...read.question, from: person.party } : read.question
  const contradictions = findContradictions(set, question)
  return {
    question,
    faults: [...read.faults, ...contradictions],
    answer:
      contradictions.length === 0 && isComplete(question)
        ? answerQuestion(set, question, now.toISOString())
        : undefined,
  }
}

function formatAnswer(visit: Visit, answer: ShareAnswer | undefined, faults: readonly AddressFault[]): Html {
  const { gateway, language, person } = visit
  const words = SHARE_WORDS[language]
  if (answer)
    return html`${formatVerdict(gateway.policySet, answer, language, 'page')}
<p class="actions no-print"><a href="${formatAddress(RESULT_PATH, answer.question)}">${words.toResult}</a> ${
      answer.decision.outcome !== 'geweigerd' &&
      person?.party === answer.question.from &&
      mayOpen(visit, 'exchange:submit')
        ? html`<a href="${formatAddress('/reports/new', answer.question)}">${words.toReport}</a>`
        : NOTHING
    }</p>`
  const isContradictory = faults.some(({ at }) => at?.startsWith('is.'))
  return html`<p class="quiet" id="verdict">${isContradictory ? words.contradiction : words.noAnswerYet}</p>`
}
