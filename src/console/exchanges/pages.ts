import { formatReceiptFile } from '../../audit/receipt/receipt-file.ts'
import { findHistory } from '../../exchange/receipts.ts'
import { statementResponse } from '../../http/pages/statement-response.ts'
import { notFound } from '../../http/route.ts'
import { type ConsolePage, personOf, type Visit } from '../page.ts'
import { APPROVALS_PATH, judge, showApprovals } from './approvals-page.ts'
import { ask, showAsk } from './ask-page.ts'
import { showExchange } from './exchange-page.ts'
import { EXCHANGES_PATH, showExchanges } from './list-page.ts'
import { askRecall, recall } from './recall-page.ts'

const ONE = `${EXCHANGES_PATH}/{id}`

/** What the organisation sent: lists, one exchange, its papers, taking it back, and what waits for a second person. */
export const exchangePages: readonly ConsolePage[] = [
  { method: 'get', path: EXCHANGES_PATH, access: 'exchange:submit', perform: showExchanges },
  { method: 'get', path: ONE, access: 'exchange:submit', perform: showExchange },
  { method: 'get', path: `${ONE}/statement`, access: 'exchange:submit', perform: showStatement },
  { method: 'get', path: `${ONE}/receipt`, access: 'exchange:submit', perform: saveReceipt },
  { method: 'get', path: `${ONE}/recall`, access: 'exchange:submit', needsFreshSignIn: true, perform: askRecall },
  { method: 'post', path: `${ONE}/recall`, access: 'exchange:submit', needsFreshSignIn: true, perform: recall },
  { method: 'get', path: `${ONE}/ask`, access: 'identity:ask', perform: showAsk },
  { method: 'post', path: `${ONE}/ask`, access: 'identity:ask', perform: ask },
  { method: 'get', path: APPROVALS_PATH, access: 'exchange:approve', perform: showApprovals },
  {
    method: 'post',
    path: `${APPROVALS_PATH}/{id}`,
    access: 'exchange:approve',
    needsFreshSignIn: true,
    perform: judge,
  },
]

/** The statement for people, the same that the API serves. */
async function showStatement(visit: Visit): Promise<Response> {
  const history = await findOwnHistory(visit)
  return statementResponse(visit.gateway, history, visit.language)
}

/** The receipt file, byte for byte as the API serves it. */
async function saveReceipt(visit: Visit): Promise<Response> {
  const { exchange, receipt } = await findOwnHistory(visit)
  return new Response(formatReceiptFile(receipt), {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="sluis-receipt-${exchange.id}.json"`,
    },
  })
}

async function findOwnHistory(visit: Visit) {
  const history = await findHistory(visit.gateway, personOf(visit).party, visit.parameters.id ?? '')
  if (!history) throw notFound()
  return history
}
