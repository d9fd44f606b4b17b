import { z } from 'zod'
import {
  ACKNOWLEDGE_DAYS,
  COUNTED_DELIVERIES,
  DELIVERY_STATES,
  type InboxCounts,
  type ListedDelivery,
} from '../../exchange/inbox/inbox-list.ts'
import type { MatchView } from '../../exchange/linking/match-view.ts'
import { COUNTED_MATCHES, type MatchAnswer, type MatchCounts } from '../../exchange/linking/matches.ts'
import { composed, instant, word } from '../../model/answer-parts.ts'
import { MAX_FIELDS } from '../../model/rule-file-bounds.ts'
import { MATCH_STATUSES } from '../../ports/mentions.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { receipt } from './receipt.ts'

/** Deliveries of a recipient, and pairs of its pseudonyms that may be one person. */

export const deliverySummary = z.object({
  id: z.uuid(),
  kind: z
    .enum(['exchange', 'notice'])
    .describe('An exchange of a party, or a notice of the gateway itself about your pseudonyms; both are sealed'),
  exchangeId: z.uuid().exactOptional().describe('Absent for a notice that is not about one exchange'),
  sender: word.describe('A party, or `sluis` for a notice'),
  at: instant,
  acknowledgedAt: instant.exactOptional(),
  erasedAt: instant.exactOptional().describe('Moment at which its content was destroyed'),
  recalledAt: instant.exactOptional().describe('Moment at which its sender recalled it; a notice has the reason'),
})

export const deliveryPage = z.object({
  deliveries: z.array(deliverySummary).max(PAGE_SIZE).readonly(),
  cursor: word.describe('Pass it in the next request to continue from here'),
  hasMore: z.boolean(),
})

export const newestDeliveries = z.object({
  deliveries: z
    .array(
      deliverySummary
        .extend({
          placedAt: instant.describe('When it entered your inbox: after `at` when people had to approve it first'),
          fetchedAt: instant.exactOptional().describe('When it was handed over for the first time'),
          answeredAt: instant.exactOptional().describe('When your first answer reached the sender'),
          state: z
            .enum(DELIVERY_STATES)
            .describe(
              `\`new\`: not fetched; \`unread\`: fetched, not acknowledged; \`overdue\`: not acknowledged within ${ACKNOWLEDGE_DAYS} days`,
            ),
        })
        .readonly(),
    )
    .max(PAGE_SIZE)
    .readonly(),
  hasMore: z.boolean(),
}) satisfies z.ZodType<{ deliveries: readonly ListedDelivery[]; hasMore: boolean }>

const count = z.int().nonnegative().max(COUNTED_DELIVERIES)
export const deliveryCounts = z.object({ new: count, unread: count, overdue: count }) satisfies z.ZodType<InboxCounts>

export const delivery = deliverySummary.extend({
  sealed: composed.describe('JWE in general JSON serialisation (RFC 7516 §7.2.1), for the keys of the recipient'),
  receipt: receipt.describe('Receipt of the exchange or the notice; its record commits to the sealed bytes'),
  handedOver: receipt.describe('Receipt of the record of this hand-over'),
})

export const deliveryReceiptPage = z.object({
  receipts: z
    .array(
      deliverySummary
        .omit({ id: true, acknowledgedAt: true, erasedAt: true })
        .extend({ deliveryId: z.uuid(), receipt })
        .readonly(),
    )
    .max(PAGE_SIZE)
    .readonly(),
  cursor: word.describe('Pass it in the next request to continue from here'),
  hasMore: z.boolean(),
})

export const acknowledgement = z.object({ acknowledgedAt: instant, receipt })

export const match = z
  .object({
    id: z.uuid(),
    domain: word.describe('One of your pseudonym domains'),
    status: z.enum(MATCH_STATUSES),
    pseudonyms: z
      .tuple([word, word])
      .readonly()
      .describe('Current pseudonym of both sides, the earlier mention first; equal when they are one person'),
    mentions: z
      .array(
        z
          .object({
            exchangeId: z.uuid(),
            dataSubject: z.int().nonnegative().describe('Position in `dataSubjects` of the content, from 0'),
            deliveryId: z.uuid(),
            sender: word,
            at: instant,
            role: word,
          })
          .readonly(),
      )
      .max(2)
      .readonly()
      .describe('Where you received both sides, the earlier first'),
    comparable: z.array(word).max(MAX_FIELDS).readonly().describe('Fields that both sides brought you'),
    at: instant,
    answeredBy: word.exactOptional().describe('Client id of the latest answer'),
    answeredAt: instant.exactOptional(),
  })
  .readonly() satisfies z.ZodType<MatchView>

export const matchPage = z.object({
  matches: z.array(match).max(PAGE_SIZE).readonly(),
  cursor: word.exactOptional().describe('Pass it in the next request to continue from here'),
  hasMore: z.boolean(),
})

export const matchCounts = z.object({
  possible: z.int().nonnegative().max(COUNTED_MATCHES),
}) satisfies z.ZodType<MatchCounts>

export const matchAnswer = z
  .object({
    ...match.unwrap().shape,
    effect: z
      .enum(['none', 'merged', 'split'])
      .describe('Effect of the answer on persons; `none` when the same answer was already given'),
    receipt: receipt.exactOptional().describe('Receipt of the answer; absent when the same answer was already given'),
  })
  .readonly() satisfies z.ZodType<MatchAnswer>
