import { formatPolicyRecord } from '../../audit/record/policy.ts'
import { newId } from '../../encoding/uuid.ts'
import { SluisError, sluisError } from '../../errors.ts'
import type { PolicyFault } from '../../policy/files/fault.ts'
import type { PolicyText } from '../../policy/files/load.ts'
import { deriveSourceHash } from '../../policy/hash.ts'
import type { Receipt, StoredProposal } from '../../ports/stored.ts'
import { commitRecord } from '../commit-record.ts'
import type { Gateway } from '../gateway.ts'
import { formatArchive, parseArchive } from './archived.ts'
import { type RuleSetWork, workHere } from './rule-set-work.ts'

/** A proposal without its texts. */
export interface ProposalAnswer extends Omit<StoredProposal, 'id' | 'content'> {
  readonly status: 'proposed' | 'approved' | 'active' | 'superseded' | 'withdrawn'
  /** Receipt of the record of this step; present in the answer to the step. */
  readonly receipt?: Receipt
}

/**
 * Proposes a rule set. It must be fit to be in force: no faults, every case as expected, and at least two officers, who can replace
 * it later.
 *
 * @param officer client id of the person
 * @returns the faults of the files instead, when there are any; then only the record is stored that says who proposed which texts
 * @throws SluisError `policy-too-complex`, `too-many-requests`, `policy-proposal-open`, `log-unavailable`
 */
export async function proposePolicySet(
  gateway: Gateway,
  officer: string,
  files: readonly PolicyText[],
): Promise<{ ok: true; proposal: ProposalAnswer } | { ok: false; faults: readonly PolicyFault[] }> {
  const inspection = await workOf(gateway)
    .inspect(officer, files)
    .catch(async (error: unknown) => {
      if (error instanceof SluisError && error.code === 'policy-too-complex')
        await recordRefusal(gateway, officer, { sourceHash: deriveSourceHash(files) })
      throw error
    })
  if (!inspection.ok) {
    await recordRefusal(gateway, officer, inspection)
    return inspection
  }
  const { policyHash, sourceHash, texts } = inspection
  const at = gateway.clock()
  const proposal = {
    id: newId(at, gateway.random),
    policyHash,
    sourceHash,
    content: formatArchive(texts),
    proposedBy: officer,
    proposedAt: at.toISOString(),
  }
  const result = await gateway.queue.commit({
    record: formatStep(gateway, proposal, { step: 'proposed', at: proposal.proposedAt }),
    proposal: { step: 'propose', ...proposal },
  })
  if (result.status !== 'committed') {
    throw sluisError('policy-proposal-open', {
      nl: 'dezelfde bestanden zijn al voorgesteld; laat dat voorstel goedkeuren of trek het in',
      en: 'the same files are already proposed; have that proposal approved, or withdraw it',
    })
  }
  return { ok: true, proposal: formatProposal(proposal, undefined, result.receipt) }
}

/**
 * Approves the newest proposal of these texts. From `activeFrom` on, or at once, it is in force.
 *
 * @param officer client id of a person who is not the proposer
 * @returns undefined when there is no such proposal
 * @throws SluisError `approval-same-person`, `policy-proposal-closed`, `log-unavailable`
 */
export async function approveProposal(
  gateway: Gateway,
  officer: string,
  sourceHash: string,
  activeFrom?: Date,
): Promise<ProposalAnswer | undefined> {
  const proposal = await gateway.store.findProposal(sourceHash)
  if (!proposal) return undefined
  if (proposal.approvedAt !== undefined || isClosed(proposal)) throw closed()
  if (proposal.proposedBy === officer) {
    throw sluisError('approval-same-person', {
      nl: 'u hebt deze regelset zelf voorgesteld; een andere functionaris moet haar goedkeuren',
      en: 'you proposed this rule set; another officer must approve it',
    })
  }
  const now = gateway.clock()
  const at = now.toISOString()
  // A moment in the past means now: rules never apply to earlier decisions.
  const from = (activeFrom !== undefined && activeFrom > now ? activeFrom : now).toISOString()
  const approved = { ...proposal, approvedBy: officer, approvedAt: at, activeFrom: from }
  const result = await gateway.queue.commit({
    record: formatStep(gateway, approved, { step: 'approved', at }),
    proposal: { step: 'approve', id: proposal.id, by: officer, at, activeFrom: from },
  })
  if (result.status !== 'committed') throw closed()
  return formatProposal(approved, undefined, result.receipt)
}

/**
 * Withdraws a proposal that is not active yet, approved or not. Any officer may do so: stopping needs one person only.
 * @returns undefined when there is no such proposal
 * @throws SluisError `policy-proposal-closed`, `log-unavailable`
 */
export async function withdrawProposal(
  gateway: Gateway,
  officer: string,
  sourceHash: string,
): Promise<ProposalAnswer | undefined> {
  const proposal = await gateway.store.findProposal(sourceHash)
  if (!proposal) return undefined
  if (isClosed(proposal)) throw closed()
  const at = gateway.clock().toISOString()
  const withdrawn = { ...proposal, withdrawnBy: officer, withdrawnAt: at }
  const result = await gateway.queue.commit({
    record: formatStep(gateway, withdrawn, { step: 'withdrawn', at }),
    proposal: { step: 'withdraw', id: proposal.id, by: officer, at },
  })
  if (result.status !== 'committed') throw closed()
  return formatProposal(withdrawn, undefined, result.receipt)
}

/** The newest proposals, newest first. */
export async function listProposals(gateway: Gateway, limit: number): Promise<readonly ProposalAnswer[]> {
  const [proposals, active] = await Promise.all([gateway.store.listProposals(limit), gateway.store.findActivePolicy()])
  const inForce = proposals.find(
    ({ activatedAt, sourceHash }) => activatedAt !== undefined && sourceHash === active?.sourceHash,
  )
  return proposals.map((proposal) => formatProposal(proposal, inForce?.id))
}

/** One proposal with its texts, for the officers who must judge it; undefined when there is no such proposal. */
export async function findProposal(
  gateway: Gateway,
  sourceHash: string,
): Promise<(ProposalAnswer & { readonly files: readonly PolicyText[] }) | undefined> {
  const [proposal, active] = await Promise.all([
    gateway.store.findProposal(sourceHash),
    gateway.store.findActivePolicy(),
  ])
  if (!proposal) return undefined
  const idInForce = active?.sourceHash === sourceHash ? proposal.id : undefined
  return { ...formatProposal(proposal, idInForce), files: parseArchive(proposal.content) }
}

/** Records a refusal before it is answered: who tries what until it passes is what an auditor looks for. */
async function recordRefusal(
  gateway: Gateway,
  officer: string,
  { policyHash, sourceHash }: { readonly policyHash?: string; readonly sourceHash: string },
): Promise<void> {
  const record = formatPolicyRecord({
    type: 'policy',
    step: 'refused',
    at: gateway.clock().toISOString(),
    ...(policyHash !== undefined && { policyHash }),
    sourceHash,
    proposedBy: officer,
    nonce: gateway.random(16),
  })
  await commitRecord(gateway, { record })
}

const workOf = ({ ruleSetWork = workHere }: Gateway): RuleSetWork => ruleSetWork

const isClosed = ({ activatedAt, withdrawnAt }: StoredProposal): boolean =>
  activatedAt !== undefined || withdrawnAt !== undefined

const closed = (): SluisError =>
  sluisError('policy-proposal-closed', {
    nl: 'dit voorstel is al goedgekeurd, ingetrokken of in werking; stel de bestanden zo nodig opnieuw voor',
    en: 'this proposal was already approved, withdrawn or activated; propose the files again if you need to',
  })

function formatStep(
  gateway: Gateway,
  proposal: StoredProposal,
  { step, at }: { step: 'proposed' | 'approved' | 'withdrawn'; at: string },
): string {
  const { policyHash, sourceHash, proposedBy, approvedBy, withdrawnBy, activeFrom } = proposal
  return formatPolicyRecord({
    type: 'policy',
    step,
    at,
    policyHash,
    sourceHash,
    proposedBy,
    ...(approvedBy !== undefined && { approvedBy }),
    ...(withdrawnBy !== undefined && { withdrawnBy }),
    ...(activeFrom !== undefined && { activeFrom }),
    nonce: gateway.random(16),
  })
}

function formatProposal(proposal: StoredProposal, idInForce: string | undefined, receipt?: Receipt): ProposalAnswer {
  const { id, content: _, ...visible } = proposal
  const { approvedAt, activatedAt, withdrawnAt } = proposal
  const status =
    withdrawnAt !== undefined
      ? 'withdrawn'
      : activatedAt !== undefined
        ? id === idInForce
          ? 'active'
          : 'superseded'
        : approvedAt !== undefined
          ? 'approved'
          : 'proposed'
  return { ...visible, status, ...(receipt && { receipt }) }
}
