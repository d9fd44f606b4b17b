import { recallExchange } from '../../exchange/recall.ts'
import { recallRequestExample } from '../examples.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from '../route.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const MEMBER_NAMES: ReadonlySet<string> = new Set(Object.keys(wire.RecallRequest.shape))

/** For a sender that should not have sent something, or sent something wrong. */
export const recallRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/exchanges/{id}/_recall',
    operationId: 'recallExchange',
    isPaced: true,
    tag: 'exchanges',
    summary: 'Recall one of your exchanges',
    description:
      'The gateway destroys the content and its data about the persons in it, and puts a notice in the inbox of the recipient. ' +
      'A recipient that already fetched the content must then correct or destroy its copy (AVG art. 19, Wpg art. 4 lid 4). ' +
      'The record of the exchange stays.',
    scope: 'exchange:submit',
    budget: 'recalls',
    parameters: [idParameter('exchange')],
    body: 'RecallRequest',
    bodyExample: recallRequestExample,
    answer: { status: 200, description: 'Recalled and recorded', schema: 'Recall' },
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
