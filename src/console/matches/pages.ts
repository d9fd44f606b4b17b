import { html } from 'hono/html'
import { UUID } from '../../encoding/uuid.ts'
import { sluisError } from '../../errors.ts'
import type { MatchView } from '../../exchange/linking/match-view.ts'
import type { MatchAnswer } from '../../exchange/linking/matches.ts'
import type { Language } from '../../model/language.ts'
import { MATCH_STATUSES, type MatchStatus } from '../../ports/mentions.ts'
import { redirectTo, showPage } from '../answers.ts'
import { ApiProblemError } from '../call-api.ts'
import { type Html, NOTHING } from '../html.ts'
import { formatChooseKeys } from '../inbox/choose-keys.ts'
import { formReaderLabels } from '../inbox/reader-labels.ts'
import { type ConsolePage, mayOpen, personOf, type Visit } from '../page.ts'
import { formatPair, MATCHES_PATH } from './pair-card.ts'
import { ANSWERED, type Answered, MATCH_WORDS } from './words.ts'

/** Pairs of persons that may be one: listed, compared and answered. */
export const matchPages: readonly ConsolePage[] = [
  { method: 'get', path: MATCHES_PATH, access: 'match:review', perform: showList },
  { method: 'get', path: `${MATCHES_PATH}/{id}`, access: 'match:review', perform: showOne },
  { method: 'post', path: `${MATCHES_PATH}/{id}`, access: 'match:review', perform: answer },
]

interface Page {
  readonly matches: readonly MatchView[]
  readonly cursor?: string
  readonly hasMore: boolean
}

/** Pairs of one status, oldest first. */
async function showList(visit: Visit): Promise<Response> {
  const { language, query } = visit
  const words = MATCH_WORDS[language]
  // A status that is none is refused by the API, which names the ones that are.
  const status = (query.get('status') ?? 'possible') as MatchStatus
  const cursor = query.get('cursor')
  const page = await visit.api<Page>({
    method: 'GET',
    path: `/v1/matches?${new URLSearchParams({ status, ...(cursor && { cursor }) })}`,
  })
  const address = (more: Record<string, string> = {}) => `${MATCHES_PATH}?${new URLSearchParams({ status, ...more })}`
  return showPage(visit, {
    title: words.title,
    address: address(),
    body: html`${formatDone(visit)}
<p class="lead">${words.lead}</p>
<p>${words.means}</p>
<nav class="lists no-print" aria-label="${words.which}"><ul>${MATCH_STATUSES.map(
      (one) =>
        html`<li><a href="${MATCHES_PATH}?status=${one}"${one === status ? html` aria-current="page"` : NOTHING}>${words.lists[one]}</a></li>`,
    )}</ul></nav>
${
  page.matches.length === 0
    ? html`<p>${words.none[status]}</p>`
    : formatPairs(
        visit,
        page.matches.map((match) => formatPair(visit, match, status)),
      )
}
<p class="actions no-print">${page.hasMore && page.cursor !== undefined ? html`<a href="${address({ cursor: page.cursor })}">${words.more}</a>` : NOTHING}
${cursor === null ? NOTHING : html`<a href="${address()}">${words.first}</a>`}</p>`,
    ...SCRIPTS,
  })
}

function showOne(visit: Visit): Promise<Response> {
  return showPair(visit, formatDone(visit), 200)
}

async function showPair(visit: Visit, notice: Html, status: number): Promise<Response> {
  const words = MATCH_WORDS[visit.language]
  const match = await visit.api<MatchView>({ method: 'GET', path: apiPath(visit) })
  return showPage(visit, {
    title: words.title,
    status,
    body: html`${notice}
<p>${words.means}</p>
${formatPairs(visit, [formatPair(visit, match, 'pair')])}
<p class="actions no-print"><a href="${MATCHES_PATH}?status=${match.status}">${words.back}</a></p>`,
    ...SCRIPTS,
  })
}

const SCRIPTS = { scripts: ['matches.js'] } as const

/** Takes an answer that was based on the status in the form. When a colleague gave another meanwhile, the pair is shown again. */
async function answer(visit: Visit): Promise<Response> {
  const { form, language } = visit
  const given = form.get('answer')
  if (given === 'unknown') return showAnswered(visit, 'unknown')
  if (given !== 'confirm' && given !== 'reject') {
    throw sluisError('value-invalid', {
      nl: 'het formulier heeft geen antwoord; open de lijst opnieuw en kies een van de knoppen',
      en: 'the form has no answer; open the list again and choose one of the buttons',
    })
  }
  const seen = form.get('seen')
  try {
    const { effect, receipt } = await visit.api<MatchAnswer>({
      method: 'POST',
      path: `${apiPath(visit)}/_${given}${seen === null ? '' : `?${new URLSearchParams({ seen })}`}`,
    })
    return await showAnswered(visit, receipt ? effect : 'already')
  } catch (error) {
    if (!(error instanceof ApiProblemError) || !error.problem.type.endsWith('/match-changed')) throw error
    return showPair(
      visit,
      html`<p class="notice warn" id="said" role="alert">${MATCH_WORDS[language].changed}</p>`,
      409,
    )
  }
}

const apiPath = ({ parameters }: Visit): string => `/v1/matches/${encodeURIComponent(parameters.id ?? '')}`

/** Leads to where the form was, or shows the pair at once to the script of a page that stays. */
function showAnswered(visit: Visit, done: Answered): Promise<Response> | Response {
  const { form, parameters, language } = visit
  const back = form.get('back')
  if (back === 'here') return showPair(visit, sayDone(done, NOTHING, language), 200)
  const id = encodeURIComponent(parameters.id ?? '')
  const status = MATCH_STATUSES.find((one) => one === back)
  return redirectTo(
    status === undefined
      ? `${MATCHES_PATH}/${id}?done=${done}`
      : `${MATCHES_PATH}?${new URLSearchParams({ status, done, pair: id })}`,
  )
}

/** What came of the answer before this page, and the way to take it back. */
function formatDone({ language, query }: Visit): Html {
  const done = ANSWERED.find((one) => one === query.get('done'))
  if (!done) return NOTHING
  const pair = query.get('pair') ?? ''
  const change = html` <a href="${MATCHES_PATH}/${pair}">${MATCH_WORDS[language].change}</a>`
  return sayDone(done, done !== 'unknown' && UUID.test(pair) ? change : NOTHING, language)
}

const sayDone = (done: Answered, change: Html, language: Language): Html =>
  html`<p class="notice" id="said" role="status">${MATCH_WORDS[language].done[done]}${change}</p>`

/** Pairs, and what they are judged with: the key that opens both sides, or the organisation's own register. */
function formatPairs(visit: Visit, pairs: readonly Html[]): Html {
  const { language, gateway } = visit
  const words = MATCH_WORDS[language]
  const list = html`<div class="pairs">${pairs}</div>`
  if (!mayOpen(visit, 'inbox:read')) return html`<p class="notice">${words.closed}</p>${list}`
  return html`<p>${words.opens}</p>
${formatChooseKeys(language)}
<div id="reader" data-party="${personOf(visit).party}" data-labels="${JSON.stringify(formReaderLabels(gateway.policySet, language))}">${list}</div>`
}
