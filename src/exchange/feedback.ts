import type { ExchangeRecord } from '../audit/record/exchange.ts'
import { formatFeedbackRecord } from '../audit/record/follow-up.ts'
import type { Gateway } from './gateway.ts'
import { FEEDBACK_PURPOSE } from './reply.ts'

/** What decides whether an exchange is feedback, as its record has it. */
export type Reply = Pick<ExchangeRecord, 'id' | 'sender' | 'recipient' | 'purpose'> & { readonly inReplyTo?: string }

/**
 * The record that an exchange feeds back on the one it answers, for the commit in which it reaches its recipient: that of the
 * exchange itself, or that of the last approval when it was held. None for an exchange that is no feedback.
 */
export function formFeedbackRecords({ random }: Pick<Gateway, 'random'>, at: string, reply: Reply): readonly string[] {
  const { id, sender, recipient, purpose, inReplyTo } = reply
  if (inReplyTo === undefined || purpose !== FEEDBACK_PURPOSE) return []
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
