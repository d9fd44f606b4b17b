import { approveExchange, refuseExchange } from '../../exchange/approvals.ts'
import { formatAnswer } from '../../exchange/submit.ts'
import type { StoredHold } from '../../ports/stored.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from '../route.ts'

const PAGE_SIZE = 100

/** What a second person does: see what waits, let it through, or stop it. */
export const approvalRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/v1/approvals',
    operationId: 'listApprovals',
    tag: 'approvals',
    summary: 'What waits for approval at your party, oldest first',
    description: 'Words only: what is sealed can be read by its recipient and by nobody else, the gateway included.',
    scope: 'exchange:approve',
    answer: { status: 200, description: `At most ${PAGE_SIZE} exchanges`, schema: 'ApprovalList' },
    async perform(visit) {
      const holds = await visit.gateway.store.listHolds(callingParty(visit), PAGE_SIZE + 1)
      return json({ exchanges: holds.slice(0, PAGE_SIZE).map(formatHold), hasMore: holds.length > PAGE_SIZE })
    },
  },
  stepRoute(approveExchange, {
    path: '/v1/exchanges/{id}/_approve',
    operationId: 'approveExchange',
    summary: 'Let a held exchange through',
    description: 'Whoever submitted it, or approved it before, does not count. The last approval delivers it.',
    answer: { status: 200, description: 'Approved and recorded', schema: 'ApprovalAnswer' },
  }),
  stepRoute(refuseExchange, {
    path: '/v1/exchanges/{id}/_refuse',
    operationId: 'refuseExchange',
    summary: 'Stop a held exchange',
    description: 'Nothing is delivered; the sealed content is destroyed.',
    answer: { status: 200, description: 'Refused and recorded', schema: 'ApprovalAnswer' },
  }),
]

/** A step that one person of the sender takes with a held exchange. */
function stepRoute(
  takeStep: typeof approveExchange,
  words: Pick<Route, 'path' | 'operationId' | 'summary' | 'answer'> & { readonly description: string },
): Route {
  return {
    ...words,
    method: 'post',
    tag: 'approvals',
    scope: 'exchange:approve',
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

function formatHold(hold: StoredHold) {
  const { id, decision, approval } = formatAnswer(hold.exchange, hold)
  const { recipient, at } = hold.exchange
  return { id, recipient, at, submittedBy: hold.submittedBy, approvals: hold.approvals, approval, decision }
}
