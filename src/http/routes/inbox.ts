import { acknowledgeDelivery, fetchDelivery } from '../../exchange/inbox.ts'
import { readInboxPage } from '../../exchange/inbox-page.ts'
import type { StoredDelivery } from '../../ports/stored.ts'
import { cursorParameter, readCursor } from '../cursor.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { callingParty, idParameter, json, notFound, type Route } from '../route.ts'

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
