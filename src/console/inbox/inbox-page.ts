import { html } from 'hono/html'
import { ACKNOWLEDGE_DAYS, type InboxCounts, type ListedDelivery } from '../../exchange/inbox/inbox-list.ts'
import { labelsOf } from '../../policy/labels.ts'
import { showPage } from '../answers.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import { MATCHES_PATH } from '../matches/pair-card.ts'
import { MATCH_WORDS } from '../matches/words.ts'
import { type ConsolePage, mayOpen, personOf, type Visit } from '../page.ts'
import { showMoment } from '../show-moment.ts'
import { formatChooseKeys } from './choose-keys.ts'
import { DELIVERY_TAGS } from './delivery-states.ts'
import { formReaderLabels } from './reader-labels.ts'
import { INBOX_WORDS } from './words.ts'

interface Page {
  readonly deliveries: readonly ListedDelivery[]
  readonly hasMore: boolean
}

/** The inbox: what arrived, and the place where the browser opens it. */
export const inboxPage: ConsolePage = {
  method: 'get',
  path: '/inbox',
  access: 'inbox:read',
  async perform(visit) {
    const before = visit.query.get('before')
    const query = before === null ? '' : `?before=${encodeURIComponent(before)}`
    const [page, counts] = await Promise.all([
      visit.api<Page>({ method: 'GET', path: `/v1/deliveries/_newest${query}` }),
      visit.api<InboxCounts>({ method: 'GET', path: '/v1/deliveries/_count' }),
    ])
    return showPage(visit, {
      title: INBOX_WORDS[visit.language].title,
      body: formatInbox(visit, page, counts),
      scripts: ['inbox.js'],
    })
  },
}

function formatInbox(visit: Visit, { deliveries, hasMore }: Page, counts: InboxCounts): Html {
  const { language, gateway, query } = visit
  const words = INBOX_WORDS[language]
  const { policySet } = gateway
  const last = deliveries.at(-1)
  const feedback = policySet.vocabulary.gatewayWords?.feedbackPurpose
  return html`${formatCounts(counts, language)}
${formatChooseKeys(language)}
<div id="reader" data-party="${personOf(visit).party}" data-labels="${JSON.stringify(formReaderLabels(policySet, language))}"${
    feedback !== undefined && mayOpen(visit, 'exchange:submit')
      ? html` data-feedback="/reports/new?purpose=${feedback}"`
      : NOTHING
  }${mayOpen(visit, 'identity:ask') ? html` data-asks` : NOTHING}>
<section aria-labelledby="deliveries-title">
<h2 id="deliveries-title">${words.deliveries}</h2>
<div id="inbox-actions" class="actions no-print"></div>
<p id="inbox-state" role="status"></p>
${
  deliveries.length === 0
    ? html`<p>${words.empty}</p>`
    : html`<ol class="deliveries">${deliveries.map((delivery) => formatDelivery(delivery, visit))}</ol>`
}
${query.has('before') ? html`<p class="no-print"><a href="/inbox">${words.newest}</a></p>` : NOTHING}
${hasMore && last ? html`<p class="no-print"><a href="/inbox?before=${last.id}">${words.older}</a></p>` : NOTHING}
</section>
<section aria-labelledby="persons-title">
<h2 id="persons-title">${words.persons}</h2>
<div id="persons"></div>
</section>
${
  mayOpen(visit, 'match:review')
    ? html`<p class="no-print">${words.matches} <a href="${MATCHES_PATH}">${MATCH_WORDS[language].title}</a></p>`
    : NOTHING
}
</div>`
}

function formatCounts(counts: InboxCounts, language: Visit['language']): Html {
  const words = INBOX_WORDS[language]
  const shown = (['new', 'unread', 'overdue'] as const).filter((state) => counts[state] > 0)
  if (shown.length === 0) return html`<p class="lead">${words.countsNone}</p>`
  return html`<p class="lead">${shown.map(
    (state) => html`<span class="tag ${DELIVERY_TAGS[state]}">${counts[state]} ${words.counts[state]}</span> `,
  )}</p>
${counts.overdue > 0 ? html`<p>${words.overdueMeans(ACKNOWLEDGE_DAYS)}</p>` : NOTHING}`
}

function formatDelivery({ id, kind, sender, placedAt, state }: ListedDelivery, { language, gateway }: Visit): Html {
  const words = INBOX_WORDS[language]
  const isGone = state === 'recalled' || state === 'erased'
  return html`<li class="card"${isGone ? NOTHING : html` data-delivery="${id}" data-state="${state}" data-sender="${sender}"`}>
<h3 id="title-${id}">${kind === 'notice' ? words.notice : withNames(words.sent, labelsOf(language, gateway.policySet).party(sender))}</h3>
<p>${showMoment(placedAt, language)} <span class="tag state ${DELIVERY_TAGS[state]}">${words.states[state]}</span></p>
${state === 'recalled' ? html`<p>${words.recalledWhy}</p>` : state === 'erased' ? html`<p>${words.erasedWhy}</p>` : NOTHING}
</li>`
}
