import { z } from 'zod'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import { EXCHANGE_STATES, type Progress } from '../../exchange/progress.ts'
import { adviceMembers } from '../../model/advice-schema.ts'
import { composed, instant, word } from '../../model/answer-parts.ts'
import { decision, outcome } from '../../model/decision-schema.ts'
import { MAX_FILES } from '../../model/rule-file-bounds.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { approval } from './approval.ts'
import { MAX_PROBLEM_MEMBERS, problem } from './problem.ts'
import { receipt } from './receipt.ts'

/** Answers to a sender: the exchange, its refusal, and the check beforehand. */

/** Sentences about a check: of fields, facts, questions, plans, legal bases and duties, each list with its own bound. */
const MAX_SENTENCES = 10_000

/** Present when the decision leaves something out; absent in answers from before it was given. */
const given = {
  openQuestions: adviceMembers.openQuestions.exactOptional(),
  plans: adviceMembers.plans.exactOptional(),
  unreachable: adviceMembers.unreachable.exactOptional(),
  isComplete: adviceMembers.isComplete.exactOptional(),
  note: adviceMembers.note,
}

export const exchangeProgress = z
  .object({
    state: z.enum(['placed', 'fetched', 'acknowledged', 'answered']).describe('The furthest that it came'),
    placedAt: instant.describe('When it was put into the inbox of the recipient'),
    fetchedAt: instant.exactOptional().describe('When the recipient fetched the content for the first time'),
    acknowledgedAt: instant
      .exactOptional()
      .describe('When the recipient confirmed that it has and verified the content'),
    answeredAt: instant
      .exactOptional()
      .describe('When the first answer of the recipient reached your inbox; a question is no answer'),
    erasedAt: instant.exactOptional().describe('When the sealed content was destroyed'),
  })
  .readonly()
  .describe('What the recipient did with an exchange') satisfies z.ZodType<Progress>

const progressOf = (text: string) => exchangeProgress.exactOptional().describe(text)

const recalledAt = instant.exactOptional().describe('When you recalled it')

export const exchange = z
  .object({
    id: z.uuid(),
    outcome,
    decision,
    ...given,
    receipt,
    approval: approval.exactOptional(),
    delivery: progressOf(
      'What the recipient did with it; absent in the first answer and until it is in the inbox of the recipient',
    ),
    recalledAt,
  })
  .readonly() satisfies z.ZodType<ExchangeAnswer>

export const exchangePage = z.object({
  exchanges: z
    .array(
      z
        .object({
          id: z.uuid(),
          recipient: word,
          outcome,
          state: z
            .enum(EXCHANGE_STATES)
            .describe(
              'Refused by the rules, waiting for approval, stopped before it left, how far the recipient came, or recalled by you',
            ),
          at: instant,
          receipt,
          approval: approval.exactOptional(),
          delivery: progressOf('What the recipient did with it; absent until it is in the inbox of the recipient'),
          recalledAt,
        })
        .readonly(),
    )
    .max(PAGE_SIZE)
    .readonly(),
  cursor: z
    .uuid()
    .exactOptional()
    .describe('Pass it in the next request to continue from here; absent when there is nothing yet'),
  hasMore: z.boolean(),
})

export const refusal = problem
  .extend({ id: z.uuid(), outcome, decision, ...given, receipt })
  .meta({ maxProperties: MAX_PROBLEM_MEMBERS })

export const check = z.object({
  decision,
  ...adviceMembers,
  options: z
    .array(z.object({ legalBasis: word, decision }))
    .max(MAX_FILES)
    .readonly()
    .exactOptional(),
  receipt,
  summary: z
    .array(composed)
    .max(MAX_SENTENCES)
    .readonly()
    .describe('What would happen and what would help, in sentences, in the language of Accept-Language'),
})
