import { html } from 'hono/html'
import { isModernDate } from '../../encoding/calendar-date.ts'
import { EXCHANGE_STATES } from '../../exchange/progress.ts'
import { capitalised, OUTCOME_WORDS } from '../../model/treatment-words.ts'
import { labelsOf } from '../../policy/labels.ts'
import { showPage } from '../answers.ts'
import { formatFaults } from '../faults.ts'
import { type Html, NOTHING } from '../html.ts'
import type { Visit } from '../page.ts'
import { showMoment } from '../show-moment.ts'
import { findLate, type ListedAnswer, owesFeedback, readRecord } from './own-exchange.ts'
import { EXCHANGE_WORDS, STATE_WORDS } from './words.ts'

export const EXCHANGES_PATH = '/exchanges'
const FILTERS = ['state', 'recipient', 'since', 'until'] as const

interface Page {
  readonly exchanges: readonly ListedAnswer[]
  readonly cursor?: string
  readonly hasMore: boolean
}

/** The exchanges of the organisation, newest first. */
export async function showExchanges(visit: Visit): Promise<Response> {
  const { language, query } = visit
  const words = EXCHANGE_WORDS[language]
  const chosen = new URLSearchParams()
  for (const name of FILTERS) if (query.get(name)) chosen.append(name, query.get(name)!)
  const wrongDates = (['since', 'until'] as const).filter(
    (name) => chosen.has(name) && !isModernDate(chosen.get(name)!),
  )
  const cursor = query.get('cursor')
  const page: Page =
    wrongDates.length > 0
      ? { exchanges: [], hasMore: false }
      : await visit.api<Page>({
          method: 'GET',
          path: `/v1/exchanges?${withMore(chosen, { order: 'newest-first', ...(cursor && { cursor }) })}`,
        })
  const isFiltered = chosen.size > 0 || cursor !== null
  return showPage(visit, {
    title: words.title,
    status: wrongDates.length > 0 ? 400 : 200,
    body: html`${formatFaults(
      wrongDates.map((id) => ({ id, text: `${words[id]}: ${words.dateFault}` })),
      language,
    )}<p class="lead">${words.lead}</p>
<p class="actions"><a href="/reports/new">${words.newReport}</a></p>
${formatFilters(visit, chosen, wrongDates)}
${
  page.exchanges.length > 0
    ? formatTable(visit, page.exchanges)
    : wrongDates.length > 0
      ? NOTHING
      : html`<p>${isFiltered ? words.noneFit : words.none}</p>`
}
<p class="actions">${page.hasMore && page.cursor !== undefined ? html`<a href="${EXCHANGES_PATH}?${withMore(chosen, { cursor: page.cursor })}">${words.older}</a>` : NOTHING}
${cursor === null ? NOTHING : html`<a href="${EXCHANGES_PATH}${chosen.size === 0 ? '' : `?${chosen}`}">${words.newest}</a>`}</p>`,
  })
}

const withMore = (chosen: URLSearchParams, more: Readonly<Record<string, string>>): URLSearchParams =>
  new URLSearchParams({ ...Object.fromEntries(chosen), ...more })

function formatFilters({ language, gateway }: Visit, chosen: URLSearchParams, wrongDates: readonly string[]): Html {
  const words = EXCHANGE_WORDS[language]
  const option = (id: string, label: string, current: string | null) =>
    html`<option value="${id}"${id === current ? html` selected` : NOTHING}>${label}</option>`
  const parties = [...gateway.policySet.parties.values()]
  return html`<form action="${EXCHANGES_PATH}" class="filters" role="search" aria-label="${words.filters}">
<div class="field"><label for="state">${words.state}</label><select id="state" name="state"><option value="">${words.all}</option>${EXCHANGE_STATES.map((state) => option(state, capitalised(STATE_WORDS[language][state]), chosen.get('state')))}</select></div>
<div class="field"><label for="recipient">${words.recipient}</label><select id="recipient" name="recipient"><option value="">${words.all}</option>${parties.map(({ id, label }) => option(id, label[language], chosen.get('recipient')))}</select></div>
${(['since', 'until'] as const).map(
  (name) =>
    html`<div class="field"><label for="${name}">${words[name]}</label>${wrongDates.includes(name) ? html`<p class="fault" id="${name}-fault">${words.dateFault}</p>` : NOTHING}<input type="date" id="${name}" name="${name}" value="${chosen.get(name) ?? ''}"${wrongDates.includes(name) ? html` aria-invalid="true" aria-describedby="${name}-fault"` : NOTHING}></div>`,
)}
<div class="actions"><button>${words.filter}</button>${chosen.size === 0 ? NOTHING : html`<a href="${EXCHANGES_PATH}">${words.clear}</a>`}</div>
</form>`
}

function formatTable({ language, gateway, now }: Visit, exchanges: readonly ListedAnswer[]): Html {
  const { policySet } = gateway
  const words = EXCHANGE_WORDS[language]
  const labels = labelsOf(language, policySet)
  return html`<table class="stacks" role="table"><caption>${words.caption}</caption>
<thead role="rowgroup"><tr role="row">${[words.moment, words.recipient, words.kind, words.outcome, words.state].map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${exchanges.map((exchange) => {
    const record = readRecord(exchange)
    const late = findLate(exchange, owesFeedback(record, policySet.vocabulary, policySet.parties), now)
    return html`<tr role="row">
<th role="rowheader" scope="row"><a href="${EXCHANGES_PATH}/${exchange.id}"><span class="hidden">${words.open} </span>${showMoment(exchange.at, language)}</a></th>
<td role="cell"><bdi>${labels.party(exchange.recipient)}</bdi></td>
<td role="cell"><bdi>${labels.kind(record.kind)}</bdi>; <bdi>${labels.purpose(record.purpose)}</bdi></td>
<td role="cell">${capitalised(OUTCOME_WORDS[language][exchange.outcome])}</td>
<td role="cell"><span class="${exchange.state === 'refused' ? 'refused' : exchange.state === 'waiting' ? 'waiting' : ''}">${capitalised(STATE_WORDS[language][exchange.state])}</span>${late ? html` <span class="tag overdue">${words.overdue}</span>` : NOTHING}</td>
</tr>`
  })}</tbody></table>`
}
