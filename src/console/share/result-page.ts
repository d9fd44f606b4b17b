import { html } from 'hono/html'
import { showPage } from '../answers.ts'
import type { Visit } from '../page.ts'
import { SHARE_PATH } from './choice-form.ts'
import { addressParts, formatAddress } from './question.ts'
import { formatResult, headingOf, titleOf } from './result.ts'
import { FORMAT, reasonWithout } from './save-record.ts'
import { RECORD_PATH, RESULT_PATH, readVisit, showShare } from './share-page.ts'
import { SHARE_WORDS } from './words.ts'

/** The result on a page of its own, to print, to link, and to save as a record. A question that is not complete goes back to the form. */
export function showResult(visit: Visit): Promise<Response> {
  const { language, gateway } = visit
  const { question, faults, answer } = readVisit(visit)
  if (!answer || faults.length > 0) return showShare(visit)
  const words = SHARE_WORDS[language]
  const missing = reasonWithout(visit, answer)
  return showPage(visit, {
    title: titleOf(gateway.policySet, answer, language),
    heading: headingOf(gateway.policySet, answer, language),
    address: formatAddress(RESULT_PATH, question),
    body: html`<p class="no-print"><a href="${formatAddress(SHARE_PATH, question)}">${words.change}</a></p>
<div class="result">${formatResult(gateway.policySet, answer, language, 'page')}</div>
<section class="card no-print" aria-labelledby="save-title">
<h2 id="save-title">${words.save}</h2>
<p>${words.saveWhat}</p>
<p>${missing ? words.without[missing] : words.saveRecorded}</p>
<form method="post" action="${RECORD_PATH}" data-answer="file">
${addressParts(question).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="actions"><button class="primary" name="${FORMAT}" value="html">${words.savePage}</button> <button name="${FORMAT}" value="json">${words.saveJson}</button></p>
</form>
</section>`,
  })
}
