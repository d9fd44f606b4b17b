import { clockIn, many, type RecordWords, short } from './record-words.ts'

/** Records in English. */
export const ENGLISH: RecordWords = {
  moment: clockIn('en-GB'),
  exchange: (id, { sender, recipient }) => `exchange ${id} from ${sender} to ${recipient}.`,
  check: ({ sender, recipient }) =>
    `${sender} checked beforehand what may be shared with ${recipient}; nothing was sent.`,
  purpose: 'Purpose',
  basis: 'Legal basis',
  outcomeOf: 'Outcome',
  submittedBy: 'Submitted by',
  inReplyTo: (id) => `Answers exchange ${id}.`,
  duty: 'Duty',
  rulesOf: (policyHash) => `Decided with rule set ${policyHash}.`,
  person: (number) => `Data subject ${number}`,
  not: 'not the case:',
  known: 'stated',
  declared: 'declared',
  fired: 'permitted by',
  barred: 'restricted by',
  sealed: (hash) => `Sealed for the recipient; SHA-256 of the sealed content: ${hash}.`,
  nothingSealed: 'Nothing was sealed and nothing was sent.',
  approved: (by, id, remaining) =>
    `${by} approved exchange ${id}; ${remaining === 0 ? 'it was delivered' : `approvals still needed: ${remaining}`}.`,
  stopped: (by, id) => `exchange ${id} was stopped${by === undefined ? '' : ` by ${by}`}; its content was destroyed.`,
  expired: (id) => `exchange ${id} expired because it was not approved in time; its content was destroyed.`,
  delivered: (recipient, id) =>
    id === undefined ? `${recipient} fetched a notice from Sluis.` : `${recipient} fetched exchange ${id}.`,
  acknowledged: (recipient, id) =>
    id === undefined ? `${recipient} acknowledged a notice from Sluis.` : `${recipient} acknowledged exchange ${id}.`,
  feedback: (sender, recipient, id, feedbackId) =>
    `${sender} gave ${recipient} feedback on exchange ${id} (in exchange ${feedbackId}).`,
  recalled: (sender, recipient, id, ground) =>
    `${sender} recalled exchange ${id} to ${recipient}, because it ${ground}.`,
  ground: {
    onjuist: 'was incorrect',
    'ten-onrechte-verstrekt': 'should not have been released',
    'toestemming-ingetrokken': 'was based on consent that was withdrawn',
  },
  erased: (recipient, id, ground) => `the content of exchange ${id} for ${recipient} was destroyed, ${ground}.`,
  erasure: {
    bewaartermijn: 'because its retention period was over',
    'verzoek-betrokkene': 'at the request of the person',
  },
  match: (recipient, step, by) =>
    `possible match of two persons at ${recipient}: ${step}${by === '' ? '' : ` by ${by}`}.`,
  matchStep: { proposed: 'proposed', confirmed: 'confirmed', rejected: 'rejected' },
  subjectRequest: (by, request, found) => `${by} searched on behalf of a data subject (${request}); found: ${found}.`,
  matches: (by, found) => `${by} read ${many(found, 'match', 'matches')} between persons.`,
  limit: (by, limit) => `${by} reached the limit of ${limit} in an hour.`,
  log: (by, use, range, filter, found) =>
    `${by} ${use} (${range}${filter === '' ? '' : `; searched for ${filter}`}); returned: ${many(found, 'record', 'records')}.`,
  use: {
    show: 'viewed the log',
    search: 'searched the log',
    export: 'exported from the log',
    entries: 'read records of the log',
    verify: 'verified the log',
    rederive: 're-derived decisions of the log',
    report: 'made a monthly report from the log',
    policies: 'read an archived rule set',
    gaps: 'read the gap report',
  },
  range: (first, last) => (first === last ? `record ${first}` : `records ${first} to ${last}`),
  nothing: 'no records',
  filterMember: {
    sender: 'sender',
    attempt: 'attempt',
    recipient: 'recipient',
    field: 'field',
    fieldClass: 'class',
    treatment: 'treatment',
    file: 'rule file',
    party: 'party',
    purpose: 'purpose',
    legalBasis: 'legal basis',
    rule: 'rule',
    outcome: 'outcome',
    reason: 'reason',
    duty: 'duty',
    recordType: 'type',
    since: 'since',
    until: 'until',
    exchangeId: 'exchange',
  },
  operator: 'the operator, on the server itself,',
  policy: (step, policyHash, by) =>
    `rule set ${short(policyHash)}… ${step}${by.length === 0 ? '' : `; involved: ${by.join(', ')}`}.`,
  policyStep: {
    files: 'put in force from the files, approved by nobody',
    proposed: 'proposed',
    refused: 'refused, because its files have faults or its cases fail',
    approved: 'approved',
    withdrawn: 'withdrawn',
    activated: 'put in force',
  },
  keyCommand: (command, epoch) =>
    `the operator ran a command on the keys: ${command}${epoch === undefined ? '' : `, epoch ${epoch}`}.`,
  keyStep: (step, epoch) => `keys of epoch ${epoch}: ${step}.`,
  keySteps: {
    known: 'seen for the first time',
    retired: 'retired from one or more uses',
    renewing: 'pseudonyms are being renewed',
    renewed: 'pseudonyms were renewed',
    replaced: 'the list of replaced pseudonyms was delivered to the recipient',
  },
  party: (party, step) => `party ${party}: ${step}.`,
  partyStep: {
    known: 'seen for the first time',
    changed: 'its access or keys changed',
    removed: 'no longer takes part',
  },
  heartbeat: (occasion, records, failed) =>
    `heartbeat (${occasion}): ${many(records, 'record', 'records')} written, ${failed} failed.`,
  occasion: {
    start: 'start',
    time: 'on time',
    clock: 'the clock jumped',
    recovery: 'can be written again',
    stop: 'stopped',
  },
  epoch: (origin, previous, reason, inherited) =>
    `the log continues as ${origin}, after ${previous}, because ${reason}; ${many(inherited, 'record', 'records')} taken over.`,
  epochReason: {
    'rolled-back': 'it was rolled back',
    forked: 'it differs from an earlier signed state',
    'anchor-lost': 'its anchor was lost',
    'key-lost': 'its key was lost',
    moved: 'the gateway has another public address',
  },
}
