import type { Json } from '../encoding/json.ts'
import { type Fault, SluisError, sluisError } from '../errors.ts'
import type { IdentityQuestion } from '../report/identity-question.ts'
import type { Submission } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'
import type { ExchangeAnswer } from './pipeline.ts'
import { findMisstated, findReceived, withEstablished } from './reply.ts'
import type { Submitter } from './submit.ts'

/** The party, or person at a party, that asks. */
export interface Asker {
  readonly party: string
  /** Client id of the person; absent when the party's own system asks. */
  readonly submittedBy?: string
  /** Trace id and parent id of the request (W3C Trace Context). */
  readonly trace?: string
}

/**
 * Asks the sender of an exchange who a person in it is. The gateway does not know: it keeps no identity and turns no pseudonym
 * into a person. The question is an exchange of its own towards that sender, decided by rules, sealed, recorded and delivered like
 * any other; it contains the number of the data subject and the names of the fields asked for, and no personal data. The sender
 * may answer, if the rules permit it, with an exchange that has the question in `inReplyTo`.
 *
 * @returns undefined when the asker did not receive that exchange
 * @throws SluisError `value-invalid` for a data subject that was not delivered or a circumstance that only the gateway states,
 *   `word-unknown` when the vocabulary has no words for the question, and every error of `submit`
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
  const received = await findReceived(gateway.store, asker.party, exchangeId)
  if (!received) return undefined
  const { vocabulary } = gateway.policySet
  const words = vocabulary.gatewayWords?.identityQuestion
  if (!words) throw sluisError('word-unknown', NO_WORDS)
  // The delivered content leaves out data subjects of whom nothing passed; the sender counts every data subject of its report.
  const delivered = received.record.subjects.flatMap(({ outcome, role }, index) =>
    outcome === 'geweigerd' ? [] : [{ index, role }],
  )
  const subject = delivered[question.dataSubject]
  const established = new Set([words.askedCircumstance])
  const faults = [
    ...(subject ? [] : [NOT_DELIVERED]),
    ...findMisstated(vocabulary, question.circumstances, established, '/circumstances'),
  ]
  const [first, ...others] = faults
  if (!subject || first) throw new SluisError([first ?? NOT_DELIVERED, ...others])

  const submission: Submission = {
    recipient: received.delivery.sender,
    purpose: question.purpose,
    legalBasis: question.legalBasis,
    kind: words.kind,
    inReplyTo: exchangeId,
    dataSubjects: [
      {
        role: subject.role,
        circumstances: withEstablished(question.circumstances, established),
        assessments: question.assessments,
        data: {
          // People count from one.
          [words.subjectField]: String(subject.index + 1),
          [words.fieldsField]: question.fields.toSorted().join(', '),
        },
      },
    ],
  }
  return submitter.submit(asker.party, submission, formatQuestionBody(exchangeId, body), idempotencyKey, {
    gateway,
    ...(asker.submittedBy !== undefined && { submittedBy: asker.submittedBy }),
    ...(asker.trace !== undefined && { trace: asker.trace }),
    asked: { dataSubject: subject.index, fields: question.fields },
  })
}

/** What an idempotency key of a question stands for: the same question about another exchange is another body. */
export const formatQuestionBody = (exchangeId: string, question: Json): Json => ({ exchangeId, question })

const NO_WORDS = {
  nl: 'de woordenlijst heeft geen woorden voor deze vraag; vraag een privacyfunctionaris om `identiteitsvraag` onder `gevolgen`',
  en: 'the vocabulary has no words for this question; ask a privacy officer for `identiteitsvraag` under `gevolgen`',
} as const

const NOT_DELIVERED: Fault = {
  code: 'value-invalid',
  pointer: '/dataSubject',
  detail: {
    nl: 'de ontvangen inhoud heeft geen betrokkene op deze plaats; tel vanaf 0 in `dataSubjects` van de inhoud',
    en: 'the delivered content has no data subject at this position; count from 0 in `dataSubjects` of the content',
  },
}
