import type { Json } from '../../src/encoding/json.ts'
import { identityQuestionExample } from '../../src/http/examples.ts'
import { dutySet } from '../exchange/duty-set.ts'
import { underPoliceData } from '../exchange/reports.ts'

/** What the cases are about: ids of what was made before them. */
export interface CanaryWorld {
  readonly exchange: string
  /** One more, for what can be done to an exchange only once. */
  readonly other: string
  readonly delivery: string
  readonly match: string
  /** Held exchanges: one to approve, one to refuse. */
  readonly held: readonly [string, string]
  readonly policyHash: string
  /** Where a page of a search of the log ended. */
  readonly logCursor: string
  /** Proposals: one to read and approve, one to withdraw. */
  readonly proposals: readonly [string, string]
}

/** How a route is called when nothing is wrong. */
export interface CanaryCase {
  /** Who may; absent for a route that is open to everybody. */
  readonly as?: string
  /** What fills the braces of its path. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: Json
  readonly status?: number
  /** Why an answer of this route may hold what was sent; then only what stays behind is searched. */
  readonly echoes?: string
}

const { legalBasis, ...subject } = underPoliceData

/** A report with a value of every kind. */
export const reportOf = (data: Json): Json => ({
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  kind: 'melding',
  legalBasis,
  reference: 'Kanariëtte-Ngọcqua 999990639',
  dataSubjects: [
    { ...subject, assessments: [{ word: 'noodzaak', by: 'Kanarie Schuilnaamé', on: '2025-11-24' }], data },
  ],
})

/** An answer to a question who somebody is; waits for a second person. */
export const answerTo = (inReplyTo: string, data: Json): Json => ({
  recipient: 'comensha',
  purpose: 'identiteit-na-navraag',
  legalBasis: 'wpg-bpg-4-2-identiteit-comensha',
  kind: 'antwoord',
  inReplyTo,
  dataSubjects: [{ ...subject, data }],
})

export const questionOf: Json = { ...Object(identityQuestionExample), fields: ['voornaam', 'achternaam'] }
export const proposalOf = (explanation: string): Json => ({
  files: dutySet(explanation).map(({ path, text }) => ({ path, text })),
})

const evaluation = {
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

const OWN_TEXT = 'a rule file is law that its author sent, and faults in it are named in its own words'

/** A line for every route, by the id of its operation. */
export const casesOf = (
  world: CanaryWorld,
  data: Readonly<Record<string, Json>>,
): Readonly<Record<string, CanaryCase>> => {
  const { nationaliteit: _, bsn: __, ...identifiers } = data
  const [toApprove, toRefuse] = world.held
  const [proposal, toWithdraw] = world.proposals
  return {
    submitExchange: { as: 'politie', body: reportOf(data), status: 201 },
    checkExchange: { as: 'politie', body: reportOf(data) },
    getExchange: { as: 'politie', path: { id: world.exchange } },
    askIdentity: { as: 'comensha', path: { id: world.exchange }, body: questionOf, status: 201 },
    listApprovals: { as: 'politie.teamleider-1' },
    approveExchange: { as: 'politie.teamleider-1', path: { id: toApprove } },
    refuseExchange: { as: 'politie.teamleider-1', path: { id: toRefuse } },
    listDeliveries: { as: 'comensha' },
    listNewestDeliveries: { as: 'comensha' },
    countDeliveries: { as: 'comensha' },
    getDelivery: { as: 'comensha', path: { id: world.delivery } },
    acknowledgeDelivery: { as: 'comensha', path: { id: world.delivery } },
    listMatches: { as: 'comensha', query: '?status=possible' },
    countMatches: { as: 'comensha' },
    getMatch: { as: 'comensha', path: { id: world.match } },
    confirmMatch: { as: 'comensha', path: { id: world.match } },
    rejectMatch: { as: 'comensha', path: { id: world.match } },
    makeSubjectRequest: { as: 'politie.functionaris-1', body: { request: 'access', identifiers } },
    evaluateAccess: { as: 'politie', body: evaluation },
    evaluateAccesses: { as: 'politie', body: { ...evaluation, evaluations: [{ resource: evaluation.resource }] } },
    getVocabulary: {},
    listPolicies: {},
    getPolicy: { path: { id: 'wpg-bpg-4-2-comensha' } },
    proposePolicySet: { as: 'politie.functionaris-1', body: proposalOf('Derde'), status: 201, echoes: OWN_TEXT },
    listPolicyProposals: { as: 'politie.functionaris-1' },
    getPolicyProposal: { as: 'politie.functionaris-1', path: { hash: proposal } },
    // A set that has nothing in common with the one in force takes more to compare than the gateway gives.
    reviewPolicyProposal: { as: 'politie.functionaris-1', path: { hash: proposal }, status: 422 },
    approvePolicyProposal: {
      as: 'comensha.functionaris-1',
      path: { hash: proposal },
      body: { activeFrom: '2099-01-01T00:00:00Z' },
    },
    withdrawPolicyProposal: { as: 'politie.functionaris-1', path: { hash: toWithdraw } },
    getGapReport: { as: 'nationaal-rapporteur' },
    getLogKey: {},
    getCheckpoint: {},
    getEntryBundle: { as: 'toezichthouder', path: { index: '000.p/3' } },
    getTile: { path: { level: '0', index: '000.p/3' } },
    searchLog: {
      as: 'toezichthouder',
      body: {
        filter: { party: 'politie', since: '2026-01-01', exchangeId: world.exchange },
        limit: 20,
        cursor: world.logCursor,
      },
    },
    exportLog: {
      as: 'toezichthouder',
      body: { filter: { recordType: 'exchange', exchangeId: world.exchange, until: '2099-01-01' }, start: 0, end: 50 },
      echoes: 'the head of an export says what was asked for',
    },
    showRecord: { as: 'toezichthouder', path: { leafIndex: '1' } },
    showExchange: { as: 'toezichthouder', path: { id: world.exchange } },
    getArchivedPolicy: { as: 'toezichthouder', path: { hash: world.policyHash } },
    rederiveLog: { as: 'toezichthouder', body: {} },
    getMonthlyReport: { as: 'toezichthouder' },
    getHealth: {},
    getReadiness: {},
    recallExchange: { as: 'politie', path: { id: world.other }, body: { ground: 'onjuist' } },
    getLogStatus: {},
    getRecordSchema: {},
    listExchanges: { as: 'politie' },
    getReceipt: { as: 'politie', path: { id: world.exchange } },
    listDeliveryReceipts: { as: 'comensha' },
  }
}
