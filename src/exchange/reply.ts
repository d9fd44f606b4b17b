import type { Asked, ExchangeRecord } from '../audit/record/exchange.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { type Fault, SluisError, throwFaults } from '../errors.ts'
import type { GatewayWords, Vocabulary } from '../model/vocabulary.ts'
import type { Store } from '../ports/store.ts'
import type { StoredDelivery } from '../ports/stored.ts'
import type { Submission, SubmittedSubject } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'

/** Words of the vocabulary that the gateway acts on in replies. Without them it establishes nothing. */
type Words = Pick<Vocabulary, 'gatewayWords'>

/** An exchange that a party received, and its record. */
export interface Received {
  readonly delivery: StoredDelivery
  readonly record: ExchangeRecord
}

/** An exchange in the inbox of a party, even if its content was destroyed since; undefined for any other. */
export async function findReceived(
  store: Pick<Store, 'findDeliveryOf'>,
  recipient: string,
  exchangeId: string,
): Promise<Received | undefined> {
  const delivery = await store.findDeliveryOf(recipient, exchangeId)
  if (delivery?.kind !== 'exchange' || delivery.recipient !== recipient) return undefined
  const record = parseRecord(delivery.receipt.record)
  if (record.type !== 'exchange') throw new Error('the receipt of a delivery is of another record than its exchange')
  return { delivery, record }
}

/**
 * Adds to a report what the gateway establishes about the exchange that it answers: `inReplyTo` was sent to this sender by this
 * recipient, and an answer to the question who somebody is contains only that person and the fields that were asked for.
 *
 * @throws SluisError `value-invalid` with every fault: at `/inReplyTo`, at what was not asked for, and at a circumstance that
 *   only the gateway may state
 */
export async function establishReply(
  { store, policySet }: Pick<Gateway, 'store' | 'policySet'>,
  sender: string,
  submission: Submission,
): Promise<Submission> {
  const { vocabulary } = policySet
  const { inReplyTo, recipient } = submission
  const received = inReplyTo === undefined ? undefined : await findReceived(store, sender, inReplyTo)
  if (inReplyTo !== undefined && received?.delivery.sender !== recipient) throw new SluisError([UNKNOWN_EXCHANGE])
  const asked = received?.record.asked
  const answered = vocabulary.gatewayWords?.identityQuestion?.answeredCircumstance
  const established = new Set<string>(asked && answered !== undefined ? [answered] : [])
  const faults = submission.dataSubjects.flatMap((subject, index) => [
    ...findMisstated(vocabulary, subject.circumstances, established, `/dataSubjects/${index}/circumstances`),
    ...(asked ? findUnasked(subject, index, asked) : []),
  ])
  throwFaults(faults)
  return {
    ...submission,
    dataSubjects: submission.dataSubjects.map((subject) => ({
      ...subject,
      circumstances: withEstablished(subject.circumstances, established),
    })),
  }
}

/** The stated circumstances, with those that the gateway established. */
export const withEstablished = (
  circumstances: SubmittedSubject['circumstances'],
  established: ReadonlySet<string>,
): SubmittedSubject['circumstances'] => ({
  ...circumstances,
  ...Object.fromEntries([...established].map((word) => [word, true])),
})

/** Circumstances that only the gateway states, and that a caller states differently. */
export const findMisstated = (
  { gatewayWords }: Words,
  circumstances: SubmittedSubject['circumstances'],
  established: ReadonlySet<string>,
  pointer: string,
): Fault[] =>
  listEstablishable(gatewayWords)
    .filter((word) => circumstances[word] !== undefined && circumstances[word] !== established.has(word))
    .map((word) => ({
      code: 'value-invalid',
      pointer: `${pointer}/${word}`,
      detail: {
        nl: 'dit stelt Sluis zelf vast, en het is anders; laat het weg en noem bij een antwoord de vraag in `inReplyTo`',
        en: 'Sluis establishes this itself, and it differs; leave it out, and in an answer name the question in `inReplyTo`',
      },
    }))

const listEstablishable = (words: GatewayWords | undefined): readonly string[] => {
  const question = words?.identityQuestion
  return question ? [question.askedCircumstance, question.answeredCircumstance] : []
}

/** What an answer contains beyond the question: a second person, or a field that was not asked for. */
function findUnasked({ data }: SubmittedSubject, index: number, asked: Asked): Fault[] {
  if (index > 0) {
    const detail = {
      nl: 'de vraag ging over één persoon; laat anderen weg',
      en: 'the question was about one person; leave others out',
    }
    return [{ code: 'value-invalid', pointer: `/dataSubjects/${index}`, detail }]
  }
  return Object.keys(data)
    .filter((field) => !asked.fields.includes(field))
    .map((field) => ({
      code: 'value-invalid',
      pointer: `/dataSubjects/${index}/data/${field}`,
      detail: {
        nl: 'hier is niet naar gevraagd; laat het weg',
        en: 'this was not asked for; leave it out',
      },
    }))
}

const UNKNOWN_EXCHANGE: Fault = {
  code: 'value-invalid',
  pointer: '/inReplyTo',
  detail: {
    nl: 'deze ontvanger stuurde u geen uitwisseling met dit id; neem `exchangeId` over uit uw inbox, of laat `inReplyTo` weg',
    en: 'this recipient sent you no exchange with this id; copy `exchangeId` from your inbox, or leave `inReplyTo` out',
  },
}
