import type { Limit } from '../audit/record/access.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { Clock, Keyring, PartyKeyRegister, RandomBytes, Sealer } from '../ports/keys.ts'
import type { CommitQueue, Store } from '../ports/store.ts'
import type { ReportSchemas } from '../report/submission.ts'
import type { RuleSetWork } from './rule-sets/rule-set-work.ts'
import type { HeartbeatStatus } from './upkeep/heartbeat.ts'
import type { LogProbe } from './upkeep/log-probe.ts'

/** Everything a use case needs. Immutable: a new rule set makes a new gateway (`rules-in-force.ts`). */
export interface Gateway {
  readonly policySet: PolicySet
  /** Made from the vocabulary of `policySet`. */
  readonly schemas: ReportSchemas
  readonly store: Store
  readonly queue: CommitQueue
  readonly keyring: Keyring
  readonly partyKeys: PartyKeyRegister
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: RandomBytes
  /** Verifier key of the log (C2SP signed-note), published for everybody. */
  readonly verifierKey: string
  /** Works on proposed rule sets beside the requests; in the thread of the requests when absent. */
  readonly ruleSetWork?: RuleSetWork
  /** Heartbeats of this process; absent where nothing is served, such as on the command line. */
  readonly heartbeats?: HeartbeatStatus
  /** Whether the log can be written; absent where nothing is served. */
  readonly logProbe?: LogProbe
  /** How long a held exchange waits for approval; 72 when absent. */
  readonly approvalHours?: number
  /** E-mail address of the operator, for errors that a partner cannot fix alone. */
  readonly operatorContact?: string
  /** What may be done in an hour; {@link DEFAULT_LIMITS} (`budgets/limits.ts`) where absent. */
  readonly limits?: Readonly<Partial<Record<Limit, number>>>
}
