import { formatReceiptFile } from '../../audit/receipt/receipt-file.ts'
import type { Gateway } from '../../exchange/gateway.ts'
import { readInboxPage } from '../../exchange/inbox/inbox-page.ts'
import { stateOf } from '../../exchange/progress.ts'
import { findHistory } from '../../exchange/receipts.ts'
import { formatAnswer } from '../../exchange/submit.ts'
import type { ListedExchange, StoredDelivery } from '../../ports/stored.ts'
import { prefersSecond } from '../accept.ts'
import { cursorParameter, readCursor } from '../cursor.ts'
import { LIST_PARAMETERS, listOwn, readFilter } from '../list-own.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { statementResponse } from '../pages/statement-response.ts'
import { callingParty, idParameter, json, notFound, type Route } from '../route.ts'

const MEDIA_TYPES = ['application/json', 'text/html'] as const

/** For both ends of an exchange: the receipt, and the statement for people. */
export const receiptRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/exchanges',
    operationId: 'listExchanges',
    tag: 'exchanges',
    summary: 'Your exchanges with receipts',
    description:
      'Includes refused exchanges. Each has its receipt, which is all you need to keep a record of your own, and in `delivery` what the ' +
      'recipient did with it, as when you fetch one. A page reads a bounded number of exchanges, so with a filter it can have few or ' +
      'none: continue with its cursor while `hasMore`.',
    scope: 'exchange:submit',
    parameters: [cursorParameter('id'), ...LIST_PARAMETERS],
    answer: { status: 200, description: `At most ${PAGE_SIZE} exchanges`, schema: 'ExchangePage' },
    problems: ['query-invalid', 'cursor-unknown'],
    async perform(visit) {
      const cursor = readCursor(visit.query, 'id')
      const { listed, last, hasMore } = await listOwn(
        visit.gateway,
        callingParty(visit),
        readFilter(visit.query),
        cursor,
      )
      const exchanges = listed.map((one) => summarise(visit.gateway, one))
      return json({ exchanges, ...(last !== undefined && { cursor: last }), hasMore })
    },
  },
  {
    method: 'get',
    path: '/v1/exchanges/{id}/receipt',
    operationId: 'getReceipt',
    tag: 'exchanges',
    summary: 'Proof of one of your exchanges, and the statement for people',
    description:
      'As JSON a receipt file: everything that an outsider needs beside the public key of the log, proven in the newest checkpoint that a ' +
      'witness cosigned, if there is one. As HTML a page to read, print and keep: what was released and withheld and why, in the words ' +
      'of the rule set of that moment, without any value of the report. `Accept` selects the form, `Accept-Language` the language.',
    scope: 'exchange:submit',
    parameters: [idParameter('exchange')],
    answer: {
      status: 200,
      description: 'Receipt file, or statement',
      schema: 'ReceiptFile',
      alternatives: ['text/html'],
    },
    problems: ['not-found'],
    async perform(visit) {
      const { gateway, language } = visit
      const history = await findHistory(gateway, callingParty(visit), visit.parameters.id ?? '')
      if (!history) throw notFound()
      const vary = { vary: 'Accept, Accept-Language' }
      if (!prefersSecond(visit.request.headers.get('accept'), MEDIA_TYPES)) {
        return new Response(formatReceiptFile(history.receipt), {
          headers: { 'content-type': 'application/json', ...vary },
        })
      }
      const statement = await statementResponse(gateway, history, language)
      statement.headers.set('vary', vary.vary)
      return statement
    },
  },
  {
    method: 'get',
    path: '/v1/delivery-receipts',
    operationId: 'listDeliveryReceipts',
    tag: 'deliveries',
    summary: 'Receipts of everything in your inbox, oldest first',
    description: 'Includes erased deliveries and notices. Nothing is handed over, so nothing is recorded.',
    scope: 'inbox:read',
    parameters: [cursorParameter('inbox')],
    answer: { status: 200, description: `At most ${PAGE_SIZE} receipts`, schema: 'DeliveryReceiptPage' },
    problems: ['query-invalid', 'cursor-unknown'],
    async perform(visit) {
      const from = readCursor(visit.query, 'inbox')
      const { deliveries, cursor, hasMore } = await readInboxPage(visit.gateway, callingParty(visit), from, PAGE_SIZE)
      return json({ receipts: deliveries.map(summariseDelivery), cursor, hasMore })
    },
  },
]

function summarise(gateway: Gateway, listed: ListedExchange) {
  const { exchange, hold, moments } = listed
  const { id, recipient, at } = exchange
  const { outcome, receipt, approval, delivery, recalledAt } = formatAnswer(gateway, exchange, hold, moments)
  return {
    id,
    recipient,
    outcome,
    state: stateOf(listed),
    at,
    receipt,
    ...(approval && { approval }),
    ...(delivery && { delivery }),
    ...(recalledAt !== undefined && { recalledAt }),
  }
}

const summariseDelivery = ({ id, kind, exchangeId, sender, at, receipt }: StoredDelivery) => ({
  deliveryId: id,
  kind,
  ...(exchangeId !== undefined && { exchangeId }),
  sender,
  at,
  receipt,
})
