import { html } from 'hono/html'
import { RECALL_GROUNDS } from '../../audit/record/follow-up.ts'
import { labelsOf } from '../../policy/labels.ts'
import { redirectTo, showPage } from '../answers.ts'
import { formatFaults } from '../faults.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import type { Visit } from '../page.ts'
import { canRecall, findOwn } from './exchange-page.ts'
import { EXCHANGES_PATH } from './list-page.ts'
import { readRecord } from './own-exchange.ts'
import { EXCHANGE_WORDS } from './words.ts'

/** Asks for the ground of a recall, and says what it does. */
export async function askRecall(visit: Visit): Promise<Response> {
  const exchange = await findOwn(visit)
  if (!canRecall(exchange)) return redirectTo(`${EXCHANGES_PATH}/${exchange.id}`)
  return showForm(visit, readRecord(exchange).recipient, false)
}

/** Recalls, once: a second press finds it recalled already. */
export async function recall(visit: Visit): Promise<Response> {
  const ground = RECALL_GROUNDS.find((one) => one === visit.form.get('ground'))
  const exchange = await findOwn(visit)
  if (exchange.recalledAt !== undefined) return redirectTo(`${EXCHANGES_PATH}/${exchange.id}`)
  if (!ground) return showForm(visit, readRecord(exchange).recipient, true)
  await visit.api({ method: 'POST', path: `/v1/exchanges/${exchange.id}/_recall`, body: { ground } })
  return redirectTo(`${EXCHANGES_PATH}/${exchange.id}`)
}

function showForm(visit: Visit, recipient: string, isMissing: boolean): Promise<Response> {
  const { language, gateway, parameters, path } = visit
  const words = EXCHANGE_WORDS[language]
  const fault: Html = isMissing ? html`<p class="fault" id="ground-fault">${words.groundMissing}</p>` : NOTHING
  return showPage(visit, {
    title: words.recallTitle,
    status: isMissing ? 400 : 200,
    body: html`${formatFaults(isMissing ? [{ id: 'ground-1', text: words.groundMissing }] : [], language)}
<p>${withNames(words.recallLead, labelsOf(language, gateway.policySet).party(recipient))}</p>
<form method="post" action="${path}">
<fieldset class="field"><legend>${words.ground}</legend>${fault}
${RECALL_GROUNDS.map((ground, index) => html`<p class="choice"><label><input type="radio" id="ground-${index + 1}" name="ground" value="${ground}"${isMissing ? html` aria-describedby="ground-fault"` : NOTHING}> ${words.grounds[ground]}</label></p>`)}
</fieldset>
<p class="actions"><button class="danger">${words.confirmRecall}</button> <a href="${EXCHANGES_PATH}/${parameters.id}">${words.cancel}</a></p>
</form>`,
  })
}
