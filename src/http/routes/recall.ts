import { recallExchange } from '../../exchange/recall.ts'
import { recallRequestExample } from '../examples.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from '../route.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const MEMBER_NAMES: ReadonlySet<string> = new Set(Object.keys(wire.RecallRequest.shape))

/** What a sender does that should not have sent, or sent what was wrong. */
export const recallRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/exchanges/{id}/_recall',
    operationId: 'recallExchange',
    tag: 'exchanges',
    summary: 'Take one of your exchanges back',
    description:
      'The gateway destroys what it keeps of the content and of the persons in it, and a notice in the inbox tells the recipient, ' +
      'also when it fetched the content already: then it must correct or destroy what it took over (AVG art. 19, Wpg art. 4 lid 4). ' +
      'The record of the exchange stays.',
    scope: 'exchange:submit',
    parameters: [idParameter('exchange')],
    body: 'RecallRequest',
    bodyExample: recallRequestExample,
    answer: { status: 200, description: 'Taken back and recorded', schema: 'Recall' },
    problems: ['not-found', 'recall-not-possible', 'already-recalled', 'recipient-without-key', 'log-unavailable'],
    async perform(visit) {
      const { ground } = await readWireBody(visit.request, wire.RecallRequest, MEMBER_NAMES)
      const recaller = { party: callingParty(visit), by: callingClient(visit) }
      const answer = await recallExchange(visit.gateway, recaller, visit.parameters.id ?? '', ground)
      if (!answer) throw notFound()
      return json(answer)
    },
  },
]
