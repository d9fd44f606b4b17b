import { z } from 'zod'
import type { ProposalAnswer } from '../../exchange/rule-sets/proposals.ts'
import type { ProposalReview } from '../../exchange/rule-sets/review-proposal.ts'
import { MAX_POLICY_FAULTS } from '../../exchange/rule-sets/rule-set-work.ts'
import { composed, hash, instant, text, word } from '../../model/answer-parts.ts'
import { localisedText } from '../../model/decision-schema.ts'
import { MAX_FILE_BYTES, MAX_FILES, MAX_ITEMS } from '../../model/rule-file-bounds.ts'
import { MAX_POLICY_BYTES } from '../body.ts'
import { PAGE_SIZE } from '../page-size.ts'
import { MAX_PROBLEM_MEMBERS, problem } from './problem.ts'
import { receipt } from './receipt.ts'

/** Proposed rule sets: what officers send, and what they read before they approve. */

/** Path of a rule file; of one that came from a folder, as long as a path can be on Linux. */
export const filePath = z.string().max(4096)
/** The text of a rule file. */
export const ruleFileText = z.string().max(MAX_FILE_BYTES)

// A path names a file inside the folder of the set: officers may unpack it, so it never leads outside.
const policyPath = z
  .string()
  .max(200)
  .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))[^/\\\x00-\x1f]+(?:\/[^/\\\x00-\x1f]+)*$/)
  .describe('Path inside the folder of the set, such as `wpg/wpg-19-hulp.yaml`; never absolute, and without `..`')
export const proposalRequest = z.strictObject({
  files: z
    .array(z.strictObject({ path: policyPath, text: z.string().max(MAX_POLICY_BYTES) }))
    .min(1)
    .max(MAX_FILES)
    .describe('Every file of the set, the vocabulary and the parties included'),
})
export const proposalApproval = z.strictObject({
  activeFrom: z.iso
    .datetime({ offset: true })
    .max(40)
    .exactOptional()
    .describe('Moment from which the set is in force; absent means at once'),
})
export const proposal = z
  .object({
    policyHash: hash.describe('SHA-256 of everything that determines decisions, hexadecimal'),
    sourceHash: hash.describe('SHA-256 of the texts, hexadecimal; names the proposal'),
    status: z.enum(['proposed', 'approved', 'active', 'superseded', 'withdrawn']),
    proposedBy: word,
    proposedAt: instant,
    approvedBy: word.exactOptional(),
    approvedAt: instant.exactOptional(),
    activeFrom: instant.exactOptional(),
    activatedAt: instant.exactOptional(),
    withdrawnBy: word.exactOptional(),
    withdrawnAt: instant.exactOptional(),
    receipt: receipt.exactOptional(),
  })
  .readonly() satisfies z.ZodType<ProposalAnswer>
export const proposalFiles = z.object({
  ...proposal.unwrap().shape,
  files: z.array(z.object({ path: filePath, text: ruleFileText })).max(MAX_FILES),
})
export const proposalReview = z
  .object({
    sourceHash: hash,
    comparedWith: hash.describe('`sourceHash` of the set in force'),
    cases: z.number().int(),
    gaps: z.array(z.object({ path: filePath, rule: word, message: localisedText }).readonly()).readonly(),
    findings: z
      .array(
        z
          .object({
            path: filePath,
            kind: word,
            rule: word.exactOptional(),
            message: localisedText,
            mend: localisedText,
          })
          .readonly(),
      )
      .readonly(),
    openQuestions: z
      .array(
        z
          .object({
            path: filePath,
            question: text.describe('In Dutch, as the file asks it'),
            dependents: z
              .array(word)
              .max(MAX_ITEMS)
              .readonly()
              .describe('Rules and fields of the file; empty for the whole file'),
            meanwhile: text.describe('What the file does until a lawyer answers'),
          })
          .readonly(),
      )
      .max(MAX_FILES * MAX_ITEMS)
      .readonly(),
    changes: z.object({ nl: z.array(composed).readonly(), en: z.array(composed).readonly() }).readonly(),
  })
  .readonly() satisfies z.ZodType<ProposalReview>
export const proposalList = z.object({ proposals: z.array(proposal).max(PAGE_SIZE).readonly() })
const policyFault = z.object({
  file: filePath,
  line: z.number().int(),
  column: z.number().int(),
  message: composed,
  mend: composed,
})
export const policyFaults = problem
  .extend({ faults: z.array(policyFault).max(MAX_POLICY_FAULTS).readonly() })
  .meta({ maxProperties: MAX_PROBLEM_MEMBERS })
