import type { PolicySet } from '../../policy/policy-set.ts'
import type { StoredProposal } from '../../ports/stored.ts'
import { createReportSchemas, type ReportSchemas } from '../../report/submission.ts'
import type { Gateway } from '../gateway.ts'
import { recordParties } from '../upkeep/party-records.ts'
import { activatePolicySet } from './activate.ts'
import { loadArchive } from './archived.ts'

/**
 * Which rules hold now. A gateway never changes: a new rule set makes a new one, and one assignment puts it in the place of
 * the old. Whoever is under way keeps the one it started with, rules and schemas together.
 */
export interface RulesInForce {
  /** The gateway of this moment. Ask once per request. */
  now(): Gateway
  /**
   * The gateway of this moment, after activating what has become due. Costs nothing when nothing is due. When the log cannot
   * be written the old rules stay in force, because the log says so, and the next caller tries again.
   */
  current(): Promise<Gateway>
  /** Call after a proposal was approved or withdrawn, and at start. Parses what is scheduled ahead of its moment. */
  reload(): Promise<void>
}

interface Scheduled {
  readonly proposal: StoredProposal
  readonly policySet: PolicySet
  readonly schemas: ReportSchemas
}

/** What a report may hold under a rule set. */
export const createSchemas = (policySet: PolicySet): ReportSchemas =>
  createReportSchemas({
    vocabulary: policySet.vocabulary,
    parties: [...policySet.parties.keys()],
    legalBases: [...policySet.rulesByFile.keys()],
  })

/** @param reportFault told of a scheduled set that cannot be used; the one in force stays */
export function createRulesInForce(start: Gateway, reportFault: (error: unknown) => void): RulesInForce {
  let inForce = start
  let scheduled: readonly Scheduled[] = []
  let activating: Promise<void> | undefined

  const isDue = () => {
    const next = scheduled[0]?.proposal.activeFrom
    return next !== undefined && next <= start.clock().toISOString()
  }

  async function reload() {
    const proposals = await start.store.listScheduledProposals()
    const parsed = new Map(scheduled.map((one) => [one.proposal.id, one]))
    scheduled = proposals.flatMap((proposal) => {
      const known = parsed.get(proposal.id)
      if (known) return [{ ...known, proposal }]
      try {
        const policySet = loadArchive(proposal.content)
        return [{ proposal, policySet, schemas: createSchemas(policySet) }]
      } catch (error) {
        reportFault(error)
        return []
      }
    })
  }

  async function activateDue() {
    try {
      while (isDue()) {
        const { proposal, policySet, schemas } = scheduled[0]!
        const next = { ...inForce, policySet, schemas }
        const isActivated = await activatePolicySet(next, proposal)
        if (isActivated) inForce = next
        await reload()
        if (isActivated) await recordParties(next)
      }
    } catch (error) {
      reportFault(error)
    }
  }

  return {
    now: () => inForce,
    async current() {
      if (isDue()) {
        activating ??= activateDue().finally(() => {
          activating = undefined
        })
        await activating
      }
      return inForce
    },
    reload,
  }
}
