import { commit as commitTo } from '../audit/record/commitment.ts'
import { type Asked, formatExchangeRecord } from '../audit/record/exchange.ts'
import { formatUtf8 } from '../encoding/bytes.ts'
import { newId } from '../encoding/uuid.ts'
import { sluisError } from '../errors.ts'
import type { Decision, Outcome, Question } from '../model/decision.ts'
import { decide } from '../policy/decide.ts'
import type { CommitResult, NewExchange } from '../ports/commit.ts'
import type { HoldStatus, Receipt } from '../ports/stored.ts'
import { identifyingValues, minimise } from '../report/minimise.ts'
import type { Submission } from '../report/submission.ts'
import { checkIdentifiers } from './check-identifiers.ts'
import { type DeliveredSubject, formatContent } from './content.ts'
import { formFeedbackRecords } from './feedback.ts'
import type { Gateway } from './gateway.ts'
import { identifyPersons } from './linking/persons.ts'
import { sealMatchNotice } from './notices.ts'
import { takeTurn } from './turns.ts'
import { approvalsNeeded, eraseMoment, expiryMoment } from './upkeep/sweep.ts'

/** What the sender gets back. The receipt is not optional: forgetting to wait for the log does not compile. */
export interface ExchangeAnswer {
  readonly id: string
  readonly outcome: Outcome
  readonly decision: Decision
  readonly receipt: Receipt
  /** Where a held exchange stands; absent when it needs nobody's approval. */
  readonly approval?: Approval
  /** When the sender took it back. */
  readonly recalledAt?: string
}

/** How far the approval of a held exchange is. */
export interface Approval {
  readonly status: HoldStatus
  readonly remaining: number
  readonly expiresAt: string
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

// Every round that answers `link-changed` means that another exchange did get through, so a few rounds are plenty.
const MAX_ROUNDS = 16
/** Rounds without waiting for one's turn: reports about one new person all get through in the second. */
const HASTY_ROUNDS = 2

/**
 * One exchange, from report to receipt: decide, minimise, pseudonymise, seal, record.
 *
 * Up to `record` nothing has happened: whenever the process dies before it, nothing is stored, nobody has been answered,
 * and the sender that tries again starts anew. After it everything is durable, and the sender that tries again with the
 * same idempotency key gets the stored answer. A refusal takes the same road with nothing to deliver.
 *
 * @returns the answer, or undefined when this sender's idempotency key was stored in the meantime
 * @throws SluisError `identifier-invalid`, `recipient-without-key`, `record-too-large`, `log-unavailable`
 */
export async function runPipeline(gateway: Gateway, request: ExchangeRequest): Promise<ExchangeAnswer | undefined> {
  const { sender, submittedBy, submission } = request
  const at = gateway.clock()
  const id = newId(at, gateway.random)

  // 1. decide: on words and field names only. Dies here: nothing happened.
  const question = formQuestion(sender, submission, at)
  const decision = decide(gateway.policySet, question)

  // 2. minimise: what no rule covers is gone from here on. Dies here: nothing happened.
  const passing = decision.outcome === 'geweigerd' ? [] : selectPassing(decision)
  checkIdentifiers(gateway.policySet.vocabulary, submission, decision, passing)
  const namesOfThePersons = identifyingValues(gateway.policySet.vocabulary, submission.dataSubjects)
  const minimised = passing.map((index) =>
    minimise(
      gateway.policySet.vocabulary,
      decision.dataSubjects[index]!,
      submission.dataSubjects[index]!.data,
      namesOfThePersons,
    ),
  )

  // Duties that the gateway itself carries out: it forgets in time, and it waits for a second person.
  const eraseAt = eraseMoment(decision.duties, at)
  const approval: Approval | undefined =
    decision.outcome === 'in-afwachting'
      ? {
          status: 'waiting',
          remaining: approvalsNeeded(decision.duties),
          expiresAt: expiryMoment(at, eraseAt, gateway.approvalHours).toISOString(),
        }
      : undefined

  const attempt = async (): Promise<CommitResult> => {
    // 3. pseudonymise: look the persons up inside the gateway. Dies here: nothing happened, a new person does not exist yet.
    const persons = await identifyPersons(gateway, {
      id,
      at,
      submission,
      decision,
      passing,
      isHeld: approval !== undefined,
    })

    // 4. seal: from here on there is nothing readable left. Dies here: the sealed bytes are lost with the process.
    const subjects: DeliveredSubject[] = passing.map((index, position) => ({
      role: submission.dataSubjects[index]!.role,
      pseudonym: persons.pseudonyms[position]!.pseudonym,
      isLinkable: persons.pseudonyms[position]!.isLinkable,
      assessments: submission.dataSubjects[index]!.assessments,
      decision: decision.dataSubjects[index]!,
      data: minimised[position]!.data,
      redactions: minimised[position]!.redactions,
    }))
    const content = passing.length > 0 ? formatContent({ id, at, question, submission, decision, subjects }) : undefined
    const sealed = content && (await gateway.sealer.seal(submission.recipient, content))
    const notices = await Promise.all(
      persons.news.map((news) => sealMatchNotice(gateway, submission.recipient, 'proposed', news, id)),
    )

    // 5. record: exchange, delivery, persons, notices, records and checkpoint are one durable commit. Dies before it: nothing
    //    happened. Dies after it but before the answer: all of it happened, and a retry finds it.
    const salts: Record<string, Uint8Array> = {}
    const commitment = (label: string, value: Uint8Array) => {
      const salt = gateway.random(32)
      salts[label] = salt
      return commitTo(label, salt, value)
    }
    const record = formatExchangeRecord({
      type: 'exchange',
      id,
      question,
      decision,
      kind: submission.kind,
      ...(submittedBy !== undefined && { submittedBy }),
      ...(request.reference && { reference: request.reference }),
      ...(submission.inReplyTo !== undefined && { inReplyTo: submission.inReplyTo }),
      ...(request.asked && { asked: request.asked }),
      ...(request.trace !== undefined && { trace: request.trace }),
      ...(content && { payload: commitment('payload', content) }),
      ...(sealed && { sealed: formatUtf8(sealed) }),
      subjectCommitments: new Map(
        passing.map((index, position) => [
          index,
          commitment(`data-subject/${index}`, formatUtf8(persons.pseudonyms[position]!.personId)),
        ]),
      ),
      nonce: gateway.random(16),
    })
    const exchange: NewExchange = {
      id,
      sender,
      ...(submittedBy !== undefined && { submittedBy }),
      recipient: submission.recipient,
      outcome: decision.outcome,
      at: question.at,
      decision: JSON.stringify(decision),
      idempotency: request.idempotency,
      salts,
      ...persons.links,
      ...(sealed && {
        delivery: {
          id: newId(at, gateway.random),
          sealed,
          ...(eraseAt && { eraseAt: eraseAt.toISOString() }),
          ...(approval && { hold: { approvalsNeeded: approval.remaining, expiresAt: approval.expiresAt } }),
        },
      }),
    }
    const reaches = passing.length > 0 && !approval
    const furtherRecords = reaches ? formFeedbackRecords(gateway, question.at, { id, sender, ...submission }) : []
    return gateway.queue.commit({ record, exchange, furtherRecords, notices })
  }

  // Whoever was overtaken more than once lines up with the others who were.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = round < HASTY_ROUNDS ? await attempt() : await takeTurn(gateway.queue, attempt)
    if (result.status === 'committed') {
      return { id, outcome: decision.outcome, decision, receipt: result.receipt, ...(approval && { approval }) }
    }
    if (result.status === 'already-stored') return undefined
  }
  throw sluisError('log-unavailable', {
    nl: 'te veel meldingen over dezelfde persoon tegelijk; probeer het over enkele seconden opnieuw',
    en: 'too many reports about the same person at once; try again in a few seconds',
  })
}

/** The words of a submission, without any of its values. */
export function formQuestion(sender: string, submission: Submission, at: Date): Question {
  return {
    sender,
    recipient: submission.recipient,
    purpose: submission.purpose,
    legalBasis: submission.legalBasis,
    at: at.toISOString(),
    dataSubjects: submission.dataSubjects.map((subject) => ({
      role: subject.role,
      circumstances: subject.circumstances,
      assessments: subject.assessments.map(({ word }) => word),
      fields: Object.keys(subject.data),
    })),
  }
}

/** Indexes of the data subjects of whom something passes. */
function selectPassing(decision: Decision): number[] {
  return decision.dataSubjects.flatMap((subject, index) => (subject.outcome === 'geweigerd' ? [] : [index]))
}
