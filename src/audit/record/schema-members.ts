import { z } from 'zod'
import { OUTCOMES, REASONS } from '../../model/decision.ts'
import { DUTY_KINDS } from '../../model/rule.ts'

/** Members shared by several types of record, each with its meaning for readers of the published schema. */

export const optional = z.exactOptional

export const id = (what: string) => z.string().describe(`Id of ${what}; random, identifies no person`)
export const party = (what: string) => z.string().describe(`${what}: id of a party, as in the rule files`)
export const client = (what: string) =>
  z.string().describe(`${what}: client id of a party or of a role at one, never a name`)
export const words = (what: string) =>
  z.array(z.string()).readonly().describe(`${what}: words of the vocabulary, a sorted set`)
export const count = (what: string) => z.int().nonnegative().describe(what)
export const hash = (what: string) => z.string().describe(`${what}: SHA-256, base64url`)
export const moment = (what: string) =>
  z.string().meta({
    description: `${what}: RFC 3339 in UTC, with milliseconds`,
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  })

export const envelope = {
  v: z.literal(1).describe('Version of this schema; a new meaning is a new version'),
  at: moment('When it happened by the clock of the gateway. Records are ordered by index, never by this'),
  nonce: z.string().meta({
    description: '16 fresh random bytes in base64url, so that a record cannot be guessed from its leaf hash',
    pattern: '^[A-Za-z0-9_-]{22}$',
  }),
}

export const policyHash = z
  .string()
  .describe('The rule set by what it decides: SHA-256, hexadecimal; see the records of type policy')
export const outcome = z.enum(OUTCOMES).describe('Released, released in part, only after approval, refused')
export const reason = z
  .enum(REASONS)
  .describe('Of a refusal: a prohibition, an assessment that is missing, no legal basis')

const duty = z
  .strictObject({
    kind: z.enum(DUTY_KINDS).describe('What is to be done'),
    for: z.enum(['afzender', 'ontvanger', 'sluis']).describe('By whom: sender, recipient or gateway'),
    retentionDays: optional(count('Content is to be destroyed after so many days')),
    keepLogDays: optional(count('The log is to be kept for at least so many days')),
    people: optional(count('So many people must look, the submitter included')),
  })
  .describe('A duty that comes with the decision')

const subject = z
  .strictObject({
    role: z.string().describe('Role of the data subject, a word of the vocabulary'),
    true: words('Circumstances known to be so'),
    false: words('Circumstances known not to be so'),
    assessments: words('Assessments that a person declared'),
    fields: z
      .record(z.string(), z.string())
      .describe(
        'Name of each field that was present, with its treatment: v released, g coarser, w withheld, x refused; then k when it may be linked, then :level when coarser. Never a value',
      ),
    outcome,
    reason: optional(reason),
    rules: z.array(z.string()).readonly().describe('Rules that fired, as file/rule, a sorted set'),
    prohibitions: z
      .array(z.string())
      .readonly()
      .describe('Prohibitions and safeguards that apply, as file/rule, a sorted set'),
    commitment: optional(
      hash(
        'Salted commitment to the person inside the gateway, when something about them was shared; its salt is erased with the content',
      ),
    ),
  })
  .describe('One data subject: the question and its outcome, in words only')

/** Members that exchanges and checks share: the whole question and its outcome. */
export const decided = {
  ...envelope,
  sender: party('Party that shares or asks'),
  recipient: party('Party to share with'),
  purpose: z.string().describe('Purpose, a word of the vocabulary'),
  legalBasis: optional(z.string().describe('File id of the legal basis that was declared')),
  trace: optional(
    z
      .string()
      .describe('Trace id and parent id of the request (W3C Trace Context), <32 hex>-<16 hex>; the caller chose them'),
  ),
  subjects: z.array(subject).describe('In the order of the report'),
  outcome,
  reason: optional(reason),
  duties: z.array(duty).describe('In the order of their bytes'),
  policyHash,
  engineVersion: z.string().describe('Version of the engine that decided'),
}
