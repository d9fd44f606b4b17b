import { z } from 'zod'
import { composed, hash, text, word } from '../../model/answer-parts.ts'
import { localisedText } from '../../model/decision-schema.ts'
import {
  MAX_ASSESSMENT_WORDS,
  MAX_CIRCUMSTANCES,
  MAX_EXPLANATION_CHARACTERS,
  MAX_FIELDS,
  MAX_FILES,
  MAX_ITEMS,
  MAX_MEMBERS,
} from '../../model/rule-file-bounds.ts'
import { ruleFileText } from './proposal.ts'

/** The vocabulary and the rule files in force. */

const named = z.object({ id: word, label: localisedText })
const words = z.array(word).max(MAX_MEMBERS).readonly()
/** A word that a sender can be asked about, and what it has to do with others. */
const statement = named.extend({
  question: localisedText.exactOptional(),
  knownBy: words.exactOptional().describe('Who can know or decide it'),
  short: localisedText.exactOptional().describe('The statement in a few words, to end a sentence with'),
  excludes: words.exactOptional().describe('Words that are never true together with this one'),
})
const circumstance = statement.extend({
  impliedBy: words.exactOptional().describe('Words from which this one follows'),
  settledBy: z
    .union([z.object({ field: word, youngerThan: z.int() }), z.object({ field: word, trueAt: words, falseAt: words })])
    .exactOptional()
    .describe('The field whose value settles it'),
})
const dateLimits = z.object({
  isPast: z.literal(true).exactOptional().describe('Never after the day of the exchange'),
  maxYearsAgo: z.int().exactOptional().describe('At most so many years before the day of the exchange'),
  notBefore: words.exactOptional().describe('Fields whose date is never later than this one'),
})
const vocabulary = z.object({
  purposes: z.array(named).max(MAX_MEMBERS),
  kinds: z.array(named).max(MAX_MEMBERS),
  roles: z.array(named).max(MAX_MEMBERS),
  circumstances: z.array(circumstance).max(MAX_CIRCUMSTANCES),
  assessments: z.array(statement).max(MAX_ASSESSMENT_WORDS),
  duties: z.array(named).max(MAX_MEMBERS),
  groups: z.array(named).max(MAX_MEMBERS),
  parties: z.array(named).max(MAX_MEMBERS),
  domains: z
    .array(
      named.extend({
        recipient: word,
        purposes: words,
        blockLimit: z.int().exactOptional(),
      }),
    )
    .max(MAX_MEMBERS),
  fields: z
    .array(
      named.extend({
        type: word,
        class: word,
        ladder: words,
        limits: dateLimits.exactOptional(),
        identifier: word.exactOptional(),
        values: z.array(named).max(MAX_MEMBERS).exactOptional(),
        htcds: text.exactOptional(),
        dpv: text.exactOptional(),
      }),
    )
    .max(MAX_FIELDS),
})

const source = z.object({
  citation: composed,
  url: composed,
  version: z.iso.date(),
  summary: text,
  unverified: z.literal(true).exactOptional().describe('The summary was not compared with the official text'),
})
const policySummary = z.object({
  id: word,
  kind: z.enum(['grondslag', 'verbod', 'waarborg']),
  title: text,
  citation: composed,
  sources: z.array(source).max(MAX_ITEMS).readonly(),
})
const ruleScope = z
  .object({
    id: word,
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
  policyHash: hash,
  sourceHash: hash,
  engineVersion: word,
  warning: localisedText,
  policies: z
    .array(
      policySummary.extend({
        rules: z
          .array(ruleScope)
          .max(MAX_ITEMS)
          .readonly()
          .exactOptional()
          .describe('Of a legal basis: the rules that permit something'),
      }),
    )
    .max(MAX_FILES)
    .readonly(),
})
const policy = policySummary.extend({
  explanation: z.string().max(MAX_EXPLANATION_CHARACTERS),
  text: ruleFileText.describe('The rule file itself (YAML)'),
  warning: localisedText,
})

/** Their schemas under the names that they have in the OpenAPI document. */
export const policyWire = {
  Word: named,
  Vocabulary: vocabulary,
  Source: source,
  PolicySummary: policySummary,
  PolicyList: policyList,
  Policy: policy,
} as const satisfies Record<string, z.ZodType>
