import { legalDate } from '../../policy/legal-date.ts'
import type { Gateway } from '../gateway.ts'
import { formatArchive } from './archived.ts'
import { type SetReview, workHere } from './rule-set-work.ts'

/** The review of a proposal against the set in force. */
export interface ProposalReview extends SetReview {
  readonly sourceHash: string
  /** The set it was compared with: the one in force. */
  readonly comparedWith: string
}

/**
 * Makes the review of a proposal, which takes seconds, and keeps the latest: the same texts against the same set in force have the
 * same review. The function returns undefined when no proposal has this hash.
 * @param officer client id of the person who asks
 * @throws SluisError `policy-too-complex`, `too-many-requests`
 */
export function createProposalReviewer(): (
  gateway: Gateway,
  officer: string,
  sourceHash: string,
) => Promise<ProposalReview | undefined> {
  let latest: ProposalReview | undefined
  return async (gateway, officer, sourceHash) => {
    const { policySet, ruleSetWork = workHere } = gateway
    const comparedWith = policySet.sourceHash
    const proposal = await gateway.store.findProposal(sourceHash)
    if (!proposal) return undefined
    if (latest?.sourceHash === sourceHash && latest.comparedWith === comparedWith) return latest
    const inForce = formatArchive(policySet.texts)
    const review = await ruleSetWork.review(officer, proposal.content, inForce, legalDate(gateway.clock()))
    latest = { sourceHash, comparedWith, ...review }
    return latest
  }
}
