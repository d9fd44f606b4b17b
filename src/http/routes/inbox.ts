import { UUID } from '../../encoding/uuid.ts'
import { sluisError } from '../../errors.ts'
import { acknowledgeDelivery, fetchDelivery } from '../../exchange/inbox/hand-over.ts'
import { COUNTED_DELIVERIES, countInbox, listInbox } from '../../exchange/inbox/inbox-list.ts'
import { readInboxPage } from '../../exchange/inbox/inbox-page.ts'
import type { StoredDelivery } from '../../ports/stored.ts'
import { cursorParameter, readCursor } from '../cursor.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { callingParty, idParameter, json, notFound, type Parameter, type Route } from '../route.ts'

const BEFORE: Parameter = {
  name: 'before',
  in: 'query',
  description:
    'Id of the last delivery of the previous page; leave it out to start at the newest. Before one that you do not have there is nothing',
  required: false,
  schema: { type: 'string', format: 'uuid' },
}

/** For recipients: list, fetch and acknowledge deliveries. */
export const inboxRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/deliveries',
    operationId: 'listDeliveries',
    tag: 'deliveries',
    summary: 'Your inbox, oldest first',
    description: 'Exchanges from other parties, and notices of the gateway itself about your pseudonyms.',
    scope: 'inbox:read',
    parameters: [cursorParameter('inbox')],
    answer: { status: 200, description: `At most ${PAGE_SIZE} deliveries`, schema: 'DeliveryPage' },
    problems: ['query-invalid', 'cursor-unknown'],
    async perform(visit) {
      const from = readCursor(visit.query, 'inbox')
      const { deliveries, cursor, hasMore } = await readInboxPage(visit.gateway, callingParty(visit), from, PAGE_SIZE)
      return json({ deliveries: deliveries.map(summarise), cursor, hasMore })
    },
  },
  {
    method: 'get',
    path: '/v1/deliveries/_newest',
    operationId: 'listNewestDeliveries',
    tag: 'deliveries',
    summary: 'Your inbox, newest first, with the state of each delivery',
    description:
      'For people who look. A system that must miss nothing follows `GET /v1/deliveries` with its cursor. Nothing is handed over, so nothing is recorded.',
    scope: 'inbox:read',
    parameters: [BEFORE],
    answer: { status: 200, description: `At most ${PAGE_SIZE} deliveries`, schema: 'NewestDeliveries' },
    problems: ['query-invalid'],
    async perform(visit) {
      const before = readBefore(visit.query)
      const listed = await listInbox(visit.gateway, callingParty(visit), before, PAGE_SIZE + 1)
      return json({ deliveries: listed.slice(0, PAGE_SIZE), hasMore: listed.length > PAGE_SIZE })
    },
  },
  {
    method: 'get',
    path: '/v1/deliveries/_count',
    operationId: 'countDeliveries',
    tag: 'deliveries',
    summary: 'How many deliveries are new, unread or overdue',
    description: `Counts the newest ${COUNTED_DELIVERIES} deliveries; each counts once.`,
    scope: 'inbox:read',
    answer: { status: 200, description: 'The counts', schema: 'DeliveryCounts' },
    async perform(visit) {
      return json({ ...(await countInbox(visit.gateway, callingParty(visit))) })
    },
  },
  {
    method: 'get',
    path: '/v1/deliveries/{id}',
    operationId: 'getDelivery',
    tag: 'deliveries',
    summary: 'One delivery: sealed content and receipt',
    description: 'The hand-over is recorded before you are answered. Verify the receipt before you use the content.',
    scope: 'inbox:read',
    budget: 'deliveries',
    parameters: [idParameter('delivery')],
    answer: { status: 200, description: 'The delivery', schema: 'Delivery' },
    problems: ['not-found', 'content-recalled', 'content-erased', 'log-unavailable'],
    async perform(visit) {
      const answer = await fetchDelivery(visit.gateway, callingParty(visit), visit.parameters.id ?? '')
      if (!answer) throw notFound()
      const { delivery, handedOver } = answer
      return json({ ...summarise(delivery), sealed: delivery.sealed, receipt: delivery.receipt, handedOver })
    },
  },
  {
    method: 'post',
    path: '/v1/deliveries/{id}/_acknowledge',
    operationId: 'acknowledgeDelivery',
    tag: 'deliveries',
    summary: 'Acknowledge that you have a delivery and verified it',
    description: 'Acknowledging it again changes nothing; the first moment is kept.',
    scope: 'inbox:read',
    budget: 'deliveries',
    parameters: [idParameter('delivery')],
    answer: { status: 200, description: 'Acknowledged and recorded', schema: 'Acknowledgement' },
    problems: ['not-found', 'log-unavailable'],
    async perform(visit) {
      const acknowledged = await acknowledgeDelivery(visit.gateway, callingParty(visit), visit.parameters.id ?? '')
      if (!acknowledged) throw notFound()
      return json(acknowledged)
    },
  },
]

const summarise = ({ id, kind, exchangeId, sender, at, acknowledgedAt, erasedAt, recalledAt }: StoredDelivery) => ({
  id,
  kind,
  ...(exchangeId !== undefined && { exchangeId }),
  sender,
  at,
  ...(acknowledgedAt !== undefined && { acknowledgedAt }),
  ...(erasedAt !== undefined && { erasedAt }),
  ...(recalledAt !== undefined && { recalledAt }),
})

function readBefore(query: URLSearchParams): string | undefined {
  const before = query.get('before') ?? undefined
  if (before === undefined || UUID.test(before)) return before
  throw sluisError('query-invalid', {
    nl: '`before` is het id van een levering uit het vorige antwoord; neem dat over, of laat `before` weg',
    en: '`before` is the id of a delivery of the previous answer; pass that id, or leave `before` out',
  })
}
