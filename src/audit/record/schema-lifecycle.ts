import { z } from 'zod'
import { RECALL_GROUNDS } from './follow-up.ts'
import { MATCH_EFFECTS, MATCH_STEPS } from './match.ts'
import { client, count, decided, envelope, hash, id, optional, party, words } from './schema-members.ts'

/** Records of the life of an exchange, from the check beforehand to the erasure. */

export const exchange = z
  .strictObject({
    ...decided,
    type: z.literal('exchange'),
    id: id('the exchange'),
    kind: z.string().describe('Kind of report, a word of the vocabulary'),
    submittedBy: optional(client('Who submitted, when a person did')),
    reference: optional(z.string().describe('Keyed hash of the reference of the sender itself, base64url')),
    inReplyTo: optional(id('the exchange that this one answers, which its recipient sent to its sender')),
    asked: optional(
      z
        .strictObject({
          dataSubject: count('Data subject of `inReplyTo`, as its sender counted them, from 0'),
          fields: words('Fields asked for'),
        })
        .describe('Of a question who somebody is'),
    ),
    sealed: optional(hash('The sealed bytes that were delivered')),
    payload: optional(hash('Salted commitment to the content before it was sealed')),
  })
  .describe('An exchange was decided, refused ones included')

export const check = z
  .strictObject({ ...decided, type: z.literal('check') })
  .describe('Somebody asked what would happen; nothing left')

export const delivered = z
  .strictObject({
    ...envelope,
    type: z.enum(['delivered', 'acknowledged']),
    exchangeId: optional(id('the exchange; absent for a notice about none in particular')),
    deliveryId: id('the delivery'),
    recipient: party('Whose it is'),
  })
  .describe('A delivery was handed to its recipient, or the recipient said that it has it and verified it')

export const approved = z
  .strictObject({
    ...envelope,
    type: z.literal('approved'),
    exchangeId: id('the exchange'),
    by: client('Who approved'),
    remaining: count('Approvals that are still needed; with 0 it was delivered'),
  })
  .describe('One more person let a held exchange through')

export const discarded = z
  .strictObject({
    ...envelope,
    type: z.enum(['refused', 'expired']),
    exchangeId: id('the exchange'),
    by: optional(client('Who refused')),
  })
  .describe('A held exchange ended without delivery; its content was destroyed')

export const feedback = z
  .strictObject({
    ...envelope,
    type: z.literal('feedback'),
    exchangeId: id('the exchange that was fed back on'),
    feedbackId: id('the exchange that holds the feedback'),
    sender: party('Who told what came of it'),
    recipient: party('Who was told: the sender of the first'),
  })
  .describe('The recipient of an exchange told its sender what came of it')

export const recalled = z
  .strictObject({
    ...envelope,
    type: z.literal('recalled'),
    exchangeId: id('the exchange'),
    sender: party('Who took it back'),
    recipient: party('Who was told'),
    ground: z.enum(RECALL_GROUNDS).describe('It was wrong, should not have been shared, or its consent has ended'),
    by: optional(client('Who recalled; in the record of the step')),
    deliveryId: optional(id('the notice; in the record of the notice')),
    sealed: optional(hash('The sealed bytes of the notice; in the record of the notice')),
  })
  .describe('The sender took an exchange back, or the notice that tells the recipient entered the inbox')

export const erased = z
  .strictObject({
    ...envelope,
    type: z.literal('erased'),
    exchangeId: id('the exchange'),
    deliveryId: id('its delivery'),
    recipient: party('Whose delivery it was'),
    ground: z
      .enum(['bewaartermijn', 'verzoek-betrokkene'])
      .describe('Its retention was over, or a person asked for it'),
  })
  .describe('What the gateway kept of an exchange was destroyed')

export const match = z
  .strictObject({
    ...envelope,
    type: z.literal('match'),
    step: z.enum(MATCH_STEPS).describe('What happened to the match'),
    effect: z.enum(MATCH_EFFECTS).describe('What it did to persons'),
    matchId: id('the match'),
    domain: z.string().describe('Pseudonym domain, a word of the vocabulary'),
    recipient: party('Whose pseudonyms they are'),
    by: optional(client('Who answered; in the record of an answer')),
    deliveryId: optional(id('the notice; in the record of a notice')),
    sealed: optional(hash('The sealed bytes of the notice; in the record of a notice')),
  })
  .describe('A step of a match between two mentions of what may be one person; never on which evidence')
