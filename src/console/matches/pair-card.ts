import { html } from 'hono/html'
import type { MatchView } from '../../exchange/linking/match-view.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { MatchStatus } from '../../ports/mentions.ts'
import { nameClient } from '../exchanges/own-exchange.ts'
import { type Html, NOTHING } from '../html.ts'
import type { Visit } from '../page.ts'
import { showMoment } from '../show-moment.ts'
import { MATCH_WORDS } from './words.ts'

export const MATCHES_PATH = '/matches'

/** The beginning of a pseudonym, to recognise it by. */
const shortName = (pseudonym: string): string => pseudonym.slice(0, 12)

const TAGS = { possible: 'waiting', automatic: 'linkedOnly', confirmed: 'released', rejected: 'withheld' } as const

/**
 * One pair: both sides as far as the gateway knows them, the answers that differ from the present one, and what each would change. The
 * script puts what it opens where it finds `.opened`.
 * @param back where the form leads to: the list of this status, or the page of the pair
 */
export function formatPair(visit: Visit, match: MatchView, back: MatchStatus | 'pair'): Html {
  const { language } = visit
  const words = MATCH_WORDS[language]
  const [earlier, later] = match.pseudonyms.map(shortName) as [string, string]
  const heading = `pair-${match.id}`
  return html`<article class="card match" aria-labelledby="${heading}" data-sides="${JSON.stringify(listSides(match))}">
<h2 id="${heading}">${words.pair(earlier, later)}</h2>
<div class="sides">${([0, 1] as const).map((side) => formatSide(visit, match, side))}</div>
${formatComparable(visit, match)}
<div class="opened"></div>
${formatJudgement(visit, match, back)}
</article>`
}

/** What a script needs to open both sides. */
const listSides = ({ mentions }: MatchView) =>
  mentions.map(({ deliveryId, dataSubject }) => ({ deliveryId, dataSubject }))

function formatSide({ language, gateway }: Visit, match: MatchView, side: 0 | 1): Html {
  const words = MATCH_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  const mention = match.mentions[side]
  return html`<div><h3>${words.sides[side]}</h3>
${
  mention === undefined
    ? html`<p>${words.gone}</p>`
    : html`<dl>
<dt>${words.from}</dt><dd><bdi>${labels.party(mention.sender)}</bdi></dd>
<dt>${words.at}</dt><dd>${showMoment(mention.at, language)}</dd>
<dt>${words.role}</dt><dd><bdi>${labels.role(mention.role)}</bdi></dd>
<dt>${words.reference}</dt><dd><code>${mention.exchangeId}</code></dd>
<dt>${words.code}</dt><dd><code>${match.pseudonyms[side]}</code></dd>
</dl>`
}</div>`
}

function formatComparable({ language, gateway }: Visit, { comparable }: MatchView): Html {
  const words = MATCH_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  return comparable.length === 0
    ? html`<p>${words.nothingComparable}</p>`
    : html`<p>${words.comparable} <bdi>${labels.list(comparable.map(labels.field))}</bdi>.</p>`
}

/** Where the pair stands, and the form that answers it. */
function formatJudgement({ language, gateway }: Visit, match: MatchView, back: MatchStatus | 'pair'): Html {
  const { id, status, at, answeredBy, answeredAt } = match
  const words = MATCH_WORDS[language]
  const does = match.pseudonyms[0] === match.pseudonyms[1] ? 'joined' : 'apart'
  const answer = (value: string, text: string, effect: string) =>
    html`<div><button name="answer" value="${value}" aria-describedby="${value}-${id}">${text}</button><p class="hint" id="${value}-${id}">${effect}</p></div>`
  return html`<div class="judgement">
<p><span class="tag ${TAGS[status]}">${words.statuses[status]}</span> ${
    answeredBy === undefined
      ? html`<span class="quiet">${words.since} ${showMoment(at, language)}</span>`
      : html`<span class="quiet">${words.answeredBy} <bdi>${nameClient(gateway.policySet.parties, answeredBy, language)}</bdi>${answeredAt === undefined ? NOTHING : html`, ${showMoment(answeredAt, language)}`}</span>`
  }</p>
<form method="post" action="${MATCHES_PATH}/${id}" class="no-print" aria-label="${words.answer}: ${words.pair(shortName(match.pseudonyms[0]), shortName(match.pseudonyms[1]))}">
<input type="hidden" name="seen" value="${status}"><input type="hidden" name="back" value="${back}">
<div class="answers">
${status === 'confirmed' ? NOTHING : answer('confirm', words.confirm, words.confirmDoes[does])}
${status === 'rejected' ? NOTHING : answer('reject', words.reject, words.rejectDoes[does])}
${status === 'possible' ? answer('unknown', words.unknown, words.unknownDoes) : NOTHING}
</div></form>
</div>`
}
