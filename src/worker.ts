import type { DurableObjectState, DurableObjectStorage } from '@cloudflare/workers-types'
import policies from '../.generated/policies.json' with { type: 'json' }
import { compose } from './boot/compose.ts'
import { formatFaultLine, formatLeftBehindLine, formatStaleHeartbeatLine } from './boot/fault-line.ts'
import { checkAgainstWitnesses, openWitnesses } from './boot/witnesses.ts'
import { originOf, parseWorkerSettings } from './boot/worker-settings.ts'
import { readBounded } from './encoding/bounded-body.ts'
import { SluisError } from './errors.ts'
import { activatePolicySet, choosePolicySet } from './exchange/rule-sets/activate.ts'
import { putKeysInForce } from './exchange/upkeep/keys-in-force.ts'
import { recordParties } from './exchange/upkeep/party-records.ts'
import { sweep } from './exchange/upkeep/sweep.ts'
import { MAX_POLICY_BYTES } from './http/body.ts'
import { answerNotReady } from './http/not-ready.ts'
import { formatFault } from './policy/files/fault.ts'
import { loadPolicySet } from './policy/files/load.ts'
import { openDurableObjectStore } from './storage/durable-object.ts'

/** What the platform passes in: the settings (`WORKER_SETTINGS`) and the one object that holds a log. */
export interface Environment extends Readonly<Record<string, unknown>> {
  readonly GATEWAY: Namespace
}

/** The part of a Durable Object namespace that is used, on the `Request` and `Response` that every runtime shares. */
interface Namespace {
  idFromName(name: string): object
  get(id: object): { fetch(request: Request): Promise<Response> }
}

interface App {
  fetch(request: Request): Promise<Response>
  /** How long it may be until the next `keepTime`. */
  readonly intervalMs: number
  /** Puts due rules in force, destroys what has had its time, and writes a heartbeat that is due. */
  keepTime(): Promise<void>
}

/** How often the object wakes up for what is due; a request that comes earlier finds due rules in force all the same. */
const ALARM_INTERVAL_MS = 600_000

/**
 * The gateway on Workers. A log has one writer, so that every request goes to the one object of the log that LOG_KEY names;
 * the whole application runs there, next to its database.
 */
export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { GATEWAY } = environment
    const origin = typeof environment.LOG_KEY === 'string' ? originOf(environment.LOG_KEY) : ''
    try {
      return await GATEWAY.get(GATEWAY.idFromName(origin)).fetch(await withBufferedBody(request))
    } catch (error) {
      // The object was reset or cannot be reached; what it did before that is whole, and a sender that tries again finds it.
      reportFault(error)
      return answerNotReady(request)
    }
  },
}

/** The one object of a log. The platform runs at most one at a time and demands a class. */
export class GatewayObject {
  readonly #state: DurableObjectState
  readonly #environment: Environment
  #app: Promise<App | undefined> | undefined

  constructor(state: DurableObjectState, environment: Environment) {
    this.#state = state
    this.#environment = environment
  }

  async fetch(request: Request): Promise<Response> {
    const app = await this.#open()
    return app ? app.fetch(request) : answerNotReady(request)
  }

  /** Called by the platform at the moment that was set, also when the object was gone from memory since. */
  async alarm(): Promise<void> {
    // Set first: whatever goes wrong below, there is a next time.
    await setAlarm(this.#state.storage, ALARM_INTERVAL_MS)
    const app = await this.#open()
    if (app && app.intervalMs < ALARM_INTERVAL_MS) await setAlarm(this.#state.storage, app.intervalMs)
    await app?.keepTime()
  }

  async #open(): Promise<App | undefined> {
    this.#app ??= this.#state.blockConcurrencyWhile(() => openApp(this.#state.storage, this.#environment))
    const opening = this.#app
    const app = await opening
    // The next request tries again, because the reason may have gone; unless another one does already.
    if (!app && this.#app === opening) this.#app = undefined
    return app
  }
}

/** Opens the application once per object. Undefined when it cannot be opened; why is in the log of the runtime. */
async function openApp(storage: DurableObjectStorage, environment: Environment): Promise<App | undefined> {
  const parsed = await parseWorkerSettings(environment)
  if (!parsed.ok) return reportNotReady(parsed.faults)
  const loaded = loadPolicySet(Object.entries(policies).map(([path, text]) => ({ path, text })))
  if (!loaded.ok) return reportNotReady(loaded.faults.map((fault) => formatFault(fault)))
  const { issuer, keyring, signer, tokenKey, partyKeys, mode, approvalHours, limits } = parsed.settings
  const { heartbeatMinutes, witnessPolicy } = parsed.settings
  const intervalMs = Math.min(ALARM_INTERVAL_MS, heartbeatMinutes * 60_000)
  const clock = () => new Date()
  try {
    // What is under way to a witness keeps the object alive; one that is gone all the same asks again at its next alarm.
    const witnessParts = {
      store: await openDurableObjectStore(storage, { signer }),
      signer,
      fetch: (request: Request) => fetch(request),
      clock,
      print: (line: string) => console.error(line),
    }
    const witnessing = openWitnesses(witnessPolicy, witnessParts)
    const { store } = witnessing
    // An object starts often, and whoever woke it is waiting.
    await checkAgainstWitnesses(witnessPolicy, { ...witnessParts, timeoutMs: 1_000 })
    const approved = mode === 'production' ? await store.findApprovedPolicy() : undefined
    const { gateway, rules, heart, app } = await compose({
      issuer,
      policySet: await choosePolicySet(store, loaded.set, mode),
      approvalHours,
      limits,
      heartbeatMinutes,
      lookSeconds: intervalMs / 1000,
      store,
      keyring,
      partyKeys,
      tokenKey,
      clock,
      monotonic: () => performance.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      verifierKey: signer.verifierKey,
      reportFault,
      reportStale: (newestAt) => console.error(formatStaleHeartbeatLine(newestAt, new Date())),
    })
    // Before anything else is written: under another keyring nothing may be.
    for (const left of await putKeysInForce(gateway)) console.error(formatLeftBehindLine(left, new Date()))
    await activatePolicySet(gateway, approved)
    await rules.reload()
    await recordParties(rules.now())
    // At every stay in memory. The platform ends one without a word, so that what was written since the last heartbeat of a
    // stay is in no heartbeat's counters.
    await heart.start(rules.now().policySet.policyHash)
    const keepTime = async () => {
      await sweep(await rules.current()).catch(reportFault)
      // Again, for when it could not be written at the moment that rules came into force.
      await recordParties(rules.now()).catch(reportFault)
      await heart.look(rules.now().policySet.policyHash).catch(reportFault)
      await witnessing.submit()
    }
    if ((await storage.getAlarm()) === null) await setAlarm(storage, intervalMs)
    return { fetch: app.fetch, intervalMs, keepTime }
  } catch (error) {
    // What stands in the way of a start is said in words of our own: a wrong keyring, a log that cannot be continued.
    if (error instanceof SluisError && error.code === 'not-ready')
      return reportNotReady(error.faults.map(({ detail }) => detail.en))
    reportFault(error)
    return undefined
  }
}

const setAlarm = (storage: DurableObjectStorage, inMs: number) => storage.setAlarm(Date.now() + inMs)

function reportNotReady(faults: readonly string[]): undefined {
  console.error(JSON.stringify({ at: new Date().toISOString(), event: 'not-ready', faults }))
}

function reportFault(error: unknown): void {
  console.error(formatFaultLine(error, new Date()))
}

/**
 * The same request with its whole body in hand: a slow sender keeps its own Worker waiting and not the one object. A body that
 * is too large for every route arrives too large, and is refused there; so is one that is too large for its own route.
 */
async function withBufferedBody(request: Request): Promise<Request> {
  return request.body ? new Request(request, { body: await readBounded(request.body, MAX_POLICY_BYTES) }) : request
}
