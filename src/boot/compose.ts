import { createAccessTokens } from '../auth/access-token.ts'
import { createAuthenticator, formatChallenge } from '../auth/authenticate.ts'
import { createDpopPolicy } from '../auth/dpop.ts'
import { keyJtis } from '../auth/keyed-jtis.ts'
import {
  formatJwks,
  formatResourceMetadata,
  formatServerMetadata,
  JWKS_PATH,
  RESOURCE_METADATA_PATH,
  SERVER_METADATA_PATH,
} from '../auth/metadata.ts'
import { createTokenEndpoint } from '../auth/token-endpoint.ts'
import type { Assets } from '../console/assets.ts'
import { createConsole } from '../console/console.ts'
import { CONSOLE_PAGES } from '../console/page-table.ts'
import { createMinuteLimit, DEFAULT_OPEN_CHECKS_PER_MINUTE } from '../console/share/minute-limit.ts'
import { NO_SIGN_IN, type SignInSettings } from '../console/sign-in/settings.ts'
import { createSignIn, type SignIn, type SignInOptions } from '../console/sign-in/sign-in.ts'
import { createSealer } from '../delivery/seal.ts'
import type { Gateway } from '../exchange/gateway.ts'
import { createRulesInForce, createSchemas, type RulesInForce } from '../exchange/rule-sets/rules-in-force.ts'
import { createHeartbeatWriter, type HeartbeatWriter } from '../exchange/upkeep/heartbeat.ts'
import { createLogProbe } from '../exchange/upkeep/log-probe.ts'
import { createRecordCounter } from '../exchange/upkeep/record-counter.ts'
import { createApp } from '../http/app.ts'
import { AUTHZEN_METADATA_PATH, formatAuthzenMetadata } from '../http/routes/authzen.ts'
import type { PrivateJwk } from '../model/party.ts'
import { findClient } from '../policy/clients.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { Clock, Keyring, MonotonicClock, PartyKeyRegister, RandomBytes } from '../ports/keys.ts'
import type { Store } from '../ports/store.ts'
import { createGroupCommit } from '../storage/group-commit.ts'

/** Everything that differs between runtimes. */
export interface Parts {
  readonly issuer: string
  readonly policySet: PolicySet
  readonly store: Store
  readonly keyring: Keyring
  readonly partyKeys: PartyKeyRegister
  /** Signs access tokens. */
  readonly tokenKey: PrivateJwk
  readonly clock: Clock
  readonly monotonic: MonotonicClock
  readonly random: RandomBytes
  /** Of the signer that `store` was opened with. */
  readonly verifierKey: string
  readonly reportFault: (error: unknown) => void
  /** How long a held exchange waits for approval; 72 when absent. */
  readonly approvalHours?: number
  /** What may be done in an hour; the defaults of the settings where absent. */
  readonly limits?: Gateway['limits']
  /** E-mail address of the operator; absent when nobody gave one. */
  readonly operatorContact?: string
  /** Milliseconds between the moments at which answers about persons leave; 0 lets them leave at once. */
  readonly answerIntervalMs: number
  /** Greatest number of minutes between two heartbeats; 60 when absent. */
  readonly heartbeatMinutes?: number
  /** Seconds between two checks of whether a heartbeat is due. */
  readonly checkSeconds: number
  /** Who may sign in to the console; nobody when absent. */
  readonly signIn?: SignInSettings
  /** Sends requests to witnesses and to OpenID providers. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Receives the id of an OpenID provider that did not sign somebody in as agreed, and a word that leads to the cause. */
  readonly reportProvider: SignInOptions['reportProvider']
  /** Whether everybody may open "Mag ik dit delen?"; not when absent. */
  readonly isCheckOpen?: boolean
  /** Visits of "Mag ik dit delen?" in a minute, of strangers together and of each party; 600 when absent. */
  readonly openChecksPerMinute?: number
  /** Scripts and styles of the console; none where a platform serves them itself, or nobody made them. */
  readonly consoleAssets?: Assets
  /** Works on proposed rule sets beside the requests; absent on a runtime without threads. */
  readonly ruleSetWork?: Gateway['ruleSetWork']
  /** Called once when no heartbeat could be written for so long that the operator must act. */
  readonly reportStale: (newestAt: string) => void
}

/** Puts the parts together once per process. Starts nothing and writes nothing. */
export async function compose(parts: Parts): Promise<{
  /** With the rules of the start; `rules` has the gateway of this moment. */
  gateway: Gateway
  rules: RulesInForce
  heartbeatWriter: HeartbeatWriter
  signIn: SignIn
  app: ReturnType<typeof createApp>
}> {
  const { issuer, policySet, store, partyKeys, clock, random } = parts
  const counter = createRecordCounter(store)
  const heartbeatWriter = createHeartbeatWriter({
    counter,
    log: store.log,
    clock,
    monotonic: parts.monotonic,
    random,
    ...(parts.heartbeatMinutes !== undefined && { everyMinutes: parts.heartbeatMinutes }),
    checkSeconds: parts.checkSeconds,
    reportStale: parts.reportStale,
  })
  const gateway: Gateway = {
    policySet,
    schemas: createSchemas(policySet),
    store,
    queue: createGroupCommit(counter),
    keyring: parts.keyring,
    partyKeys,
    sealer: createSealer(partyKeys, clock),
    clock,
    random,
    verifierKey: parts.verifierKey,
    heartbeats: heartbeatWriter,
    logProbe: createLogProbe({ counter, store, monotonic: parts.monotonic }),
    ...(parts.approvalHours !== undefined && { approvalHours: parts.approvalHours }),
    ...(parts.limits && { limits: parts.limits }),
    ...(parts.operatorContact !== undefined && { operatorContact: parts.operatorContact }),
    ...(parts.ruleSetWork && { ruleSetWork: parts.ruleSetWork }),
  }
  const rules = createRulesInForce(gateway, parts.reportFault)
  const tokens = await createAccessTokens({ issuer, audience: issuer, signingKey: parts.tokenKey })
  const dpop = createDpopPolicy({ startedAt: clock(), random })
  const signIn = createSignIn({
    ...parts,
    settings: parts.signIn ?? NO_SIGN_IN,
    parties: () => rules.now().policySet.parties,
  })
  const app = createApp({
    rules,
    issuer,
    authenticate: createAuthenticator({ issuer, tokens, dpop, now: clock }),
    answerIntervalMs: parts.answerIntervalMs,
    formatChallenge: (error) => formatChallenge(error, { issuer, dpop }),
    tokenEndpoint: createTokenEndpoint({
      issuer,
      tokens,
      partyKeys,
      findParty: (id) => findClient(rules.now().policySet.parties, id),
      store: keyJtis(store, parts.keyring),
      dpop,
      now: clock,
      random,
    }),
    metadata: new Map([
      [SERVER_METADATA_PATH, formatServerMetadata(issuer)],
      [RESOURCE_METADATA_PATH, formatResourceMetadata(issuer)],
      [AUTHZEN_METADATA_PATH, formatAuthzenMetadata(issuer)],
      [JWKS_PATH, formatJwks([tokens.publicJwk])],
    ]),
    reportFault: parts.reportFault,
    openConsole: (callAs) =>
      createConsole({
        pages: CONSOLE_PAGES,
        rules,
        issuer,
        callAs,
        signIn,
        isCheckOpen: parts.isCheckOpen ?? false,
        countOpenCheck: createMinuteLimit(parts.openChecksPerMinute ?? DEFAULT_OPEN_CHECKS_PER_MINUTE),
        assets: parts.consoleAssets ?? new Map(),
        clock,
        reportFault: parts.reportFault,
      }),
  })
  return { gateway, rules, heartbeatWriter, signIn, app }
}
