import { SluisError, sluisError } from '../../errors.ts'
import { spendBudget } from '../../exchange/budgets/spend-budget.ts'
import { decideAndRecord, settleCheck } from '../../exchange/check.ts'
import { evaluateField } from '../../exchange/evaluate.ts'
import { placesUnder } from '../../policy/facts/settle.ts'
import type { SettledQuestion } from '../../policy/facts/settle-question.ts'
import { askOpenQuestions } from '../../policy/questions/search-questions.ts'
import type { CheckRequest } from '../../report/submission.ts'
import { callingClient, callingParty, json, type Route, type Visit } from '../route.ts'
import type { Evaluation, EvaluationRequest, EvaluationsRequest } from '../wire/authzen.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const EVALUATION_PATH = '/access/v1/evaluation'
const EVALUATIONS_PATH = '/access/v1/evaluations'
export const AUTHZEN_METADATA_PATH = '/.well-known/authzen-configuration'

/** Metadata by which a policy enforcement point finds the endpoints (Authorization API 1.0 §9). */
export const formatAuthzenMetadata = (issuer: string) => ({
  policy_decision_point: issuer,
  access_evaluation_endpoint: issuer + EVALUATION_PATH,
  access_evaluations_endpoint: issuer + EVALUATIONS_PATH,
})

const MEMBERS: ReadonlySet<string> = new Set([
  'subject',
  'action',
  'resource',
  'context',
  'evaluations',
  'options',
  'type',
  'id',
  'name',
  'properties',
  'role',
  'recipient',
  'purpose',
  'legalBasis',
  'circumstances',
  'assessments',
  'understands',
  'evaluations_semantic',
])

const EXAMPLE = {
  subject: { type: 'party', id: 'politie' },
  action: { name: 'share' },
  resource: { type: 'field', id: 'nationaliteit', properties: { role: 'slachtoffer' } },
  context: {
    recipient: 'comensha',
    purpose: 'registratie-mensenhandel',
    circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
    assessments: ['noodzaak'],
  },
}
const { resource: _resource, ...SHARED } = EXAMPLE

/** The rule engine behind the Authorization API 1.0 of the OpenID Foundation: may this party share this field? */
export const authzenRoutes: readonly Route[] = [
  {
    method: 'post',
    path: EVALUATION_PATH,
    operationId: 'evaluateAccess',
    tag: 'access',
    summary: 'May this field be shared? (AuthZEN access evaluation)',
    description:
      'Decides one field of one data subject. `true` means that the value may be shared unchanged. With obligations it is `false`, unless `context.understands` names all of them. ' +
      'A prohibition on another field can still refuse a whole report: check a report as a whole.',
    scope: 'exchange:check',
    budget: 'checks',
    body: 'EvaluationRequest',
    bodyExample: EXAMPLE,
    answer: { status: 200, description: 'Yes or no, and why', schema: 'Evaluation' },
    problems: ['report-contradictory', 'record-too-large', 'log-unavailable'],
    async perform(visit) {
      const request = await readWireBody(visit.request, wire.EvaluationRequest, MEMBERS)
      return answer(visit, await evaluate(visit, request, ''))
    },
  },
  {
    method: 'post',
    path: EVALUATIONS_PATH,
    operationId: 'evaluateAccesses',
    tag: 'access',
    summary: 'May these fields be shared? (AuthZEN access evaluations)',
    scope: 'exchange:check',
    budget: 'checks',
    isPricedByWork: true,
    body: 'EvaluationsRequest',
    bodyExample: {
      ...SHARED,
      evaluations: ['nationaliteit', 'geboortedatum', 'bsn'].map((id) => ({ resource: { ...EXAMPLE.resource, id } })),
    },
    answer: {
      status: 200,
      description: 'One answer for each evaluation, in order; fewer when the semantic stops earlier',
      schema: 'Evaluations',
    },
    problems: ['report-contradictory', 'record-too-large', 'log-unavailable'],
    async perform(visit) {
      const request = await readWireBody(visit.request, wire.EvaluationsRequest, MEMBERS)
      return answer(visit, { evaluations: await evaluateAll(visit, request) })
    },
  },
]

async function evaluateAll(
  visit: Visit,
  { evaluations, options, ...defaults }: EvaluationsRequest,
): Promise<readonly Evaluation[]> {
  const semantic = options?.evaluations_semantic ?? 'execute_all'
  const requests = evaluations.map((own, index) => complete({ ...defaults, ...own }, `/evaluations/${index}`))
  // Every word is checked before anything is decided, so that a mistake further on leaves no half answer behind.
  for (const [index, request] of requests.entries()) formQuestion(visit, request, `/evaluations/${index}`)
  // All at once, so that a limit leaves no half answer behind either.
  await spendBudget(visit.gateway, 'checks', callingClient(visit), { amount: requests.length })
  if (semantic === 'execute_all') {
    return Promise.all(requests.map((request, index) => evaluate(visit, request, `/evaluations/${index}`)))
  }
  const answers: Evaluation[] = []
  for (const [index, request] of requests.entries()) {
    const evaluation = await evaluate(visit, request, `/evaluations/${index}`)
    answers.push(evaluation)
    if (evaluation.decision === (semantic === 'permit_on_first_permit')) break
  }
  return answers
}

/** An evaluation with the defaults of its request. @throws SluisError `member-missing` */
function complete(request: Omit<EvaluationsRequest, 'evaluations' | 'options'>, pointer: string): EvaluationRequest {
  const { subject, action, resource, context } = request
  if (subject && action && resource && context) return { subject, action, resource, context }
  throw sluisError(
    'member-missing',
    {
      nl: '`subject`, `action`, `resource` en `context` staan in de evaluatie of in het verzoek; voeg toe wat ontbreekt',
      en: '`subject`, `action`, `resource` and `context` must be in the evaluation or in the request; add what is missing',
    },
    { pointer },
  )
}

async function evaluate(visit: Visit, request: EvaluationRequest, pointer: string): Promise<Evaluation> {
  const settled = formQuestion(visit, request, pointer)
  const { decision } = await decideAndRecord(visit.gateway, settled)
  const { decision: isAllowed, sentence, ...context } = evaluateField(decision, request.context.understands ?? [])
  const open = askOpenQuestions(visit.gateway.policySet, settled.question)
  return { decision: isAllowed, context: { reason_user: sentence, ...context, ...open } }
}

/** The question of an evaluation. @throws SluisError for the name of another party, every unknown word and every contradiction */
function formQuestion(
  { gateway, ...visit }: Visit,
  { subject, resource, context }: EvaluationRequest,
  pointer: string,
): SettledQuestion {
  const sender = callingParty({ gateway, ...visit })
  if (subject.id !== sender) {
    throw sluisError(
      'value-invalid',
      {
        nl: 'een partij kan alleen voor zichzelf vragen; noem de partij waarmee u bent aangemeld',
        en: 'a party can ask for itself only; name the party you are signed in as',
      },
      { pointer: `${pointer}/subject/id` },
    )
  }
  const { recipient, purpose, legalBasis, circumstances, assessments } = context
  const body = {
    recipient,
    purpose,
    ...(legalBasis !== undefined && { legalBasis }),
    dataSubjects: [
      {
        role: resource.properties.role,
        circumstances: circumstances ?? {},
        assessments: assessments ?? [],
        fields: [resource.id],
      },
    ],
  }
  let request: CheckRequest
  try {
    request = gateway.schemas.parseCheck(body)
  } catch (error) {
    throw error instanceof SluisError ? relocate(error, pointer) : error
  }
  const places = placesUnder(`${pointer}/context`)
  return settleCheck(gateway.policySet, sender, request, gateway.clock().toISOString(), () => places)
}

/** The same faults, with pointers into the body of the caller. */
function relocate(error: SluisError, pointer: string): SluisError {
  const [first, ...others] = error.faults.map((fault) => ({
    ...fault,
    pointer:
      pointer +
      (fault.pointer ?? '')
        .replace('/dataSubjects/0/role', '/resource/properties/role')
        .replace(/^\/dataSubjects\/0\/fields\/0.*/, '/resource/id')
        .replace('/dataSubjects/0/', '/context/')
        .replace(/^\/(recipient|purpose|legalBasis)/, '/context/$1'),
  }))
  return first ? new SluisError([first, ...others]) : error
}

/** Returns the caller's own request id when it is a valid one (Authorization API 1.0 §10.1.3). */
function answer({ request }: Visit, body: object): Response {
  const id = request.headers.get('x-request-id') ?? ''
  return json(body, 200, /^[\x21-\x7e]{1,128}$/.test(id) ? { 'x-request-id': id } : {})
}
