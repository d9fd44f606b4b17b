import { z } from 'zod'
import { MAX_QUESTIONS } from '../../model/advice.ts'
import { openQuestion } from '../../model/advice-schema.ts'
import { composed, word } from '../../model/answer-parts.ts'
import { MAX_CIRCUMSTANCES } from '../../model/rule-file-bounds.ts'
import { MAX_ASSESSMENTS } from '../../report/declarations.ts'

/** Bodies of the Authorization API 1.0 (AuthZEN), as far as this gateway reads them. */

/** Evaluations of one request. */
const MAX_EVALUATIONS = 100

const subject = z.object({ type: z.literal('party'), id: word }).describe('The sender: your own party')
const action = z.object({ name: z.literal('share') })
const resource = z
  .object({
    type: z.literal('field'),
    id: word.describe('Name of the field'),
    properties: z.object({ role: word.describe('Role of the data subject') }),
  })
  .describe('One field of a data subject in a role')

/** Obligations that a caller can promise to fulfil. Without that promise the answer is `true` only when there are none. */
export const OBLIGATIONS = ['generaliseren', 'koppelen', 'vier-ogen'] as const

const context = z.object({
  recipient: word,
  purpose: word,
  legalBasis: word.exactOptional(),
  circumstances: z
    .record(word, z.boolean())
    .refine((stated) => Object.keys(stated).length <= MAX_CIRCUMSTANCES)
    .meta({ maxProperties: MAX_CIRCUMSTANCES })
    .exactOptional(),
  assessments: z.array(word).max(MAX_ASSESSMENTS).exactOptional(),
  understands: z
    .array(z.enum(OBLIGATIONS))
    .max(OBLIGATIONS.length)
    .exactOptional()
    .describe(
      'Obligations that you will fulfil: share only the generalised value, use the value for linking only, wait for approval',
    ),
})

export const evaluationRequest = z.object({ subject, action, resource, context })

/** Members of an evaluation override the defaults of the request (AuthZEN §7.1). */
export const evaluationsRequest = z.object({
  subject: subject.exactOptional(),
  action: action.exactOptional(),
  resource: resource.exactOptional(),
  context: context.exactOptional(),
  evaluations: z
    .array(
      z.object({
        subject: subject.exactOptional(),
        action: action.exactOptional(),
        resource: resource.exactOptional(),
        context: context.exactOptional(),
      }),
    )
    .min(1)
    .max(MAX_EVALUATIONS),
  options: z
    .object({
      evaluations_semantic: z.enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit']).exactOptional(),
    })
    .exactOptional(),
})

export const evaluation = z.object({
  decision: z
    .boolean()
    .describe('True only when the value may be shared unchanged, or when you promised to fulfil every obligation'),
  context: z.object({
    reason_user: z.object({ nl: composed, en: composed }).describe('Why, for people'),
    release: z.enum(['verstrekken', 'generaliseren', 'weglaten', 'weigeren']),
    level: word.exactOptional(),
    link: z.boolean(),
    citation: composed.exactOptional(),
    obligations: z
      .array(z.enum(OBLIGATIONS))
      .max(OBLIGATIONS.length)
      .describe('Obligations to fulfil before this may be shared'),
    openQuestions: z
      .array(openQuestion)
      .max(MAX_QUESTIONS)
      .readonly()
      .describe('What is worth finding out about this data subject before asking again'),
    isComplete: z.boolean().describe('False when there can be more open questions than these'),
  }),
})
export const evaluations = z.object({ evaluations: z.array(evaluation).max(MAX_EVALUATIONS) })

export type EvaluationRequest = z.infer<typeof evaluationRequest>
export type EvaluationsRequest = z.infer<typeof evaluationsRequest>
export type Evaluation = z.infer<typeof evaluation>
