import { z } from 'zod'
import { localisedText } from '../../model/decision-schema.ts'

/** The vocabulary and the rule files in force. */

const word = z.object({ id: z.string(), label: localisedText })
const words = z.array(z.string()).max(1000).readonly()
/** A word that a sender can be asked about, and what it has to do with others. */
const statement = word.extend({
  question: localisedText.exactOptional(),
  knownBy: words.exactOptional().describe('Who can know or decide it'),
  excludes: words.exactOptional().describe('Words that are never true together with this one'),
})
const circumstance = statement.extend({
  impliedBy: words.exactOptional().describe('Words from which this one follows'),
  settledBy: z
    .union([
      z.object({ field: z.string(), youngerThan: z.int() }),
      z.object({ field: z.string(), trueAt: words, falseAt: words }),
    ])
    .exactOptional()
    .describe('The field whose value settles it'),
})
const dateLimits = z.object({
  isPast: z.literal(true).exactOptional().describe('Never after the day of the exchange'),
  maxYearsAgo: z.int().exactOptional().describe('At most so many years before the day of the exchange'),
  notBefore: words.exactOptional().describe('Fields whose date is never later than this one'),
})
const vocabulary = z.object({
  purposes: z.array(word),
  kinds: z.array(word),
  roles: z.array(word),
  circumstances: z.array(circumstance),
  assessments: z.array(statement),
  duties: z.array(word),
  groups: z.array(word),
  parties: z.array(word),
  domains: z.array(
    word.extend({
      recipient: z.string(),
      purposes: z.array(z.string()).readonly(),
      blockLimit: z.int().exactOptional(),
    }),
  ),
  fields: z.array(
    word.extend({
      type: z.string(),
      class: z.string(),
      ladder: z.array(z.string()).readonly(),
      limits: dateLimits.exactOptional(),
      identifier: z.string().exactOptional(),
      values: z.array(word).exactOptional(),
      htcds: z.string().exactOptional(),
      dpv: z.string().exactOptional(),
    }),
  ),
})

const source = z.object({
  citation: z.string(),
  url: z.string(),
  version: z.iso.date(),
  summary: z.string(),
  unverified: z.literal(true).exactOptional().describe('The summary was not compared with the official text'),
})
const policySummary = z.object({
  id: z.string(),
  kind: z.enum(['grondslag', 'verbod', 'waarborg']),
  title: z.string(),
  citation: z.string(),
  sources: z.array(source).readonly(),
})
const ruleScope = z
  .object({
    id: z.string(),
    from: z.iso.date(),
    until: z.iso.date().exactOptional().describe('The first day on which it no longer holds'),
    senders: words.exactOptional(),
    recipients: words.exactOptional(),
    purposes: words.exactOptional(),
    roles: words.exactOptional(),
    fields: words.describe('Every field that it releases, coarsens or links'),
  })
  .describe('What a rule is about; an absent member means any. What it asks before it permits anything is in its text')
const policyList = z.object({
  policyHash: z.string(),
  sourceHash: z.string(),
  engineVersion: z.string(),
  warning: localisedText,
  policies: z
    .array(
      policySummary.extend({
        rules: z
          .array(ruleScope)
          .readonly()
          .exactOptional()
          .describe('Of a legal basis: the rules that permit something'),
      }),
    )
    .readonly(),
})
const policy = policySummary.extend({
  explanation: z.string(),
  text: z.string().describe('The rule file itself (YAML)'),
  warning: localisedText,
})

/** Their schemas under the names that they have in the OpenAPI document. */
export const policyWire = {
  Word: word,
  Vocabulary: vocabulary,
  Source: source,
  PolicySummary: policySummary,
  PolicyList: policyList,
  Policy: policy,
} as const satisfies Record<string, z.ZodType>
