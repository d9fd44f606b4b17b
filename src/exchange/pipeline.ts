import { commit as formCommitment } from '../audit/record/commitment.ts'
import { type Asked, formatExchangeRecord } from '../audit/record/exchange.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import { newId } from '../encoding/uuid.ts'
import { LOG_UNAVAILABLE, sluisError } from '../errors.ts'
import type { Advice, AdvisedDecision } from '../model/advice.ts'
import type { Decision, Outcome, Question } from '../model/decision.ts'
import { listApprovers } from '../policy/clients.ts'
import { decide } from '../policy/decide.ts'
import { withFollows } from '../policy/facts/settle-question.ts'
import { adviseInSteps, leavesOpen } from '../policy/questions/advise.ts'
import type { CommitResult, NewExchange } from '../ports/commit.ts'
import type { CommitQueue } from '../ports/store.ts'
import type { Receipt } from '../ports/stored.ts'
import type { Submission } from '../report/submission.ts'
import { type DeliveredSubject, formatContent } from './content.ts'
import { settleReport } from './facts/settle-report.ts'
import { formAnswered, formFeedbackRecords, type Reply } from './feedback.ts'
import type { Gateway } from './gateway.ts'
import type { PseudonymisedPersons } from './linking/form-links.ts'
import { type MentioningExchange, pseudonymisePersons } from './linking/persons.ts'
import { type MinimisedSubject, minimiseReport } from './minimise-report.ts'
import type { Progress } from './progress.ts'
import { type Approval, approvalsNeeded, eraseMoment, expiryMoment } from './retention.ts'
import { type SealingGateway, sealFor } from './seal-for.ts'
import { inTurns, takeTurn } from './turns.ts'

/** What the sender gets back. The receipt is not optional: forgetting to wait for the log does not compile. */
export interface ExchangeAnswer extends Partial<Advice> {
  readonly id: string
  readonly outcome: Outcome
  readonly decision: Decision
  readonly receipt: Receipt
  /** Where a held exchange stands; absent when it needs nobody's approval. */
  readonly approval?: Approval
  /** What the recipient did with it since; in answers to a later question only. */
  readonly delivery?: Progress
  /** When the sender took it back. */
  readonly recalledAt?: string
}

/** A submission together with what makes it recognisable when it is sent again. */
export interface ExchangeRequest {
  readonly sender: string
  /** Client id of the person who submits; absent when the party's own system does. */
  readonly submittedBy?: string
  readonly submission: Submission
  readonly idempotency: NewExchange['idempotency']
  /** Keyed hash of the sender's own reference. */
  readonly reference?: Uint8Array
  /** Of the question who somebody is. */
  readonly asked?: Asked
  /** Trace id and parent id of the request, as the record keeps them. */
  readonly trace?: string
}

/** Step 1: what the rules say, and the terms that follow from its duties. */
interface DecidedExchange {
  readonly id: string
  readonly at: Date
  readonly request: ExchangeRequest
  readonly question: Question
  readonly decision: AdvisedDecision
  /** When its sealed content must be destroyed; absent when no duty says so. */
  readonly eraseAt?: Date
  /** Present when it waits for approval. */
  readonly approval?: Approval
}

/** Step 4: nothing in it is readable for anybody but the recipient, apart from `content`, which is only hashed from here on. */
interface SealedExchange {
  readonly subjects: readonly MinimisedSubject[]
  readonly persons: PseudonymisedPersons
  /** Absent when nothing passes. */
  readonly delivery?: { readonly content: Uint8Array; readonly sealed: string }
}

/**
 * One exchange, from report to receipt: decide, minimise, pseudonymise, seal, record.
 *
 * Nothing has happened before `record`: whenever the process dies before it, nothing is stored, no answer was sent, and the
 * sender that tries again starts anew. After it everything is durable, and the sender that tries again with the same
 * idempotency key gets the stored answer. A refusal goes through the same steps with nothing to deliver.
 *
 * @returns the answer, or undefined when this sender's idempotency key was stored in the meantime
 * @throws SluisError `report-contradictory`, `value-invalid`, `identifier-invalid`, `recipient-without-key`, `record-too-large`,
 *   `log-unavailable`
 */
export async function runPipeline(gateway: Gateway, request: ExchangeRequest): Promise<ExchangeAnswer | undefined> {
  // 1. Decide on words and field names only, after a report that contradicts itself is refused. Dies here: nothing happened.
  const decided = await decideExchange(gateway, request)

  // 2. Minimise: what no rule covers is gone from here on. Dies here: nothing happened.
  const subjects = await minimiseReport(gateway.policySet.vocabulary, request.submission, decided.decision)

  const result = await commitInRounds(gateway.queue, async () => {
    // 3. Pseudonymise: look the persons up inside the gateway. Dies here: nothing happened, a new person does not exist yet.
    const persons = await pseudonymisePersons(gateway, formMentioned(decided, subjects))

    // 4. Seal: from here on nothing is readable. Dies here: the sealed bytes are lost with the process.
    const sealed = await sealExchange(gateway, decided, subjects, persons)

    // 5. Record: exchange, delivery, persons, records and checkpoint are one durable commit. Dies before it: nothing happened.
    //    Dies after it but before the answer: all of it happened, and a retry finds it.
    return recordExchange(gateway, decided, sealed)
  })

  if (result.status === 'already-stored') return undefined
  const { id, decision: advised, approval } = decided
  const { advice, ...decision } = advised
  const { outcome } = decision
  return { id, outcome, decision, ...advice, receipt: result.receipt, ...(approval && { approval }) }
}

/** @throws SluisError `report-contradictory`, `value-invalid` for a date that cannot be */
async function decideExchange(gateway: Gateway, request: ExchangeRequest): Promise<DecidedExchange> {
  const at = gateway.clock()
  const { question, recorded, follows } = settleReport(gateway.policySet, request, at)
  const stated = decide(gateway.policySet, question)
  // Before the nearest misses of the decision are read, which are a view of the same search.
  const advice = leavesOpen(stated) ? await inTurns(adviseInSteps(gateway.policySet, question)) : undefined
  const decided = withFollows(stated, follows)
  const decision = advice ? { ...decided, advice } : decided
  const eraseAt = eraseMoment(decision.duties, at)
  const approval: Approval | undefined =
    decision.outcome === 'in-afwachting'
      ? {
          status: 'waiting',
          remaining: approvalsNeeded(decision.duties, request.submittedBy),
          approvers: listApprovers(
            gateway.policySet.parties.get(request.sender),
            request.submittedBy === undefined ? [] : [request.submittedBy],
          ),
          given: [],
          expiresAt: expiryMoment(at, eraseAt, gateway.approvalHours).toISOString(),
        }
      : undefined
  return {
    id: newId(at, gateway.random),
    at,
    request,
    question: recorded,
    decision,
    ...(eraseAt && { eraseAt }),
    ...(approval && { approval }),
  }
}

const formMentioned = (
  { id, at, request, approval }: DecidedExchange,
  subjects: readonly MinimisedSubject[],
): MentioningExchange => ({
  id,
  at,
  sender: request.sender,
  recipient: request.submission.recipient,
  purpose: request.submission.purpose,
  isHeld: approval !== undefined,
  subjects: subjects.map(({ index, identifiers }) => ({ index, ...identifiers })),
})

/** @throws SluisError `recipient-without-key` */
async function sealExchange(
  gateway: SealingGateway,
  { id, request, question, decision }: DecidedExchange,
  subjects: readonly MinimisedSubject[],
  persons: PseudonymisedPersons,
): Promise<SealedExchange> {
  const { submission } = request
  const { recipient } = submission
  const delivered = subjects.map(({ index, data, redactions }, position): DeliveredSubject => {
    const { role, assessments } = submission.dataSubjects[index]!
    const { pseudonym, isLinkable } = persons.pseudonyms[position]!
    return { role, pseudonym, isLinkable, assessments, decision: decision.dataSubjects[index]!, data, redactions }
  })
  const content =
    subjects.length > 0
      ? formatContent({ id, question, submission, decision, subjects: delivered, links: persons.announced })
      : undefined
  return {
    subjects,
    persons,
    ...(content && { delivery: { content, sealed: await sealFor(gateway, recipient, content) } }),
  }
}

/** @throws SluisError `record-too-large`, `log-unavailable` */
function recordExchange(
  { queue, random, policySet }: Pick<Gateway, 'queue' | 'random' | 'policySet'>,
  { id, at, request, question, decision, eraseAt, approval }: DecidedExchange,
  { subjects, persons, delivery }: SealedExchange,
): Promise<CommitResult> {
  const { sender, submittedBy, submission, idempotency, reference, asked, trace } = request
  const salts: Record<string, Uint8Array> = {}
  const commitTo = (label: string, value: Uint8Array) => {
    const salt = random(32)
    salts[label] = salt
    return formCommitment(label, salt, value)
  }
  const record = formatExchangeRecord({
    type: 'exchange',
    id,
    question,
    decision,
    kind: submission.kind,
    ...(submittedBy !== undefined && { submittedBy }),
    ...(reference && { reference }),
    ...(submission.inReplyTo !== undefined && { inReplyTo: submission.inReplyTo }),
    ...(asked && { asked }),
    ...(trace !== undefined && { trace }),
    ...(delivery && { payload: commitTo('payload', delivery.content), sealed: formatUtf8(delivery.sealed) }),
    subjectCommitments: new Map(
      subjects.map(({ index }, position) => [
        index,
        commitTo(`data-subject/${index}`, formatUtf8(persons.pseudonyms[position]!.personId)),
      ]),
    ),
    nonce: random(16),
  })
  const exchange: NewExchange = {
    id,
    sender,
    ...(submittedBy !== undefined && { submittedBy }),
    recipient: submission.recipient,
    outcome: decision.outcome,
    at: question.at,
    decision,
    idempotency,
    salts,
    ...persons.links,
    ...(delivery && {
      delivery: {
        id: newId(at, random),
        sealed: delivery.sealed,
        ...(eraseAt && { eraseAt: eraseAt.toISOString() }),
        ...(approval && { hold: { approvalsNeeded: approval.remaining, expiresAt: approval.expiresAt } }),
      },
    }),
  }
  const reachesRecipient = delivery !== undefined && !approval
  const reply: Reply = { id, sender, ...submission, ...(asked && { asked }) }
  return queue.commit({
    record,
    exchange,
    ...(reachesRecipient && {
      furtherRecords: formFeedbackRecords({ random, policySet }, question.at, reply),
      ...formAnswered(question.at, reply),
    }),
  })
}

// Every round that answers `link-changed` means that another exchange was committed, so a few rounds are plenty.
const MAX_ROUNDS = 16
/** Rounds without waiting for a turn: reports about one new person are all committed in the second. */
const ROUNDS_AT_ONCE = 2

/**
 * Repeats an attempt until no other exchange changed the persons between its look-up and its commit.
 * @throws SluisError `log-unavailable` after too many rounds, and whatever the attempt throws
 */
async function commitInRounds(
  queue: CommitQueue,
  attempt: () => Promise<CommitResult>,
): Promise<Extract<CommitResult, { status: 'committed' | 'already-stored' }>> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Attempts that were overtaken more than once go one after the other.
    const result = round < ROUNDS_AT_ONCE ? await attempt() : await takeTurn(queue, attempt)
    if (result.status === 'committed' || result.status === 'already-stored') return result
  }
  // The same words as for a log that cannot be written: the sender must not learn that others report this person.
  throw sluisError('log-unavailable', LOG_UNAVAILABLE)
}
