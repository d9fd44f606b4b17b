import { z } from 'zod'
import type { ProposalAnswer } from '../../exchange/rule-sets/proposals.ts'
import type { ProposalReview } from '../../exchange/rule-sets/review-proposal.ts'
import { localisedText } from '../../model/decision-schema.ts'
import { MAX_FILES } from '../../model/rule-file-bounds.ts'
import { MAX_POLICY_BYTES } from '../body.ts'
import { problem } from './problem.ts'
import { receipt } from './receipt.ts'

/** Proposed rule sets: what officers send, and what they read before they approve. */

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
    policyHash: z.string().describe('SHA-256 of everything that determines decisions, hexadecimal'),
    sourceHash: z.string().describe('SHA-256 of the texts, hexadecimal; names the proposal'),
    status: z.enum(['proposed', 'approved', 'active', 'superseded', 'withdrawn']),
    proposedBy: z.string(),
    proposedAt: z.iso.datetime(),
    approvedBy: z.string().exactOptional(),
    approvedAt: z.iso.datetime().exactOptional(),
    activeFrom: z.iso.datetime().exactOptional(),
    activatedAt: z.iso.datetime().exactOptional(),
    withdrawnBy: z.string().exactOptional(),
    withdrawnAt: z.iso.datetime().exactOptional(),
    receipt: receipt.exactOptional(),
  })
  .readonly() satisfies z.ZodType<ProposalAnswer>
export const proposalFiles = z.object({
  ...proposal.unwrap().shape,
  files: z.array(z.object({ path: z.string(), text: z.string() })),
})
export const proposalReview = z
  .object({
    sourceHash: z.string(),
    comparedWith: z.string().describe('`sourceHash` of the set in force'),
    cases: z.number().int(),
    gaps: z.array(z.object({ path: z.string(), rule: z.string(), message: localisedText }).readonly()).readonly(),
    findings: z
      .array(
        z
          .object({
            path: z.string(),
            kind: z.string(),
            rule: z.string().exactOptional(),
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
            path: z.string(),
            question: z.string().describe('In Dutch, as the file asks it'),
            dependents: z
              .array(z.string())
              .readonly()
              .describe('Rules and fields of the file; empty for the whole file'),
            meanwhile: z.string().describe('What the file does until a lawyer answers'),
          })
          .readonly(),
      )
      .readonly(),
    changes: z.object({ nl: z.array(z.string()).readonly(), en: z.array(z.string()).readonly() }).readonly(),
  })
  .readonly() satisfies z.ZodType<ProposalReview>
export const proposalList = z.object({ proposals: z.array(proposal).readonly() })
const policyFault = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  mend: z.string(),
})
export const policyFaults = problem.extend({ faults: z.array(policyFault).readonly() })
