import type { Json } from '../encoding/json.ts'
import { type Fault, SluisError } from '../errors.ts'
import type { IdentityQuestion } from '../report/identity-question.ts'
import type { Submission } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'
import type { ExchangeAnswer } from './pipeline.ts'
import { ESTABLISHED, findMisstated, findReceived, withEstablished } from './reply.ts'
import type { Submitter } from './submit.ts'

/** Words of the vocabulary that a question is written in. */
const KIND = 'identiteitsvraag'
const ASKED_SUBJECT = 'gevraagde-betrokkene'
const ASKED_FIELDS = 'gevraagde-gegevens'

/** Who asks: a party, or one of its people. */
export interface Asker {
  readonly party: string
  /** Client id of the person; absent when the party's own system asks. */
  readonly submittedBy?: string
  /** Trace id and parent id of the request (W3C Trace Context). */
  readonly trace?: string
}

/**
 * Asks the sender of an exchange who a person in it is. The gateway cannot tell: it keeps no identity, and turns no pseudonym
 * into a person. So the question is an exchange of its own, towards the source, decided by rules, sealed, recorded and
 * delivered like any other; it holds the number of the data subject and the names of the fields wanted, and nobody's data. The
 * source answers, if it will and may, with an exchange that has the question in `inReplyTo`.
 *
 * @returns undefined when the asker did not receive that exchange
 * @throws SluisError `value-invalid` for a data subject that was not delivered or a circumstance that only the gateway states,
 *   and whatever `submit` throws
 */
export async function askIdentity(
  gateway: Gateway,
  submitter: Submitter,
  asker: Asker,
  exchangeId: string,
  question: IdentityQuestion,
  body: Json,
  idempotencyKey: string,
): Promise<ExchangeAnswer | undefined> {
  const received = await findReceived(gateway, asker.party, exchangeId)
  if (!received) return undefined
  // What the recipient got leaves out whom nothing was delivered of; the source counts everybody in its report.
  const delivered = received.record.subjects.flatMap(({ outcome, role }, index) =>
    outcome === 'geweigerd' ? [] : [{ index, role }],
  )
  const subject = delivered[question.dataSubject]
  const found = new Set([ESTABLISHED.question])
  const faults = [
    ...(subject ? [] : [NOT_DELIVERED]),
    ...findMisstated(question.circumstances, found, '/circumstances'),
  ]
  const [first, ...others] = faults
  if (!subject || first) throw new SluisError([first ?? NOT_DELIVERED, ...others])

  const submission: Submission = {
    recipient: received.delivery.sender,
    purpose: question.purpose,
    legalBasis: question.legalBasis,
    kind: KIND,
    inReplyTo: exchangeId,
    dataSubjects: [
      {
        role: subject.role,
        circumstances: withEstablished(question.circumstances, found),
        assessments: question.assessments,
        data: {
          // People count from one.
          [ASKED_SUBJECT]: String(subject.index + 1),
          [ASKED_FIELDS]: question.fields.toSorted().join(', '),
        },
      },
    ],
  }
  return submitter.submit(asker.party, submission, { exchangeId, question: body }, idempotencyKey, {
    gateway,
    ...(asker.submittedBy !== undefined && { submittedBy: asker.submittedBy }),
    ...(asker.trace !== undefined && { trace: asker.trace }),
    asked: { dataSubject: subject.index, fields: question.fields },
  })
}

const NOT_DELIVERED: Fault = {
  code: 'value-invalid',
  pointer: '/dataSubject',
  detail: {
    nl: 'de ontvangen inhoud heeft geen betrokkene op deze plaats; tel vanaf 0 in `dataSubjects` van de inhoud',
    en: 'the delivered content has no data subject at this position; count from 0 in `dataSubjects` of the content',
  },
}
