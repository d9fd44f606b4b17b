import type { Asked, ExchangeRecord } from '../audit/record/exchange.ts'
import { parseRecord } from '../audit/record/parse.ts'
import { type Fault, SluisError } from '../errors.ts'
import type { StoredDelivery } from '../ports/stored.ts'
import type { Submission, SubmittedSubject } from '../report/submission.ts'
import type { Gateway } from './gateway.ts'

/**
 * Circumstances that the gateway finds out itself, so that a rule can rest on them. They are words of the vocabulary; with
 * rule files that do not have them nobody can ask who somebody is.
 */
export const ESTABLISHED = {
  /** The question is about an exchange that the asker received from the party it asks. */
  question: 'vraag-over-ontvangen-uitwisseling',
  /** The report answers such a question, and nothing else. */
  answer: 'antwoord-op-identiteitsvraag',
} as const

/**
 * The purpose that makes of a reply the feedback that closes the circle: the log counts what was fed back on and what waits too
 * long. A reply for any other purpose, such as the question who somebody is, tells nothing of what came of a report. A word of
 * the vocabulary; with rule files that do not have it nothing is ever fed back.
 */
export const FEEDBACK_PURPOSE = 'terugkoppeling-aan-melder'

/** An exchange that a party received, and what the log says of it. */
export interface Received {
  readonly delivery: StoredDelivery
  readonly record: ExchangeRecord
}

/** An exchange that is in the inbox of a party, its content perhaps long gone; undefined for any other. */
export async function findReceived(
  { store }: Gateway,
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
 * A report with what the gateway found out about the exchange that it answers: `inReplyTo` was sent to this sender by this
 * recipient, and a report that answers the question who somebody is, is about that one person and what was asked of them.
 *
 * @throws SluisError `value-invalid` with every fault: at `/inReplyTo`, at what was not asked for, and at a circumstance that
 *   is only the gateway's to state
 */
export async function establishReply(gateway: Gateway, sender: string, submission: Submission): Promise<Submission> {
  const { inReplyTo, recipient } = submission
  const received = inReplyTo === undefined ? undefined : await findReceived(gateway, sender, inReplyTo)
  if (inReplyTo !== undefined && received?.delivery.sender !== recipient) throw new SluisError([UNKNOWN_EXCHANGE])
  const asked = received?.record.asked
  const found = new Set<string>(asked ? [ESTABLISHED.answer] : [])
  const faults = submission.dataSubjects.flatMap((subject, index) => [
    ...findMisstated(subject.circumstances, found, `/dataSubjects/${index}/circumstances`),
    ...(asked ? findUnasked(subject, index, asked) : []),
  ])
  const [first, ...others] = faults
  if (first) throw new SluisError([first, ...others])
  return {
    ...submission,
    dataSubjects: submission.dataSubjects.map((subject) => ({
      ...subject,
      circumstances: withEstablished(subject.circumstances, found),
    })),
  }
}

/** Known facts, with those that the gateway found out. */
export const withEstablished = (
  circumstances: SubmittedSubject['circumstances'],
  found: ReadonlySet<string>,
): SubmittedSubject['circumstances'] => ({
  ...circumstances,
  ...Object.fromEntries([...found].map((word) => [word, true])),
})

/** Circumstances that a caller states otherwise than the gateway found them. */
export const findMisstated = (
  circumstances: SubmittedSubject['circumstances'],
  found: ReadonlySet<string>,
  pointer: string,
): Fault[] =>
  Object.values(ESTABLISHED)
    .filter((word) => circumstances[word] !== undefined && circumstances[word] !== found.has(word))
    .map((word) => ({
      code: 'value-invalid',
      pointer: `${pointer}/${word}`,
      detail: {
        nl: 'dit gaat Sluis zelf na, en het is anders; laat het weg en noem bij een antwoord de vraag in `inReplyTo`',
        en: 'Sluis finds this out itself, and it is otherwise; leave it out, and in an answer name the question in `inReplyTo`',
      },
    }))

/** What an answer tells beyond the question: of a second person, or in a field that nobody asked for. */
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
