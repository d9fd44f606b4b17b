import { sluisError } from '../errors.ts'
import { checkExchange } from '../exchange/check.ts'
import { explainCheck } from '../exchange/explain-check.ts'
import type { ExchangeAnswer } from '../exchange/pipeline.ts'
import { formatAnswer } from '../exchange/submit.ts'
import type { Language, Reason } from '../types.ts'
import { readJson } from './body.ts'
import { checkExample, submissionExample } from './examples.ts'
import { formatProblem, problemResponse } from './problem.ts'
import { callingClient, callingParty, idParameter, json, notFound, type Route } from './route.ts'

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/

/** What a sender does: submit, ask beforehand, look back. */
export const exchangeRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/exchanges',
    operationId: 'submitExchange',
    tag: 'exchanges',
    summary: 'Submit a report',
    description:
      'Decides field by field, withholds what no rule covers, replaces persons by the pseudonym of the recipient, seals the rest and records it. ' +
      'The same Idempotency-Key with the same body gives the first answer again.',
    scope: 'exchange:submit',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'Chosen by you, new for every report: 1 to 128 printable ASCII characters, for instance a UUID',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 128 },
        example: '7f6c8f8e-4a53-4d1e-9f54-6f0a4f1f9c11',
      },
    ],
    body: 'Submission',
    bodyExample: submissionExample,
    answer: { status: 201, description: 'Passed, in whole or in part, and recorded', schema: 'Exchange' },
    accepted:
      'Recorded and sealed, and waits until enough people of your party approve it; `approval` says how many and until when',
    problems: [
      'identifier-invalid',
      'idempotency-key-missing',
      'idempotency-key-in-use',
      'idempotency-key-reused',
      'recipient-without-key',
      'record-too-large',
      'refused-verbod',
      'refused-beoordeling-ontbreekt',
      'refused-geen-grondslag',
      'log-unavailable',
    ],
    async perform(visit) {
      const key = visit.request.headers.get('idempotency-key') ?? ''
      if (!IDEMPOTENCY_KEY.test(key)) {
        throw sluisError('idempotency-key-missing', {
          nl: 'stuur een Idempotency-Key mee van 1 tot 128 leesbare ASCII-tekens, voor elke melding een nieuwe',
          en: 'send an Idempotency-Key of 1 to 128 printable ASCII characters, a new one for every report',
        })
      }
      const body = await readJson(visit.request, visit.gateway.schemas.memberNames)
      const submission = visit.gateway.schemas.parseSubmission(body)
      const answer = await visit.submitter.submit(callingParty(visit), submission, body, key, {
        gateway: visit.gateway,
        ...(visit.principal?.person !== undefined && { submittedBy: callingClient(visit) }),
      })
      if (answer.outcome === 'geweigerd') return refusal(answer, visit.language)
      const status = answer.outcome === 'in-afwachting' ? 202 : 201
      return json(answer, status, { location: `/v1/exchanges/${answer.id}` })
    },
  },
  {
    method: 'post',
    path: '/v1/exchanges/_check',
    operationId: 'checkExchange',
    tag: 'exchanges',
    summary: 'Ask what would happen',
    description:
      'Decides without sending anything. Names of fields suffice; no identifier is needed. Without `legalBasis` every basis that would work is listed. ' +
      '`summary` says it in sentences, in the language of Accept-Language. ' +
      'Only the fact that a check was made is recorded.',
    scope: 'exchange:check',
    body: 'CheckRequest',
    bodyExample: checkExample,
    answer: { status: 200, description: 'What would happen, and why', schema: 'Check' },
    problems: ['record-too-large', 'log-unavailable'],
    async perform(visit) {
      const request = visit.gateway.schemas.parseCheck(await readJson(visit.request, visit.gateway.schemas.memberNames))
      const answer = await checkExchange(visit.gateway, callingParty(visit), request)
      return json({
        ...answer,
        summary: explainCheck(visit.gateway.policySet, callingParty(visit), request, answer, visit.language),
      })
    },
  },
  {
    method: 'get',
    path: '/v1/exchanges/{id}',
    operationId: 'getExchange',
    tag: 'exchanges',
    summary: 'One of your exchanges, refused ones included',
    scope: 'exchange:submit',
    parameters: [idParameter('exchange')],
    answer: { status: 200, description: 'The answer as it was given', schema: 'Exchange' },
    problems: ['not-found'],
    async perform(visit) {
      const stored = await visit.gateway.store.findExchange(callingParty(visit), visit.parameters.id ?? '')
      if (!stored) throw notFound()
      return json(formatAnswer(stored, await visit.gateway.store.findHold(stored.sender, stored.id)))
    },
  },
]

const REFUSALS = {
  verbod: {
    nl: 'een verbod staat deze uitwisseling in de weg; `decision` noemt het verbod en wat het opheft',
    en: 'a prohibition stands in the way of this exchange; `decision` names it and what would lift it',
  },
  'beoordeling-ontbreekt': {
    nl: 'de regel vraagt een beoordeling die een mens moet geven; `decision` noemt welke',
    en: 'the rule asks for an assessment that a person must make; `decision` says which',
  },
  'geen-grondslag': {
    nl: 'geen regel van deze grondslag dekt deze uitwisseling; `decision` noemt wat er het minst aan ontbreekt',
    en: 'no rule of this legal basis covers this exchange; `decision` names the nearest misses',
  },
} as const satisfies Record<Reason, Record<Language, string>>

function refusal(answer: ExchangeAnswer, language: Language): Response {
  const reason = answer.decision.reason ?? 'geen-grondslag'
  const error = sluisError(`refused-${reason}`, REFUSALS[reason])
  return problemResponse(formatProblem(error, language, { ...answer }))
}
