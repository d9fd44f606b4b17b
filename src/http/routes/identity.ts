import { askIdentity, formatQuestionBody } from '../../exchange/ask-identity.ts'
import { readJson } from '../body.ts'
import { identityQuestionExample } from '../examples.ts'
import { idempotencyKeyParameter, readIdempotencyKey } from '../idempotency-key.ts'
import { callingClient, callingParty, idParameter, notFound, type Route } from '../route.ts'
import { readTrace, traceparentParameter } from '../traceparent.ts'
import { answerExchange, EXCHANGE_PROBLEMS } from './answer.ts'

/** For a recipient with a legal ground to know an identity: ask the sender. The gateway itself does not know it. */
export const identityRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/exchanges/{id}/_ask',
    alias: '/v1/exchanges/{id}/_ask-identity',
    operationId: 'askIdentity',
    isPaced: true,
    tag: 'exchanges',
    summary: 'Ask the sender for the identity of a person',
    description:
      'The gateway cannot turn a pseudonym into a person. Your question is an exchange of its own to the sender: decided by rules, ' +
      'sealed, recorded and delivered. It contains the number of the data subject and the names of the fields you need, and no data about anybody. ' +
      'The sender answers with an exchange that has the id of this one in `inReplyTo`, after two different people of the sender have acted on it. ' +
      'Also served as `_ask-identity`.',
    scope: 'identity:ask',
    budget: 'reports',
    isPricedByWork: true,
    parameters: [idParameter('exchange that you received'), idempotencyKeyParameter('question'), traceparentParameter],
    body: 'IdentityQuestion',
    bodyExample: identityQuestionExample,
    answer: { status: 201, description: 'Asked and recorded', schema: 'Exchange' },
    accepted: 'Recorded and sealed, and waits until enough people of your party approve it',
    problems: ['not-found', ...EXCHANGE_PROBLEMS],
    async perform(visit) {
      const { gateway, submitter, parameters, principal } = visit
      const key = readIdempotencyKey(visit.request)
      const body = await readJson(visit.request, gateway.schemas.memberNames)
      const exchangeId = parameters.id ?? ''
      const stored = await submitter.findAnswer(callingParty(visit), formatQuestionBody(exchangeId, body), key)
      if (stored) return answerExchange(stored, visit.language)
      const question = gateway.schemas.parseIdentityQuestion(body)
      const trace = readTrace(visit.request)
      const asker = {
        party: callingParty(visit),
        ...(principal?.person !== undefined && { submittedBy: callingClient(visit) }),
        ...(trace !== undefined && { trace }),
      }
      const answer = await askIdentity(gateway, submitter, asker, exchangeId, question, body, key)
      if (!answer) throw notFound()
      return answerExchange(answer, visit.language)
    },
  },
]
