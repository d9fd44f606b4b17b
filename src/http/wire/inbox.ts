import { z } from 'zod'
import type { MatchAnswer, MatchView } from '../../exchange/linking/matches.ts'
import { MATCH_STATUSES } from '../../ports/mentions.ts'
import { receipt } from './receipt.ts'

/** What a recipient gets to see: its deliveries, and its persons who may be one. */

export const deliverySummary = z.object({
  id: z.uuid(),
  kind: z
    .enum(['exchange', 'notice'])
    .describe('What a party sent you, or a notice of the gateway itself: what changed for your pseudonyms, sealed too'),
  exchangeId: z.uuid().exactOptional().describe('Absent for a notice about no exchange in particular'),
  sender: z.string().describe('A party, or `sluis` for a notice'),
  at: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().exactOptional(),
  erasedAt: z.iso.datetime().exactOptional().describe('Since then its content is gone'),
  recalledAt: z.iso.datetime().exactOptional().describe('Since then its sender has taken it back; a notice says why'),
})

export const deliveryPage = z.object({
  deliveries: z.array(deliverySummary).readonly(),
  cursor: z.string().describe('Send it along next time to go on from here'),
  hasMore: z.boolean(),
})

export const delivery = deliverySummary.extend({
  sealed: z.string().describe('JWE in general JSON serialisation (RFC 7516 §7.2.1), for the keys of the recipient'),
  receipt: receipt.describe('Of the exchange or the notice; its record commits to the sealed bytes'),
  handedOver: receipt.describe('Of the record that the delivery was handed over now'),
})

export const deliveryReceiptPage = z.object({
  receipts: z
    .array(
      deliverySummary
        .omit({ id: true, acknowledgedAt: true, erasedAt: true })
        .extend({ deliveryId: z.uuid(), receipt })
        .readonly(),
    )
    .readonly(),
  cursor: z.string().describe('Send it along next time to go on from here'),
  hasMore: z.boolean(),
})

export const acknowledgement = z.object({ acknowledgedAt: z.iso.datetime(), receipt })

export const match = z
  .object({
    id: z.uuid(),
    domain: z.string().describe('Pseudonym domain of yours'),
    status: z.enum(MATCH_STATUSES),
    pseudonyms: z
      .tuple([z.string(), z.string()])
      .readonly()
      .describe('Of either side now, the earlier mention first; the same when they are one person'),
    mentions: z
      .array(z.object({ exchangeId: z.uuid(), dataSubject: z.int().nonnegative() }).readonly())
      .readonly()
      .describe('Where you received either side: position in `dataSubjects` of the content, from 0'),
    at: z.iso.datetime(),
    answeredBy: z.string().exactOptional().describe('Client id of who answered last'),
    answeredAt: z.iso.datetime().exactOptional(),
  })
  .readonly() satisfies z.ZodType<MatchView>

export const matchPage = z.object({
  matches: z.array(match).readonly(),
  cursor: z.string().describe('Send it along next time to go on from here'),
  hasMore: z.boolean(),
})

export const matchAnswer = z
  .object({
    ...match.unwrap().shape,
    effect: z
      .enum(['none', 'merged', 'split'])
      .describe('What the answer did to persons; `none` also when it was given before'),
    receipt: receipt.exactOptional().describe('Of the answer; absent when it was given before'),
  })
  .readonly() satisfies z.ZodType<MatchAnswer>
