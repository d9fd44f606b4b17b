import type { ExchangeRecord } from '../audit/record/exchange.ts'
import { formatFeedbackRecord } from '../audit/record/follow-up.ts'
import type { Commit } from '../ports/commit.ts'
import type { Gateway } from './gateway.ts'

/** The members of an exchange that decide whether it is an answer, and whether that is feedback. */
export type Reply = Pick<ExchangeRecord, 'id' | 'sender' | 'recipient' | 'purpose' | 'inReplyTo' | 'asked'>

/**
 * Marks the exchange that a reply answers, for the commit in which the reply reaches its recipient. A question about an exchange
 * answers nothing.
 */
export const formAnswered = (at: string, { sender, inReplyTo, asked }: Reply): Pick<Commit, 'reply'> =>
  inReplyTo === undefined || asked ? {} : { reply: { exchangeId: inReplyTo, recipient: sender, at } }

/**
 * Forms the record that an exchange is feedback on the one it answers, for the commit in which it reaches its recipient: the
 * commit of the exchange itself, or that of the last approval when it was held. The log counts by it which reports got feedback
 * and which wait too long. An answer for any purpose but the feedback purpose of the vocabulary says nothing about the outcome
 * of a report.
 *
 * @returns none for an exchange that is no feedback
 */
export function formFeedbackRecords(
  { random, policySet }: Pick<Gateway, 'random' | 'policySet'>,
  at: string,
  reply: Reply,
): readonly string[] {
  const { id, sender, recipient, purpose, inReplyTo } = reply
  if (inReplyTo === undefined || purpose !== policySet.vocabulary.gatewayWords?.feedbackPurpose) return []
  return [
    formatFeedbackRecord({
      type: 'feedback',
      at,
      exchangeId: inReplyTo,
      feedbackId: id,
      sender,
      recipient,
      nonce: random(16),
    }),
  ]
}
