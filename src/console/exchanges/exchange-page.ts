import { html } from 'hono/html'
import type { ExchangeRecord } from '../../audit/record/exchange.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import { describeOutcome } from '../../model/treatment-words.ts'
import { formatDuty } from '../../policy/explain.ts'
import { labelsOf } from '../../policy/labels.ts'
import { DEFAULT_TERMS } from '../../review/follow-up-watch.ts'
import { showPage } from '../answers.ts'
import { type Html, NOTHING, withNames } from '../html.ts'
import { formatMoment } from '../moments.ts'
import type { Visit } from '../page.ts'
import { showMoment } from '../show-moment.ts'
import { formatDecidedFields } from './decided-fields.ts'
import { EXCHANGES_PATH } from './list-page.ts'
import { findLate, nameClient, owesFeedback, readRecord } from './own-exchange.ts'
import { EXCHANGE_WORDS } from './words.ts'

/** One exchange of the organisation: what was decided, and everything that happened since. */
export async function showExchange(visit: Visit): Promise<Response> {
  const { language, gateway, query } = visit
  const set = gateway.policySet
  const words = EXCHANGE_WORDS[language]
  const labels = labelsOf(language, set)
  const exchange = await findOwn(visit)
  const record = readRecord(exchange)
  const { decision, id } = exchange
  const misses = [
    ...new Set(
      decision.dataSubjects.flatMap(({ nearestMisses }) =>
        nearestMisses.map(({ sentence }) => sentence[language].trim()),
      ),
    ),
  ]
  return showPage(visit, {
    title: words.one(labels.party(record.recipient)),
    heading: withNames(words.one, labels.party(record.recipient)),
    body: html`${formatNotice(visit, exchange, record, query.get('sent') === 'yes')}
<section aria-labelledby="course"><h2 id="course">${words.course}</h2>${formatCourse(visit, exchange)}${formatLate(visit, exchange, record)}</section>
<section aria-labelledby="fields"><h2 id="fields">${words.outcome}: ${describeOutcome(decision.outcome, decision.reason, language)}</h2>
${record.subjects.map(({ role }, index) => formatDecidedFields(set, decision, index, role, exchange.delivery ? 'done' : 'would', language))}
${misses.length === 0 ? NOTHING : html`<details><summary>${words.misses}</summary><ul>${misses.map((miss) => html`<li><bdi>${miss}</bdi></li>`)}</ul></details>`}
${decision.duties.length === 0 ? NOTHING : html`<h3>${words.duties}</h3><ul>${decision.duties.map((duty) => html`<li><bdi>${formatDuty(duty, labels, language)}</bdi>.</li>`)}</ul>`}
</section>
<section aria-labelledby="papers"><h2 id="papers">${words.papers}</h2>
<dl>
<dt>${words.kind}</dt><dd><bdi>${labels.kind(record.kind)}</bdi></dd>
<dt>${words.purpose}</dt><dd><bdi>${labels.purpose(record.purpose)}</bdi></dd>
${record.legalBasis === undefined ? NOTHING : html`<dt>${words.basis}</dt><dd lang="nl">${labels.file(record.legalBasis)}</dd>`}
<dt>${words.submittedBy}</dt><dd>${record.submittedBy === undefined ? words.system : nameClient(set.parties, record.submittedBy, language)}</dd>
${record.inReplyTo === undefined ? NOTHING : html`<dt>${words.inReplyTo}</dt><dd><code>${record.inReplyTo}</code></dd>`}
<dt>${words.id}</dt><dd><code>${id}</code></dd>
</dl>
<ul><li><a href="${EXCHANGES_PATH}/${id}/statement">${words.statement}</a></li><li><a href="${EXCHANGES_PATH}/${id}/receipt" download="sluis-receipt-${id}.json">${words.receipt}</a></li></ul>
</section>
<p class="actions">${canRecall(exchange) ? html`<a href="${EXCHANGES_PATH}/${id}/recall">${words.recall}</a>` : NOTHING} <a href="${EXCHANGES_PATH}">${words.back}</a></p>`,
  })
}

export const findOwn = ({ api, parameters }: Visit): Promise<ExchangeAnswer> =>
  api<ExchangeAnswer>({ method: 'GET', path: `/v1/exchanges/${encodeURIComponent(parameters.id ?? '')}` })

export const canRecall = ({ delivery, recalledAt }: ExchangeAnswer): boolean =>
  delivery !== undefined && recalledAt === undefined

/** What the person must know first. Right after sending also what happens next. */
function formatNotice(visit: Visit, exchange: ExchangeAnswer, record: ExchangeRecord, isJustSent: boolean): Html {
  const { language, gateway } = visit
  const { vocabulary, parties } = gateway.policySet
  const words = EXCHANGE_WORDS[language]
  const party = labelsOf(language, gateway.policySet).party(record.recipient)
  const notice = (title: string, text: Html | string, isWarning = false) =>
    html`<div class="notice${isWarning ? ' warn' : ''}" role="status"><h2>${title}</h2><p>${text}</p></div>`
  if (exchange.recalledAt !== undefined) return notice(words.recalled, words.recalledText)
  if (exchange.outcome === 'geweigerd') return notice(words.refused, words.refusedText, true)
  if (exchange.approval?.status === 'waiting') return notice(words.held, words.heldText)
  if (!isJustSent) return NOTHING
  const feedbackDays = owesFeedback(record, vocabulary, parties) ? DEFAULT_TERMS.feedbackDays : undefined
  return html`${notice(words.sent, withNames(words.sentText, party))}
<h2>${words.next}</h2><p>${withNames((name) => words.expect(name, DEFAULT_TERMS.acknowledgeDays, feedbackDays), party)}</p>`
}

interface Event {
  readonly at: string | undefined
  readonly text: Html | string
}

function formatCourse({ language, gateway }: Visit, exchange: ExchangeAnswer): Html {
  const words = EXCHANGE_WORDS[language]
  return html`<ol class="events">${listEvents().map(({ at, text }) => html`<li>${at === undefined ? html`<span></span>` : showMoment(at, language)}<span>${text}</span></li>`)}</ol>`

  function listEvents(): readonly Event[] {
    const { approval, delivery, decision, recalledAt } = exchange
    const events: Event[] = [{ at: decision.at, text: words.events.decided }]
    if (approval) {
      const { parties } = gateway.policySet
      const name = (by: string) => nameClient(parties, by, language)
      const people = approval.given.length + approval.remaining
      events.push({ at: decision.at, text: words.events.held(people, formatMoment(approval.expiresAt, language)) })
      for (const { by, at } of approval.given) events.push({ at, text: withNames(words.events.approved, name(by)) })
      if (approval.status === 'waiting')
        events.push({
          at: undefined,
          text:
            approval.approvers.length === 0
              ? words.waitingForNobody
              : withNames(words.waitingFor, approval.approvers.map(name).join(', ')),
        })
      if (approval.status === 'refused' || approval.status === 'expired')
        events.push({ at: undefined, text: words.events[approval.status] })
    }
    const since: readonly (readonly [keyof typeof words.events, string | undefined])[] = [
      ['placed', delivery?.placedAt],
      ['fetched', delivery?.fetchedAt],
      ['acknowledged', delivery?.acknowledgedAt],
      ['answered', delivery?.answeredAt],
      ['recalled', recalledAt],
      ['erased', delivery?.erasedAt],
    ]
    const later = since.flatMap(([what, at]) => {
      const text = words.events[what]
      return at !== undefined && typeof text === 'string' ? [{ at, text }] : []
    })
    return [...events, ...later.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))]
  }
}

/** What is overdue, and who can do something about it. */
function formatLate({ language, gateway, now }: Visit, exchange: ExchangeAnswer, record: ExchangeRecord): Html {
  const { vocabulary, parties } = gateway.policySet
  const words = EXCHANGE_WORDS[language]
  const late = findLate(exchange, owesFeedback(record, vocabulary, parties), now)
  if (!late) return NOTHING
  const recipient = parties.get(record.recipient)
  const contact = recipient?.contact?.[language].trim().replace(/\.$/, '')
  const days = late === 'feedback' ? DEFAULT_TERMS.feedbackDays : DEFAULT_TERMS.acknowledgeDays
  return html`<p class="notice warn"><strong class="overdue">${words.late[late](days)}</strong> ${withNames(contact === undefined ? words.callParty : words.askContact, contact ?? recipient?.label[language] ?? record.recipient)}</p>`
}
