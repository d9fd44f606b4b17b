import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Gateway } from '../exchange/gateway.ts'
import { activatePolicySet, choosePolicySet } from '../exchange/rule-sets/activate.ts'
import { putKeysInForce } from '../exchange/upkeep/keys-in-force.ts'
import { recordParties } from '../exchange/upkeep/party-records.ts'
import { sweep } from '../exchange/upkeep/sweep.ts'
import { formatFault } from '../policy/files/fault.ts'
import { loadPolicySet } from '../policy/files/load.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { openSqlite } from '../storage/better-sqlite.ts'
import { createCommandJournal } from '../storage/files/command-journal.ts'
import { compose } from './compose.ts'
import { formatFaultLine, formatLeftBehindLine, formatStaleHeartbeatLine } from './fault-line.ts'
import { DATA_FILES, describeAnchoring, openGatewayKeys } from './key-files.ts'
import { readPolicyFolder } from './policy-folder.ts'
import type { Settings } from './settings.ts'
import { readWitnessPolicy } from './witness-policy-file.ts'
import { checkAgainstWitnesses, openWitnesses } from './witnesses.ts'

/** Content is destroyed, and rules change, at most this much late when nobody calls. */
const SWEEP_INTERVAL_MS = 60_000
/** A clock that jumps is noted at most this much later. */
const LOOK_SECONDS = 1

export interface RunningGateway {
  /** Where it answers; the public address of the settings, or the port it got when that was 0. */
  readonly issuer: string
  /** With the rules of this moment. */
  readonly gateway: Gateway
  readonly databasePath: string
  /** Verifier key of the log. */
  readonly verifierKey: string
  /** Stops listening, lets running requests finish and closes the database. */
  close(): Promise<void>
}

/** The rule files do not form a set; every fault is in the list. */
export class PolicyFaultsError extends Error {
  override readonly name = 'PolicyFaultsError'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`the rule files have ${faults.length} fault(s); mend them and start again`)
    this.faults = faults
  }
}

/**
 * The gateway on Node: embedded SQLite, keys from files, rule files from a folder.
 * @throws PolicyFaultsError, WitnessPolicyFaultsError, or Error with a reason to stop (database in use, keys missing, port taken)
 */
export async function startGateway(settings: Settings): Promise<RunningGateway> {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const fromFiles = loadPolicies(settings.policyFolder)
  const witnessPolicy = settings.witnessPolicy === undefined ? undefined : readWitnessPolicy(settings.witnessPolicy)
  const clock = () => new Date()
  const monotonic = () => performance.now()
  const { dataFolder, issuer: publicAddress, keyring } = settings
  const keys = await openGatewayKeys({ folder: dataFolder, issuer: publicAddress, keyring, clock, random })
  const databasePath = join(dataFolder, DATA_FILES.database)
  const reportFault = (error: unknown) => console.error(formatFaultLine(error, clock()))
  const anchoring = describeAnchoring(dataFolder, settings.anchorPath, reportFault)
  const database = await openSqlite({ path: databasePath, signer: keys.signer, anchoring })
  const witnessParts = {
    store: database.store,
    signer: keys.signer,
    fetch: (request: Request) => fetch(request),
    clock,
    print: (line: string) => console.error(line),
  }
  const witnessing = openWitnesses(witnessPolicy, witnessParts)
  const { store } = witnessing

  let respond: (request: Request) => Promise<Response> = async () =>
    new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  const server = serve({ fetch: (request: Request) => respond(request), port: settings.port, hostname: settings.host })
  const closeServer = () => new Promise<void>((resolve) => server.close(() => resolve()))
  try {
    await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : settings.port
    const issuer = settings.port === 0 ? settings.issuer.replace(/:0$/, `:${port}`) : settings.issuer
    await checkAgainstWitnesses(witnessPolicy, witnessParts)
    const approved = settings.mode === 'production' ? await store.findApprovedPolicy() : undefined
    const { gateway, rules, heart, app } = await compose({
      issuer,
      policySet: await choosePolicySet(store, fromFiles, settings.mode),
      approvalHours: settings.approvalHours,
      limits: settings.limits,
      heartbeatMinutes: settings.heartbeatMinutes,
      lookSeconds: LOOK_SECONDS,
      store,
      keyring: keys.keyring,
      partyKeys: keys.partyKeys,
      tokenKey: keys.tokenKey,
      clock,
      monotonic,
      random,
      verifierKey: keys.signer.verifierKey,
      reportFault,
      reportStale: (newestAt) => console.error(formatStaleHeartbeatLine(newestAt, clock())),
    })
    // Before anything else is written: under another keyring nothing may be.
    for (const left of await putKeysInForce(gateway)) console.error(formatLeftBehindLine(left, clock()))
    const journal = createCommandJournal(join(dataFolder, DATA_FILES.commandJournal), store.log, gateway.queue)
    await journal.take()
    await activatePolicySet(gateway, approved)
    await rules.reload()
    await recordParties(rules.now())
    const policyHash = () => rules.now().policySet.policyHash
    await heart.start(policyHash())
    const keepTime = async () => {
      await sweep(await rules.current()).catch(reportFault)
      // Again, for when it could not be written at the moment that rules came into force.
      await recordParties(rules.now()).catch(reportFault)
      await journal.take().catch(reportFault)
      // Not awaited: a slow witness delays nothing.
      void witnessing.submit()
    }
    await keepTime()
    const timer = setInterval(keepTime, SWEEP_INTERVAL_MS)
    const heartTimer = setInterval(() => heart.look(policyHash()).catch(reportFault), LOOK_SECONDS * 1000)
    respond = app.fetch
    return {
      issuer,
      get gateway() {
        return rules.now()
      },
      databasePath,
      verifierKey: keys.signer.verifierKey,
      async close() {
        clearInterval(timer)
        clearInterval(heartTimer)
        await closeServer()
        await heart.stop(policyHash()).catch(reportFault)
        await witnessing.close()
        database.close()
      },
    }
  } catch (error) {
    await closeServer()
    await witnessing.close()
    database.close()
    throw error
  }
}

function loadPolicies(folder: string): PolicySet {
  const loaded = loadPolicySet(readPolicyFolder(folder))
  if (!loaded.ok) throw new PolicyFaultsError(loaded.faults.map((fault) => formatFault(fault)))
  return loaded.set
}
