import { approveExchange, refuseExchange } from '../../exchange/approvals.ts'
import type { Gateway } from '../../exchange/gateway.ts'
import { formatAnswer } from '../../exchange/submit.ts'
import type { StoredHold } from '../../ports/stored.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from '../route.ts'

/** For the people who approve: list what waits, approve it, or refuse it. */
export const approvalRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/approvals',
    operationId: 'listApprovals',
    tag: 'approvals',
    summary: 'Exchanges of your party that wait for approval, oldest first',
    description:
      'Decisions only: the sealed content can be read by its recipient and by nobody else, not even the gateway.',
    scope: 'exchange:approve',
    answer: { status: 200, description: `At most ${PAGE_SIZE} exchanges`, schema: 'ApprovalList' },
    async perform(visit) {
      const holds = await visit.gateway.store.listHolds(callingParty(visit), PAGE_SIZE + 1)
      return json({
        exchanges: holds.slice(0, PAGE_SIZE).map((hold) => formatHold(visit.gateway, hold)),
        hasMore: holds.length > PAGE_SIZE,
      })
    },
  },
  stepRoute(approveExchange, {
    path: '/v1/exchanges/{id}/_approve',
    operationId: 'approveExchange',
    summary: 'Approve an exchange that waits',
    description:
      'The person who submitted it cannot approve it, and nobody can approve it twice. What your system submitted needs one approval more, because a system is nobody. The last approval delivers it.',
    answer: { status: 200, description: 'Approved and recorded', schema: 'ApprovalAnswer' },
  }),
  stepRoute(refuseExchange, {
    path: '/v1/exchanges/{id}/_refuse',
    operationId: 'refuseExchange',
    summary: 'Refuse an exchange that waits',
    description: 'Nothing is delivered; the sealed content is destroyed.',
    answer: { status: 200, description: 'Refused and recorded', schema: 'ApprovalAnswer' },
  }),
]

/** A route by which one person of the sender approves or refuses an exchange that waits. */
function stepRoute(
  takeStep: typeof approveExchange,
  words: Pick<Route, 'path' | 'operationId' | 'summary' | 'answer'> & { readonly description: string },
): Route {
  return {
    ...words,
    isPaced: true,
    method: 'post',
    tag: 'approvals',
    scope: 'exchange:approve',
    budget: 'approvals',
    parameters: [idParameter('exchange')],
    problems: ['not-found', 'approval-not-waiting', 'approval-same-person', 'log-unavailable'],
    async perform(visit) {
      const { gateway, parameters } = visit
      const answer = await takeStep(gateway, callingParty(visit), callingClient(visit), parameters.id ?? '')
      if (!answer) throw notFound()
      return json(answer)
    },
  }
}

function formatHold(gateway: Gateway, hold: StoredHold) {
  const { id, decision, approval, receipt } = formatAnswer(gateway, hold.exchange, hold)
  const { recipient, at } = hold.exchange
  return { id, recipient, at, submittedBy: hold.submittedBy, approvals: hold.approvals, approval, decision, receipt }
}
