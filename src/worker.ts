import type { DurableObjectState, DurableObjectStorage } from '@cloudflare/workers-types'
import policies from '../.generated/policies.json' with { type: 'json' }
import { formatFaultLine } from './boot/fault-line.ts'
import { startGatewayOn } from './boot/start.ts'
import { originOf, parseWorkerSettings } from './boot/worker-settings.ts'
import { readBounded } from './encoding/bounded-body.ts'
import { SluisError } from './errors.ts'
import { MAX_POLICY_BYTES } from './http/body.ts'
import { answerNotReady } from './http/not-ready.ts'
import { formatFault } from './policy/files/fault.ts'
import { loadPolicySet } from './policy/files/load.ts'
import { openDurableObjectStore } from './storage/durable-object.ts'

/** The bindings of the platform: the settings (`WORKER_SETTINGS`) and the one object of a log. */
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
  /** Longest time until the next `keepTime`. */
  readonly intervalMs: number
  /** Puts due rules in force, destroys content whose time has come, and writes a heartbeat that is due. */
  keepTime(): Promise<void>
}

/** How often the object wakes up for what is due; a request in between also puts due rules in force. */
const ALARM_INTERVAL_MS = 600_000

/**
 * The gateway on Workers. A log has one writer, so every request goes to the one object of the log that LOG_KEY names; the whole
 * application runs there, next to its database.
 */
export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { GATEWAY } = environment
    const origin = typeof environment.LOG_KEY === 'string' ? originOf(environment.LOG_KEY) : ''
    try {
      return await GATEWAY.get(GATEWAY.idFromName(origin)).fetch(await withBufferedBody(request))
    } catch (error) {
      // The object was reset or cannot be reached. Its commits are complete, and a sender that tries again finds them.
      reportFault(error)
      return answerNotReady(request)
    }
  },
}

/** The one object of a log. The platform runs at most one at a time and requires a class. */
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

  /** Called by the platform at the moment that was set, also when the object has left memory since. */
  async alarm(): Promise<void> {
    // Set first, so that a failure below does not end the series.
    await setAlarm(this.#state.storage, ALARM_INTERVAL_MS)
    const app = await this.#open()
    if (app && app.intervalMs < ALARM_INTERVAL_MS) await setAlarm(this.#state.storage, app.intervalMs)
    await app?.keepTime()
  }

  async #open(): Promise<App | undefined> {
    this.#app ??= this.#state.blockConcurrencyWhile(() => openApp(this.#state.storage, this.#environment))
    const opening = this.#app
    const app = await opening
    // The next request tries again, because the reason may be gone, unless another request already does.
    if (!app && this.#app === opening) this.#app = undefined
    return app
  }
}

/** Opens the application once per object. Undefined when it cannot be opened; the reason is in the log of the runtime. */
async function openApp(storage: DurableObjectStorage, environment: Environment): Promise<App | undefined> {
  const parsed = await parseWorkerSettings(environment)
  if (!parsed.ok) return reportNotReady(parsed.faults)
  const loaded = loadPolicySet(Object.entries(policies).map(([path, text]) => ({ path, text })))
  const { heartbeatMinutes, ...settings } = parsed.settings
  // In production the approved set is in the database, whatever the bundle contains.
  if (!loaded.ok && settings.mode === 'development')
    return reportNotReady(loaded.faults.map((fault) => formatFault(fault, 'en')))
  const intervalMs = Math.min(ALARM_INTERVAL_MS, heartbeatMinutes * 60_000)
  try {
    const started = await startGatewayOn({
      ...settings,
      policySetOfFiles: loaded.ok ? loaded.set : undefined,
      heartbeatMinutes,
      checkSeconds: intervalMs / 1000,
      store: await openDurableObjectStore(storage, { signer: settings.signer }),
      // An object starts often, and the request that started it is waiting.
      witnessTimeoutMs: 1_000,
      fetch: (request) => fetch(request),
      clock: () => new Date(),
      monotonic: () => performance.now(),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      print: (line) => console.error(line),
    })
    // A start is a stay in memory. The platform ends one without notice, so no heartbeat counts what was written after the last
    // heartbeat of a stay.
    const keepTime = async () => {
      await started.keepTime()
      await started.writeHeartbeatIfDue()
      // Awaited: a submission under way keeps the object alive; one that is lost all the same is repeated at the next alarm.
      await started.submitToWitnesses()
    }
    if ((await storage.getAlarm()) === null) await setAlarm(storage, intervalMs)
    return { fetch: started.fetch, intervalMs, keepTime }
  } catch (error) {
    // The gateway's own reasons not to start have texts of their own: a wrong keyring, a log that must not be continued.
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
 * The same request with its whole body read: a slow sender keeps its own Worker waiting and not the one object. A body that is
 * too large arrives cut just above the limit, and its route refuses it.
 */
async function withBufferedBody(request: Request): Promise<Request> {
  return request.body ? new Request(request, { body: await readBounded(request.body, MAX_POLICY_BYTES) }) : request
}
