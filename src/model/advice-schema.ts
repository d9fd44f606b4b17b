import { z } from 'zod'
import {
  type Advice,
  type AdvisedDecision,
  type AnswerEffect,
  type FieldOutcome,
  MAX_PLANS,
  MAX_QUESTIONS,
  type OpenQuestion,
  PLAN_EFFORTS,
  type Plan,
  type PlanStatement,
  UNREACHABLE_REASONS,
  type Unreachable,
} from './advice.ts'
import { composed, MAX_DECIDED_SUBJECTS, MAX_DUTIES, word } from './answer-parts.ts'
import { RELEASES } from './decision.ts'
import { decision, duty, localisedText, outcome, ruleReference } from './decision-schema.ts'
import { KNOWERS } from './vocabulary.ts'

/** What a question leaves open as JSON, in the API and in the database, tied to the types. */

/** Bounds of lists that a question bounds: its fields, and the words that one data subject can have. */
const MAX_FIELDS = 500
const MAX_STATEMENTS = 500

const fieldOutcome = z
  .object({
    field: word,
    release: z.enum(RELEASES),
    level: word.exactOptional(),
    link: z.boolean(),
  })
  .readonly() satisfies z.ZodType<FieldOutcome>

const knownBy = z
  .array(z.enum(KNOWERS))
  .max(KNOWERS.length)
  .readonly()
  .describe('Who can know the answer, or decides it')

const answerEffect = z
  .object({
    send: z
      .object({
        circumstances: z.record(word, z.boolean()).meta({ maxProperties: 1 }).readonly().exactOptional(),
        assessments: z.array(word).max(1).readonly().exactOptional(),
      })
      .readonly()
      .exactOptional()
      .describe('Members to add to the data subject; absent for an assessment that nobody declares'),
    changes: z.array(fieldOutcome).max(MAX_FIELDS).readonly().describe('What changes as soon as this is the answer'),
    reachable: z
      .array(fieldOutcome)
      .max(MAX_FIELDS)
      .readonly()
      .describe('The most that fields can still get after this answer, when others follow'),
    lost: z
      .array(word)
      .max(MAX_FIELDS)
      .readonly()
      .describe('Fields that cannot get the most any more after this answer'),
    sentence: localisedText,
  })
  .readonly() satisfies z.ZodType<AnswerEffect>

export const openQuestion = z
  .object({
    kind: z.enum(['circumstance', 'assessment']),
    word,
    dataSubject: z.number().int().describe('Position of the data subject, from 0'),
    question: localisedText,
    statement: localisedText.describe('What a yes states'),
    knownBy,
    yes: answerEffect,
    no: answerEffect,
  })
  .readonly()
  .describe('A fact or an assessment whose answer changes what some field gets') satisfies z.ZodType<OpenQuestion>

const planStatement = z
  .object({
    dataSubject: z.number().int(),
    kind: z.enum(['circumstance', 'assessment']),
    word,
    value: z.boolean().exactOptional().describe('What must be true of the circumstance; absent for an assessment'),
    question: localisedText,
    knownBy,
  })
  .readonly() satisfies z.ZodType<PlanStatement>

export const plan = z
  .object({
    legalBasis: word,
    purpose: word.exactOptional().describe('Present when it is for another purpose than was asked'),
    recipient: word.exactOptional().describe('Present when it is for another recipient than was asked'),
    statements: z.array(planStatement).max(MAX_STATEMENTS).readonly(),
    outcome,
    dataSubjects: z
      .array(z.object({ fields: z.array(fieldOutcome).max(MAX_FIELDS).readonly() }).readonly())
      .max(MAX_DECIDED_SUBJECTS)
      .readonly(),
    duties: z.array(duty).max(MAX_DUTIES).readonly(),
    effort: z
      .enum(PLAN_EFFORTS)
      .describe(
        'The most that it takes: what the sender can find out, what the data subject knows, what another decides, another choice',
      ),
    sentence: localisedText,
  })
  .readonly()
  .describe(
    'A smallest set of statements under which the most passes, if all of them are true',
  ) satisfies z.ZodType<Plan>

export const unreachable = z
  .object({
    dataSubject: z.number().int(),
    fields: z.array(word).max(MAX_FIELDS).readonly(),
    reason: z.enum(UNREACHABLE_REASONS),
    rule: ruleReference.exactOptional(),
    citation: composed.exactOptional(),
    sentence: localisedText,
  })
  .readonly()
  .describe('Fields that no answer releases, and what the rules lack') satisfies z.ZodType<Unreachable>

/** The members of `Advice`, for answers that have them beside others. */
export const adviceMembers = {
  openQuestions: z
    .array(openQuestion)
    .max(MAX_QUESTIONS)
    .readonly()
    .describe('What is worth finding out, first what leaves the fewest other questions'),
  plans: z.array(plan).max(MAX_PLANS).readonly().describe('The easiest first'),
  unreachable: z.array(unreachable).max(MAX_FIELDS).readonly(),
  isComplete: z
    .boolean()
    .describe('False when the search stopped at its bound: what is listed is correct, and there can be more'),
  note: localisedText.exactOptional(),
}

const advice = z.object(adviceMembers).readonly() satisfies z.ZodType<Advice>

/** A decision with the advice that was given with it; stored decisions of earlier versions have none. */
export const advisedDecision = decision
  .unwrap()
  .extend({ advice: advice.exactOptional() })
  .readonly() satisfies z.ZodType<AdvisedDecision>
