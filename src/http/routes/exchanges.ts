import { checkExchange } from '../../exchange/check.ts'
import { explainCheck } from '../../exchange/explain-check.ts'
import { formatAnswer } from '../../exchange/submit.ts'
import { readJson } from '../body.ts'
import { checkExample, submissionExample } from '../examples.ts'
import { idempotencyKeyParameter, readIdempotencyKey } from '../idempotency-key.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from '../route.ts'
import { readTrace, traceparentParameter } from '../traceparent.ts'
import { answerExchange, EXCHANGE_PROBLEMS } from './answer.ts'

/** For senders: submit a report, check beforehand, read back. */
export const exchangeRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/exchanges',
    operationId: 'submitExchange',
    isPaced: true,
    tag: 'exchanges',
    summary: 'Submit a report',
    description:
      'Decides field by field, withholds what no rule covers, replaces each person by a pseudonym of the recipient, seals the rest and records it. ' +
      'The same Idempotency-Key with the same body returns the first answer again. ' +
      'With `inReplyTo` it answers an exchange that the recipient sent you, such as an identity question.',
    scope: 'exchange:submit',
    budget: 'reports',
    isPricedByWork: true,
    parameters: [idempotencyKeyParameter('report'), traceparentParameter],
    body: 'Submission',
    bodyExample: submissionExample,
    answer: { status: 201, description: 'Released, in whole or in part, and recorded', schema: 'Exchange' },
    accepted:
      'Recorded and sealed, and waits until enough people of your party approve it; `approval` has how many and until when',
    problems: ['identifier-invalid', ...EXCHANGE_PROBLEMS],
    async perform(visit) {
      const key = readIdempotencyKey(visit.request)
      const body = await readJson(visit.request, visit.gateway.schemas.memberNames)
      const stored = await visit.submitter.findAnswer(callingParty(visit), body, key)
      if (stored) return answerExchange(stored, visit.language)
      const submission = visit.gateway.schemas.parseSubmission(body)
      const trace = readTrace(visit.request)
      const answer = await visit.submitter.submit(callingParty(visit), submission, body, key, {
        gateway: visit.gateway,
        ...(visit.principal?.person !== undefined && { submittedBy: callingClient(visit) }),
        ...(trace !== undefined && { trace }),
      })
      return answerExchange(answer, visit.language)
    },
  },
  {
    method: 'post',
    path: '/v1/exchanges/_check',
    operationId: 'checkExchange',
    tag: 'exchanges',
    summary: 'Check what would happen',
    description:
      'Decides without sending anything. Takes names of fields only, no values. Without `legalBasis` it lists every basis that would release something. ' +
      '`openQuestions` lists what is worth finding out, with what a yes and a no would do, and `plans` the smallest sets of statements under which the most passes. ' +
      '`summary` explains the decision in sentences, in the language of Accept-Language. ' +
      'The record of a check has the words of the question and the decision, and no personal data.',
    scope: 'exchange:check',
    budget: 'checks',
    parameters: [traceparentParameter],
    body: 'CheckRequest',
    bodyExample: checkExample,
    answer: { status: 200, description: 'What would happen, and why', schema: 'Check' },
    problems: ['report-contradictory', 'record-too-large', 'log-unavailable'],
    async perform(visit) {
      const request = visit.gateway.schemas.parseCheck(await readJson(visit.request, visit.gateway.schemas.memberNames))
      const answer = await checkExchange(visit.gateway, callingParty(visit), request, readTrace(visit.request))
      const { principal } = visit
      const submits = principal?.person !== undefined && principal.scopes.includes('exchange:submit')
      const submitter = submits ? callingClient(visit) : undefined
      return json({
        ...answer,
        summary: explainCheck(visit.gateway.policySet, callingParty(visit), request, answer, visit.language, submitter),
      })
    },
  },
  {
    method: 'get',
    path: '/v1/exchanges/{id}',
    operationId: 'getExchange',
    tag: 'exchanges',
    summary: 'One of your exchanges, whether released or refused',
    description:
      'The answer as it was given, and in `delivery` what the recipient did with it since: fetched, acknowledged, answered, each with its moment. ' +
      'It says nothing about whether a person was known.',
    scope: 'exchange:submit',
    parameters: [idParameter('exchange')],
    answer: {
      status: 200,
      description: 'The answer as it was given, and what happened to the delivery since',
      schema: 'Exchange',
    },
    problems: ['not-found'],
    async perform(visit) {
      const { store } = visit.gateway
      const stored = await store.findExchange(callingParty(visit), visit.parameters.id ?? '')
      if (!stored) throw notFound()
      const { sender, id } = stored
      return json(
        formatAnswer(visit.gateway, stored, await store.findHold(sender, id), await store.findDeliveryOf(sender, id)),
      )
    },
  },
]
