import { takeTurns } from '../../audit/export/read-log.ts'
import { SluisError } from '../../errors.ts'
import { indexOf } from '../../policy/engine/compile.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { StoredProposal } from '../../ports/stored.ts'
import { createReportSchemas, type ReportSchemas } from '../../report/submission.ts'
import type { Gateway } from '../gateway.ts'
import { createTurns } from '../turns.ts'
import { recordParties } from '../upkeep/party-records.ts'
import { activatePolicySet } from './activate.ts'
import { workHere } from './rule-set-work.ts'

/**
 * The rules in force. A gateway is immutable: a new rule set makes a new gateway, and one assignment replaces the old one. A request
 * in progress keeps the gateway that it started with, rules and schemas together.
 */
export interface RulesInForce {
  /** The gateway of this moment. Call it once per request. */
  now(): Gateway
  /**
   * The gateway of this moment, after activating the sets that are due. Costs nothing when none is due. When the log cannot be
   * written, the old rules stay in force, as the log says, and the next caller tries again.
   */
  current(): Promise<Gateway>
  /** Call it at start, after a proposal was approved or withdrawn, and from time to time. Parses scheduled sets before they are due. */
  reload(): Promise<void>
}

interface Scheduled {
  readonly proposal: StoredProposal
  readonly policySet: PolicySet
  readonly schemas: ReportSchemas
}

/** The schemas of a report under a rule set. */
export const createSchemas = (policySet: PolicySet): ReportSchemas =>
  createReportSchemas({
    vocabulary: policySet.vocabulary,
    parties: [...policySet.parties.keys()],
    legalBases: [...policySet.rulesByFile.keys()],
  })

/** @param reportFault called for a scheduled set that cannot be used; the set in force stays */
export function createRulesInForce(start: Gateway, reportFault: (error: unknown) => void): RulesInForce {
  let inForce = start
  let scheduled: readonly Scheduled[] = []
  /** Proposals that this version cannot read, by id; each is reported once. */
  const unreadable = new Set<string>()
  let activating: Promise<void> | undefined

  const isDue = () => {
    const next = scheduled[0]?.proposal.activeFrom
    return next !== undefined && next <= start.clock().toISOString()
  }

  async function loadScheduled(proposal: StoredProposal): Promise<readonly Scheduled[]> {
    const known = scheduled.find((one) => one.proposal.id === proposal.id)
    if (known) return [{ ...known, proposal }]
    if (unreadable.has(proposal.id)) return []
    try {
      const policySet = await (start.ruleSetWork ?? workHere).load(proposal.content)
      // Built here, and one after the other, so that the first report under the set waits for neither.
      await takeTurns()
      indexOf(policySet)
      await takeTurns()
      return [{ proposal, policySet, schemas: createSchemas(policySet) }]
    } catch (error) {
      // A bound on time or memory says nothing about the texts: the next call tries again.
      if (!(error instanceof SluisError)) unreadable.add(proposal.id)
      reportFault(error)
      return []
    }
  }

  async function loadAll() {
    const loaded: Scheduled[] = []
    for (const proposal of await start.store.listScheduledProposals()) loaded.push(...(await loadScheduled(proposal)))
    scheduled = loaded
  }

  // A list that was read earlier must not replace a later one.
  const inTurn = createTurns()
  const reload = () => inTurn(loadAll)

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
