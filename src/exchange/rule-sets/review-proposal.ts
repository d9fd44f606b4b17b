import type { LocalisedText } from '../../model/language.ts'
import { analysePolicySet } from '../../policy/analysis/analyse.ts'
import { measureCoverage } from '../../policy/analysis/coverage.ts'
import { diffPolicySets } from '../../policy/analysis/diff.ts'
import { describeChanges } from '../../policy/analysis/diff-words.ts'
import { listOpenQuestions } from '../../policy/files/open-questions.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { Gateway } from '../gateway.ts'
import { loadArchive } from './archived.ts'

/** What an officer needs to know before approving: the same results as `policy test --coverage`, `analyse` and `diff`. */
export interface ProposalReview {
  readonly sourceHash: string
  /** The set it was compared with: the one in force. */
  readonly comparedWith: string
  readonly cases: number
  /** Rules and circumstances that no case covers although one must. */
  readonly gaps: readonly { readonly path: string; readonly rule: string; readonly message: LocalisedText }[]
  /** Findings that the files do not explain. */
  readonly findings: readonly {
    readonly path: string
    readonly kind: string
    readonly rule?: string
    readonly message: LocalisedText
    readonly mend: LocalisedText
  }[]
  /** What a lawyer must still decide about the proposed files, whether or not the set in force has the same questions. */
  readonly openQuestions: readonly {
    readonly path: string
    readonly question: string
    readonly dependents: readonly string[]
    readonly meanwhile: string
  }[]
  /** Every decision that changes, in words. */
  readonly changes: { readonly nl: readonly string[]; readonly en: readonly string[] }
}

/**
 * Makes the review of a proposal, which takes seconds, and keeps the latest: the same texts against the same set in force have the
 * same review. The function returns undefined when no proposal has this hash.
 */
export function createProposalReviewer(): (
  gateway: Gateway,
  sourceHash: string,
) => Promise<ProposalReview | undefined> {
  let latest: ProposalReview | undefined
  return async (gateway, sourceHash) => {
    const comparedWith = gateway.policySet.sourceHash
    const proposal = await gateway.store.findProposal(sourceHash)
    if (!proposal) return undefined
    if (latest?.sourceHash === sourceHash && latest.comparedWith === comparedWith) return latest
    const next = loadArchive(proposal.content)
    const sets = { old: gateway.policySet, next }
    const changes = diffPolicySets(sets.old, sets.next)
    const coverage = measureCoverage(next)
    latest = {
      sourceHash,
      comparedWith,
      cases: coverage.cases,
      gaps: coverage.gaps
        .filter(({ isRequired }) => isRequired)
        .map(({ path, rule, message }) => ({ path, rule, message })),
      findings: analysePolicySet(next, legalDate(gateway.clock()))
        .findings.filter(({ why }) => why === undefined)
        .map(({ path, kind, rule, message, mend }) => ({
          path,
          kind,
          ...(rule !== undefined && { rule }),
          message,
          mend,
        })),
      openQuestions: listOpenQuestions(next).map(({ path, question, dependents, meanwhile }) => ({
        path,
        question,
        dependents,
        meanwhile,
      })),
      changes: { nl: describeChanges(changes, sets, 'nl'), en: describeChanges(changes, sets, 'en') },
    }
    return latest
  }
}
