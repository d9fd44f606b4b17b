import { sluisError } from '../../errors.ts'
import {
  approveProposal,
  findProposal,
  listProposals,
  proposePolicySet,
  withdrawProposal,
} from '../../exchange/rule-sets/proposals.ts'
import { createProposalReviewer } from '../../exchange/rule-sets/review-proposal.ts'
import { MAX_POLICY_BYTES } from '../body.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { formatProblem, problemResponse } from '../problem.ts'
import { callingClient, json, notFound, type Parameter, type Route, type Visit } from '../route.ts'
import { wire } from '../wire/schemas.ts'
import { readWireBody } from '../wire-body.ts'

const reviewProposal = createProposalReviewer()

const hashParameter: Parameter = {
  name: 'hash',
  in: 'path',
  description: '`sourceHash` of the proposal: the hash of its exact texts, access rights included',
  required: true,
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
}

/** For privacy officers: propose a rule set, approve the proposal of another officer, withdraw one. */
export const proposalRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/v1/policy-proposals',
    operationId: 'proposePolicySet',
    tag: 'policies',
    summary: 'Propose a rule set',
    description:
      'Takes all files of the set. A proposal is refused when a file has a fault, a case fails, or fewer than two officers would be left. ' +
      'Nothing changes until another officer approves.',
    scope: 'policy:write',
    budget: 'proposals',
    body: 'ProposalRequest',
    answer: { status: 201, description: 'Proposed and recorded', schema: 'Proposal' },
    problems: ['policy-invalid', 'policy-too-complex', 'policy-proposal-open', 'log-unavailable'],
    async perform(visit) {
      const { files } = await readWireBody(
        visit.request,
        wire.ProposalRequest,
        new Set(['files', 'path', 'text']),
        MAX_POLICY_BYTES,
      )
      const result = await proposePolicySet(visit.gateway, callingClient(visit), files)
      return result.ok ? json(result.proposal, 201) : refuseFiles(visit, result.faults)
    },
  },
  {
    method: 'get',
    path: '/v1/policy-proposals',
    operationId: 'listPolicyProposals',
    tag: 'policies',
    summary: 'Proposed rule sets, newest first',
    scope: 'policy:write',
    answer: { status: 200, description: `At most ${PAGE_SIZE} proposals`, schema: 'ProposalList' },
    async perform({ gateway }) {
      return json({ proposals: await listProposals(gateway, PAGE_SIZE) })
    },
  },
  {
    method: 'get',
    path: '/v1/policy-proposals/{hash}',
    operationId: 'getPolicyProposal',
    tag: 'policies',
    summary: 'One proposal with all its files, to read before you approve',
    scope: 'policy:write',
    parameters: [hashParameter],
    answer: { status: 200, description: 'The proposal', schema: 'ProposalFiles' },
    problems: ['not-found'],
    async perform({ gateway, parameters }) {
      const proposal = await findProposal(gateway, parameters.hash ?? '')
      if (!proposal) throw notFound()
      return json(proposal)
    },
  },
  {
    method: 'get',
    path: '/v1/policy-proposals/{hash}/review',
    operationId: 'reviewPolicyProposal',
    tag: 'policies',
    summary: 'What a proposal would change, and its findings',
    description:
      'Every decision that changes compared with the set in force, in words; what no case covers; findings of the analysis without an explanation; questions that a lawyer must still answer. Takes seconds the first time.',
    scope: 'policy:write',
    parameters: [hashParameter],
    answer: { status: 200, description: 'The review', schema: 'ProposalReview' },
    problems: ['not-found', 'policy-too-complex'],
    async perform(visit) {
      const review = await reviewProposal(visit.gateway, callingClient(visit), visit.parameters.hash ?? '')
      if (!review) throw notFound()
      return json(review)
    },
  },
  {
    method: 'post',
    path: '/v1/policy-proposals/{hash}/_approve',
    operationId: 'approvePolicyProposal',
    tag: 'policies',
    summary: 'Approve the proposal of another officer',
    description:
      'The set is in force from `activeFrom`, or at once. Exchanges in progress keep the rules they started with.',
    scope: 'policy:write',
    budget: 'proposals',
    parameters: [hashParameter],
    body: 'ProposalApproval',
    bodyExample: { activeFrom: '2027-01-01T00:00:00+01:00' },
    answer: { status: 200, description: 'Approved and recorded', schema: 'Proposal' },
    problems: ['not-found', 'approval-same-person', 'policy-proposal-closed', 'log-unavailable'],
    async perform(visit) {
      const { activeFrom } = await readWireBody(visit.request, wire.ProposalApproval, new Set(['activeFrom']))
      const moment = activeFrom === undefined ? undefined : new Date(activeFrom)
      const answer = await approveProposal(visit.gateway, callingClient(visit), visit.parameters.hash ?? '', moment)
      if (!answer) throw notFound()
      await visit.rules.reload()
      await visit.rules.current()
      return json(answer)
    },
  },
  {
    method: 'post',
    path: '/v1/policy-proposals/{hash}/_withdraw',
    operationId: 'withdrawPolicyProposal',
    tag: 'policies',
    summary: 'Withdraw a proposal that is not in force yet',
    scope: 'policy:write',
    budget: 'proposals',
    parameters: [hashParameter],
    answer: { status: 200, description: 'Withdrawn and recorded', schema: 'Proposal' },
    problems: ['not-found', 'policy-proposal-closed', 'log-unavailable'],
    async perform(visit) {
      const answer = await withdrawProposal(visit.gateway, callingClient(visit), visit.parameters.hash ?? '')
      if (!answer) throw notFound()
      await visit.rules.reload()
      return json(answer)
    },
  },
]

function refuseFiles(
  { language }: Visit,
  faults: Extract<Awaited<ReturnType<typeof proposePolicySet>>, { ok: false }>['faults'],
): Response {
  const error = sluisError('policy-invalid', {
    nl: 'deze regelbestanden kunnen niet in werking treden; `faults` noemt elke fout, de plaats en hoe u die herstelt',
    en: 'these rule files cannot be put in force; `faults` lists every fault, its position and how to fix it',
  })
  const located = faults.map(({ file, line, column, message, mend }) => ({
    file,
    line,
    column,
    message: message[language],
    mend: mend[language],
  }))
  return problemResponse(formatProblem(error, language, { faults: located }))
}
